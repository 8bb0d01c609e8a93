"""The first briefing of an edition, made as soon as a server knows it: whoever looks finds one."""

from datetime import date, datetime, timedelta

from summarizer.service.editions import due, manual, specs
from summarizer.service.store import editions, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.settings.editions import Edition

_DAY = timedelta(days=1)


def accept(db: Database, *, now: datetime) -> list[Run]:
    """Accept a run of each edition of `summarizer.toml` that never had one; return them.

    An edition that is sent to somebody waits for its time: nobody expects a mail because a server
    was started.
    """
    found = [(stored, specs.read(stored)) for stored in editions.all(db, specs.LOCAL)]
    return [
        manual.accept(db, stored, now=now, day=_day(edition, now))[0]
        for stored, edition in found
        if stored.origin == "file" and not _is_sent(edition) and not _has_run(db, stored)
    ]


def _day(edition: Edition, now: datetime) -> date:
    """Return the day it is of: today, or yesterday while today's is still to come."""
    today = date.fromisoformat(due.day(edition, now))
    upcoming = due.upcoming(edition, now)
    is_to_come = upcoming is not None and due.day(edition, upcoming) == today.isoformat()
    return today - _DAY if is_to_come else today


def _is_sent(edition: Edition) -> bool:
    return bool(edition.recipients or edition.webhooks)


def _has_run(db: Database, stored: Stored) -> bool:
    page, _ = runs.page(db, owner=stored.owner, limit=1, cursor=None, edition=stored.name)
    return bool(page)
