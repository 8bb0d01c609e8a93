"""Documents kept by content."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import sqlalchemy as sa

from summarizer.service.store import documents, schema
from summarizer.service.store.database import Database
from summarizer.types import Document
from tests.service.store.samples import DOCUMENTS, accepted


def n_kept(db: Database) -> int:
    with db.reading() as connection:
        return connection.scalars(sa.select(sa.func.count()).select_from(schema.documents)).one()


def test_documents_of_a_run_come_back_in_order(database: Database) -> None:
    run = accepted(database, documents=DOCUMENTS[::-1])
    assert documents.of_run(database, run.id) == DOCUMENTS[::-1]
    assert documents.one(database, run.id, DOCUMENTS[0].id) == DOCUMENTS[0]
    assert documents.one(database, run.id, "none") is None
    assert documents.one(database, "none", DOCUMENTS[0].id) is None


def test_same_document_is_kept_once(database: Database) -> None:
    accepted(database, documents=DOCUMENTS)
    accepted(database, documents=(*DOCUMENTS, DOCUMENTS[0]))
    assert n_kept(database) == 2


def test_simultaneous_writers_of_the_same_documents_do_not_block_each_other(
    database: Database,
) -> None:
    many = [replace(DOCUMENTS[0], id=str(n)) for n in range(60)]
    orders = [many, many[::-1]] * 6
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda some: accepted(database, documents=tuple(some)), orders))
    assert n_kept(database) == 60


def test_documents_are_added_after_those_a_run_has(database: Database) -> None:
    run = accepted(database, documents=DOCUMENTS[1:])
    documents.add_to_run(database, run.id, DOCUMENTS)
    documents.add_to_run(database, run.id, DOCUMENTS)
    assert documents.of_run(database, run.id) == DOCUMENTS[::-1]


def test_nothing_is_added_to_a_run_that_is_gone(database: Database) -> None:
    documents.add_to_run(database, "none", DOCUMENTS)
    assert n_kept(database) == 0


def test_documents_are_loaded_by_hash_in_the_order_asked_for(database: Database) -> None:
    many = [replace(DOCUMENTS[0], id=str(n)) for n in range(1_200)]
    with database.writing() as connection:
        hashes = documents.keep(connection, many)
    assert documents.load(database, [*hashes[::-1], "none"]) == tuple(many[::-1])
    assert documents.load(database, []) == ()


def test_document_of_any_text_comes_back_unchanged(database: Database) -> None:
    odd = Document(id="a", text="\ud800 \0 \U0001f600 'quoted' \\ \x7f")
    run = accepted(database, documents=(odd,))
    assert documents.of_run(database, run.id) == (odd,)
