"""Editions and runs to show, and what a page shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser

import summarizer
from summarizer.service.store import documents, editions, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.outbox import NewDelivery
from summarizer.service.store.run import Run
from summarizer.service.store.runs import NewRun
from summarizer.service.web.frame import Page
from summarizer.settings.editions import Edition
from summarizer.types import Document, Json

NOW = datetime(2026, 3, 4, 5, 40, tzinfo=UTC)
OWNER = "local"
MORNING = Edition(
    title="Harbour & port",
    sources=("https://example.org/feed.xml", "/srv/news/articles"),
    at="06:00",
    timezone="Europe/Berlin",
)
DAM = summarizer.document(
    "The dam held overnight, officials said on Tuesday. Engineers let out more water.",
    title="Dam holds",
    source="Lowland Gazette",
    url="https://lowland.example/dam",
    published="2026-03-03",
)
BRIDGE = summarizer.document(
    "The city council voted on Tuesday to close the old bridge in May.",
    title="Council closes bridge",
    source="Harbour Post",
)
VOID = {"br", "input", "link", "meta"}


def define(db: Database, edition: Edition = MORNING, name: str = "morning") -> Stored:
    editions.put(db, OWNER, name, edition.model_dump(mode="json"), origin="file", now=NOW)
    found = editions.get(db, OWNER, name)
    assert found is not None
    return found


def accept(db: Database, run: str, *, edition: str | None = None, day: str | None = None) -> Run:
    """Accept a run as its edition, or a client, does."""
    request: Json = {} if edition is None else {"edition": MORNING.model_dump(mode="json")}
    new = NewRun(id=run, owner=OWNER, request=request, input_hash=run, edition=edition, day=day)
    runs.accept(db, new, now=NOW)
    return again(db, run)


def publish(
    db: Database,
    run: str,
    given: Sequence[Document] = (DAM,),
    *,
    edition: str | None = None,
    day: str | None = None,
    deliveries: Sequence[NewDelivery] = (),
) -> Run:
    """Make a run with a briefing."""
    accept(db, run, edition=edition, day=day)
    documents.add_to_run(db, run, given)
    runs.claim(db, run, executor="test", now=NOW)
    told = summarizer.brief(given, day=day)
    runs.publish(db, run, told, now=NOW, deliveries=deliveries)
    return again(db, run)


def again(db: Database, run: str) -> Run:
    found = runs.get(db, run)
    assert found is not None
    return found


@dataclass(slots=True)
class Read:
    """What a browser makes of a page."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what is read, the style sheet aside."""
        return " ".join(" ".join(self.words).split())

    @property
    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.elements if tag == "a"]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.read.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.read.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.read.open[-1:] != ["style"]:
            self.read.words.append(data)


def read(page: Page) -> Read:
    """Read a page as a browser does; elements that are not closed in order fail."""
    reader = _Reader()
    reader.feed(page.text)
    reader.close()
    assert reader.read.open == []
    return reader.read
