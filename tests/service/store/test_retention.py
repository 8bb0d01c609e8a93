"""Letting go of what is old."""

from dataclasses import replace

from summarizer.models.base import Answer
from summarizer.service.store import claims, documents, retention, runs, seen, usage
from summarizer.service.store.database import Database
from summarizer.service.store.journal import StoreJournal
from summarizer.service.store.retention import Counts
from summarizer.service.store.seen import Article, SourceReport
from tests.service.store.samples import DAY, DOCUMENTS, NOW, accepted, published


def test_old_runs_go_with_the_documents_nobody_needs(database: Database) -> None:
    old = published(database)
    kept = accepted(database, documents=DOCUMENTS[:1])
    assert retention.apply(database, now=NOW + 8 * DAY, keep_days=7) == Counts(1, 1, 0)
    assert runs.get(database, old.id) is None
    assert documents.of_run(database, kept.id) == DOCUMENTS[:1]
    assert claims.search(database, owner=None, q="ferry")[0] == []
    assert usage.month(database, "desk", NOW).runs == 1
    assert retention.apply(database, now=NOW + 8 * DAY, keep_days=7) == Counts(0, 0, 0)


def test_young_and_unfinished_runs_stay(database: Database) -> None:
    young, waiting = published(database), accepted(database)
    assert retention.apply(database, now=NOW + 7 * DAY, keep_days=7) == Counts(0, 0, 0)
    assert retention.apply(database, now=NOW + 999 * DAY, keep_days=999) == Counts(0, 0, 0)
    assert runs.get(database, young.id) == young
    assert runs.get(database, waiting.id) == waiting


def test_more_than_one_batch_goes(database: Database) -> None:
    many = tuple(replace(DOCUMENTS[0], id=str(n)) for n in range(450))
    published(database, documents=many)
    assert retention.apply(database, now=NOW + 8 * DAY, keep_days=7) == Counts(1, 450, 0)


def test_article_is_known_longer_than_its_text(database: Database) -> None:
    report = SourceReport(
        source="S", url=None, status="ok", at=NOW, articles=[Article("a", DOCUMENTS[0])]
    )
    seen.record(database, "desk", "m", report)
    assert retention.apply(database, now=NOW + 6 * DAY, keep_days=7).documents == 0
    assert retention.apply(database, now=NOW + 8 * DAY, keep_days=7).documents == 1
    seen.record(database, "desk", "m", replace(report, at=NOW + 8 * DAY))
    assert seen.waiting(database, "desk", "m") == []


def test_old_answers_go(database: Database) -> None:
    StoreJournal(database).record("k", Answer("Held.", 1, 1))
    assert retention.apply(database, now=NOW + 9_999 * DAY, keep_days=7).answers == 1


def test_sqlite_file_gets_smaller(database: Database) -> None:
    if database.path is None:
        return
    big = tuple(replace(DOCUMENTS[0], id=str(n), text="words " * 5_000) for n in range(20))
    published(database, documents=big)
    retention.apply(database, now=NOW, keep_days=7)
    with database.writing() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.close()
    before = database.path.stat().st_size
    retention.apply(database, now=NOW + 8 * DAY, keep_days=7)
    database.close()
    assert database.path.stat().st_size < before / 4
