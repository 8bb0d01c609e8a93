"""A record of every validated answer, so that nothing already paid for is asked again.

Content-addressed: the key is made of all that decides an answer. One SQLite file serves any number
of threads and processes; a process that is killed loses at most the answer it was receiving.
"""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from summarizer.errors import ConfigurationError
from summarizer.models.base import Answer, Prompt

FILE = "journal.sqlite"
BUSY_TIMEOUT_S = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    recorded TEXT NOT NULL DEFAULT (datetime('now'))
) WITHOUT ROWID
"""
# What is old is looked for whenever the file is opened, without reading all answers.
_INDEX = "CREATE INDEX IF NOT EXISTS answers_by_time ON answers (recorded)"


class Journal(Protocol):
    """Where validated answers are kept."""

    def recall(self, key: str) -> Answer | None:
        """Return the answer recorded under `key`; None when there is none."""
        ...

    def record(self, key: str, answer: Answer) -> None:
        """Keep an answer; the first one recorded under a key stays."""
        ...


def key_of(owner: str, model: str, prompt: Prompt) -> str:
    """Return the key of an answer: SHA-256 over all that decides it, and whose it is.

    The number of tokens an answer may have is left out: it decides whether there is a whole answer,
    not which.
    """
    parts = (owner, model, prompt.task, prompt.system, prompt.user, prompt.json_form, prompt.schema)
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


class NoJournal:
    """Keeps nothing."""

    def recall(self, key: str) -> Answer | None:  # noqa: ARG002 - the protocol's argument
        """Return None."""
        return None

    def record(self, key: str, answer: Answer) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class FileJournal:
    """Keeps answers in `journal.sqlite` of a folder; safe for many threads and processes.

    Raises:
        ConfigurationError: the folder or file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()
        with _usable(self._path):
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = _open(self._path)
        # Whoever forgets to close leaves no descriptor behind.
        self._close = weakref.finalize(self, self._connection.close)

    def recall(self, key: str) -> Answer | None:
        """Return the answer recorded under `key`; None when there is none."""
        query = "SELECT text, input_tokens, output_tokens FROM answers WHERE key = ?"
        with _usable(self._path), self._lock:
            row = self._connection.execute(query, (key,)).fetchone()
        return None if row is None else Answer(*row)

    def record(self, key: str, answer: Answer) -> None:
        """Keep an answer; the first one recorded under a key stays."""
        row = (key, answer.text, answer.input_tokens, answer.output_tokens)
        insert = (
            "INSERT OR IGNORE INTO answers (key, text, input_tokens, output_tokens) "
            "VALUES (?, ?, ?, ?)"
        )
        with _usable(self._path), self._lock:
            self._connection.execute(insert, row)

    def prune(self, *, older_than_days: int) -> int:
        """Delete answers recorded more than so many days ago and return how many there were."""
        delete = "DELETE FROM answers WHERE recorded < datetime('now', ?)"
        with _usable(self._path), self._lock:
            n_deleted = self._connection.execute(delete, (f"-{older_than_days} days",)).rowcount
            if n_deleted:
                self._connection.execute("VACUUM")
        return n_deleted

    def close(self) -> None:
        """Close the file, once nobody uses it; the journal cannot be used afterwards."""
        with self._lock:
            self._close()


def size(folder: Path) -> tuple[int, int]:
    """Return how many answers a folder's journal holds and its bytes; (0, 0) without one.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        return 0, 0
    address = f"{path.absolute().as_uri()}?mode=ro"
    with _usable(path), closing(sqlite3.connect(address, uri=True)) as connection:
        # A process that was killed while it made the file may have left it without its table.
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'answers'")
        if known.fetchone() is None:
            return 0, path.stat().st_size
        n_answers = connection.execute("SELECT count(*) FROM answers").fetchone()[0]
    return n_answers, path.stat().st_size


def _open(path: Path) -> sqlite3.Connection:
    """Open the file for writing; autocommit makes each record durable by itself."""
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")  # fails at once where nothing can be written
        connection.execute(_SCHEMA)
        connection.execute(_INDEX)
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Translate what goes wrong with the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)  # None: the connection is closed
        if code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise _unusable(path, error, "move the file away") from error
        raise _unusable(path, error, "make the folder writable") from error
    except OSError as error:
        raise _unusable(path, error, "make the folder writable") from error


def _unusable(path: Path, error: Exception, remedy: str) -> ConfigurationError:
    return ConfigurationError(
        f"{path}: {error}: {remedy}, name another folder in data_dir, or use --no-journal"
    )
