"""The README lists what there is: commands with their options, settings with their defaults."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from summarizer.cli import app
from summarizer.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in README.splitlines() if line.startswith("| ")]
EVERYWHERE = {"--debug", "--help", "--version"}


def commands(group: Any = None, name: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - of typer
    """Yield all commands with their whole names."""
    for below, command in vars(group or get_command(app))["commands"].items():
        whole = f"{name} {below}".strip()
        if "commands" in vars(command):
            yield from commands(command, whole)
        else:
            yield whole, command


COMMANDS = dict(commands())


def keys() -> dict[str, object]:
    """Return the default of each setting."""
    values = Settings.model_construct().model_dump()
    nested = {
        f"{name}.{key}": value
        for name, inner in values.items()
        if isinstance(inner, dict)
        for key, value in inner.items()
    }
    return {key: value for key, value in values.items() if not isinstance(value, dict)} | nested


def quoted(text: str) -> list[str]:
    """Return what stands in backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def options(command: str) -> set[str]:
    """Return the options that stand in the rows of a command."""
    found = {
        word for row in ROWS if command in map(_name, quoted(row[0])) for word in quoted(row[-1])
    }
    if command == "brief":
        found |= {word for row in ROWS for word in quoted(row[0])}
    return {word for word in found if word.startswith("-")}


def _name(written: str) -> str:
    """Return a command without its arguments, which are in capitals."""
    return re.sub(r" \[?[A-Z].*", "", written)


@pytest.mark.parametrize("command", COMMANDS)
def test_command_has_a_row(command: str) -> None:
    assert any(command in map(_name, quoted(row[0])) for row in ROWS)


@pytest.mark.parametrize("command", COMMANDS)
def test_options_of_a_command_are_those_of_its_row(command: str) -> None:
    params = COMMANDS[command].params
    there = {option for param in params for option in (*param.opts, *param.secondary_opts)}
    there = {option for option in there if option.startswith("-")} - EVERYWHERE
    assert options(command) == there


@pytest.mark.parametrize("option", sorted(EVERYWHERE))
def test_option_of_all_commands_is_told(option: str) -> None:
    assert option in quoted(README)


@pytest.mark.parametrize("key", keys())
def test_setting_has_a_row_with_its_default(key: str) -> None:
    (row,) = [row for row in ROWS if key in quoted(row[0])]
    names, defaults = quoted(row[0]), row[1].replace("`", "").split(", ")
    shown = dict(zip(names, defaults, strict=True))[key] if len(defaults) > 1 else defaults[0]
    value = keys()[key]
    if isinstance(value, int | float):
        assert float(shown) == value
    elif value:
        assert shown == value
    else:  # none, or what takes its place, in words
        assert not shown[:1].isdigit()
