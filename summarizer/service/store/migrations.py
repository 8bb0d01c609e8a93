"""Bring a database to the newest schema, one numbered step in one transaction.

A new database gets the newest tables at once. An older one goes through the steps that were added
since; a newer one is refused, as nobody knows here what its tables mean.
"""

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from summarizer.errors import ConfigurationError
from summarizer.service.store import schema, turns

Step = Callable[[sa.Connection], None]

# Version -> what brings the version before it there. Never changed once released.
STEPS: Mapping[int, Step] = {}


def advance(
    connection: sa.Connection, *, steps: Mapping[int, Step] = STEPS, newest: int = schema.VERSION
) -> bool:
    """Bring the database one step nearer to `newest`; False when it is there.

    `connection` is in a transaction for writing: another process waits until it ends.

    Raises:
        ConfigurationError: the database is newer.
    """
    turns.alone(connection, "migration")
    version = version_of(connection)
    if version is None:
        schema.metadata.create_all(connection)
        _note(connection, newest)
        return True
    if version > newest:
        raise ConfigurationError(
            f"database: its schema is version {version}, this program knows {newest}: "
            "install the newer summarizer, or restore a backup made by this one"
        )
    if version == newest:
        return False
    steps[version + 1](connection)
    _note(connection, version + 1)
    return True


def version_of(connection: sa.Connection) -> int | None:
    """Return the version of the schema; None for a database without our tables."""
    if not sa.inspect(connection).has_table(schema.versions.name):
        return None
    newest = sa.select(sa.func.max(schema.versions.c.version))
    found: int | None = connection.scalar(newest)
    return found


def _note(connection: sa.Connection, version: int) -> None:
    connection.execute(schema.versions.insert().values(version=version))
