"""The README lists what there is."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from summarizer.cli import app
from summarizer.settings import Settings

README = Path(__file__).parent.parent / "README.md"


def commands() -> list[str]:
    found = []
    for name, command in vars(get_command(app))["commands"].items():
        inner = vars(command).get("commands")
        found += [f"{name} {below}" for below in inner] if inner else [name]
    return found


def keys() -> list[str]:
    values = Settings.model_construct().model_dump()
    nested = [
        f"{name}.{key}"
        for name, inner in values.items()
        if isinstance(inner, dict)
        for key in inner
    ]
    return [name for name, value in values.items() if not isinstance(value, dict)] + nested


def documented() -> set[str]:
    """Return what stands in backticks, commands with or without the name of the program."""
    quoted = re.findall(r"`([^`\n]+)`", README.read_text(encoding="utf-8"))
    return {text.removeprefix("summarizer ").partition(" [")[0] for text in quoted}


@pytest.mark.parametrize("command", commands())
def test_command_is_in_the_readme(command: str) -> None:
    assert any(text == command or text.startswith(f"{command} ") for text in documented())


@pytest.mark.parametrize("key", keys())
def test_setting_is_in_the_readme(key: str) -> None:
    assert key in documented()
