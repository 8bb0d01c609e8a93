"""One process at a time does the work on an SQLite file: a lock of the system on a file beside it.

It is gone with the process that held it, however that ended. Readers and short writers need none.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.errors import ConfigurationError

_held: set[int] = set()  # descriptors of this process


class LockedError(ConfigurationError):
    """Another process holds the lock; the message names it."""


def _forget() -> None:
    """Close, in a forked child, what would keep the lock when its parent is gone."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_forget)


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock of a database file while the block lasts.

    Raises:
        LockedError: another process holds it.
        ConfigurationError: the file beside the database cannot be written.
    """
    beside = path.with_name(f"{path.name}.lock")
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ConfigurationError(f"{beside}: {error.strerror}: make the folder writable") from error
    _held.add(descriptor)
    try:
        _take(descriptor, path)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise LockedError(
            f"{path}: in use by process {holder}: stop it, or name another database_url"
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
