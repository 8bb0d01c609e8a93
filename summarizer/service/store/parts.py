"""What a run has finished so far, piece by piece: the stories of one that takes long."""

import sqlalchemy as sa

from summarizer.service.store import encoding, schema
from summarizer.service.store.database import Database, insert
from summarizer.types import Json

_parts, _runs = schema.parts, schema.runs


def put(db: Database, run: str, key: str, content: Json) -> None:
    """Keep a piece; the first one under a key stays, and nothing is kept for a run that is gone."""
    row = {"run": run, "key": key, "content": encoding.dumps(content)}
    with db.writing() as connection:
        asked = sa.select(_runs.c.id).where(_runs.c.id == run).with_for_update()
        if connection.scalar(asked) is not None:
            connection.execute(insert(connection, _parts).on_conflict_do_nothing(), row)


def of_run(db: Database, run: str) -> dict[str, Json]:
    """Return the pieces of a run by key."""
    asked = sa.select(_parts.c.key, _parts.c.content).where(_parts.c.run == run)
    with db.reading() as connection:
        rows = connection.execute(asked.order_by(_parts.c.key))
        return {key: encoding.loads(content) for key, content in rows}


def one(db: Database, run: str, key: str) -> Json:
    """Return a piece; None when there is none."""
    asked = sa.select(_parts.c.content).where(_parts.c.run == run, _parts.c.key == key)
    with db.reading() as connection:
        content = connection.scalar(asked)
    return None if content is None else encoding.loads(content)
