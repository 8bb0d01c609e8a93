"""Copy an SQLite store into one file while it is in use, and bring such a copy back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from summarizer.errors import ConfigurationError, StorageError
from summarizer.service.store import database, lock, schema
from summarizer.service.store.database import BUSY_TIMEOUT_MS, Database


def backup(db: Database, file: Path) -> None:
    """Write all that is committed now into one file, which is there when it is whole.

    Others go on writing meanwhile. Only the user may read the file: it holds what owners gave.

    Raises:
        ConfigurationError: the store is a server, or `file` is the store.
        StorageError: the file cannot be written, or what was written is damaged.
    """
    source = _path(db, "pg_dump")
    if _is_same(file, source):
        raise ConfigurationError(f"{file}: this is the store itself: name another file")
    part = file.with_name(f".{file.name}.part")
    try:
        with _named(file):
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_connect(source)) as store, closing(_connect(part)) as copy:
                store.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            check(part)
            part.replace(file)
            _to_disk(file.parent)
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, url: str) -> None:
    """Put a backup in the place of the store at `url`, which nobody may be using.

    Raises:
        ConfigurationError: the backup is damaged, newer than this program or none; the store is
            in use, or is a server.
        StorageError: the store cannot be written; it is as it was.
    """
    check(file)
    db = Database(database.connect(url))
    target = _path(db, "pg_restore")
    if _is_same(file, target):
        raise ConfigurationError(f"{file}: this is the store itself: name a backup")
    with (
        lock.hold(target),
        _named(target),
        closing(_connect(file)) as copy,
        closing(_connect(target)) as store,
    ):
        store.execute("PRAGMA synchronous = FULL")
        copy.backup(store)


def check(file: Path) -> int:
    """Return the version of a backup's schema.

    Raises:
        ConfigurationError: it is damaged, newer than this program, or no backup.
    """
    if not file.is_file():
        raise ConfigurationError(f"{file}: there is no such file: name a backup")
    try:
        with closing(_connect(file)) as copy:
            version = _version(copy)
    except sqlite3.Error as error:
        raise ConfigurationError(f"{file}: {error}: name another backup") from error
    if version is None:
        raise ConfigurationError(f"{file}: damaged, or no backup: name another file")
    if version > schema.VERSION:
        raise ConfigurationError(
            f"{file}: its schema is version {version}, this program knows {schema.VERSION}: "
            "install the newer summarizer"
        )
    return version


def _version(copy: sqlite3.Connection) -> int | None:
    """Return the version of a database's schema; None when it is damaged or has none."""
    if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        return None
    known = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'")
    if known.fetchone() is None:
        return None
    version: int | None = copy.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    return version


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=BUSY_TIMEOUT_MS / 1_000)


def _path(db: Database, tool: str) -> Path:
    if db.path is None:
        raise ConfigurationError(f"the store is a database server: use {tool}")
    return db.path


def _is_same(file: Path, store: Path) -> bool:
    return file.exists() and store.exists() and file.samefile(store)


def _to_disk(folder: Path) -> None:
    """Make sure that the new name of a file survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Translate what goes wrong with a file that is written."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise StorageError(f"{file}: {why}: make room or name another file") from error
