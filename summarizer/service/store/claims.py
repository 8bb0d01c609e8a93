"""The claims that briefings printed, in rows that can be searched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from summarizer.service.store import cursors, schema
from summarizer.service.store.asking import all_occur, terms
from summarizer.service.store.database import Database
from summarizer.service.store.folding import fold

_claims, _briefings, _runs = schema.claims, schema.briefings, schema.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A printed claim that was asked for."""

    run: str
    briefing: str
    day: str | None
    edition: str | None
    claim_id: str
    text: str
    story: str  # its id; a topic's name for a mention of it
    headline: str  # of its story
    verdict: str


def append(connection: sa.Connection, run: str, briefing: Mapping[str, Any]) -> None:
    """Keep the claims of a briefing's JSON within the transaction that ends its run."""
    who = sa.select(_runs.c.owner, _runs.c.edition, _runs.c.day).where(_runs.c.id == run)
    owner, edition, day = connection.execute(who).one()
    rows = {
        claim["id"]: {
            "run": run,
            "claim": claim["id"],
            "story": story,
            "headline": headline,
            "text": claim["text"],
            "searched": fold(claim["text"]),
            "verdict": claim["verdict"],
            "owner": owner,
            "edition": edition,
            "day": day or briefing["day"] or "",
        }
        for story, headline, claim in reversed(list(_printed(briefing)))
    }
    numbered = [{**row, "position": n} for n, row in enumerate(reversed(rows.values()))]
    if numbered:
        connection.execute(_claims.insert(), numbered)


def _printed(briefing: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the story, its headline and each claim as it is read; the lead's are in stories."""
    for story in briefing["stories"]:
        for claim in (story["headline"], *story["claims"]):
            yield story["id"], story["headline"]["text"], claim
    for line in briefing["in_brief"]:
        yield line["id"], line["claim"]["text"], line["claim"]
    for topic in briefing["topics"]:
        for claim in topic.get("mentions", ()):
            yield topic["name"], topic["name"], claim


def search(  # noqa: PLR0913 - what may be asked
    db: Database,
    *,
    owner: str | None,
    q: str,
    from_day: str | None = None,
    to_day: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> tuple[list[Hit], str | None]:
    """Return printed claims in which every term of `q` occurs, newest day first, and a cursor.

    The cursor gives the next page; it is None at the end.

    Args:
        db: the store.
        owner: whose briefings; None: everybody's.
        q: words, and phrases in double quotes; case and accents do not matter.
        from_day: the first day, ISO 8601; None: the first there is.
        to_day: the last day; None: the last there is.
        limit: claims of one page.
        cursor: that of the page before.

    Raises:
        InputError: `q` has no term or too many, or the cursor is none that a page came with.
    """
    condition = all_occur(_claims.c.searched, terms(q))
    if owner is not None:
        condition &= _claims.c.owner == owner
    if from_day is not None:
        condition &= _claims.c.day >= from_day
    if to_day is not None:
        condition &= _claims.c.day <= to_day
    if cursor is not None:
        condition &= _comes_after(*cursors.read(cursor, str, str, int))
    order = (_claims.c.day.desc(), _claims.c.run.desc(), _claims.c.position)
    asked = (
        sa.select(_claims, _briefings.c.id.label("briefing"))
        .join(_briefings, _briefings.c.run == _claims.c.run)
        .where(condition)
        .order_by(*order)
        .limit(limit + 1)
    )
    with db.reading() as connection:
        rows = connection.execute(asked).mappings().all()
    hits = [_read(row) for row in rows[:limit]]
    if len(rows) <= limit:
        return hits, None
    last = rows[limit - 1]
    return hits, cursors.write(last["day"], last["run"], last["position"])


def _comes_after(day: str | int, run: str | int, position: str | int) -> sa.ColumnElement[bool]:
    same_day = _claims.c.day == day
    same_run = same_day & (_claims.c.run == run)
    return (
        (_claims.c.day < day)
        | (same_day & (_claims.c.run < run))
        | (same_run & (_claims.c.position > position))
    )


def _read(row: sa.RowMapping) -> Hit:
    return Hit(
        run=row["run"],
        briefing=row["briefing"],
        day=row["day"] or None,
        edition=row["edition"],
        claim_id=row["claim"],
        text=row["text"],
        story=row["story"],
        headline=row["headline"],
        verdict=row["verdict"],
    )
