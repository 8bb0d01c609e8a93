"""What the README tells a stranger to do works, and is what CI does."""

import json
import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from summarizer.cli import run
from summarizer.service.api import create_app
from summarizer.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
INSTALL = "python3 -m pip install uv && "


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCKS if found == kind]


def lines(*, installs: bool) -> list[str]:
    found = [line for block in blocks("sh") for line in block.splitlines()]
    return [line for line in found if line.startswith(INSTALL) == installs]


def test_the_two_commands_are_what_ci_runs_letter_for_letter() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if line.startswith(INSTALL)] == lines(installs=True)
    assert len(lines(installs=True)) == 2


@pytest.mark.parametrize(
    "block",
    [block for block in blocks("sh") if INSTALL not in block and "curl" not in block],
)
def test_commands_of_the_readme_run(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "summary.md").write_text("The ferry capsized off Kessel.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for line in block.splitlines():
        arguments = shlex.split(line.removeprefix("uv run summarizer "))
        before = set(tmp_path.iterdir())
        assert run(arguments) == 0
        made = [path.read_text(encoding="utf-8") for path in set(tmp_path.iterdir()) - before]
        assert "".join(made) or capfd.readouterr().out


def test_http_request_of_the_readme_is_answered() -> None:
    (line,) = [line for line in lines(installs=False) if "curl" in line]
    _, _, body, address = shlex.split(line)
    client = TestClient(create_app(Settings()))
    answer = client.post("/" + address.split("/", 3)[3], json=json.loads(body))
    assert answer.status_code == 200
    assert answer.json()["schema"] == "summarizer.briefing/1"


@pytest.mark.parametrize("code", blocks("python"))
def test_python_of_the_readme_runs(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own text
    assert "officials said" in capsys.readouterr().out


def test_piece_of_a_briefing_is_what_the_examples_give(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
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
