"""Accept a request for a briefing: from here on it is not lost, and asked again it is the same."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from summarizer.errors import IdempotencyError, QueueFullError
from summarizer.service.store import documents, encoding, events, run, schema, turns
from summarizer.service.store.database import Database, stamp
from summarizer.service.store.run import Run
from summarizer.types import Document, Json, Note, plain

_runs = schema.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A request for a briefing as it is accepted."""

    id: str  # opaque
    owner: str
    request: Json  # whatever is needed to do it, the documents apart
    input_hash: str
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()  # of reading the request
    idempotency_key: str | None = None
    edition: str | None = None
    day: str | None = None  # ISO 8601 calendar date
    due: datetime | None = None
    scheduled: bool = False  # at most one an edition and day


def accept(
    db: Database, new: NewRun, *, now: datetime, max_waiting: int | None = None
) -> tuple[Run, bool]:
    """Keep a request, documents included, and tell whether it is a new one.

    The same idempotency key of an owner, the same scheduled day of an edition and the same id
    return the run of before.

    Args:
        db: the store.
        new: the request.
        now: the moment.
        max_waiting: runs, begun or not, that may be unfinished at a time; None: any number.

    Raises:
        IdempotencyError: the key came with another request before.
        QueueFullError: `max_waiting` are unfinished.
    """
    prepared = documents.prepare(new.documents)
    with db.writing() as connection:
        turns.alone(connection, "acceptance")
        if (first := _first(connection, new)) is not None:
            return first, False
        if max_waiting is not None:
            _refuse_beyond(connection, max_waiting)
        connection.execute(_runs.insert().values(**_row(new, now)))
        documents.attach(connection, new.id, prepared)
        events.append(connection, new.id, "accepted", {}, now=now)
        (accepted,) = run.find(connection, _runs.c.id == new.id)
        return accepted, True


def _first(connection: sa.Connection, new: NewRun) -> Run | None:
    """Return the run that `new` is a repetition of."""
    is_owners = _runs.c.owner == new.owner
    if new.idempotency_key is not None:
        has_key = is_owners & (_runs.c.idempotency_key == new.idempotency_key)
        asked = sa.select(_runs.c.id, _runs.c.input_hash).where(has_key)
        if (row := connection.execute(asked).first()) is not None:
            if row.input_hash != new.input_hash:
                raise IdempotencyError(
                    "this idempotency key came with another request before: use a new key"
                )
            return run.find(connection, _runs.c.id == row.id)[0]
    is_first = is_owners & (_runs.c.id == new.id)
    if new.scheduled:
        is_that_day = (_runs.c.edition == new.edition) & (_runs.c.day == new.day)
        is_first |= is_owners & is_that_day & _runs.c.scheduled
    found = run.find(connection, is_first, limit=1)
    return found[0] if found else None


def _refuse_beyond(connection: sa.Connection, max_waiting: int) -> None:
    is_waiting = _runs.c.status.in_(schema.UNFINISHED)
    n_waiting = connection.scalars(sa.select(sa.func.count()).where(is_waiting)).one()
    if n_waiting >= max_waiting:
        raise QueueFullError(f"{n_waiting} briefings are waiting, no more may: try again later")


def _row(new: NewRun, now: datetime) -> dict[str, object]:
    return {
        "id": new.id,
        "owner": new.owner,
        "status": "accepted",
        "request": encoding.dumps(new.request),
        "input_hash": new.input_hash,
        "idempotency_key": new.idempotency_key,
        "edition": new.edition,
        "day": new.day,
        "due": None if new.due is None else stamp(new.due),
        "scheduled": new.scheduled,
        "notes": encoding.dumps(plain(new.notes)),
        "created": stamp(now),
        "n_takeovers": 0,
    }
