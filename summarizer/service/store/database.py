"""Open the database: SQLite with what makes it durable, or PostgreSQL; one transaction at a time.

SQLite: write-ahead log, every commit on the disk before it is told, writers one after the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from summarizer.errors import ConfigurationError, StorageError

BUSY_TIMEOUT_MS = 30_000
_POOL = 20  # connections that stay open; more are opened when needed
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
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

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def connect(url: str) -> sa.Engine:
    """Return an engine for a database address; a path is the file of an SQLite database.

    Raises:
        ConfigurationError: the address cannot be read, or its folder cannot be made.
    """
    try:
        address = sa.make_url(url if "://" in url else f"sqlite:///{url}")
    except ArgumentError as error:
        raise ConfigurationError(f"database_url: {_REMEDY}") from error
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() != "postgresql":
        raise ConfigurationError(f"database_url: {_REMEDY}")
    driver = address.set(drivername="postgresql+psycopg")
    return sa.create_engine(driver, pool_size=_POOL, max_overflow=_POOL, pool_pre_ping=True)


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
    """Translate what goes wrong with the database, not what goes wrong with a statement."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
        raise
    except DBAPIError as error:
        where = engine.url.database if engine.dialect.name == "sqlite" else engine.url.host
        why = " ".join(str(error.orig).split())
        raise StorageError(f"database {where}: {why}: try again, or make room for it") from error
    except SQLAlchemyError as error:
        raise StorageError(f"database: {type(error).__name__}: try again") from error


def stamp(when: datetime) -> str:
    """Write a moment as it is kept: UTC, microseconds."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def moment(written: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(written)
