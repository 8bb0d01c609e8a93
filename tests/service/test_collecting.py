"""Sources of editions and requests, read from a local site into a real store."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from summarizer.errors import StorageError
from summarizer.service import collecting
from summarizer.service.collecting import Collected
from summarizer.service.reading import Task
from summarizer.service.store import database, documents, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.runs import NewRun
from summarizer.settings import Settings
from summarizer.sources.fetch import Fetcher
from summarizer.text.normalise import document
from tests.service.newsroom import (
    NOW,
    STORM,
    Route,
    article,
    feed,
    statuses,
    teaser,
    titles,
    whole,
)
from tests.service.store.samples import briefing
from tests.sources.servers.site import Asked, Site, answer, page, serving

OUT = answer(status=500)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    db = database.open(str(tmp_path / "store.sqlite"))
    yield db
    db.close()


@contextmanager
def newsroom(routes: dict[str, Route]) -> Iterator[tuple[Site, Fetcher]]:
    with serving(routes) as site, site.fetcher() as fetcher:
        yield site, fetcher


def task(site: Site, *paths: str, day: int = 0, edition: str | None = "morning") -> Task:
    return Task(
        owner="desk",
        edition=edition,
        sources=[site.url("news.test", path) for path in paths or ("/feed",)],
        run_id="run",
        now=NOW + timedelta(days=day),
    )


def publish(db: Database, collected: Collected, *, name: str) -> None:
    """Have a briefing of the edition include what was collected."""
    accept(db, name, edition="morning")
    keys = [each.key for each in collected.waiting]
    assert runs.publish(db, name, briefing(), now=NOW, included=[*keys, *collected.superseded])


def accept(db: Database, name: str, edition: str | None = None) -> None:
    new = NewRun(id=name, owner="desk", request={}, input_hash=name, edition=edition)
    runs.accept(db, new, now=NOW)


def test_articles_of_a_feed_are_collected_with_a_status_and_a_name(store: Database) -> None:
    routes: dict[str, Route] = {
        "/feed": feed(teaser("/a", "Page"), whole("/b", *STORM, title="Whole")),
        "/a": article(*STORM),
    }
    with newsroom(routes) as (site, fetcher):
        found = collecting.read_all(store, fetcher, task(site, "/feed", "/none"))
    assert titles(found.documents) == ["Page", "Whole"]
    assert {source.status for source in found.sources} == {"ok", "missing"}
    assert found.sources[0].name == "Harbour News"
    assert found.failed == (found.sources[1].name,)
    assert [each.published for each in found.waiting] == [d.published for d in found.documents]


def test_article_that_was_told_is_not_collected_again(store: Database) -> None:
    routes: dict[str, Route] = {"/feed": feed(whole("/a", *STORM))}
    with newsroom(routes) as (site, fetcher):
        publish(store, collecting.read_all(store, fetcher, task(site)), name="one")
        routes["/feed"] = feed(whole("/a", *STORM), whole("/b", *STORM, title="Second"))
        found = collecting.read_all(store, fetcher, task(site, day=1))
    assert titles(found.documents) == ["Second"]
    assert found.waiting[0].first_seen == NOW + timedelta(days=1)


def test_what_no_briefing_told_waits_though_the_feed_has_not_changed(store: Database) -> None:
    with newsroom({"/feed": feed(whole("/a", *STORM))}) as (site, fetcher):
        first = collecting.read_all(store, fetcher, task(site))
        again = collecting.read_all(store, fetcher, task(site, day=1))
    assert again.sources[0].status == "unchanged"
    assert again.documents == first.documents


def test_run_that_goes_on_asks_no_source_twice_and_says_the_same_of_them(store: Database) -> None:
    routes: dict[str, Route] = {"/feed": feed(whole("/a", *STORM)), "/other": OUT}
    accept(store, "run", edition="morning")
    with newsroom(routes) as (site, fetcher):
        first = collecting.read_all(store, fetcher, task(site, "/feed", "/other"))
        site.asked.clear()
        assert collecting.read_all(store, fetcher, task(site, "/feed", "/other")) == first
        assert site.paths() == []
    assert [source.status for source in first.sources] == ["ok", "unreachable"]


def test_what_no_briefing_told_waits_though_its_source_is_out(store: Database) -> None:
    routes: dict[str, Route] = {"/feed": feed(whole("/a", *STORM))}
    with newsroom(routes) as (site, fetcher):
        first = collecting.read_all(store, fetcher, task(site))
        routes["/feed"] = OUT
        again = collecting.read_all(store, fetcher, task(site, day=1))
    assert again.documents == first.documents
    assert again.sources[0].status == "unreachable"
    assert again.notes[-1].message.endswith("copy of 4 Mar 06:00 UTC used")
    assert again.notes[-1].documents == (first.documents[0].id,)


def test_source_that_failed_is_caught_up(store: Database) -> None:
    routes: dict[str, Route] = {"/feed": OUT}
    with newsroom(routes) as (site, fetcher):
        failed = collecting.read_all(store, fetcher, task(site))
        routes["/feed"] = feed(whole("/a", *STORM))
        found = collecting.read_all(store, fetcher, task(site, day=1))
    assert (failed.documents, len(failed.failed)) == ((), 1)
    assert titles(found.documents) == ["Storm hits coast"]
    (health,) = seen.health(store, "desk", "morning")
    assert (health.source, health.failing_since) == (site.url("news.test", "/feed"), None)


@pytest.mark.parametrize(
    "garbage",
    [answer(b"We will be back soon."), page("<p>" + "We will be back soon. " * 20 + "</p>")],
)
def test_feed_that_sends_something_else_gives_nothing_and_keeps_its_name(
    store: Database, garbage: bytes
) -> None:
    routes: dict[str, Route] = {"/feed": feed(whole("/a", *STORM))}
    with newsroom(routes) as (site, fetcher):
        publish(store, collecting.read_all(store, fetcher, task(site)), name="one")
        routes["/feed"] = garbage
        found = collecting.read_all(store, fetcher, task(site, day=1))
    assert statuses(found.sources) == {"Harbour News": "unreadable"}
    assert found.documents == ()


def test_page_that_could_not_be_reached_is_read_the_next_time(store: Database) -> None:
    routes: dict[str, Route] = {"/feed": feed(teaser("/a")), "/a": OUT}
    with newsroom(routes) as (site, fetcher):
        first = collecting.read_all(store, fetcher, task(site))
        publish(store, first, name="one")
        routes["/a"] = article(*STORM)
        found = collecting.read_all(store, fetcher, task(site, day=1))
    assert [document.kind for document in first.documents] == ["teaser"]
    assert [document.kind for document in found.documents] == ["article"]
    assert STORM[0] in found.documents[0].text


def test_page_that_was_read_is_not_fetched_for_its_feed_again(store: Database) -> None:
    routes: dict[str, Route] = {"/feed": feed(teaser("/a")), "/a": article(*STORM)}
    with newsroom(routes) as (site, fetcher):
        collecting.read_all(store, fetcher, task(site))
        routes["/feed"] = feed(teaser("/a"), teaser("/b", "Second"))
        routes["/b"] = article(*STORM)
        site.asked.clear()
        collecting.read_all(store, fetcher, task(site, day=1))
    assert site.paths() == ["/feed", "/b"]


def test_changed_article_is_a_new_version_and_takes_the_place_of_the_untold_one(
    store: Database,
) -> None:
    routes: dict[str, Route] = {"/feed": feed(whole("/a", *STORM))}
    with newsroom(routes) as (site, fetcher):
        first = collecting.read_all(store, fetcher, task(site))
        routes["/feed"] = feed(whole("/a", STORM[0].replace("900", "700"), *STORM[1:]))
        found = collecting.read_all(store, fetcher, task(site, day=1))
    assert ["700" in document.text for document in found.documents] == [True]
    assert found.superseded == (first.waiting[0].key,)


def test_article_that_two_feeds_bring_is_one(store: Database) -> None:
    routes: dict[str, Route] = {
        "/feed": feed(teaser("/a")),
        "/other": feed(teaser("/a"), title="Other News"),
        "/a": article(*STORM),
    }
    with newsroom(routes) as (site, fetcher):
        found = collecting.read_all(store, fetcher, task(site, "/feed", "/other"))
        assert len(found.documents) == 1
        publish(store, found, name="one")
        assert collecting.read_all(store, fetcher, task(site, "/feed", "/other")).documents == ()


def test_feeds_of_a_list_are_sources_of_their_own(store: Database) -> None:
    def subscriptions(asked: Asked) -> list[bytes]:
        names = ("feed", "none", "feed")
        outlines = "".join(
            f"<outline title='List {name}' xmlUrl='http://{asked.host}/{name}'/>" for name in names
        )
        return [answer(f"<opml><body>{outlines}</body></opml>".encode())]

    routes: dict[str, Route] = {"/list": subscriptions, "/feed": feed(whole("/a", *STORM))}
    with newsroom(routes) as (site, fetcher):
        found = collecting.read_all(store, fetcher, task(site, "/list", "/feed"))
        assert site.paths().count("/feed") == 1
    assert statuses(found.sources) == {"List none": "missing", "Harbour News": "ok"}
    assert len(seen.health(store, "desk", "morning")) == 2


def test_files_and_folders_are_sources_of_an_edition(store: Database, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("# Storm\n\n" + " ".join(STORM))
    names = [str(folder), str(tmp_path / "none.txt"), str(tmp_path / "*.pdf")]
    with newsroom({}) as (site, fetcher):
        given = replace(task(site), sources=names)
        found = collecting.read_all(store, fetcher, given)
        (folder / "a.md").write_text("")
        empty = collecting.read_all(store, fetcher, replace(given, sources=names[:1]))
    assert titles(found.documents) == ["Storm"]
    assert [source.status for source in found.sources] == ["ok", "missing", "missing"]
    assert [source.status for source in empty.sources] == ["empty"]


def test_sources_of_a_request_become_documents_of_its_run_once(store: Database) -> None:
    accept(store, "run")
    with newsroom({"/a": article(*STORM)}) as (site, fetcher):
        asked = task(site, "/a", edition=None)
        first = collecting.read_all(store, fetcher, asked)
        collecting.read_all(store, fetcher, asked)  # the step is done again after a crash
    assert documents.of_run(store, "run") == first.documents
    assert first.waiting == ()


def test_request_does_not_read_files_of_this_machine(store: Database, tmp_path: Path) -> None:
    accept(store, "run")
    (tmp_path / "secret.txt").write_text(" ".join(STORM))
    with newsroom({}) as (site, fetcher):
        asked = task(site, edition=None)
        names = [str(tmp_path / "secret.txt"), f"file://{tmp_path}/secret.txt"]
        found = collecting.read_all(store, fetcher, replace(asked, sources=names))
    assert (found.documents, {source.status for source in found.sources}) == ((), {"refused"})


@pytest.mark.parametrize(("hours", "is_used"), [(23, True), (25, False)])
def test_request_for_a_page_that_is_out_gets_the_copy_of_the_last_day(
    store: Database, *, hours: int, is_used: bool
) -> None:
    accept(store, "run")
    routes: dict[str, Route] = {"/a": article(*STORM), "/b": OUT}
    with newsroom(routes) as (site, fetcher):
        asked = task(site, "/a", "/b", edition=None)
        first = collecting.read_all(store, fetcher, asked)
        routes["/a"] = OUT
        later = replace(asked, now=NOW + timedelta(hours=hours))
        found = collecting.read_all(store, fetcher, later)
    assert found.documents == (first.documents if is_used else ())
    assert [source.status for source in found.sources] == ["unreachable"] * 2
    assert ("copy_used" in {note.code for note in found.notes}) == is_used


def test_run_may_have_a_deadline_and_uses_the_networks_of_the_settings(store: Database) -> None:
    with serving({"/feed": feed(whole("/a", *STORM))}) as site:
        found = collecting.collect(
            store,
            Settings(networks=("127.0.0.0/8",)),
            owner="desk",
            edition="morning",
            sources=[site.url(path="/feed")],
            run_id="run",
            now=NOW,
            deadline=NOW + timedelta(minutes=5),
        )
    assert titles(found.documents) == ["Storm hits coast"]


def test_run_whose_deadline_has_passed_reads_nothing(store: Database) -> None:
    found = collecting.collect(
        store,
        Settings(),
        owner="desk",
        edition="morning",
        sources=["http://news.invalid/feed"],
        run_id="run",
        now=NOW,
        deadline=NOW,
    )
    assert [source.status for source in found.sources] == ["unreachable"]
    assert len(seen.health(store, "desk", "morning")) == 1


@pytest.mark.parametrize("paths", [("/feed", "/other"), ("/other", "/feed")])
def test_run_that_dies_after_any_source_loses_nothing(
    store: Database, paths: Sequence[str]
) -> None:
    routes: dict[str, Route] = {
        "/feed": feed(whole("/a", *STORM, title="One")),
        "/other": feed(whole("/b", *STORM, title="Two"), title="Other News"),
    }
    with store.writing() as connection:  # it dies when it keeps its second source
        connection.exec_driver_sql(
            "CREATE TRIGGER die BEFORE INSERT ON health WHEN (SELECT count(*) FROM health) = 1 "
            "BEGIN SELECT RAISE(ABORT, 'dead'); END"
        )
    with newsroom(routes) as (site, fetcher):
        with pytest.raises(StorageError, match="dead"):
            collecting.read_all(store, fetcher, task(site, *paths))
        with store.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER die")
        found = collecting.read_all(store, fetcher, task(site, *paths))
    assert titles(found.documents) == ["One", "Two"]
    assert sorted(source.status for source in found.sources) == ["ok", "unchanged"]


def test_key_tells_versions_and_not_the_feeds_they_came_from() -> None:
    first = document("Text.", url="https://a.example/1", source="One")
    assert collecting.key(first) == collecting.key(replace(first, source="Two", id="x"))
    assert collecting.key(first) != collecting.key(document("Other.", url="https://a.example/1"))
    assert collecting.key(first) != collecting.key(document("Text.", url="https://a.example/2"))
    assert collecting.key(document("Text.")) != collecting.key(document("Text.", source="One"))
