"""What the README tells a stranger to do works, and is what CI does.

Not run here: `serve`, which the tests of the service start, and the lines that need a model in a
local folder.
"""

import json
import logging
import re
import shlex
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer import settings
from summarizer.cli import run
from summarizer.service.api import Service
from summarizer.service.delivery import webhook
from summarizer.service.store import database, tokens
from summarizer.settings.editions import Edition, Topic, Webhook
from tests.fake_llm.endpoint import Setup
from tests.fake_llm.server import serving
from tests.service.api.clients import NOW, SETTINGS, Answer, Maker, client_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
INSTALL = "python3 -m pip install uv && "
PROGRAM = "uv run summarizer "
API = "/v1"
SECRET = "a-secret-of-these-tests"  # noqa: S105 - of nothing else

Captured = pytest.CaptureFixture[str]
Send = Callable[[str], Answer]


def blocks(kind: str, *, with_: str = "") -> list[str]:
    return [text for found, text in BLOCKS if found == kind and with_ in text]


def lines(kind: str, start: str) -> list[str]:
    found = [line for block in blocks(kind) for line in block.splitlines()]
    return [line for line in found if line.startswith(start)]


RUN = [block for block in blocks("sh") if block.startswith(PROGRAM)]


@pytest.fixture
def folder(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the examples, without a key or an endpoint, on a store of its own."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SUMMARIZER_DATA_DIR", str(clean_folder / "data"))
    # The job engine logs to the standard error that was there first, that of an earlier test.
    logging.getLogger("dbos").handlers.clear()
    (clean_folder / "examples").symlink_to(ROOT / "examples")
    (clean_folder / "summary.md").write_text("The ferry capsized off Kessel.", encoding="utf-8")
    return clean_folder


def test_the_two_commands_are_what_ci_runs_letter_for_letter() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if line.startswith(INSTALL)] == lines("sh", INSTALL)
    assert len(lines("sh", INSTALL)) == 2


@pytest.mark.parametrize("block", RUN)
def test_commands_of_the_readme_run(block: str, folder: Path, capfd: Captured) -> None:
    for line in block.splitlines():
        before = set(folder.iterdir())
        assert run(shlex.split(line.removeprefix(PROGRAM))) == 0
        made = set(folder.iterdir()) - before
        assert made or any(capfd.readouterr())


def test_each_command_block_is_run() -> None:
    others = [block for block in blocks("sh") if block not in RUN]
    assert all(block.startswith((INSTALL, "curl ")) for block in others)


@pytest.mark.usefixtures("folder")
def test_command_for_cron_runs() -> None:
    (line,) = blocks("crontab")
    _, _, command = line.partition(" && summarizer ")
    assert run(shlex.split(command)) == 0


@pytest.fixture
def send(tmp_path: Path) -> Iterator[Send]:
    """Return what sends the requests of curl lines, one after the other, to one service."""
    db = database.open(str(tmp_path / "store.sqlite"))
    maker = Maker(db)
    client = client_of(Service(SETTINGS, db, maker, clock=lambda: NOW))
    shell = {"API": API}

    def answer(line: str) -> Answer:
        if "$TOKEN" in line:
            shell["TOKEN"] = tokens.add(db, "desk", scopes=("read",), now=NOW)
        for name, value in shell.items():
            line = line.replace(f"${name}", value)
        asked = _curl(line)
        maker.holds = "wait=0" in line
        method = asked.request or ("POST" if asked.json else "GET")
        headers = dict(header.split(": ", 1) for header in asked.header)
        body = None if asked.json is None else json.loads(asked.json)
        got = client.request(method, asked.url, json=body, headers=headers)
        if "location" in got.headers:
            shell.setdefault("RUN", got.headers["location"].rpartition("/")[2])
        return got

    yield answer
    db.close()


def _curl(line: str) -> Namespace:
    parser = ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("-X", dest="request")
    parser.add_argument("-H", dest="header", action="append", default=[])
    parser.add_argument("-N", action="store_true")
    parser.add_argument("url")
    return parser.parse_args(shlex.split(line)[1:])


def test_requests_of_the_readme_are_answered(send: Send) -> None:
    found = {line: send(line) for line in lines("sh", "curl ")}
    assert {answer.status_code for answer in found.values()} == {200, 201, 202}
    answers = [*found.values()]
    assert answers[0].json()["schema"] == "summarizer.briefing/1"
    assert [line for line, answer in found.items() if answer.status_code == 202] == [
        line for line in found if "wait=0" in line
    ]
    (checked,) = next(answer for line, answer in found.items() if "/verify" in line).json()[
        "claims"
    ]
    assert checked["verdict"] == "contradicted"
    (hit,) = next(answer for line, answer in found.items() if "/claims" in line).json()["claims"]
    assert hit["text"] == "The dam held overnight, officials said."


@pytest.mark.parametrize("code", blocks("python", with_="import summarizer"))
def test_python_of_the_readme_runs(code: str, capsys: Captured) -> None:
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own text
    assert "officials said" in capsys.readouterr().out


@pytest.fixture
def is_genuine() -> Callable[..., bool]:
    (code,) = blocks("python", with_="def is_genuine")
    defined: dict[str, Callable[..., bool]] = {}
    exec(compile(code, "README.md", "exec"), defined)  # noqa: S102 - our own text
    return defined["is_genuine"]


def test_signature_of_a_webhook_is_known_by_the_code_of_the_readme(
    is_genuine: Callable[..., bool],
) -> None:
    header = webhook.signature(b"{}", SECRET, 1_772_600_400)
    assert is_genuine(b"{}", header, SECRET, 1_772_600_401.5)
    assert not is_genuine(b"{}", header, SECRET, 1_772_600_400 + 301)
    assert not is_genuine(b"[]", header, SECRET, 1_772_600_400)
    assert not is_genuine(b"{}", header, "another secret", 1_772_600_400)


@pytest.mark.parametrize("header", ["", "t=,v1=", "t=²,v1=a", "v1=a", "t=1772600400,v1=é", "t,v1"])
def test_what_is_no_signature_is_none(is_genuine: Callable[..., bool], header: str) -> None:
    assert not is_genuine(b"{}", header, SECRET, 1_772_600_400)


@pytest.mark.parametrize("text", blocks("toml"))
def test_settings_of_the_readme_can_be_read(text: str, folder: Path) -> None:
    (folder / settings.FILE).write_text(text, encoding="utf-8")
    assert settings.load() != settings.Settings.model_construct()


def test_each_key_of_an_edition_is_in_the_readme() -> None:
    (text,) = blocks("toml", with_="[editions.morning]")
    edition = tomllib.loads(text)["editions"]["morning"]
    assert {*edition, "cron"} == set(Edition.model_fields)
    assert "\n# cron = " in text
    assert set(edition["webhooks"][0]) == set(Webhook.model_fields)
    assert set(edition["topics"][0]) == set(Topic.model_fields)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("block", blocks("console", with_="=openai:"))
def test_model_of_the_readme_writes(
    block: str, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    *exports, command = block.splitlines()
    given = dict(export.removeprefix("export ").split("=") for export in exports)
    with serving(Setup()) as server:
        for name, value in {"OPENAI_BASE_URL": "", **given}.items():
            monkeypatch.setenv(name, server.base_url if name.endswith("_BASE_URL") else value)
        assert run([*shlex.split(command.removeprefix(PROGRAM)), "--format", "json"]) == 0
    made = json.loads(capfd.readouterr().out)
    assert (made["engine"], made["status"]) == (given["SUMMARIZER_ENGINE"], "complete")
    assert made["usage"]["calls"] > 0


def test_estimate_is_as_printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    (prices,) = blocks("toml", with_="[prices]")
    (folder / settings.FILE).write_text(prices, encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    (block,) = blocks("console", with_="--estimate")
    command, _, printed = block.partition("\n")
    assert run(shlex.split(command.removeprefix(PROGRAM))) == 0
    out = capfd.readouterr().out
    assert [line.rstrip() for line in out.splitlines()] == printed.splitlines()


def test_piece_of_a_briefing_is_what_the_examples_give(
    monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["brief", "examples", "--format", "text"]) == 0
    printed = capfd.readouterr().out
    for part in blocks("text")[0].split("[...]"):
        assert part.strip() in printed


def test_every_source_file_has_its_line() -> None:
    named = set(re.findall(r"^\| `([\w/]+\.py)` \|", README, re.MULTILINE))
    package = ROOT / "summarizer"
    there = {str(path.relative_to(package)) for path in package.rglob("*.py")}
    folders = {name for name in there - named if name.endswith("__init__.py")}
    assert named == there - folders


def test_every_benchmark_has_its_line() -> None:
    named = set(re.findall(r"`(?:[\w -]+ )?benchmarks\.(\w+)`", README))
    programs = (ROOT / "benchmarks").glob("*.py")
    assert named == {
        path.stem for path in programs if "__main__" in path.read_text(encoding="utf-8")
    }


@pytest.mark.parametrize("folder", sorted(set(re.findall(r"`(\w+)/`", README))))
def test_folder_of_the_readme_is_there(folder: str) -> None:
    assert (ROOT / folder).is_dir()
