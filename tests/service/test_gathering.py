"""What a run summarises, and how it ends when there is nothing to tell."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import summarizer
from summarizer.errors import InputError, NoUsableSourceError
from summarizer.service import gathering
from summarizer.service.editions import request
from summarizer.service.store import database, documents, editions, parts, runs, seen
from summarizer.service.store import outbox as kept
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.runs import NewRun, Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.types import Json
from tests.service.newsroom import STORM, Route, feed, whole
from tests.sources.servers.site import serving

DUE = datetime(2026, 3, 4, 6, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = Settings(networks=("127.0.0.0/8",))
Accept = Callable[..., Run]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(database.open(str(tmp_path / "store.sqlite"))) as opened:
        yield opened


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with one article."""
    folder = tmp_path / "news"
    folder.mkdir()
    write(folder, "storm", " ".join(STORM))
    return folder


@pytest.fixture
def accept(db: Database, news: Path) -> Accept:
    """Return what accepts and begins a run of an edition of the folder."""

    def run(*, day: int = 0, **spec: object) -> Run:
        given = {"sources": [str(news)], "at": "06:00"} | spec
        edition = Edition.model_validate(given)
        new = request.new_run("desk", "morning", edition, due=DUE + day * DAY)
        accepted, _ = runs.accept(db, new, now=DUE + day * DAY)
        assert runs.claim(db, accepted.id, executor="here", now=DUE + day * DAY)
        return accepted

    return run


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.md").write_text(f"{name.title()} report\n\n{text}\n")


def collect(db: Database, run: Run) -> Run:
    gathering.collect(db, SETTINGS, run, clock=lambda: run.due or DUE)
    return found(db, run)


def found(db: Database, run: Run) -> Run:
    again = runs.get(db, run.id)
    assert again is not None
    return again


def publish(db: Database, run: Run) -> None:
    gathered = gathering.gather(db, SETTINGS, run)
    briefing = summarizer.brief(gathered.documents, day=run.day)
    gathering.publish(db, run, gathered, briefing, now=run.due or DUE)


def test_what_was_collected_stays_whatever_its_source_says_later(
    db: Database, news: Path, accept: Accept
) -> None:
    run = accept()
    collect(db, run)
    write(news, "bridge", "The council closed the old bridge over the river on Tuesday.")
    collect(db, run)
    gathered = gathering.gather(db, SETTINGS, run)
    assert [document.title for document in gathered.documents] == ["Storm report"]
    assert [source.status for source in gathered.sources] == ["ok"]


def test_article_that_came_later_belongs_to_the_next_day_alone(
    db: Database, news: Path, accept: Accept
) -> None:
    first = accept()
    collect(db, first)
    publish(db, first)
    write(news, "bridge", "The council closed the old bridge over the river on Tuesday.")
    second = accept(day=1)
    collect(db, second)
    gathered = gathering.gather(db, SETTINGS, second)
    assert [document.title for document in gathered.documents] == ["Bridge report"]
    assert [before.day for before in gathered.options.previous] == [DUE.date()]


def test_day_without_news_is_quiet_and_told(db: Database, accept: Accept) -> None:
    first = accept()
    collect(db, first)
    publish(db, first)
    quiet = collect(db, accept(day=1, recipients=["reader@example.org"]))
    assert (quiet.outcome, quiet.error) == ("quiet", "nothing new since 2026-03-04 in 1 source")
    assert [each.channel for each in kept.of_run(db, quiet.id)] == ["mail"]


def test_day_on_which_no_source_can_be_read_fails_and_says_what_to_do(
    db: Database, news: Path, accept: Accept
) -> None:
    lost = accept(sources=[str(news / "none")], on_failure=str(news / "failures"))
    ended = collect(db, lost)
    assert ended.outcome == "failed"
    (told,) = kept.of_run(db, lost.id)
    assert isinstance(told.payload, dict)
    assert str(told.payload["line"]).endswith("summarizer edition run morning --date 2026-03-04")


def test_what_a_run_collected_that_failed_is_told_the_next_day(
    db: Database, accept: Accept
) -> None:
    first = accept()
    collect(db, first)
    gathering.fail(db, first, "internal", "it broke", now=DUE)
    assert found(db, first).outcome == "failed"
    second = accept(day=1)
    collect(db, second)
    assert len(gathering.gather(db, SETTINGS, second).documents) == 1


def test_run_that_ended_is_not_ended_again(db: Database, accept: Accept) -> None:
    run = accept()
    collect(db, run)
    publish(db, run)
    gathering.fail(db, run, "internal", "too late", now=DUE)
    assert (found(db, run).outcome, found(db, run).error) == ("briefing", None)


def test_request_that_fails_has_a_code_and_no_deliveries(db: Database) -> None:
    run, _ = runs.accept(db, NewRun(id="r", owner="desk", request={}, input_hash="0"), now=DUE)
    gathering.fail(db, run, "no_usable_source", "nothing was given", now=DUE)
    assert (found(db, run).status, found(db, run).error_code) == ("failed", "no_usable_source")


def test_request_without_sources_collects_nothing(db: Database) -> None:
    run, _ = runs.accept(db, NewRun(id="r", owner="desk", request={}, input_hash="0"), now=DUE)
    collect(db, run)
    assert parts.of_run(db, "r") == {}
    assert gathering.gather(db, SETTINGS, run).sources == ()


def test_addresses_of_a_request_become_its_documents(db: Database) -> None:
    routes: dict[str, Route] = {"/feed": feed(whole("http://harbour.example/a", *STORM))}
    with serving(routes) as site:
        asked: Json = {"sources": [site.url(path="/feed")]}
        new = NewRun(id="r", owner="desk", request=asked, input_hash="0")
        run, _ = runs.accept(db, new, now=DUE)
        collect(db, run)
    assert [document.title for document in documents.of_run(db, "r")] == ["Storm hits coast"]
    assert seen.waiting(db, "desk", "morning") == []


def test_earlier_run_may_be_named_by_its_owner_alone(db: Database, accept: Accept) -> None:
    first = accept()
    collect(db, first)
    publish(db, first)
    own, others = (_naming(db, first, owner) for owner in ("desk", "another"))
    assert len(gathering.gather(db, SETTINGS, own).options.previous) == 1
    with pytest.raises(InputError, match="previous"):
        gathering.gather(db, SETTINGS, others)


def _naming(db: Database, earlier: Run, owner: str) -> Run:
    """Accept a run that is compared with an earlier one."""
    asked: Json = {"options": {"previous": [earlier.id]}}
    new = NewRun(id=owner, owner=owner, request=asked, input_hash="0")
    return runs.accept(db, new, now=DUE)[0]


def test_what_an_interrupted_attempt_left_in_a_run_is_not_told(
    db: Database, accept: Accept
) -> None:
    run = accept()
    left = summarizer.document("The storm hit the coast on Monday.", title="Storm report")
    documents.add_to_run(db, run.id, [left])
    collect(db, run)
    (told,) = gathering.gather(db, SETTINGS, run).documents
    assert told.id != left.id


def test_engine_of_an_edition_need_not_be_among_those_of_the_server(
    db: Database, accept: Accept
) -> None:
    run = accept(engine="openai:some")
    assert gathering.engine(SETTINGS, run) == "openai:some"
    assert gathering.gather(db, SETTINGS, run).settings.engine == "openai:some"
    assert gathering.engine(SETTINGS, accept(day=1)) == "extractive"


def test_preview_keeps_what_was_seen_and_publishes_nothing(db: Database, news: Path) -> None:
    spec = Edition(sources=(str(news),), at="06:00").model_dump(mode="json")
    editions.put(db, "desk", "morning", spec, origin="file", now=DUE)
    stored = editions.get(db, "desk", "morning")
    assert isinstance(stored, Stored)
    shown = gathering.preview(db, SETTINGS, stored, now=DUE)
    assert [document.title for document in shown.documents] == ["Storm report"]
    assert runs.page(db, owner="desk", limit=1, cursor=None) == ([], None)
    assert len(seen.waiting(db, "desk", "morning")) == 1
    (news / "storm.md").unlink()
    with pytest.raises(NoUsableSourceError, match="no source could be read"):
        gathering.preview(db, SETTINGS, replace(stored, name="evening"), now=DUE)
