"""Five days of an edition whose feeds change, break, come back and correct an article."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.briefing import pipeline, previous
from summarizer.briefing.options import Options
from summarizer.briefing.previous import Previous
from summarizer.service import collecting
from summarizer.service.collecting import Collected
from summarizer.service.reading import Task
from summarizer.service.store import database, runs
from summarizer.service.store.database import Database
from summarizer.service.store.runs import NewRun
from summarizer.sources.fetch import Fetcher
from summarizer.sources.files import load
from summarizer.types import Briefing, Document
from tests.service.newsroom import NOW, Item, Route, feed
from tests.service.store.samples import briefing as sample
from tests.sources.servers.site import Site, answer, page, serving

OUTLETS = ("Northern Wire", "Harbour Post", "Lowland Gazette")
N_DAYS = 5
ADDED = "<p>A paragraph was added.</p>"
BROKEN: Mapping[str, tuple[bytes, str]] = {
    "500": (answer(status=500), "unreachable"),
    "cut": (b"", "unreachable"),
    "garbage": (answer(b"\x00\xff not a feed"), "unreadable"),
    "back soon": (page("<p>" + "We will be back soon. " * 20 + "</p>"), "unreadable"),
    "bomb": (answer(b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>"), "unreadable"),
    "gone": (answer(status=404), "missing"),
}


def paragraphs(document: Document) -> str:
    body = document.text.removeprefix(document.title)
    return "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n") if part.strip())


@pytest.fixture(scope="module")
def stories(examples: Path) -> dict[str, list[Item]]:
    """Return articles of the examples by outlet, in an order of appearance."""
    found: dict[str, list[Item]] = {outlet: [] for outlet in OUTLETS}
    for document in load([str(examples)]).documents:
        outlet = document.source.removeprefix("The ")
        if outlet in found and len(document.text.split()) > 200:
            url = f"https://{outlet.replace(' ', '-').lower()}.example/{len(found[outlet])}"
            found[outlet].append(Item(url, document.title, paragraphs(document)))
    assert all(len(items) >= N_DAYS - 1 for items in found.values())
    return found


@dataclass(slots=True)
class Edition:
    """An edition of three feeds, and all that its briefings were made of."""

    db: Database
    site: Site
    fetcher: Fetcher
    routes: dict[str, Route]
    told: list[Document] = field(default_factory=list)

    def collect(self, day: int) -> Collected:
        names = [name.replace(" ", "-") for name in OUTLETS]
        task = Task(
            owner="desk",
            edition="morning",
            sources=[self.site.url(f"{name.lower()}.test", f"/feed/{name}") for name in names],
            run_id="run",
            now=NOW + timedelta(days=day),
        )
        return collecting.read_all(self.db, self.fetcher, task)

    def serve(self, outlet: str, items: Sequence[Item], state: str = "ok") -> None:
        route = feed(*items, title=outlet) if state == "ok" else BROKEN[state][0]
        self.routes[f"/feed/{outlet.replace(' ', '-')}"] = route

    def publish(self, day: int, briefing: Briefing, keys: Sequence[str]) -> None:
        now = NOW + timedelta(days=day)
        on = now.date().isoformat()
        new = NewRun(id=on, owner="desk", request={}, input_hash=on, edition="morning", day=on)
        runs.accept(self.db, new, now=now)
        assert runs.publish(self.db, on, briefing, now=now, included=keys)


@contextmanager
def edition() -> Iterator[Edition]:
    routes: dict[str, Route] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(routes) as site,
        site.fetcher() as fetcher,
    ):
        db = database.open(str(Path(folder) / "store.sqlite"))
        yield Edition(db, site, fetcher, routes)
        db.close()


states = st.lists(
    st.sampled_from(["ok", "ok", *BROKEN]), min_size=len(OUTLETS), max_size=len(OUTLETS)
)
days = st.tuples(states, st.booleans())  # how the feeds are, and whether the run dies


@settings(max_examples=8)
@given(
    series=st.lists(days, min_size=N_DAYS - 1, max_size=N_DAYS - 1), corrected_on=st.integers(1, 3)
)
def test_nothing_is_missed_and_nothing_comes_twice(
    stories: dict[str, list[Item]],
    series: list[tuple[list[str], bool]],
    corrected_on: int,
) -> None:
    calm = (["ok"] * len(OUTLETS), False)
    known: set[str] = set()  # feeds that have been read
    listed: dict[str, list[Item]] = {}
    with edition() as desk:
        for day, (feeds, dies) in enumerate([*series, calm]):
            expected = {}
            for outlet, state in zip(OUTLETS, feeds, strict=True):
                listed[outlet] = _listed(stories[outlet], day, corrected_on)
                desk.serve(outlet, listed[outlet], state)
                if state == "ok":
                    known.add(outlet)
                expected[outlet] = {"ok", "unchanged"} if state == "ok" else {BROKEN[state][1]}
            found = desk.collect(day)
            for source, outlet, state in zip(found.sources, OUTLETS, feeds, strict=True):
                if outlet in known:  # before, nobody knows what the address should be
                    assert source.name == outlet
                    assert source.status in expected[outlet], state
            if not dies:
                desk.told += found.documents
                keys = [each.key for each in found.waiting]
                desk.publish(day, sample(), [*keys, *found.superseded])
    versions = Counter((document.url, document.text) for document in desk.told)
    assert set(versions.values()) == {1}
    last = {document.url: document for document in desk.told}
    for item in (item for items in listed.values() for item in items):
        assert ("A paragraph was added." in last[item.path].text) == (ADDED in item.text)


def test_each_day_says_how_its_sources_went_and_what_was_put_right(
    stories: dict[str, list[Item]],
) -> None:
    toll = next(i for i in stories["Northern Wire"] if "At least 14 people" in i.text)
    others = [item for item in stories["Northern Wire"] if item is not toll]
    right = Item(
        toll.path, toll.title, toll.text.replace("At least 14 people", "At least 12 people")
    )
    broken = {1: {"Harbour Post": "500"}, 3: {"Lowland Gazette": "garbage", "Harbour Post": "cut"}}
    told: list[Previous] = []
    printed: Counter[str] = Counter()
    with edition() as desk:
        for day in range(N_DAYS):
            for outlet in OUTLETS:
                items = stories[outlet][: day + 1]
                if outlet == "Northern Wire":
                    items = [right if day >= 2 else toll, *others[: day + 1]]
                desk.serve(outlet, items, broken.get(day, {}).get(outlet, "ok"))
            found = desk.collect(day)
            on = (NOW + timedelta(days=day)).date().isoformat()
            made = pipeline.brief(
                found.documents, Options(day=on, previous=tuple(told)), sources=found.sources
            )
            desk.publish(day, made, [each.key for each in found.waiting])
            out = {name: BROKEN[state][1] for name, state in broken.get(day, {}).items()}
            assert {s.name: s.status for s in made.sources} == dict.fromkeys(OUTLETS, "ok") | out
            assert (made.status == "partial") == bool(out)
            puts_right = [(c.was, c.now) for c in made.corrections]
            assert bool(puts_right) == (day == 2)
            assert all("14 people" in was and "12 people" in str(now) for was, now in puts_right)
            labels = {story.change for story in made.stories}
            assert labels == ({None} if day == 0 else {"new"}) or day >= 2
            assert "updated" in labels or day != 2
            printed.update(claim.text for story in made.stories for claim in story.claims)
            told.append(previous.of(made))
    assert [text for text, n in printed.items() if n > 1] == []
    outlets = Counter(entry.source for each in told for entry in each.documents.values())
    assert outlets == {
        "Northern Wire": N_DAYS + 2,
        "Harbour Post": N_DAYS,
        "Lowland Gazette": N_DAYS,
    }


def _listed(items: Sequence[Item], day: int, corrected_on: int) -> list[Item]:
    """Return what a feed lists on a day: one article more each day, and the first put right."""
    shown = list(items[: day + 1])
    if day >= corrected_on:
        first = shown[0]
        shown[0] = Item(first.path, first.title, ADDED + first.text)
    return shown
