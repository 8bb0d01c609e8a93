"""How a run ends. Whoever comes first ends it; what comes later changes nothing.

What an end brings along - the briefing, its claims, what it cost, what is to be delivered - is
written with it in one transaction, or not at all.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import briefings, claims, events, outbox, schema, usage
from summarizer.service.store.database import Database, batches, stamp
from summarizer.service.store.outbox import NewDelivery
from summarizer.types import Briefing, Json, Usage

NOTHING = Usage()  # what a run without a model costs

_runs, _seen = schema.runs, schema.seen


def publish(  # noqa: PLR0913 - all that one transaction writes
    db: Database,
    run: str,
    briefing: Briefing,
    *,
    now: datetime,
    outcome: str = "briefing",
    deliveries: Sequence[NewDelivery] = (),
    included: Sequence[str] = (),
) -> bool:
    """End a run with its briefing; False when it was over already.

    Args:
        db: the store.
        run: its id.
        briefing: what was made.
        now: the moment.
        outcome: "briefing", or "quiet" for one that has little to say.
        deliveries: of the briefing, to be sent from the outbox.
        included: keys of what its edition had seen and need not be told again.
    """
    with db.writing() as connection:
        if not _end(connection, run, now, status="done", outcome=outcome):
            return False
        content = briefings.append(connection, run, briefing)
        claims.append(connection, run, content)
        usage.append(connection, run, briefing.usage, now=now)
        _mark(connection, run, included)
        outbox.append(connection, run, deliveries, now=now)
        told: Json = {"outcome": outcome, "briefing": briefing.id, "status": briefing.status}
        events.append(connection, run, "done", told, now=now)
    return True


def settle(  # noqa: PLR0913 - all that one transaction writes
    db: Database,
    run: str,
    *,
    now: datetime,
    outcome: str,
    message: str,
    deliveries: Sequence[NewDelivery] = (),
    spent: Usage = NOTHING,
) -> bool:
    """End a run without a briefing, "quiet" or "failed"; False when it was over already.

    `message` is what its reader is told; `spent` what models cost nevertheless.
    """
    with db.writing() as connection:
        if not _end(connection, run, now, status="done", outcome=outcome, error=message):
            return False
        usage.append(connection, run, spent, now=now)
        outbox.append(connection, run, deliveries, now=now)
        events.append(connection, run, "done", {"outcome": outcome, "message": message}, now=now)
    return True


def fail(
    db: Database, run: str, *, code: str, message: str, now: datetime, spent: Usage = NOTHING
) -> bool:
    """End a run that cannot be done; False when it was over already."""
    with db.writing() as connection:
        why = {"error_code": code, "error": message}
        if not _end(connection, run, now, status="failed", outcome="failed", **why):
            return False
        usage.append(connection, run, spent, now=now)
        events.append(connection, run, "failed", {"code": code, "message": message}, now=now)
    return True


def cancel(db: Database, run: str, *, now: datetime) -> bool:
    """End a run that nobody wants any more; False when it was over already."""
    with db.writing() as connection:
        if not _end(connection, run, now, status="cancelled"):
            return False
        events.append(connection, run, "cancelled", {}, now=now)
    return True


def _end(connection: sa.Connection, run: str, now: datetime, **values: str) -> bool:
    """Write the end of a run unless it has one: the first of several writers finds it open."""
    is_open = (_runs.c.id == run) & _runs.c.status.in_(schema.UNFINISHED)
    ended = _runs.update().where(is_open).values(finished=stamp(now), **values)
    return connection.execute(ended).rowcount == 1


def _mark(connection: sa.Connection, run: str, included: Sequence[str]) -> None:
    """Note which versions of articles the run's edition has told of; the first run stays."""
    of_run = sa.select(_runs.c.owner, _runs.c.edition).where(_runs.c.id == run)
    owner, edition = connection.execute(of_run).one()
    is_untold = (_seen.c.owner == owner) & (_seen.c.edition == edition) & _seen.c.run.is_(None)
    for keys in batches(included):
        told = _seen.update().where(is_untold, _seen.c.key.in_(keys))
        connection.execute(told.values(run=run))
