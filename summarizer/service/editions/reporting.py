"""Editions on a terminal: when they are due, how they went, how their sources are."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from summarizer.service.editions import due, specs
from summarizer.service.store import editions, outbox, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.service.terminal import columns
from summarizer.settings.editions import WEEKDAYS, Edition

N_RUNS = 10  # shown
MAX_TITLE = 60  # characters
_NEVER = "-"


def overview(db: Database, now: datetime) -> str:
    """Return a table of all editions, a line each."""
    rows = [("edition", "due", "next", "last")]
    for stored in editions.all(db):
        edition = specs.read(stored)
        last, _ = runs.page(db, owner=stored.owner, limit=1, cursor=None, edition=stored.name)
        ended = " ".join(filter(None, (last[0].day, state(last[0])))) if last else _NEVER
        rows.append((_name(stored), _schedule(edition), _next(edition, now), ended))
    return _table(rows)


def details(db: Database, stored: Stored, now: datetime) -> str:
    """Return what is known of one edition: its schedule, its last runs, its sources."""
    edition = specs.read(stored)
    page, _ = runs.page(db, owner=stored.owner, limit=N_RUNS, cursor=None, edition=stored.name)
    gone = outbox.unsubscribed(db, stored.owner, stored.name)
    n_gone = len(gone & set(edition.recipients))
    left = f" ({n_gone} unsubscribed)" if n_gone else ""
    head = [
        ("edition", f"{_name(stored)} {edition.title}".rstrip()),
        ("due", _schedule(edition)),
        ("next", _next(edition, now)),
        ("recipients", f"{len(edition.recipients) - n_gone}{left}"),
    ]
    past = [("day", "outcome", "took", "what"), *(_run(run) for run in page)]
    health = seen.health(db, stored.owner, stored.name)
    sources = [("source", "status", "last read", "failing since")]
    sources += [
        (h.source, h.status, _local(edition, h.last_ok), _local(edition, h.failing_since))
        for h in health
    ]
    shown = [_table(head)]
    if page:
        shown.append(_table(past))
    if health:
        shown.append(_table(sources))
    return "\n".join(shown)


def line(run: Run) -> str:
    """Return how a run went, in one line."""
    what = run.title if run.briefing is not None else run.error
    return _printable(" ".join(filter(None, (run.edition, run.day, f"{state(run)}:", what))))


def state(run: Run) -> str:
    """Return how a run ended, or how far it is."""
    return run.outcome or run.status


def _run(run: Run) -> tuple[str, str, str, str]:
    took = _NEVER
    if run.started is not None and run.finished is not None:
        took = f"{(run.finished - run.started).total_seconds():.0f} s"
    what = (run.title if run.briefing is not None else run.error) or ""
    shown = what if len(what) <= MAX_TITLE else f"{what[:MAX_TITLE]}..."
    return run.day or _NEVER, state(run), took, shown


def _name(stored: Stored) -> str:
    return stored.name if stored.owner == specs.LOCAL else f"{stored.name} (of {stored.owner})"


def _schedule(edition: Edition) -> str:
    if edition.cron is not None:
        return f"{edition.cron}, {edition.timezone}"
    if edition.at is None:
        return "by hand"
    days = "daily" if set(edition.days) == set(WEEKDAYS) else " ".join(edition.days)
    return f"{edition.at} {days}, {edition.timezone}"


def _next(edition: Edition, now: datetime) -> str:
    return _local(edition, due.upcoming(edition, now))


def _local(edition: Edition, when: datetime | None) -> str:
    """Write a moment as clocks show it where the edition is read."""
    return _NEVER if when is None else f"{when.astimezone(ZoneInfo(edition.timezone)):%a %F %H:%M}"


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return columns(tuple(map(_printable, row)) for row in rows)


def _printable(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
