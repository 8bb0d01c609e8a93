"""Making briefings of runs: by the embedded engine at once, by a model story by story."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer.errors import ConfigurationError, NoUsableSourceError
from summarizer.service import making
from summarizer.service.making import Bench, Benches
from summarizer.service.store import briefings, database, editions, parts, runs
from summarizer.service.store.database import Database
from summarizer.service.store.journal import StoreJournal
from summarizer.service.store.runs import NewRun, Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.sources.files import load
from summarizer.types import Document, Json
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.latency import Latency
from tests.fake_llm.server import FakeServer, refused_url, serving

pytestmark = pytest.mark.usefixtures("clean_folder")
NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(database.open(str(tmp_path / "store.sqlite"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def news(examples: Path) -> tuple[Document, ...]:
    """Return the reports of three events."""
    day = examples / "2026-03-03"
    return load([str(day / f"{story}-*") for story in ("ferry", "dam", "strike")]).documents


def accept(db: Database, documents: tuple[Document, ...], name: str = "one") -> Run:
    options: Json = {"options": {"words": 300}}
    new = NewRun(id=name, owner="desk", request=options, input_hash=name, documents=documents)
    run, _ = runs.accept(db, new, now=NOW)
    assert runs.claim(db, name, executor="here", now=NOW)
    return run


def published(db: Database, run: Run) -> dict[str, Any]:
    content = briefings.get(db, run.id)
    assert isinstance(content, dict)
    return content


@contextmanager
def model(latency_s: float = 0.0, **more: object) -> Iterator[tuple[FakeServer, Settings]]:
    with serving(Setup(latency=Latency("constant", latency_s))) as server:
        asked = {"engine": f"openai:{MODEL}", "base_url": server.base_url}
        yield server, Settings().model_copy(update=asked | more)


def finish(bench: Bench) -> None:
    try:
        for key in bench.keys:
            bench.write(key)
        bench.finish(clock=lambda: NOW)
    finally:
        bench.close()


def test_briefing_is_that_of_the_pipeline(db: Database, news: tuple[Document, ...]) -> None:
    run = accept(db, news)
    making.make(db, Settings(), run, clock=lambda: NOW)
    assert published(db, run)["id"] == summarizer.brief(news, words=300).id


def test_made_again_it_changes_nothing(db: Database, news: tuple[Document, ...]) -> None:
    run = accept(db, news)
    for now in (NOW, LATER):
        making.make(db, Settings(), run, clock=lambda now=now: now)  # type: ignore[misc]
    ended = runs.get(db, run.id)
    assert ended is not None
    assert ended.finished == NOW


def test_run_without_usable_documents_says_so(db: Database) -> None:
    run = accept(db, (summarizer.document("..."),))
    with pytest.raises(NoUsableSourceError):
        making.make(db, Settings(), run, clock=lambda: NOW)


def test_worker_makes_what_is_not_over(db: Database, news: tuple[Document, ...]) -> None:
    run = accept(db, news)
    making.open_in_worker(str(db.path), Settings())
    for name in ("one", "nobody's"):
        making.make_in_worker(name)
    made = published(db, run)["id"]
    making.make_in_worker("one")
    assert published(db, run)["id"] == made


def test_story_that_was_written_is_not_written_again_by_another_process(
    db: Database, news: tuple[Document, ...]
) -> None:
    run = accept(db, news)
    with model() as (server, settings):
        first = Bench(db, settings, run, StoreJournal(db))
        for key in first.keys:
            first.write(key)
        first.close()
        n_calls = len(server.ledger.calls())
        assert set(parts.of_run(db, run.id)) == set(first.keys)
        second = Bench(db, settings, run, StoreJournal(db))
        for key in second.keys:
            second.write(key)
        assert len(server.ledger.calls()) == n_calls
        second.finish(clock=lambda: NOW)
        second.close()
    assert published(db, run)["status"] == "complete"


def test_briefing_of_kept_stories_is_that_of_one_process(
    db: Database, news: tuple[Document, ...]
) -> None:
    with model() as (_, settings):
        whole, cut = accept(db, news), accept(db, news, "two")
        finish(Bench(db, settings, whole, StoreJournal(db)))
        first = Bench(db, settings, cut, StoreJournal(db))
        first.write(first.keys[0])
        first.close()
        finish(Bench(db, settings, cut, StoreJournal(db)))
    assert published(db, whole)["id"] == published(db, cut)["id"]


def test_what_a_process_spent_before_it_was_ended_counts(
    db: Database, news: tuple[Document, ...]
) -> None:
    with model(concurrency=1) as (server, settings):
        run = accept(db, news)
        first = Bench(db, settings, run, StoreJournal(db))
        first.write(first.keys[0])
        first.close()
        spent = sum(call.tokens_in + call.tokens_out for call in server.ledger.calls())
        n_calls = len(server.ledger.calls())
        assert spent > 0
        capped = settings.model_copy(update={"budget_tokens": spent + 1})
        finish(Bench(db, capped, run, StoreJournal(db)))
        assert len(server.ledger.calls()) == n_calls
    made = published(db, run)
    assert "budget" in {note["code"] for note in made["notes"]}
    assert made["usage"]["input_tokens"] + made["usage"]["output_tokens"] == spent
    assert made["usage"]["calls"] == n_calls


def test_why_a_model_wrote_nothing_is_kept_with_the_story(
    db: Database, news: tuple[Document, ...]
) -> None:
    run = accept(db, news)
    settings = Settings(engine="openai:absent", base_url=refused_url(), deadline_s=0.5)
    first = Bench(db, settings, run, StoreJournal(db))
    for key in first.keys:
        first.write(key)
    first.close()
    finish(Bench(db, settings, run, StoreJournal(db)))
    made = published(db, run)
    assert made["status"] == "degraded"
    assert {"llm_unavailable", "llm_deadline"} & {note["code"] for note in made["notes"]}


@pytest.mark.parametrize("n_at_once", [1, 2])
def test_no_more_stories_are_written_at_a_time_than_the_model_takes(
    db: Database, news: tuple[Document, ...], n_at_once: int
) -> None:
    with model(latency_s=0.1, concurrency=n_at_once) as (server, settings):
        bench = Bench(db, settings, accept(db, news), StoreJournal(db))
        with ThreadPoolExecutor(len(bench.keys)) as threads:
            list(threads.map(bench.write, bench.keys))
        bench.close()
        calls = server.ledger.calls()
    assert len(bench.keys) > n_at_once
    assert max(call.in_flight for call in calls) == n_at_once


def test_bench_of_a_run_is_made_once_for_all_threads(
    db: Database, news: tuple[Document, ...]
) -> None:
    run = accept(db, news)
    with model() as (_, settings):
        benches = Benches(db, settings)
        start = threading.Barrier(4)

        def take(_: int) -> Bench:
            start.wait()
            return benches.of(run)

        with ThreadPoolExecutor(4) as threads:
            (only,) = set(threads.map(take, range(4)))
        benches.close(run.id)
        benches.close(run.id)
        assert benches.of(run) is not only
        benches.close(run.id)


def test_bench_whose_settings_are_wrong_is_none(
    db: Database, news: tuple[Document, ...], tmp_path: Path
) -> None:
    settings = Settings(engine=f"openai:{MODEL}", prompts=str(tmp_path / "none"))
    benches = Benches(db, settings)
    with pytest.raises(ConfigurationError):
        benches.of(accept(db, news))
    benches.close("one")


def test_model_is_told_from_the_embedded_engine(db: Database) -> None:
    run = accept(db, ())
    assert not making.has_model(Settings(), run)
    assert making.has_model(Settings(engine="openai:some"), run)


def test_preview_tells_what_a_briefing_would(db: Database, examples: Path) -> None:
    sources = (str(examples / "2026-03-03" / "ferry-*"),)
    spec = Edition(sources=sources, at="06:00").model_dump(mode="json")
    editions.put(db, "desk", "morning", spec, origin="file", now=NOW)
    stored = editions.get(db, "desk", "morning")
    assert stored is not None
    briefing = making.preview(db, Settings(), stored, now=NOW)
    assert (briefing.day, len(briefing.documents)) == ("2026-03-04", 8)
    assert runs.page(db, owner="desk", limit=1, cursor=None) == ([], None)
