"""Let one writer wait for another on PostgreSQL; on SQLite every writer does so already."""

from zlib import crc32

import sqlalchemy as sa


def alone(connection: sa.Connection, what: str) -> None:
    """Wait until nobody else does `what`, and keep others from it until the transaction ends."""
    _wait(connection, sa.func.pg_advisory_xact_lock(_number(what)))


def beside(connection: sa.Connection, what: str) -> None:
    """Wait until nobody does `what` alone; any number may do it beside each other."""
    _wait(connection, sa.func.pg_advisory_xact_lock_shared(_number(what)))


def _wait(connection: sa.Connection, lock: sa.ColumnElement[object]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(lock))


def _number(what: str) -> int:
    return crc32(f"summarizer {what}".encode())
