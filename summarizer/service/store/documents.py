"""Documents by their content: the same document is kept once, whoever brings it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

import sqlalchemy as sa

from summarizer.service.store import encoding, schema, turns
from summarizer.service.store.database import Database, batches, insert
from summarizer.service.store.folding import fold
from summarizer.types import Document, plain

REMOVAL = "removal of documents"  # nobody keeps some while others are looked for that nobody needs

_documents, _members, _runs = schema.documents, schema.run_documents, schema.runs


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as it is written: the slow part, done before others have to wait."""

    id: str
    hash: str
    content: str
    searched: str


def prepare(documents: Iterable[Document]) -> list[Prepared]:
    """Return documents as they are written."""
    return [_prepare(document) for document in documents]


def keep(connection: sa.Connection, documents: Sequence[Document | Prepared]) -> list[str]:
    """Keep documents within a transaction and return their hashes, in order.

    What refers to them belongs into the same transaction: retention removes the others.
    """
    prepared = [d if isinstance(d, Prepared) else _prepare(d) for d in documents]
    if prepared:
        turns.beside(connection, REMOVAL)
        rows = {
            d.hash: {"hash": d.hash, "searched": d.searched, "content": d.content} for d in prepared
        }
        statement = insert(connection, _documents).on_conflict_do_nothing()
        # In one order everywhere, so that no two writers wait for each other.
        connection.execute(statement, [rows[hash_] for hash_ in sorted(rows)])
    return [d.hash for d in prepared]


def attach(connection: sa.Connection, run: str, documents: Sequence[Prepared]) -> None:
    """Keep documents and add to a run those it does not have, within a transaction."""
    keep(connection, documents)
    asked = sa.select(_members.c.hash, _members.c.position).where(_members.c.run == run)
    known = {row.hash: row.position for row in connection.execute(asked)}
    new = {d.hash: d.id for d in documents if d.hash not in known}
    start = max(known.values(), default=-1) + 1
    rows = [
        {"run": run, "position": position, "hash": hash_, "id": id_}
        for position, (hash_, id_) in enumerate(new.items(), start)
    ]
    if rows:
        connection.execute(_members.insert(), rows)


def add_to_run(db: Database, run: str, documents: Sequence[Document]) -> None:
    """Add documents to a run after those it has; one that it has already stays where it is.

    Nothing happens when the run is gone.
    """
    prepared = prepare(documents)
    with db.writing() as connection:
        alive = sa.select(_runs.c.id).where(_runs.c.id == run).with_for_update()
        if connection.scalar(alive) is not None:
            attach(connection, run, prepared)


def of_run(db: Database, run: str) -> tuple[Document, ...]:
    """Return the documents of a run in the order they were given."""
    asked = _asked().where(_members.c.run == run).order_by(_members.c.position)
    with db.reading() as connection:
        return tuple(read(content) for (content,) in connection.execute(asked))


def one(db: Database, run: str, document_id: str) -> Document | None:
    """Return a document of a run by its id there; None when there is none."""
    asked = _asked().where(_members.c.run == run, _members.c.id == document_id)
    with db.reading() as connection:
        content = connection.scalar(asked)
    return None if content is None else read(content)


def load(db: Database, hashes: Sequence[str]) -> tuple[Document, ...]:
    """Return documents by their hashes, in this order; those that are gone are left out."""
    found = {}
    columns = sa.select(_documents.c.hash, _documents.c.content)
    with db.reading() as connection:
        for some in batches(hashes):
            for hash_, content in connection.execute(columns.where(_documents.c.hash.in_(some))):
                found[hash_] = read(content)
    return tuple(found[hash_] for hash_ in hashes if hash_ in found)


def _asked() -> sa.Select[str]:
    return sa.select(_documents.c.content).join(_members, _members.c.hash == _documents.c.hash)


def _prepare(document: Document) -> Prepared:
    content = encoding.dumps(plain(document))
    hash_ = sha256(content.encode()).hexdigest()
    return Prepared(document.id, hash_, content, fold(document.text))


def read(content: str) -> Document:
    """Return the document whose JSON was kept."""
    return Document(**cast("dict[str, Any]", encoding.loads(content)))
