"""Briefings as they were published: their JSON, without the texts of the documents."""

from typing import Any, cast

import sqlalchemy as sa

from summarizer.service.store import encoding, schema
from summarizer.service.store.database import Database
from summarizer.types import Briefing, Json, plain

_briefings, _runs = schema.briefings, schema.runs


def append(connection: sa.Connection, run: str, briefing: Briefing) -> dict[str, Any]:
    """Keep a briefing within the transaction that ends its run, and return its JSON."""
    content = cast("dict[str, Any]", plain(briefing))
    title = briefing.stories[0].headline.text if briefing.stories else briefing.title
    connection.execute(
        _briefings.insert().values(
            run=run,
            id=briefing.id,
            day=briefing.day,
            title=title,
            content=encoding.dumps(content),
        )
    )
    return content


def get(db: Database, run: str) -> Json:
    """Return the JSON of a run's briefing; None when there is none."""
    with db.reading() as connection:
        content = connection.scalar(_contents().where(_briefings.c.run == run))
    return None if content is None else encoding.loads(content)


def of_edition(
    db: Database, owner: str, edition: str, *, before_day: str | None, limit: int
) -> list[Json]:
    """Return the JSON of an edition's briefings of days before one, newest day first."""
    asked = _contents().where(_runs.c.owner == owner, _runs.c.edition == edition)
    if before_day is not None:
        asked = asked.where(_runs.c.day < before_day)
    asked = asked.order_by(_runs.c.day.desc(), _runs.c.created.desc()).limit(limit)
    with db.reading() as connection:
        return [encoding.loads(content) for content in connection.scalars(asked)]


def latest(db: Database, owner: str, edition: str) -> Json:
    """Return the JSON of an edition's newest briefing; None before the first."""
    return next(iter(of_edition(db, owner, edition, before_day=None, limit=1)), None)


def _contents() -> sa.Select[str]:
    return sa.select(_briefings.c.content).join(_runs, _runs.c.id == _briefings.c.run)
