"""Recurring briefings as they were defined, in `summarizer.toml` or over HTTP."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from summarizer.service.store import encoding, events, schema
from summarizer.service.store.database import Database, insert, moment, stamp
from summarizer.types import Json

Origin = Literal["file", "http"]

_editions, _runs = schema.editions, schema.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An edition that was defined."""

    owner: str
    name: str
    spec: Json
    origin: Origin
    since: datetime  # of its first definition: nothing was due before
    updated: datetime


def put(db: Database, owner: str, name: str, spec: Json, *, origin: Origin, now: datetime) -> bool:
    """Define an edition, or define it anew; tell whether there was none of this name."""
    row = {"spec": encoding.dumps(spec), "origin": origin, "updated": stamp(now)}
    who = {"owner": owner, "name": name}
    with db.writing() as connection:
        first = insert(connection, _editions).values(**who, **row, since=stamp(now))
        created = first.on_conflict_do_nothing().returning(_editions.c.name)
        if connection.execute(created).first() is not None:
            return True
        connection.execute(_editions.update().where(_is(owner, name)).values(**row))
    return False


def get(db: Database, owner: str, name: str) -> Stored | None:
    """Return an edition; None when there is none."""
    return next(iter(_found(db, _is(owner, name))), None)


def all(db: Database, owner: str | None = None) -> list[Stored]:  # noqa: A001 - read as editions.all
    """Return the editions of an owner by name; owner None: those of everybody."""
    return _found(db, sa.true() if owner is None else _editions.c.owner == owner)


def delete(db: Database, owner: str, name: str, *, now: datetime) -> bool:
    """Delete an edition; False when there is none.

    Its scheduled runs that nobody has begun are cancelled. Briefings stay, and what it has seen and
    who unsubscribed is still known if it is defined again.
    """
    is_waiting = (
        (_runs.c.owner == owner)
        & (_runs.c.edition == name)
        & (_runs.c.status == "accepted")
        & _runs.c.scheduled
    )
    cancelled = _runs.update().where(is_waiting).values(status="cancelled", finished=stamp(now))
    with db.writing() as connection:
        if connection.execute(_editions.delete().where(_is(owner, name))).rowcount == 0:
            return False
        for run in connection.scalars(cancelled.returning(_runs.c.id)).all():
            events.append(connection, run, "cancelled", {}, now=now)
    return True


def _is(owner: str, name: str) -> sa.ColumnElement[bool]:
    return (_editions.c.owner == owner) & (_editions.c.name == name)


def _found(db: Database, condition: sa.ColumnElement[bool]) -> list[Stored]:
    asked = sa.select(_editions).where(condition).order_by(_editions.c.owner, _editions.c.name)
    with db.reading() as connection:
        return [_read(row) for row in connection.execute(asked).mappings()]


def _read(row: sa.RowMapping) -> Stored:
    return Stored(
        owner=row["owner"],
        name=row["name"],
        spec=encoding.loads(row["spec"]),
        origin=row["origin"],
        since=moment(row["since"]),
        updated=moment(row["updated"]),
    )
