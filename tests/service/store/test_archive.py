"""Search over the documents runs were made from."""

from dataclasses import replace

import pytest

from summarizer.errors import InputError
from summarizer.service.store import archive, runs
from summarizer.service.store.database import Database
from tests.service.store.samples import DAY, DOCUMENTS, NOW, accepted, new


def test_document_is_found_by_title_and_text(database: Database) -> None:
    accepted(database, documents=DOCUMENTS)
    accepted(database, documents=DOCUMENTS)
    for q in ("orleans", "ferry council", '"old bridge"'):
        (hit,) = archive.search_documents(database, "desk", q, 9)
        assert hit.document == DOCUMENTS[0]
    (hit,) = archive.search_documents(database, "desk", "地震", 9)
    assert hit.document == DOCUMENTS[1]
    assert archive.search_documents(database, "other", "ferry", 9) == []
    assert len(archive.search_documents(database, None, "ferry", 9)) == 1


def test_passage_is_the_line_with_a_term(database: Database) -> None:
    long = replace(DOCUMENTS[0], text="Title\n\nFirst line.\nThe FERRY sank. " + "x" * 999)
    accepted(database, documents=(long,))
    (hit,) = archive.search_documents(database, "desk", "ferry", 9)
    assert hit.passage.startswith("The FERRY sank. x")
    assert len(hit.passage) == 300
    (hit,) = archive.search_documents(database, "desk", '"title first"', 9)
    assert hit.passage == "Title"  # the phrase goes over the end of a line


def test_documents_of_the_newest_run_come_first(database: Database) -> None:
    for n in (1, 3, 2):
        document = replace(DOCUMENTS[0], id=str(n))
        day = f"2026-03-0{n}"
        runs.accept(database, new(documents=(document,), day=day), now=NOW + n * DAY)
    hits = archive.search_documents(database, "desk", "ferry", 2)
    assert [hit.document.id for hit in hits] == ["3", "2"]
    bounds = {"from_day": "2026-03-02", "to_day": "2026-03-02"}
    (hit,) = archive.search_documents(database, "desk", "ferry", 9, **bounds)
    assert hit.document.id == "2"


def test_run_without_a_day_counts_on_that_of_its_acceptance(database: Database) -> None:
    accepted(database, documents=DOCUMENTS)
    on_day = {"from_day": "2026-03-04", "to_day": "2026-03-04"}
    assert len(archive.search_documents(database, "desk", "ferry", 9, **on_day)) == 1
    assert archive.search_documents(database, "desk", "ferry", 9, from_day="2026-03-05") == []


def test_search_for_nothing_is_refused(database: Database) -> None:
    with pytest.raises(InputError, match="q: name a word"):
        archive.search_documents(database, "desk", " ", 9)
