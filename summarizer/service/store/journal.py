"""The record of validated answers in the store, for programs that run beside each other."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from summarizer.errors import ConfigurationError
from summarizer.models.base import Answer
from summarizer.models.journal import FILE
from summarizer.service.store import facts, schema
from summarizer.service.store.database import Database, batches, insert, stamp

IMPORTED = "journal_imported"  # fact: when

_answers = schema.answers


class StoreJournal:
    """Keeps answers in the store; safe for many threads and processes.

    An answer that the database refuses is kept in memory until it is asked for again, and then
    recorded first: it was paid for.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._refused: dict[str, Answer] = {}

    def recall(self, key: str) -> Answer | None:
        """Return the answer recorded under `key`; None when there is none.

        Raises:
            StorageError: the database cannot be used now.
        """
        if (refused := self._refused.get(key)) is not None:
            self.record(key, refused)
        columns = (_answers.c.text, _answers.c.input_tokens, _answers.c.output_tokens)
        with self._db.reading() as connection:
            row = connection.execute(sa.select(*columns).where(_answers.c.key == key)).first()
        return None if row is None else Answer(*row)

    def record(self, key: str, answer: Answer) -> None:
        """Keep an answer; the first one recorded under a key stays.

        Raises:
            StorageError: the database cannot be used now; ask for the answer again later.
        """
        self._refused[key] = answer
        row = {
            "key": key,
            "text": answer.text,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
            "recorded": stamp(datetime.now(UTC)),
        }
        with self._db.writing() as connection:
            connection.execute(insert(connection, _answers).on_conflict_do_nothing(), row)
        self._refused.pop(key, None)

    def close(self) -> None:
        """Do nothing: the store outlives the run."""


def prune(db: Database, *, older_than_days: int, now: datetime) -> int:
    """Delete answers recorded more than so many days ago and return how many there were."""
    old = _answers.c.recorded < stamp(now - timedelta(days=older_than_days))
    with db.writing() as connection:
        return connection.execute(_answers.delete().where(old)).rowcount


def import_file(db: Database, folder: Path) -> int:
    """Take over the answers of a folder's journal file, once, and return how many there were.

    The file stays where it is.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    path = folder / FILE
    if not path.is_file() or facts.get(db, IMPORTED) is not None:
        return 0
    rows = _rows(path)
    with db.writing() as connection:
        for some in batches(rows):
            statement = insert(connection, _answers).on_conflict_do_nothing()
            connection.execute(statement, list(some))
        done = insert(connection, schema.facts).on_conflict_do_nothing()
        connection.execute(done, {"name": IMPORTED, "value": str(len(rows))})
    return len(rows)


def _rows(path: Path) -> list[dict[str, object]]:
    asked = "SELECT key, text, input_tokens, output_tokens, recorded FROM answers"
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            # A process that was killed while it made the file may have left it without its table.
            known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'answers'")
            found = connection.execute(asked).fetchall() if known.fetchone() else []
    except sqlite3.DatabaseError as error:
        raise ConfigurationError(f"{path}: {error}: move the file away") from error
    names = ("key", "text", "input_tokens", "output_tokens")
    return [
        dict(zip(names, row, strict=False))
        | {"recorded": stamp(datetime.fromisoformat(row[-1]).replace(tzinfo=UTC))}
        for row in found
    ]
