"""Single values about the database itself: what was imported, a secret of its own."""

import sqlalchemy as sa

from summarizer.service.store import schema
from summarizer.service.store.database import Database, insert

_facts = schema.facts


def get(db: Database, name: str) -> str | None:
    """Return a value; None where none was kept."""
    with db.reading() as connection:
        found: str | None = connection.scalar(_asked(name))
    return found


def put_once(db: Database, name: str, value: str) -> str:
    """Keep a value unless there is one, and return the one that stands."""
    with db.writing() as connection:
        made = insert(connection, _facts).values(name=name, value=value)
        connection.execute(made.on_conflict_do_nothing())
        standing: str = connection.scalars(_asked(name)).one()
    return standing


def put(db: Database, name: str, value: str) -> None:
    """Keep a value instead of the one there is."""
    with db.writing() as connection:
        made = insert(connection, _facts).values(name=name, value=value)
        connection.execute(
            made.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )


def _asked(name: str) -> sa.Select[str]:
    return sa.select(_facts.c.value).where(_facts.c.name == name)
