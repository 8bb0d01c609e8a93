"""What an edition has seen of its sources: articles, how to ask again, and how that goes.

Articles are kept when they are fetched and not when they are told: whatever stops a run, the next
one finds what waits, also where the source says that nothing has changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from summarizer.service.store import documents, parts, schema
from summarizer.service.store.database import Database, insert, moment, stamp
from summarizer.types import Document, Json

WORKING = frozenset(
    {"ok", "unchanged", "empty", "teaser_only", "paywalled"}
)  # statuses of a source that answers

_seen, _validators, _health = schema.seen, schema.validators, schema.health


@dataclass(frozen=True, slots=True)
class Article:
    """A version of an article as it was fetched."""

    key: str  # changes when the article does
    document: Document


@dataclass(frozen=True, slots=True)
class Validators:
    """What to send so that a server may say that nothing has changed; empty where unknown."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What asking one source gave."""

    source: str  # its name
    url: str | None
    status: str  # as `summarizer.sources.status` has it
    at: datetime
    articles: Sequence[Article] = ()
    validators: Mapping[str, Validators] = field(default_factory=dict)  # by address
    part: tuple[str, str, Json] | None = None  # of a run: its id, key and content


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDocument:
    """A version of an article that an edition has seen."""

    key: str
    hash: str  # of the document
    source: str
    first_seen: datetime
    published: str | None  # as the document says


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source of an edition has been doing."""

    source: str
    url: str | None
    status: str  # of the last time
    last_tried: datetime
    last_ok: datetime | None
    failing_since: datetime | None  # None: it works


def record(db: Database, owner: str, edition: str, source: SourceReport) -> None:
    """Keep what a source gave: documents, what was seen, validators, health, a part of a run.

    All or nothing, so that a run that goes on after a kill knows what its sources said to it.

    A version of an article that was seen before keeps the moment it was seen first.
    """
    whose = {"owner": owner, "edition": edition}
    prepared = documents.prepare(article.document for article in source.articles)
    with db.writing() as connection:
        hashes = documents.keep(connection, prepared)
        rows = {
            article.key: {
                **whose,
                "key": article.key,
                "hash": hash_,
                "source": source.source,
                "published": article.document.published,
                "first_seen": stamp(source.at),
            }
            for article, hash_ in zip(source.articles, hashes, strict=True)
        }
        if rows:
            statement = insert(connection, _seen).on_conflict_do_nothing()
            connection.execute(statement, [rows[key] for key in sorted(rows)])
        for url, known in source.validators.items():
            state = {"etag": known.etag, "modified": known.modified}
            _put(connection, _validators, whose | {"url": url}, state, state)
        _put(connection, _health, whose | {"source": source.source}, *_states(source))
        if source.part is not None:
            parts.keep(connection, *source.part)


def waiting(db: Database, owner: str, edition: str) -> list[SeenDocument]:
    """Return what no published briefing of the edition has included, in the order it was seen."""
    is_untold = _whose(_seen, owner, edition) & _seen.c.run.is_(None) & _seen.c.hash.is_not(None)
    return _find(db, is_untold, _seen.c.first_seen, _seen.c.key)


def of_source(
    db: Database, owner: str, edition: str, source: str, *, limit: int
) -> list[SeenDocument]:
    """Return what a source gave, told or not, the last seen first."""
    is_its = _whose(_seen, owner, edition) & (_seen.c.source == source) & _seen.c.hash.is_not(None)
    return _find(db, is_its, _seen.c.first_seen.desc(), _seen.c.key, limit=limit)


def validators(db: Database, owner: str, edition: str) -> dict[str, Validators]:
    """Return what to send to each address that was asked before."""
    asked = sa.select(_validators).where(_whose(_validators, owner, edition))
    with db.reading() as connection:
        rows = connection.execute(asked).mappings()
        return {row["url"]: Validators(row["etag"], row["modified"]) for row in rows}


def health(db: Database, owner: str, edition: str) -> list[Health]:
    """Return how each source has been doing, by name."""
    asked = sa.select(_health).where(_whose(_health, owner, edition)).order_by(_health.c.source)
    with db.reading() as connection:
        return [_read_health(row) for row in connection.execute(asked).mappings()]


def _whose(table: sa.Table, owner: str, edition: str) -> sa.ColumnElement[bool]:
    return (table.c.owner == owner) & (table.c.edition == edition)


def _put(
    connection: sa.Connection,
    table: sa.Table,
    key: Mapping[str, str],
    first: Mapping[str, object],
    later: Mapping[str, object],
) -> None:
    """Write a row: `first` when there is none under its key, `later` over one that is there."""
    made = insert(connection, table).values(**key, **first)
    connection.execute(made.on_conflict_do_update(index_elements=list(key), set_=later))


def _states(source: SourceReport) -> tuple[dict[str, object], dict[str, object]]:
    """Return the health of a source heard of for the first time, and of one that is known."""
    at = stamp(source.at)
    tried: dict[str, object] = {"url": source.url, "status": source.status, "last_tried": at}
    if source.status in WORKING:
        works = tried | {"last_ok": at, "failing_since": None}
        return works, works
    since = sa.func.coalesce(_health.c.failing_since, at)
    return tried | {"failing_since": at}, tried | {"failing_since": since}


def _find(
    db: Database,
    condition: sa.ColumnElement[bool],
    *order: sa.ColumnElement[str],
    limit: int | None = None,
) -> list[SeenDocument]:
    names = ("key", "hash", "source", "first_seen", "published")
    asked = sa.select(*(_seen.c[name] for name in names)).where(condition)
    with db.reading() as connection:
        rows = connection.execute(asked.order_by(*order).limit(limit)).mappings()
        return [
            SeenDocument(**dict(row) | {"first_seen": moment(row["first_seen"])}) for row in rows
        ]


def _read_health(row: sa.RowMapping) -> Health:
    return Health(
        source=row["source"],
        url=row["url"],
        status=row["status"],
        last_tried=moment(row["last_tried"]),
        last_ok=moment(row["last_ok"]) if row["last_ok"] else None,
        failing_since=moment(row["failing_since"]) if row["failing_since"] else None,
    )
