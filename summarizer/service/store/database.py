"""Open the database: SQLite with what makes it durable, or PostgreSQL; one transaction at a time.

SQLite: write-ahead log, every commit on the disk before it is told, writers one after the other.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from summarizer.errors import ConfigurationError, StorageError
from summarizer.service.store import migrations

_Value = TypeVar("_Value")

BATCH = 500  # values in one query; SQLite takes 32,766
BUSY_TIMEOUT_MS = 30_000
_POOL = 20  # connections that stay open; more are opened when needed
_PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
)


class Database:
    """An open database with the newest schema."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is one file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """Return the file; None for a database server."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name else None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Provide a connection for queries.

        Raises:
            StorageError: the database cannot be read now.
        """
        with _translated(self.engine), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Provide a connection whose changes are committed together, or not at all.

        On SQLite it begins with the lock for writing, so that what it reads stays true.

        Raises:
            StorageError: the database cannot be written now; nothing was changed.
        """
        with _translated(self.engine), self.engine.begin() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Translate the errors of somebody else who works on this database.

        Raises:
            StorageError: the database cannot be read or written now.
        """
        with _translated(self.engine):
            yield

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open(url: str) -> Database:  # noqa: A001 - read as database.open
    """Connect to a database and bring it to the newest schema.

    Raises:
        ConfigurationError: the address or what is there cannot be used, or the database is newer
            than this program.
    """
    db = Database(connect(url))
    try:
        is_behind = True
        while is_behind:
            with db.writing() as connection:
                is_behind = migrations.advance(connection)
    except StorageError as error:
        db.close()
        raise ConfigurationError(str(error)) from error
    except BaseException:
        db.close()
        raise
    return db


def insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that can say what happens to a row that is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def connect(url: str) -> sa.Engine:
    """Return an engine for a database address; a path is the file of an SQLite database.

    Raises:
        ConfigurationError: the address cannot be read, or its folder cannot be made.
    """
    try:
        address = sa.make_url(url if "://" in url else f"sqlite:///{url}")
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(f"database_url: {_REMEDY}") from error
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() != "postgresql":
        raise ConfigurationError(f"database_url: {_REMEDY}")
    driver = address.set(drivername="postgresql+psycopg")
    return sa.create_engine(driver, pool_size=_POOL, max_overflow=_POOL, pool_pre_ping=True)


_TRY_AGAIN = "try again, or look whether the server runs and lets this program write"
_REMEDIES = {  # by the beginning of the name of SQLite's error
    "SQLITE_FULL": "make room on the disk",
    "SQLITE_READONLY": "make the file and its folder writable",
    "SQLITE_CANTOPEN": "make the file and its folder writable",
    "SQLITE_CORRUPT": "restore a backup, or move the file away",
    "SQLITE_NOTADB": "restore a backup, or move the file away",
    "SQLITE_BUSY": "another process is writing: try again",
}
_REMEDY = "give the path of a file, or an address like postgresql://user:password@host/database"


def _sqlite(address: sa.URL) -> sa.Engine:
    if not address.database or address.database == ":memory:":
        raise ConfigurationError(f"database_url: {_REMEDY}")
    folder = Path(address.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"{folder}: {error.strerror}: make it writable") from error
    engine = sa.create_engine(address, pool_size=_POOL, max_overflow=_POOL)
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection
    """Set up a connection; transactions of DBOS, which only say BEGIN, take the lock as well."""
    connection.isolation_level = "IMMEDIATE"
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def _translated(engine: sa.Engine) -> Iterator[None]:
    """Translate what the database refuses; the message holds nothing that was to be written."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = str(getattr(cause, "sqlite_errorname", ""))
        remedy = next((_REMEDIES[kind] for kind in _REMEDIES if name.startswith(kind)), _TRY_AGAIN)
        where = engine.url.database if engine.dialect.name == "sqlite" else engine.url.host
        why = str(cause).strip().partition("\n")[0] if name else type(cause).__name__
        raise StorageError(f"database {where}: {why}: {remedy}") from error


def batches(values: Sequence[_Value], size: int = BATCH) -> Iterator[Sequence[_Value]]:
    """Cut values into pieces that fit one query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def stamp(when: datetime) -> str:
    """Write a moment as it is kept: UTC, microseconds."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def moment(written: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(written)
