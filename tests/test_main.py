"""The program as a process: its exit code, the purity of its streams, what it loads."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-W", "error", "-m", "summarizer")


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    legacy = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, *arguments],
        cwd=cwd,
        env={**os.environ, **legacy},  # noqa: TID251 - inherited
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_result_alone_is_on_standard_output_in_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    text = "Br\u00fccke gesperrt\n\nDer Rat hat am Dienstag die alte Br\u00fccke gesperrt.\n"
    done = run("brief", "-", "--format", "json", cwd=tmp_path, stdin=text.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Br\u00fccke" in json.loads(done.stdout)["documents"][0]["title"]


def test_failure_is_one_line_on_standard_error(tmp_path: Path) -> None:
    done = run("brief", "article.txt", "--wrods", "3", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert re.fullmatch(rb"summarizer: .+\n", done.stderr)


def test_reader_that_has_gone_away_ends_quietly(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stream:
        done = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, "config", "show"],
            cwd=tmp_path,
            stdout=stream,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from summarizer.cli import run\n"
        "heavy = {'numpy', 'scipy', 'pydantic', 'jinja2', 'fastapi', 'trafilatura', 'rich'}\n"
        "code = run(['--help'])\n"
        "sys.exit(code or ', '.join(heavy & sys.modules.keys()) or 0)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
