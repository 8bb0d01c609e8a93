"""The page of an edition: its days and how they went, its sources, topics and readers."""

from dataclasses import dataclass
from datetime import datetime

from summarizer.service.editions import due, specs
from summarizer.service.store import outbox, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.seen import Health
from summarizer.service.web import frame, wording
from summarizer.service.web.frame import Page
from summarizer.settings.editions import Edition

N_DAYS = 31  # of one page


@dataclass(frozen=True, slots=True)
class Row:
    """A source of an edition."""

    name: str
    url: str | None
    state: str
    last_ok: datetime | None = None
    failing_since: datetime | None = None  # None: it works


def page(db: Database, stored: Stored, *, now: datetime, cursor: str | None = None) -> Page:
    """Return the page of an edition.

    Raises:
        ConfigurationError: this version of the program cannot read its definition.
        InputError: the cursor is none that a page came with.
    """
    edition = specs.read(stored)
    days, after = runs.page(
        db, owner=stored.owner, limit=N_DAYS, cursor=cursor, edition=stored.name
    )
    gone = outbox.unsubscribed(db, stored.owner, stored.name) & set(edition.recipients)
    return frame.page(
        "edition",
        name=stored.name,
        edition=edition,
        title=wording.title(stored),
        is_of_file=stored.origin == "file",
        schedule=wording.schedule(edition),
        next=due.upcoming(edition, now),
        days=[(run, wording.outcome(run)) for run in days],
        after=after,
        sources=_sources(edition, seen.health(db, stored.owner, stored.name)),
        topics=[(topic, wording.TOPICS[topic.mode]) for topic in edition.topics],
        n_readers=len(edition.recipients) - len(gone),
        n_gone=len(gone),
    )


def _sources(edition: Edition, known: list[Health]) -> list[Row]:
    """Return what the edition reads, in its order, the feeds of a list after everything else."""
    by_name = {health.source: health for health in known}
    names = dict.fromkeys((*edition.sources, *by_name))
    return [_row(name, by_name.get(name)) for name in names]


def _row(name: str, health: Health | None) -> Row:
    if health is None:
        return Row(name, name, "not read yet")
    state = wording.source(health.status)
    return Row(name, health.url, state, health.last_ok, health.failing_since)
