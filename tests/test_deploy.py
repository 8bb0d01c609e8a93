"""The files in `.ci/deploy/`: they can be parsed, and what they name exists."""

import re
import shlex
from configparser import ConfigParser
from datetime import UTC, datetime
from pathlib import Path

import pytest
from croniter import croniter
from typer.main import get_command

from summarizer.cli import app
from summarizer.settings import NESTED, PREFIX, Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / ".ci" / "deploy"
DOCKERFILE, UNIT, CRONTAB = (
    (DEPLOY / name).read_text(encoding="utf-8")
    for name in ("Dockerfile", "summarizer.service", "summarizer.cron")
)
TEXTS = {"Dockerfile": DOCKERFILE, "unit": UNIT, "crontab": CRONTAB}
INSTRUCTIONS = [
    (name, rest)
    for name, rest in re.findall(r"^([A-Z]+) ((?:.*\\\n)*.*)$", DOCKERFILE, re.MULTILINE)
]
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def settings_named(text: str) -> set[str]:
    found = re.findall(rf"\b{PREFIX}([A-Z][A-Z_]*)\b", text)
    return {name.lower().replace(NESTED.lower(), ".") for name in found}


def keys() -> set[str]:
    values = Settings.model_construct().model_dump()
    inner = {f"{n}.{k}" for n, v in values.items() if isinstance(v, dict) for k in v}
    return inner | values.keys()


def commands(text: str) -> list[list[str]]:
    """Return the words after the name of the program wherever a command runs it."""
    return [
        shlex.split(found)
        for found in re.findall(
            r"(?:bin/summarizer|:ro\" summarizer|:/data summarizer) ?(.*)", text
        )
    ]


def instructions(name: str) -> list[str]:
    return [rest for found, rest in INSTRUCTIONS if found == name]


def assert_is_command(words: list[str]) -> None:
    command = get_command(app)
    while words and words[0] in (below := vars(command).get("commands") or {}):
        command, words = below[words[0]], words[1:]
    assert not vars(command).get("commands"), "a group is no command"
    options = [word for word in words if word.startswith("--")]
    known = [name for parameter in command.params for name in parameter.opts]
    assert set(options) <= set(known)


@pytest.mark.parametrize("name", TEXTS)
def test_settings_that_are_named_exist(name: str) -> None:
    named = settings_named(TEXTS[name])
    assert named
    assert named <= keys()


def test_commands_of_the_unit_and_the_crontab_exist() -> None:
    found = [
        line.split("#", 1)[0] if line.startswith("#") else line
        for text in (UNIT, CRONTAB)
        for line in text.splitlines()
    ]
    ran = [words for line in found for words in commands(re.split(r" && rm ", line)[-1])]
    assert [words[0] for words in ran] == ["serve", "edition", "backup"]
    for words in ran:
        assert_is_command([word for word in words if word not in {">", "/dev/null"}])


def test_container_runs_a_command_that_exists() -> None:
    (entry,), (arguments,) = instructions("ENTRYPOINT"), instructions("CMD")
    assert entry == '["summarizer"]'
    assert_is_command(re.findall(r'"(\w+)"', arguments))


def test_container_does_not_run_as_root_and_keeps_its_data_in_a_volume() -> None:
    assert instructions("USER") == ["10001"]
    assert instructions("VOLUME") == ["/data"]
    (environment,) = instructions("ENV")
    assert f"{PREFIX}DATA_DIR=/data" in environment
    (user, *_) = (rest for rest in instructions("RUN") if "useradd" in rest)
    assert "--uid 10001" in user
    assert "-o summarizer -g summarizer /config /data" in user


def test_container_looks_after_its_own_health_where_it_listens() -> None:
    (check,) = instructions("HEALTHCHECK")
    port = Settings.model_construct().server.port
    assert f"http://127.0.0.1:{port}/healthz" in check
    (code,) = re.findall(r'"-c", "([^"]*)"', check)
    compile(code, "HEALTHCHECK", "exec")
    assert instructions("EXPOSE") == [str(port)]


def test_container_copies_what_the_package_is_built_from() -> None:
    copied = [rest.split()[:-1] for rest in instructions("COPY") if "--from" not in rest]
    names = {name for of_one in copied for name in of_one}
    assert names == {"pyproject.toml", "README.md", "LICENSE", "prompts", "summarizer"}
    assert all((ROOT / name).exists() for name in names)


def test_unit_can_be_read_and_is_restarted() -> None:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.read_string(UNIT)
    assert parser.sections() == ["Unit", "Service", "Install"]
    service = parser["Service"]
    assert service["Restart"] == "always"
    assert service["Environment"] == f"{PREFIX}DATA_DIR=/var/lib/{service['StateDirectory']}"
    assert int(service["TimeoutStopSec"]) > 15  # what the server takes to stop by itself


def test_lines_of_the_crontab_have_times_a_user_and_a_command() -> None:
    lines = [line for line in CRONTAB.splitlines() if re.match(r"#?[\d*]", line)]
    assert len(lines) == 3
    for line in lines:
        *fields, user, command = line.lstrip("#").split(maxsplit=6)
        assert croniter.is_valid(" ".join(fields))
        assert croniter(" ".join(fields), NOON).get_next(datetime) > NOON
        assert user == "summarizer"
        assert command.startswith("cd /etc/summarizer && ")
        assert "%" not in command.replace("\\%", "")  # a line break to cron
