"""The service cannot go on for a while: what was accepted waits, and ends as if nothing was."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from summarizer.service.store import briefings, database, runs
from summarizer.service.store.run import Run
from tests.fake_llm.endpoint import MODEL
from tests.fake_llm.server import serving as model

SCRIPT = Path(__file__).with_name("crashing.py")
PATIENCE_S = 60.0
pytestmark = pytest.mark.slow


@pytest.fixture
def orders(tmp_path: Path, examples: Path) -> dict[str, Any]:
    """Return what a process is told that makes an edition of articles on the disk."""
    sources = [str(examples / "2026-03-03" / f"{story}-*") for story in ("ferry", "dam", "strike")]
    return {
        "settings": {"data_dir": str(tmp_path), "server": {"workers": 1}},
        "edition": {"sources": sources, "at": "06:00", "files": [str(tmp_path / "out.md")]},
    }


@contextmanager
def living(orders: dict[str, Any], folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a process of the service; it is killed at the end, if it still is there."""
    with (folder / "log").open("ab") as log:
        command = [sys.executable, str(SCRIPT), json.dumps(orders)]
        process = subprocess.Popen(command, cwd=folder, stderr=log)  # noqa: S603 - our own words
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.02)


def only_run(folder: Path) -> tuple[Run, Any]:
    """Return the one run and its briefing."""
    with closing(database.open(str(folder / "summarizer.sqlite"))) as db:
        (run,) = runs.page(db, owner="local", limit=9, cursor=None)[0]
        return run, briefings.get(db, run.id)


@pytest.mark.parametrize(
    ("how", "said"),
    [("full", "database or disk is full: make room on the disk"), ("read-only", "readonly")],
)
def test_run_ends_when_the_database_can_be_written_again_and_not_before(
    orders: dict[str, Any], tmp_path: Path, how: str, said: str
) -> None:
    refusing, out = tmp_path / "refusing", tmp_path / "out.md"
    point = {"point": "summarizer.briefing.pipeline:brief", "moment": "before"}
    with living(orders | point | {"refusing": str(refusing), "how": how}, tmp_path) as process:
        wait_until(lambda: said in (tmp_path / "log").read_text())
        run, briefing = only_run(tmp_path)
        assert (run.status, briefing, out.exists()) == ("running", None, False)
        refusing.unlink()
        assert process.wait(PATIENCE_S) == 0
    run, briefing = only_run(tmp_path)
    assert (run.outcome, run.briefing, out.exists()) == ("briefing", briefing["id"], True)


def test_run_that_is_under_way_at_a_stop_goes_on_after_the_next_start(
    orders: dict[str, Any], tmp_path: Path
) -> None:
    point = {"point": "summarizer.briefing.pipeline:brief", "moment": "before"}
    with living(orders | point | {"stop": str(tmp_path / "stop")}, tmp_path) as process:
        assert process.wait(PATIENCE_S) == 0
    assert only_run(tmp_path)[0].status == "running"
    with living(orders, tmp_path) as process:
        assert process.wait(PATIENCE_S) == 0
    run, _ = only_run(tmp_path)
    assert (run.outcome, run.n_takeovers) == ("briefing", 0)


@pytest.mark.parametrize(
    ("point", "moment"),
    [
        ("summarizer.service.making:Bench.write", "after"),  # what is noted of a story's step
        ("dbos._sys_db:SystemDatabase.update_workflow_outcome", "before"),  # of its end
        ("dbos._sys_db:SystemDatabase.record_get_result", "before"),  # of the wait for it
    ],
)
def test_run_of_a_model_ends_when_the_database_can_be_written_again(
    orders: dict[str, Any], tmp_path: Path, point: str, moment: str
) -> None:
    refusing = tmp_path / "refusing"
    with model() as server:
        asked = {"engine": f"openai:{MODEL}", "base_url": server.base_url, "concurrency": 1}
        orders["settings"] |= asked
        orders |= {"point": point, "moment": moment}
        orders |= {"refusing": str(refusing), "how": "read-only"}
        with living(orders, tmp_path) as process:
            wait_until(lambda: "readonly database" in (tmp_path / "log").read_text())
            assert only_run(tmp_path)[0].status == "running"
            refusing.unlink()
            assert process.wait(PATIENCE_S) == 0
        prompts = [call.digest for call in server.ledger.calls()]
    run, briefing = only_run(tmp_path)
    assert (run.outcome, briefing["status"]) == ("briefing", "complete")
    assert len(prompts) == len(set(prompts))  # nothing is paid for twice


def test_server_refuses_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    store = tmp_path / "summarizer.sqlite"
    database.open(str(store)).close()
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "serve", "--port", "0"],
        cwd=tmp_path,
        env={"SUMMARIZER_DATABASE_URL": f"sqlite:///file:{store}?mode=ro&uri=true"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 5
    line = done.stderr.splitlines()[-1]
    assert "readonly database: make the file and its folder writable" in line
