"""Which executors are alive: each tells so in its row, and one that stays silent is dead."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import schema
from summarizer.service.store.database import Database, insert, stamp

_leases = schema.leases


def beat(db: Database, executor: str, *, now: datetime) -> None:
    """Tell that an executor is alive."""
    row = {"executor": executor, "beat": stamp(now)}
    with db.writing() as connection:
        made = insert(connection, _leases).values(**row)
        alive = {"beat": row["beat"]}
        connection.execute(made.on_conflict_do_update(index_elements=["executor"], set_=alive))


def leave(db: Database, executor: str) -> None:
    """Take an executor off that ends in order."""
    with db.writing() as connection:
        connection.execute(_leases.delete().where(_leases.c.executor == executor))


def alive(db: Database, *, after: datetime) -> set[str]:
    """Return the executors that have told so after a moment."""
    asked = sa.select(_leases.c.executor).where(_leases.c.beat > stamp(after))
    with db.reading() as connection:
        return set(connection.scalars(asked))


@contextmanager
def dead(db: Database, *, before: datetime) -> Iterator[str | None]:
    """Provide an executor silent since before a moment, for nobody else at the same time.

    None when there is none. Its row goes when the block ends without an error, and stays for the
    next one who looks otherwise. On SQLite nobody else can write while the block lasts.
    """
    silent = (
        sa.select(_leases.c.executor)
        .where(_leases.c.beat < stamp(before))
        .order_by(_leases.c.beat)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with db.writing() as connection:
        executor = connection.scalar(silent)
        yield executor
        connection.execute(_leases.delete().where(_leases.c.executor == executor))
