"""Articles that an edition cited, changed or taken away since."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from summarizer.briefing import corrections, pipeline, previous
from summarizer.briefing.options import Options
from summarizer.service import collecting, recheck
from summarizer.service.reading import Task
from summarizer.service.recheck import Rechecked
from summarizer.service.store import briefings, database, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.runs import NewRun
from summarizer.settings import Settings
from summarizer.sources.fetch import Fetcher
from summarizer.types import Correction, Document
from tests.service.newsroom import NOW, STORM, Item, Route, article, feed, teaser, whole
from tests.sources.servers.site import Site, answer, page, redirect, serving

CORRECTED = (STORM[0].replace("900", "700"), *STORM[1:])


@dataclass(slots=True)
class Morning:
    """An edition that is made day after day of what a site serves."""

    db: Database
    site: Site
    fetcher: Fetcher
    routes: dict[str, Route]

    def brief(self, day: int = 0, stories: int = 12) -> tuple[Document, ...]:
        """Make and publish the briefing of a day; return what it was made of."""
        task = Task(
            owner="desk",
            edition="morning",
            sources=[self.site.url("news.test", "/feed")],
            run_id="run",
            now=NOW + timedelta(days=day),
        )
        collected = collecting.read_all(self.db, self.fetcher, task)
        on = task.now.date().isoformat()
        briefing = pipeline.brief(
            collected.documents, Options(day=on, words=9_000, stories=stories)
        )
        new = NewRun(id=on, owner="desk", request={}, input_hash=on, edition="morning", day=on)
        runs.accept(self.db, new, now=task.now)
        keys = [each.key for each in collected.waiting]
        assert runs.publish(self.db, on, briefing, now=task.now, included=keys)
        self.site.asked.clear()
        return collected.documents

    def recheck(self, day: int = 1) -> Rechecked:
        now = NOW + timedelta(days=day)
        return recheck.read_again(self.db, self.fetcher, owner="desk", edition="morning", now=now)

    def corrections(self, found: Rechecked) -> tuple[Correction, ...]:
        told = briefings.of_edition(self.db, "desk", "morning", before_day=None, limit=9)
        known = [previous.read(each, where="told") for each in told]
        return corrections.find(known, found.documents, vanished=found.vanished)


def made_up(number: int) -> tuple[str, str]:
    """Return the title and the text of an article that shares no word with any other."""
    name = "".join("bcdfghjklm"[int(digit)] + "a" for digit in f"{number:03}")
    words = [f"{name}{ending}" for ending in ("n", "r", "s", "l", "t", "rn", "st", "ln", "nt")]
    sentence = f"The {words[0]} of {words[1]} said that {words[2]} will {words[3]} the {words[4]}. "
    return f"{name.title()} {words[5]} {words[6]}", sentence + f"{' '.join(words)}. " * 20


@pytest.fixture
def morning(tmp_path: Path) -> Iterator[Callable[[dict[str, Route]], Morning]]:
    """Return what opens the edition over the routes of its site."""
    db = database.open(str(tmp_path / "store.sqlite"))
    routes: dict[str, Route] = {}
    with serving(routes) as site, site.fetcher() as fetcher:

        def opened(given: dict[str, Route]) -> Morning:
            routes.update(given)
            return Morning(db, site, fetcher, routes)

        yield opened
    db.close()


Opened = Callable[[dict[str, Route]], Morning]


def test_article_that_has_not_changed_costs_one_conditional_request(morning: Opened) -> None:
    edition = morning({"/feed": feed(teaser("/a")), "/a": article(*STORM)})
    edition.brief()
    assert edition.recheck() == Rechecked()
    (asked,) = (each for each in edition.site.asked if each.path == "/a")
    assert asked.headers["if-none-match"]


def test_article_that_changed_is_a_document_and_corrects_what_was_printed(
    morning: Opened,
) -> None:
    edition = morning({"/feed": feed(teaser("/a")), "/a": article(*STORM)})
    (told,) = edition.brief()
    edition.routes["/a"] = article(*CORRECTED)
    found = edition.recheck()
    (document,) = found.documents
    assert (document.url, document.title, document.source) == (told.url, told.title, told.source)
    assert document.text == told.text.replace("900", "700")
    assert {(c.was, c.now) for c in edition.corrections(found)} == {(STORM[0], CORRECTED[0])}
    assert found.keys == tuple(each.key for each in seen.waiting(edition.db, "desk", "morning"))


@pytest.mark.parametrize(
    ("new", "is_taken"),
    [("Storm cuts power of 700 homes", True), ("Harbour News: homes in the dark", False)],
)
def test_title_that_was_put_right_is_that_of_the_page(
    morning: Opened, new: str, *, is_taken: bool
) -> None:
    old = "Storm cuts power of 900 homes"
    routes: dict[str, Route] = {"/feed": feed(teaser("/a", old)), "/a": article(*STORM, title=old)}
    edition = morning(routes)
    edition.brief()
    edition.routes["/a"] = article(*CORRECTED, title=new)
    (document,) = edition.recheck().documents
    assert document.title == (new if is_taken else old)


@pytest.mark.parametrize("status", [404, 410])
def test_article_that_is_gone_has_vanished(morning: Opened, status: int) -> None:
    edition = morning({"/feed": feed(teaser("/a")), "/a": article(*STORM)})
    (told,) = edition.brief()
    edition.routes["/a"] = answer(status=status)
    found = edition.recheck()
    assert found == Rechecked(vanished=(told.url or "",))
    assert {(c.was, c.now) for c in edition.corrections(found)} >= {(STORM[0], None)}


@pytest.mark.parametrize(
    "now",
    [
        answer(status=500),
        answer(status=403),
        answer(status=403, headers={"cf-mitigated": "challenge"}),
        page(""),
        redirect("/consent/"),
        page(
            f"<p>{STORM[1]}</p>",
            head='<script type="application/ld+json">{"@type": "NewsArticle", '
            '"isAccessibleForFree": false}</script>',
        ),
        page("<article><p>" + "Ten tips for your garden. " * 40 + "</p></article>"),
    ],
)
def test_answer_that_is_not_the_article_says_nothing_of_it(morning: Opened, now: bytes) -> None:
    edition = morning({"/feed": feed(teaser("/a")), "/a": article(*STORM)})
    edition.brief()
    edition.routes |= {"/a": now, "/consent/": article(*STORM)}
    assert edition.recheck() == Rechecked()


def test_article_that_its_feed_carried_is_compared_once_its_page_is_known(
    morning: Opened,
) -> None:
    edition = morning({"/feed": feed(whole("/a", *STORM)), "/a": article(*STORM, "By our staff.")})
    edition.brief()
    assert edition.recheck() == Rechecked()  # the page has another text, and every quote
    edition.routes["/a"] = article(*CORRECTED, "By our staff.")
    found = edition.recheck(2)
    assert {(c.was, c.now) for c in edition.corrections(found)} == {(STORM[0], CORRECTED[0])}
    edition.routes["/a"] = answer(status=410)
    assert len(edition.recheck(2).vanished) == 0  # a new version waits for its briefing
    edition.brief(2)
    assert len(edition.recheck(3).vanished) == 1


def test_page_that_is_another_text_than_its_feed_carried_is_no_version_of_it(
    morning: Opened,
) -> None:
    routes: dict[str, Route] = {
        "/feed": feed(whole("/a", *STORM)),
        "/a": article("Ten tips for your garden this spring, by our own gardener."),
    }
    edition = morning(routes)
    edition.brief()
    assert edition.recheck() == Rechecked()


def test_page_that_was_never_there_has_not_vanished(morning: Opened) -> None:
    edition = morning({"/feed": feed(whole("/a", *STORM))})
    edition.brief()
    assert edition.recheck() == Rechecked()


def test_version_that_a_source_brought_today_is_not_asked_for(morning: Opened) -> None:
    edition = morning({"/feed": feed(whole("/a", *STORM)), "/a": article(*STORM)})
    edition.brief()
    edition.routes["/feed"] = feed(whole("/a", *CORRECTED))
    task = Task(
        owner="desk",
        edition="morning",
        sources=[edition.site.url("news.test", "/feed")],
        run_id="run",
        now=NOW + timedelta(days=1),
    )
    collecting.read_all(edition.db, edition.fetcher, task)
    edition.site.asked.clear()
    assert (edition.recheck(), edition.site.paths()) == (Rechecked(), [])


def test_new_version_waits_when_its_run_dies(morning: Opened) -> None:
    edition = morning({"/feed": feed(teaser("/a")), "/a": article(*STORM)})
    edition.brief()
    edition.routes["/a"] = article(*CORRECTED)
    found = edition.recheck()
    assert edition.recheck() == Rechecked()  # the server says that nothing has changed since
    assert edition.brief(2) == found.documents


def test_articles_of_a_week_ago_and_teasers_are_not_asked_for(morning: Opened) -> None:
    out = answer(status=403)
    edition = morning(
        {"/feed": feed(teaser("/a"), teaser("/b", "Other")), "/a": article(*STORM), "/b": out}
    )
    edition.brief()
    assert edition.recheck(7) == Rechecked()
    assert "/a" in edition.site.paths()
    assert "/b" not in edition.site.paths()
    edition.site.asked.clear()
    edition.recheck(8)
    assert edition.site.paths() == []


def test_host_is_not_asked_for_more_articles_than_the_cap(morning: Opened) -> None:
    n_articles = recheck.MAX_A_HOST + 5
    items = [Item(f"/{n}", *made_up(n)) for n in range(n_articles)]
    edition = morning({"/feed": feed(*items)})
    edition.brief(stories=n_articles)
    edition.recheck()
    asked = [path for path in edition.site.paths() if path != "/robots.txt"]
    assert len(asked) == recheck.MAX_A_HOST


def test_settings_say_which_networks_may_be_asked(morning: Opened) -> None:
    edition = morning({"/feed": feed(teaser("/a")), "/a": article(*STORM)})
    edition.brief()
    found = recheck.changed(edition.db, Settings(), owner="desk", edition="morning", now=NOW)
    assert (found, edition.site.paths()) == (Rechecked(), [])
