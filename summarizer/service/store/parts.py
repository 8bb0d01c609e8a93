"""What a run has finished so far, piece by piece: what its sources gave, stories that take long."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import encoding, events, schema
from summarizer.service.store.database import Database, insert
from summarizer.types import Json

_parts, _runs = schema.parts, schema.runs


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told of a piece to whoever follows the run."""

    kind: str
    data: Json
    at: datetime


def put(db: Database, run: str, key: str, content: Json, *, told: Progress | None = None) -> None:
    """Keep a piece, as `keep` does.

    An event tells of it, if `told` says so, unless the run is over.
    """
    with db.writing() as connection:
        status = keep(connection, run, key, content)
        if told is not None and status in schema.UNFINISHED:
            events.append(connection, run, told.kind, told.data, now=told.at)


def keep(connection: sa.Connection, run: str, key: str, content: Json) -> str | None:
    """Keep a piece in a transaction of others; return the status of its run, None if nothing was.

    The first piece under a key stays, and nothing is kept for a run that is gone.
    """
    asked = sa.select(_runs.c.status).where(_runs.c.id == run).with_for_update()
    status: str | None = connection.scalar(asked)
    if status is None:
        return None
    row = {"run": run, "key": key, "content": encoding.dumps(content)}
    statement = insert(connection, _parts).on_conflict_do_nothing().returning(_parts.c.key)
    return None if connection.scalar(statement, row) is None else status


def of_run(db: Database, run: str) -> dict[str, Json]:
    """Return the pieces of a run by key."""
    asked = sa.select(_parts.c.key, _parts.c.content).where(_parts.c.run == run)
    with db.reading() as connection:
        rows = connection.execute(asked.order_by(_parts.c.key))
        return {key: encoding.loads(content) for key, content in rows}


def one(db: Database, run: str, key: str) -> Json:
    """Return a piece; None when there is none."""
    asked = sa.select(_parts.c.content).where(_parts.c.run == run, _parts.c.key == key)
    with db.reading() as connection:
        content = connection.scalar(asked)
    return None if content is None else encoding.loads(content)
