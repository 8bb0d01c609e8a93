"""What is to be delivered: written with the briefing, sent later, each at most once at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import encoding, schema
from summarizer.service.store.database import Database, insert, moment, stamp
from summarizer.types import Json

_deliveries, _unsubscribed = schema.deliveries, schema.unsubscribed


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message to one target that a finished run asks for."""

    id: str
    channel: str  # "mail", "webhook", "file", ...
    target: str
    payload: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message of one run to one target."""

    id: str
    run: str
    channel: str
    target: str
    payload: Json
    status: str  # "pending", "sending", "sent", "failed"
    attempts: int
    next_attempt: datetime  # while sending: when the attempt began
    message: str | None  # why the last attempt failed
    sent: datetime | None


def append(
    connection: sa.Connection, run: str, deliveries: Sequence[NewDelivery], *, now: datetime
) -> None:
    """Ask for deliveries within the transaction that finishes their run; one a name."""
    rows = [
        {
            "id": delivery.id,
            "run": run,
            "channel": delivery.channel,
            "target": delivery.target,
            "payload": encoding.dumps(delivery.payload),
            "status": "pending",
            "next_attempt": stamp(now),
        }
        for delivery in deliveries
    ]
    if rows:
        connection.execute(insert(connection, _deliveries).on_conflict_do_nothing(), rows)


def due(db: Database, now: datetime) -> list[Delivery]:
    """Return what is to be sent now, the longest waiting first."""
    is_due = (_deliveries.c.status == "pending") & (_deliveries.c.next_attempt <= stamp(now))
    return _found(db, is_due)


def abandoned(db: Database, before: datetime) -> list[Delivery]:
    """Return what somebody began to send before a moment and has not told the end of."""
    is_old = (_deliveries.c.status == "sending") & (_deliveries.c.next_attempt < stamp(before))
    return _found(db, is_old)


def of_run(db: Database, run: str) -> list[Delivery]:
    """Return the deliveries of a run."""
    return _found(db, _deliveries.c.run == run)


def begin(db: Database, delivery: str, now: datetime) -> bool:
    """Take a pending delivery to send it; False when somebody else has."""
    n_attempts = _deliveries.c.attempts + 1
    return _change(
        db, delivery, "pending", status="sending", attempts=n_attempts, next_attempt=stamp(now)
    )


def sent(db: Database, delivery: str, now: datetime) -> None:
    """Tell that a delivery being sent has arrived."""
    _change(db, delivery, "sending", status="sent", sent=stamp(now), message=None)


def failed(db: Database, delivery: str, *, message: str, retry_at: datetime | None) -> None:
    """Tell that a delivery being sent has not arrived; without `retry_at` it never will."""
    if retry_at is None:
        _change(db, delivery, "sending", status="failed", message=message)
    else:
        again = stamp(retry_at)
        _change(db, delivery, "sending", status="pending", message=message, next_attempt=again)


def counts(db: Database) -> dict[str, int]:
    """Return how many deliveries there are of each status."""
    asked = sa.select(_deliveries.c.status, sa.func.count().label("n")).group_by(
        _deliveries.c.status
    )
    with db.reading() as connection:
        return {row.status: row.n for row in connection.execute(asked)}


def unsubscribe(db: Database, owner: str, edition: str, recipient: str, now: datetime) -> None:
    """Send an edition no more to a recipient."""
    row = {"owner": owner, "edition": edition, "recipient": recipient, "at": stamp(now)}
    with db.writing() as connection:
        connection.execute(insert(connection, _unsubscribed).on_conflict_do_nothing(), row)


def unsubscribed(db: Database, owner: str, edition: str) -> set[str]:
    """Return who wants an edition no more."""
    asked = sa.select(_unsubscribed.c.recipient).where(
        _unsubscribed.c.owner == owner, _unsubscribed.c.edition == edition
    )
    with db.reading() as connection:
        return set(connection.scalars(asked))


def _change(db: Database, delivery: str, before: str, **values: object) -> bool:
    """Change a delivery that has the status `before`; False when it has another."""
    has_status = (_deliveries.c.id == delivery) & (_deliveries.c.status == before)
    with db.writing() as connection:
        done = connection.execute(_deliveries.update().where(has_status).values(**values))
    return done.rowcount == 1


def _found(db: Database, condition: sa.ColumnElement[bool]) -> list[Delivery]:
    order = (_deliveries.c.next_attempt, _deliveries.c.id)
    with db.reading() as connection:
        rows = connection.execute(sa.select(_deliveries).where(condition).order_by(*order))
        return [_read(row) for row in rows.mappings()]


def _read(row: sa.RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        run=row["run"],
        channel=row["channel"],
        target=row["target"],
        payload=encoding.loads(row["payload"]),
        status=row["status"],
        attempts=row["attempts"],
        next_attempt=moment(row["next_attempt"]),
        message=row["message"],
        sent=moment(row["sent"]) if row["sent"] else None,
    )
