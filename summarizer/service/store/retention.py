"""Let go of what is older than it is kept: runs, documents nobody needs, answers of models."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from summarizer.service.store import journal, schema, turns
from summarizer.service.store.database import Database, batches, stamp
from summarizer.service.store.documents import REMOVAL

_BATCH = 100  # rows removed in one transaction: others who write wait no longer than that takes
_MAX_FREE = 0.2  # share of an SQLite file that may be empty; above, it is written anew

_runs, _documents, _members, _seen = (
    schema.runs,
    schema.documents,
    schema.run_documents,
    schema.seen,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was let go."""

    runs: int
    documents: int
    answers: int


def apply(db: Database, *, now: datetime, keep_days: int) -> Counts:
    """Remove what ended or was seen more than `keep_days` ago; what it cost stays on record.

    That an edition has seen an article is remembered, without its text, so that an old one a feed
    still lists is not news again.
    """
    before = stamp(now - timedelta(days=keep_days))
    is_old = _runs.c.finished < before
    n_runs = _remove(db, _runs.c.id, is_old)
    with db.writing() as connection:
        connection.execute(_seen.update().where(_seen.c.first_seen < before).values(hash=None))
    needed = sa.exists().where(_members.c.hash == _documents.c.hash)
    waiting = sa.exists().where(_seen.c.hash == _documents.c.hash)
    n_documents = _remove(db, _documents.c.hash, ~needed & ~waiting)
    n_answers = journal.prune(db, older_than_days=keep_days, now=now)
    if db.is_sqlite:
        _shrink(db)
    return Counts(n_runs, n_documents, n_answers)


def _remove(db: Database, key: sa.Column[str], condition: sa.ColumnElement[bool]) -> int:
    """Delete the rows that meet a condition, some at a time, and return how many they were.

    They are looked for once; that they still meet it is asked again by who deletes them.
    """
    with db.reading() as connection:
        found = connection.scalars(sa.select(key).where(condition)).all()
    n_removed = 0
    for some in batches(found, _BATCH):
        with db.writing() as connection:
            turns.alone(connection, REMOVAL)
            deleted = sa.delete(key.table).where(key.in_(some), condition)
            n_removed += connection.execute(deleted).rowcount
    return n_removed


def _shrink(db: Database) -> None:
    """Give empty pages back to the disk, where there are many."""
    with db.reading() as connection:
        free = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        if free > pages * _MAX_FREE:
            connection.exec_driver_sql("VACUUM")
