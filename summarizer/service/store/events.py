"""What happened to a run, numbered, so that a reader who was cut off goes on where it was."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import encoding, schema
from summarizer.service.store.database import Database, moment, stamp
from summarizer.types import Json

_events, _runs = schema.events, schema.runs


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a run."""

    seq: int  # from 1 in each run
    kind: str  # accepted, started, done, failed, cancelled, and what the work itself reports
    data: Json
    at: datetime


def add(db: Database, run: str, kind: str, data: Json, *, now: datetime) -> int:
    """Tell of a run that is not over and return the number of the event; 0 when it is, or gone."""
    with db.writing() as connection:
        unfinished = _runs.c.status.in_(schema.UNFINISHED)
        asked = sa.select(_runs.c.id).where(_runs.c.id == run, unfinished).with_for_update()
        if connection.scalar(asked) is None:
            return 0
        return append(connection, run, kind, data, now=now)


def append(connection: sa.Connection, run: str, kind: str, data: Json, *, now: datetime) -> int:
    """Add an event within a transaction that has changed or locked the row of its run."""
    last = connection.scalar(sa.select(sa.func.max(_events.c.seq)).where(_events.c.run == run))
    seq = (last or 0) + 1
    connection.execute(
        _events.insert().values(
            run=run, seq=seq, kind=kind, data=encoding.dumps(data), at=stamp(now)
        )
    )
    return seq


def after(db: Database, run: str, seq: int) -> list[Event]:
    """Return the events of a run with a greater number than `seq`, in order."""
    asked = (
        sa.select(_events.c.seq, _events.c.kind, _events.c.data, _events.c.at)
        .where(_events.c.run == run, _events.c.seq > seq)
        .order_by(_events.c.seq)
    )
    with db.reading() as connection:
        return [
            Event(number, kind, encoding.loads(data), moment(at))
            for number, kind, data, at in connection.execute(asked)
        ]
