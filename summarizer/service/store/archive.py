"""Search the documents that runs were made from."""

from dataclasses import dataclass

import sqlalchemy as sa

from summarizer.service.store import schema
from summarizer.service.store.asking import all_occur, terms
from summarizer.service.store.database import Database
from summarizer.service.store.documents import read
from summarizer.service.store.folding import fold
from summarizer.types import Document

_documents, _members, _runs = schema.documents, schema.run_documents, schema.runs
_PASSAGE_CHARS = 300


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that was asked for."""

    document: Document
    passage: str  # the beginning of the line in which most terms occur


def search_documents(
    db: Database,
    owner: str | None,
    q: str,
    limit: int,
    *,
    from_day: str | None = None,
    to_day: str | None = None,
) -> list[DocumentHit]:
    """Return documents of runs in which every term of `q` occurs, those of the newest run first.

    Args:
        db: the store.
        owner: whose runs; None: everybody's.
        q: words, and phrases in double quotes; case and accents do not matter.
        limit: how many.
        from_day: the first day of their runs, ISO 8601; None: the first there is.
        to_day: the last day; None: the last there is.

    Raises:
        InputError: `q` has no term or too many.
    """
    asked = terms(q)
    day = sa.func.coalesce(_runs.c.day, sa.func.substr(_runs.c.created, 1, len("2026-03-04")))
    condition = all_occur(_documents.c.searched, asked)
    if owner is not None:
        condition &= _runs.c.owner == owner
    if from_day is not None:
        condition &= day >= from_day
    if to_day is not None:
        condition &= day <= to_day
    newest = sa.func.max(_runs.c.created)
    found = (
        sa.select(_documents.c.hash, newest.label("created"))
        .join(_members, _members.c.hash == _documents.c.hash)
        .join(_runs, _runs.c.id == _members.c.run)
        .where(condition)
        .group_by(_documents.c.hash)
        .order_by(newest.desc(), _documents.c.hash)
        .limit(limit)
        .subquery()
    )
    with db.reading() as connection:
        rows = connection.execute(
            sa.select(_documents.c.content)
            .join(found, found.c.hash == _documents.c.hash)
            .order_by(found.c.created.desc(), found.c.hash)
        )
        documents = [read(content) for (content,) in rows]
    return [DocumentHit(document, _passage(document.text, asked)) for document in documents]


def _passage(text: str, asked: tuple[str, ...]) -> str:
    """Return the line in which most terms occur, the first of several, cut."""
    lines = text.split("\n")
    return max(lines, key=lambda line: _n_in(fold(line), asked))[:_PASSAGE_CHARS]


def _n_in(folded: str, asked: tuple[str, ...]) -> int:
    return sum(term in folded for term in asked)
