"""Runs as workflows: made once, gone on with after a kill, cancelled, taken over."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import summarizer
from summarizer.service.jobs import MAX_TAKEOVERS, Jobs
from summarizer.service.store import briefings, events, leases, parts, runs
from summarizer.service.store.database import Database
from summarizer.service.store.runs import NewRun, Run
from summarizer.settings import Settings
from summarizer.types import Document
from tests.fake_llm.answers import Answer
from tests.fake_llm.brains import Brain, faithful
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.latency import Latency
from tests.fake_llm.prompt import Prompt
from tests.fake_llm.server import FakeServer, serving

PATIENCE_S = 60.0
STORIES = (
    (
        "Bridge",
        "The council voted 9 to 4 on Tuesday to close the old bridge over the Tane.",
        "Lorries must drive round by Kessel until the new span opens in May, its mayor said.",
        "Cracks were found in two of its piers when divers looked at them in January.",
    ),
    (
        "Ferry",
        "The ferry to Ostrand was late by three hours after its engine failed on Monday.",
        "A tug pulled the ship into the harbour, where 210 passengers left it unhurt.",
        "Mechanics blamed a broken fuel pump that had been due for replacement.",
    ),
    (
        "Cheese",
        "The health agency recalled two soft cheeses after nine people fell ill in Varrow.",
        "Shops were told to clear their shelves of both brands at once.",
        "Inspectors traced the bacteria to one dairy, which stopped its production.",
    ),
)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - leases end by the clock


def documents(n: int = 3) -> tuple[Document, ...]:
    """Return two reports of each of n events."""
    return tuple(
        summarizer.document(
            f"{topic} report\n\n{text} {more}", source=source, published="2026-03-03"
        )
        for topic, text, *details in STORIES[:n]
        for source, more in zip(("Northern Wire", "Harbour Post"), details, strict=True)
    )


def accept(db: Database, run: str, *, words: int = 100) -> Run:
    new = NewRun(
        id=run,
        owner="local",
        request={"options": {"words": words}},
        input_hash=run,
        documents=documents(),
    )
    return runs.accept(db, new, now=now())[0]


def found(db: Database, run: str) -> Run:
    made = runs.get(db, run)
    assert made is not None
    return made


def wait_until(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def model(setup: Setup) -> Iterator[tuple[FakeServer, dict[str, object]]]:
    """Serve a model and say what settings ask it."""
    with serving(setup) as server:
        yield (
            server,
            {"engine": f"openai:{MODEL}", "base_url": server.base_url, "call_timeout_s": 30},
        )


def once_until(lets_go: threading.Event) -> Brain:
    """Return a brain that answers one call, and the others when it is let go."""
    first = iter([True])

    def answering(prompt: Prompt) -> Answer:
        if not next(first, False):
            lets_go.wait(PATIENCE_S)
        return faithful(prompt)

    return answering


@pytest.fixture
def settings(clean_folder: Path) -> Settings:
    return Settings(data_dir=str(clean_folder), server={"workers": 1, "max_running": 2})


def test_accepted_run_is_made(database: Database, settings: Settings) -> None:
    accept(database, "one")
    with Jobs(database, settings) as jobs:
        jobs.start("one")
        assert jobs.wait("one", PATIENCE_S)
        assert jobs.is_ready
    made = found(database, "one")
    assert (made.status, made.outcome) == ("done", "briefing")
    assert [event.kind for event in events.after(database, "one", 0)] == [
        "accepted",
        "started",
        "done",
    ]


def test_briefing_is_that_of_the_pipeline(database: Database, settings: Settings) -> None:
    accept(database, "one")
    with Jobs(database, settings) as jobs:
        jobs.start("one")
        assert jobs.wait("one", PATIENCE_S)
    alone = summarizer.brief(documents(), words=100)
    assert found(database, "one").briefing == alone.id


def test_run_that_nobody_started_is_begun(database: Database, settings: Settings) -> None:
    with Jobs(database, settings) as jobs:
        accept(database, "one")
        assert jobs.wait("one", PATIENCE_S)
    assert found(database, "one").outcome == "briefing"


def test_more_runs_than_may_be_under_way_wait_their_turn(
    database: Database, settings: Settings
) -> None:
    names = [f"run{i}" for i in range(6)]
    with Jobs(database, settings) as jobs:
        for name in names:
            accept(database, name)
            jobs.start(name)
        assert all(jobs.wait(name, PATIENCE_S) for name in names)
    assert {found(database, name).status for name in names} == {"done"}


def test_run_without_usable_documents_fails_with_its_reason(
    database: Database, settings: Settings
) -> None:
    new = NewRun(
        id="empty",
        owner="local",
        request={},
        input_hash="0",
        documents=(summarizer.document("..."),),
    )
    runs.accept(database, new, now=now())
    with Jobs(database, settings) as jobs:
        jobs.start("empty")
        assert jobs.wait("empty", PATIENCE_S)
    made = found(database, "empty")
    assert (made.status, made.error_code) == ("failed", "no_usable_source")


def test_stories_of_a_model_are_kept_one_by_one(database: Database, settings: Settings) -> None:
    with model(Setup()) as (server, keys):
        accept(database, "one")
        with Jobs(database, settings.model_copy(update=keys)) as jobs:
            jobs.start("one")
            assert jobs.wait("one", PATIENCE_S)
        n_calls = len(server.ledger.calls())
    assert found(database, "one").error is None
    content = briefings.get(database, "one")
    assert isinstance(content, dict)
    assert content["status"] == "complete"
    assert {story["id"] for story in content["stories"]} <= parts.of_run(database, "one").keys()  # type: ignore[index, union-attr, call-overload]
    assert n_calls >= len(STORIES)  # or a story would end with its run
    kinds = [event.kind for event in events.after(database, "one", 0)]
    assert kinds == ["accepted", "started", *["story"] * (len(kinds) - 3), "done"]
    assert "story" in kinds


def test_model_run_of_the_same_documents_makes_no_call(
    database: Database, settings: Settings
) -> None:
    with model(Setup()) as (server, keys):
        with Jobs(database, settings.model_copy(update=keys)) as jobs:
            for name in ("one", "two"):
                accept(database, name)
                jobs.start(name)
                assert jobs.wait(name, PATIENCE_S)
                if name == "one":
                    n_calls = len(server.ledger.calls())
        assert len(server.ledger.calls()) == n_calls
    assert found(database, "one").briefing == found(database, "two").briefing


def test_cancelled_run_ends_without_a_briefing(database: Database, settings: Settings) -> None:
    slow = Setup(latency=Latency("constant", 2.0))
    with model(slow) as (_, keys), Jobs(database, settings.model_copy(update=keys)) as jobs:
        accept(database, "one")
        jobs.start("one")
        wait_until(lambda: found(database, "one").status == "running")
        jobs.cancel("one")
        assert jobs.wait("one", PATIENCE_S)
        jobs.stop(PATIENCE_S)
    assert found(database, "one").status == "cancelled"
    assert briefings.get(database, "one") is None


_SERVER = """
import sys
from summarizer.service.jobs import Jobs
from summarizer.service.store import database
from summarizer.settings import Settings
import threading
if __name__ == "__main__":
    url, engine, base_url = sys.argv[1:]
    settings = Settings(engine=engine, base_url=base_url or None, server={"workers": 1})
    with Jobs(database.open(url), settings):
        print("ready", flush=True)
        threading.Event().wait()
"""


def start(url: str, keys: dict[str, object], folder: Path) -> subprocess.Popen[str]:
    """Start a process that works on the runs of a database."""
    script = folder / "server.py"
    script.write_text(_SERVER)
    process = subprocess.Popen(  # noqa: S603 - this interpreter
        [
            sys.executable,
            str(script),
            url,
            str(keys.get("engine", "extractive")),
            str(keys.get("base_url", "")),
        ],
        stdout=subprocess.PIPE,
        cwd=folder,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_killed_run_is_gone_on_with_and_pays_for_nothing_twice(
    database: Database, clean_folder: Path
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    lets_go = threading.Event()
    with model(Setup(brain=once_until(lets_go))) as (server, keys):
        accept(database, "one", words=200)
        process = start(url, keys, clean_folder)
        wait_until(lambda: len(parts.of_run(database, "one")) >= 1)
        kill(process)
        kept = {call.digest for call in server.ledger.calls() if call.is_whole}
        assert found(database, "one").status == "running"
        lets_go.set()
        process = start(url, keys, clean_folder)
        try:
            wait_until(lambda: found(database, "one").is_over)
        finally:
            kill(process)
        again = [call.digest for call in server.ledger.calls()]
    assert found(database, "one").outcome == "briefing"
    assert max(again.count(prompt) for prompt in kept) <= 2


def test_dead_process_is_taken_over_from(database: Database, settings: Settings) -> None:
    if database.is_sqlite:
        pytest.skip("one process works on an SQLite file")
    accept(database, "one")
    assert runs.claim(database, "one", executor="dead", now=now())
    leases.beat(database, "dead", now=now() - timedelta(minutes=1))
    with Jobs(database, settings) as jobs:
        assert jobs.wait("one", PATIENCE_S)
    made = found(database, "one")
    assert (made.outcome, made.n_takeovers, made.executor) == ("briefing", 1, jobs.executor)


def test_run_whose_workflow_was_never_begun_is_begun(
    database: Database, settings: Settings
) -> None:
    if not database.is_sqlite:
        pytest.skip("a new process of PostgreSQL has another name")
    accept(database, "one")
    assert runs.claim(database, "one", executor="local", now=now())
    with Jobs(database, settings) as jobs:
        assert jobs.wait("one", PATIENCE_S)
    assert found(database, "one").outcome == "briefing"


def test_run_that_ends_its_process_every_time_fails(database: Database, settings: Settings) -> None:
    accept(database, "one")
    assert runs.claim(database, "one", executor="dead", now=now())
    for _ in range(MAX_TAKEOVERS):
        runs.take_over(database, "one", executor="dead")
    with Jobs(database, settings) as jobs:
        jobs.take_over("one")
    made = found(database, "one")
    assert (made.status, made.error_code) == ("failed", "internal")
