"""Five days of one edition, from the clock to the inbox: feeds break, come back and correct."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import SummarizerError
from summarizer.service import gathering, making
from summarizer.service.delivery import outbox
from summarizer.service.editions.ticker import tick
from summarizer.service.store import briefings, database, editions, runs
from summarizer.service.store import outbox as kept
from summarizer.service.store.database import Database
from summarizer.service.store.run import Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.types import Document
from tests.service.delivery.servers import Hook, Inbox, mail_server, web_server
from tests.service.town import CORRECTED, DAY, DUE, GAZETTE, NEWS, POST, WIRE, Town
from tests.sources.servers.site import serving


@dataclass(slots=True)
class Desk:
    """An edition that is made and delivered when it is due, by a clock that is moved by hand."""

    db: Database
    settings: Settings
    town: Town
    inbox: Inbox
    hook: Hook
    now: datetime = DUE

    def live(self, day: int) -> Run:
        """Let the morning of a day come; return how its run ended."""
        self.town.open(day)
        self.now = DUE + day * DAY - timedelta(seconds=30)
        (run,) = tick(self.db, editions.all(self.db), self.now)
        self._make(run)
        self.now = DUE + day * DAY
        outbox.dispatch(self.db, self.settings, lambda: self.now)
        found = runs.get(self.db, run.id)
        assert found is not None
        return found

    def _make(self, run: Run) -> None:
        """Do what the jobs of a server do."""
        assert runs.claim(self.db, run.id, executor="here", now=self.now)
        try:
            gathering.collect(self.db, self.settings, run, clock=lambda: self.now)
            found = runs.get(self.db, run.id)
            if found is not None and not found.is_over:
                making.make(self.db, self.settings, found, clock=lambda: self.now)
        except SummarizerError as error:
            gathering.fail(self.db, run, error.code, str(error), now=self.now)

    def briefing(self, run: Run) -> dict[str, Any]:
        content = briefings.get(self.db, run.id)
        assert isinstance(content, dict)
        return content


@pytest.fixture(scope="module")
def desk(articles: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("series")
    town = Town(articles)
    with ExitStack() as stack:
        town.site = stack.enter_context(serving(town.routes, address="0.0.0.0"))  # noqa: S104
        inbox = stack.enter_context(mail_server())
        hook = stack.enter_context(web_server())
        db = stack.enter_context(closing(database.open(str(folder / "store.sqlite"))))
        email = {"host": "127.0.0.1", "port": inbox.port, "security": "none", "sender": "d@e.org"}
        settings = Settings(
            data_dir=str(folder), networks=("127.0.0.0/8",), email=email, words=5_000, stories=30
        )
        edition = Edition(
            sources=tuple(map(town.feed, NEWS)),
            at="06:00",
            recipients=("reader@example.org",),
            webhooks=({"url": hook.url, "secret": "0123456789abcdef"},),
            files=(str(folder / "{edition}-{day}.md"),),
            topics=(
                {"name": "Ferry", "terms": ["Grey Heron"], "mode": "watch"},
                {"name": "Volcano", "terms": ["volcano"], "mode": "watch"},
            ),
        )
        spec = edition.model_dump(mode="json")
        editions.put(db, "local", "morning", spec, origin="file", now=DUE - DAY)
        yield Desk(db, settings, town, inbox, hook)


@pytest.fixture(scope="module")
def days(desk: Desk) -> list[Run]:
    return [desk.live(day) for day in range(5)]


@pytest.fixture(scope="module")
def told(desk: Desk, days: list[Run]) -> dict[int, dict[str, Any]]:
    """Return the briefing of each day that has one."""
    return {n: desk.briefing(run) for n, run in enumerate(days) if run.outcome == "briefing"}


pytestmark = pytest.mark.slow  # servers are asked politely: one request a second to each
Told = dict[int, dict[str, Any]]


def claims(briefing: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all that a briefing says to its readers."""
    stories = [claim for s in briefing["stories"] for claim in (s["headline"], *s["claims"])]
    return stories + [line["claim"] for line in briefing["in_brief"]]


def test_each_day_ends_once_in_a_briefing_or_a_quiet_day(days: list[Run]) -> None:
    assert [run.outcome for run in days] == ["briefing"] * 3 + ["quiet", "briefing"]
    assert [run.day for run in days] == [f"2026-03-0{n}" for n in range(4, 9)]


def test_each_briefing_says_how_its_sources_went(told: Told) -> None:
    assert {
        n: {source["name"]: source["status"] for source in briefing["sources"]}
        for n, briefing in told.items()
    } == {
        0: {WIRE: "ok", POST: "ok", GAZETTE: "ok"},
        1: {WIRE: "ok", POST: "unreachable", GAZETTE: "ok"},
        2: {WIRE: "unchanged", POST: "ok", GAZETTE: "ok"},
        4: {WIRE: "ok", POST: "unchanged", GAZETTE: "ok"},
    }
    assert {n: briefing["status"] for n, briefing in told.items()} == {
        n: "partial" if n == 1 else "complete" for n in told
    }


def test_quiet_day_names_what_was_not_read_and_not_searched(days: list[Run]) -> None:
    quiet = days[3].error or ""
    assert quiet.startswith("nothing new since 2026-03-06 in 1 source; not read: ")
    assert f"{POST} (unreachable)" in quiet
    assert f"{GAZETTE} (unreadable)" in quiet
    for topic in ("Ferry", "Volcano"):
        said = f"watch {topic}: no mention in 0 new articles; not searched: {POST}, {GAZETTE}"
        assert said in quiet


def test_every_version_of_every_article_is_in_the_ledger_of_one_day(desk: Desk, told: Told) -> None:
    first = {desk.town.url(name): day for added in NEWS.values() for day, name in added.items()}
    first[desk.town.url(NEWS[POST][1])] = 2  # its feed was out when it came
    listed = [(entry["url"], n) for n, briefing in told.items() for entry in briefing["documents"]]
    assert sorted(listed) == sorted([*first.items(), (desk.town.url(CORRECTED[0]), CORRECTED[1])])


def test_nothing_is_printed_twice_unless_its_label_says_so(told: Told) -> None:
    printed: Counter[str] = Counter()
    for briefing in told.values():
        again = [claim for claim in claims(briefing) if printed[claim["text"]]]
        assert {claim["change"] for claim in again} <= {"ongoing"}
        assert all(claim in [s["headline"] for s in briefing["stories"]] for claim in again)
        printed.update({claim["text"] for claim in claims(briefing)})
    assert sum(n > 1 for n in printed.values()) == 1  # the headline of what was corrected


def test_labels_say_what_is_new_what_goes_on_and_what_was_put_right(told: Told) -> None:
    labels = {
        n: {story["documents"][0]: story["change"] for story in briefing["stories"]}
        for n, briefing in told.items()
    }
    assert set(labels[0].values()) == {None}
    assert set(labels[1].values()) == {"new"}
    assert Counter(labels[2].values()) == {"new": 3, "corrected": 1}
    cheese = next(s for s in told[4]["stories"] if "Dellbrook" in s["headline"]["text"])
    assert cheese["change"] == "updated"


def test_figure_that_an_outlet_corrects_opens_the_next_briefing(desk: Desk, told: Told) -> None:
    name, day, was, now = CORRECTED
    (correction,) = told[day]["corrections"]
    assert correction["briefing"] == told[0]["id"]
    assert was in correction["was"]
    assert correction["now"] == correction["was"].replace(was, now)
    assert correction["citation"]["quote"] == correction["now"]
    (claim,) = [claim for claim in claims(told[day]) if claim["change"] == "corrected"]
    assert (claim["text"], claim["previous"]) == (correction["now"], "at least 14")
    cited = {entry["id"]: entry["url"] for entry in told[day]["documents"]}
    assert cited[correction["citation"]["document"]] == desk.town.url(name)


def test_article_that_was_removed_on_a_quiet_day_is_taken_back_by_the_next_briefing(
    told: Told,
) -> None:
    removed = {
        claim["text"]
        for story in told[1]["stories"]
        for claim in (story["headline"], *story["claims"])
        if "dam" in story["headline"]["text"]
    }
    assert len(removed) > 1
    assert {correction["was"] for correction in told[4]["corrections"]} >= removed
    assert {correction["briefing"] for correction in told[4]["corrections"]} == {told[1]["id"]}
    assert {correction["now"] for correction in told[4]["corrections"]} == {None}


def test_watched_topic_says_what_was_found_and_where_nobody_could_look(told: Told) -> None:
    reports = {n: {t["name"]: t for t in briefing["topics"]} for n, briefing in told.items()}
    assert [reports[n]["Ferry"]["not_searched"] for n in told] == [[], [POST], [], []]
    has_mentions = [bool(reports[n]["Ferry"]["claims"]) for n in told]
    assert has_mentions == [True, False, True, False]
    assert not any(reports[n]["Volcano"]["claims"] for n in told)
    assert [reports[n]["Volcano"]["searched"] for n in told] == [3, 2, 4, 2]


def test_each_day_is_delivered_once_everywhere(desk: Desk, days: list[Run]) -> None:
    assert {each.status for run in days for each in kept.of_run(desk.db, run.id)} == {"sent"}
    assert len(desk.inbox.mails) == len(days)
    posted = [json.loads(each.body) for each in desk.hook.posted]
    assert [(each["day"], each["outcome"]) for each in posted] == [
        (run.day, run.outcome) for run in days
    ]
    assert len({each.headers["x-summarizer-delivery"] for each in desk.hook.posted}) == len(days)
    files = sorted(Path(desk.settings.data_dir or "").glob("morning-*.md"))
    assert [path.stem[-2:] for path in files] == ["04", "05", "06", "08"]


def test_file_of_a_day_says_where_nobody_could_look(desk: Desk, days: list[Run]) -> None:
    text = Path(desk.settings.data_dir or "", f"morning-{days[1].day}.md").read_text()
    assert f"No mention in 2 articles; not searched: {POST}" in text


def test_clock_that_is_set_back_makes_no_day_twice(desk: Desk, days: list[Run]) -> None:
    for back in range(90, -1, -10):
        now = DUE + 4 * DAY - timedelta(minutes=back)
        assert tick(desk.db, editions.all(desk.db), now) == []
    found, _ = runs.page(desk.db, owner="local", limit=99, cursor=None, edition="morning")
    assert [run.id for run in found] == [run.id for run in days[::-1]]
