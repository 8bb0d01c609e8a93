"""Runs of an edition that somebody asks for by hand: the one of the day, or one after it failed."""

from datetime import date, datetime

from summarizer.errors import InputError
from summarizer.service.editions import due, outcome, request, specs, ticker
from summarizer.service.store import runs, usage
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run

_PAGE = 100
_FIRST_YEAR = 1970  # no clock was earlier


def find(db: Database, stored: Stored, day: date) -> Run:
    """Return the last run of a day.

    Raises:
        InputError: there is none.
    """
    cursor: str | None = None
    while True:
        page, cursor = runs.page(
            db, owner=stored.owner, limit=_PAGE, cursor=cursor, edition=stored.name
        )
        for run in page:
            if run.day == day.isoformat():
                return run
        if cursor is None:
            raise InputError(f"{stored.name} has no run of {day}: see summarizer edition show")


def accept(
    db: Database, stored: Stored, *, now: datetime, day: date | None = None
) -> tuple[Run, bool]:
    """Return the run of a day, and whether this made it; one that failed gets a successor.

    Args:
        db: the store.
        stored: the edition.
        now: the time.
        day: local calendar date; None: today.

    Raises:
        InputError: the day is yet to come.
    """
    edition = specs.read(stored)
    today = date.fromisoformat(due.day(edition, now))
    if day is not None and not (day <= today and day.year >= _FIRST_YEAR):
        raise InputError(f"no briefing of {day} can be made: name a day up to {today}")
    at = due.of_day(edition, day or today)
    # Days that nobody made are accounted for first; this one may be due by now, too.
    ticked = ticker.tick(db, [stored], now)
    spent = usage.month(db, stored.owner, now, edition=stored.name).usd
    failed: Run | None = None
    while True:
        new = request.new_run(
            stored.owner, stored.name, edition, due=at, spent_usd=spent, instead_of=failed
        )
        run, is_new = runs.accept(db, new, now=now)
        if is_new or not outcome.has_failed(run):
            return run, is_new or run.id in {made.id for made in ticked}
        failed = run
