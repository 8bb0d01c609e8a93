"""A run as it is read from the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from summarizer.service.store import encoding, schema
from summarizer.service.store.database import moment
from summarizer.types import Json, Note

_runs, _briefings = schema.runs, schema.briefings


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A request for a briefing and how far it is."""

    id: str
    owner: str
    status: str  # "accepted", "running", "done", "failed", "cancelled"
    request: Json
    edition: str | None
    day: str | None
    due: datetime | None
    scheduled: bool
    outcome: str | None  # "briefing", "quiet", "failed"; None before the end and when cancelled
    executor: str | None  # who does it
    error_code: str | None
    error: str | None  # why it failed, or what a quiet day says
    notes: tuple[Note, ...]  # of reading the request
    created: datetime
    started: datetime | None
    finished: datetime | None
    briefing: str | None  # its id
    title: str | None  # of the briefing
    n_takeovers: int

    @property
    def is_over(self) -> bool:
        """Tell whether it has ended, in whatever way."""
        return self.status not in schema.UNFINISHED


def find(
    connection: sa.Connection,
    condition: sa.ColumnElement[bool],
    *order: sa.ColumnElement[str],
    limit: int | None = None,
) -> list[Run]:
    """Return the runs that meet a condition."""
    asked = (
        sa.select(_runs, _briefings.c.id.label("briefing"), _briefings.c.title)
        .join_from(_runs, _briefings, _briefings.c.run == _runs.c.id, isouter=True)
        .where(condition)
        .order_by(*order)
        .limit(limit)
    )
    return [_read(row) for row in connection.execute(asked).mappings()]


def _read(row: sa.RowMapping) -> Run:
    notes = cast("list[dict[str, Any]]", encoding.loads(row["notes"]))
    return Run(
        id=row["id"],
        owner=row["owner"],
        status=row["status"],
        request=encoding.loads(row["request"]),
        edition=row["edition"],
        day=row["day"],
        due=_moment(row["due"]),
        scheduled=row["scheduled"],
        outcome=row["outcome"],
        executor=row["executor"],
        error_code=row["error_code"],
        error=row["error"],
        notes=tuple(Note(n["code"], n["message"], tuple(n["documents"])) for n in notes),
        created=moment(row["created"]),
        started=_moment(row["started"]),
        finished=_moment(row["finished"]),
        briefing=row["briefing"],
        title=row["title"],
        n_takeovers=row["n_takeovers"],
    )


def _moment(written: str | None) -> datetime | None:
    return None if written is None else moment(written)
