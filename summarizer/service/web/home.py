"""The first page: the editions of its reader, their newest briefings, or how to begin."""

from dataclasses import dataclass, replace
from datetime import datetime

from summarizer.errors import ConfigurationError
from summarizer.render.safety import one_line
from summarizer.service.editions import due, specs
from summarizer.service.store import briefings, editions, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.service.stored import restore
from summarizer.service.web import frame, wording
from summarizer.service.web.frame import Page

N_BRIEFINGS = 10  # shown beside the last of each edition
N_HEADLINES = 5  # shown of an edition's last briefing
N_TOLD = 12  # editions whose headlines are shown; of the others a title is
_LOOK_BACK = 50  # runs that are looked at for the newest briefings
_OF_EDITION = 10  # runs of one edition that are looked at for its last briefing
_UNREADABLE = "its definition cannot be read by this version: define it again"


@dataclass(frozen=True, slots=True)
class Headline:
    """A story that was told."""

    claim: str  # its id
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edition in one paragraph."""

    name: str
    title: str
    schedule: str
    zone: str
    next: datetime | None
    last: Run | None
    last_outcome: str
    latest: Run | None  # the last run with a briefing
    headlines: tuple[Headline, ...] = ()  # of that


def page(db: Database, owner: str, *, now: datetime, base: str) -> Page:
    """Return the first page of an owner; `base` is where programs reach this server."""
    found, _ = runs.page(db, owner=owner, limit=_LOOK_BACK, cursor=None)
    rows = [_row(db, stored, now) for stored in editions.all(db, owner)]
    rows = [replace(row, headlines=_headlines(db, row)) for row in rows[:N_TOLD]] + rows[N_TOLD:]
    above = {row.latest.id for row in rows if row.latest}
    shown = [run for run in found if run.briefing is not None or not run.is_over]
    shown = [run for run in shown if run.id not in above]
    return frame.page(
        "home",
        way=(),
        base=base,
        local=specs.LOCAL,
        is_local=owner == specs.LOCAL,
        editions=rows,
        titles={row.name: row.title for row in rows},
        runs=[(run, wording.outcome(run)) for run in shown[:N_BRIEFINGS]],
    )


def _headlines(db: Database, row: Row) -> tuple[Headline, ...]:
    """Return the first headlines of the edition's last briefing."""
    if row.latest is None:
        return ()
    told = restore(briefings.get(db, row.latest.id))
    found = (story.headline for story in told.stories[:N_HEADLINES])
    return tuple(Headline(each.id, one_line(each.text)) for each in found)


def _row(db: Database, stored: Stored, now: datetime) -> Row:
    page, _ = runs.page(db, owner=stored.owner, limit=_OF_EDITION, cursor=None, edition=stored.name)
    last = page[0] if page else None
    try:
        edition = specs.read(stored)
    except ConfigurationError:
        schedule, zone, upcoming = _UNREADABLE, "UTC", None
    else:
        schedule, zone = wording.schedule(edition), edition.timezone
        upcoming = due.upcoming(edition, now)
    return Row(
        name=stored.name,
        title=wording.title(stored),
        schedule=schedule,
        zone=zone,
        next=upcoming,
        last=last,
        last_outcome=wording.outcome(last) if last else "",
        latest=next((run for run in page if run.briefing is not None), None),
    )
