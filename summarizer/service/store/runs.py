"""Runs: each accepted request for a briefing, from its acceptance to its one end.

accepted -> running -> done | failed | cancelled
"""

from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import cursors, events, schema
from summarizer.service.store.acceptance import NewRun, accept
from summarizer.service.store.database import Database, stamp
from summarizer.service.store.endings import cancel, fail, publish, settle
from summarizer.service.store.run import Run, find

__all__ = [
    "NewRun",
    "Run",
    "accept",
    "cancel",
    "claim",
    "counts",
    "delete",
    "fail",
    "get",
    "page",
    "publish",
    "release",
    "running",
    "settle",
    "take_over",
    "waiting",
]

_runs = schema.runs


def claim(db: Database, run: str, *, executor: str, now: datetime) -> bool:
    """Begin an accepted run; False when somebody else has, or it is over."""
    with db.writing() as connection:
        begun = {"executor": executor, "started": stamp(now)}
        if not _move(connection, run, "accepted", status="running", **begun):
            return False
        events.append(connection, run, "started", {}, now=now)
    return True


def release(db: Database, run: str) -> None:
    """Give back a run whose work was never begun."""
    with db.writing() as connection:
        _move(connection, run, "running", status="accepted", executor=None, started=None)


def take_over(db: Database, run: str, *, executor: str) -> int:
    """Go on with the run of an executor that died; return how often that was done, 0 when over."""
    n_takeovers = _runs.c.n_takeovers + 1
    with db.writing() as connection:
        if not _move(connection, run, "running", executor=executor, n_takeovers=n_takeovers):
            return 0
        count = sa.select(_runs.c.n_takeovers).where(_runs.c.id == run)
        counted: int = connection.scalars(count).one()
    return counted


def get(db: Database, run: str, *, owner: str | None = None) -> Run | None:
    """Return a run; None when there is none, or when it is not `owner`'s."""
    is_it = _runs.c.id == run
    if owner is not None:
        is_it &= _runs.c.owner == owner
    with db.reading() as connection:
        return next(iter(find(connection, is_it)), None)


def page(
    db: Database, *, owner: str, limit: int, cursor: str | None, edition: str | None = None
) -> tuple[list[Run], str | None]:
    """Return runs of an owner, newest first, and the cursor of the next page; None at the end.

    Raises:
        InputError: the cursor is none that a page came with.
    """
    condition = _runs.c.owner == owner
    if edition is not None:
        condition &= _runs.c.edition == edition
    if cursor is not None:
        created, last = cursors.read(cursor, str, str)
        condition &= sa.tuple_(_runs.c.created, _runs.c.id) < sa.tuple_(created, last)
    order = (_runs.c.created.desc(), _runs.c.id.desc())
    with db.reading() as connection:
        found = find(connection, condition, *order, limit=limit + 1)
    if len(found) <= limit:
        return found, None
    return found[:limit], cursors.write(stamp(found[limit - 1].created), found[limit - 1].id)


def waiting(db: Database) -> list[str]:
    """Return the accepted runs that nobody has begun, the longest waiting first."""
    asked = sa.select(_runs.c.id).where(_runs.c.status == "accepted")
    with db.reading() as connection:
        return list(connection.scalars(asked.order_by(_runs.c.created, _runs.c.id)))


def running(db: Database, *, executor: str | None = None) -> list[Run]:
    """Return the runs that somebody, or one executor, has begun."""
    condition = _runs.c.status == "running"
    if executor is not None:
        condition &= _runs.c.executor == executor
    with db.reading() as connection:
        return find(connection, condition, _runs.c.created, _runs.c.id)


def counts(db: Database) -> dict[str, int]:
    """Return how many runs there are of each status."""
    asked = sa.select(_runs.c.status, sa.func.count().label("n")).group_by(_runs.c.status)
    with db.reading() as connection:
        return {row.status: row.n for row in connection.execute(asked)}


def delete(db: Database, run: str) -> bool:
    """Delete a run and all that belongs to it; False when there is none.

    Documents that nobody else needs go at the next retention; what it cost stays on record.
    """
    with db.writing() as connection:
        return connection.execute(_runs.delete().where(_runs.c.id == run)).rowcount == 1


def _move(connection: sa.Connection, run: str, before: str, **values: object) -> bool:
    """Change a run that has the status `before`; False when it has another."""
    is_there = (_runs.c.id == run) & (_runs.c.status == before)
    return connection.execute(_runs.update().where(is_there).values(**values)).rowcount == 1
