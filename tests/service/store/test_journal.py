"""Answers of models in the store."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, StorageError
from summarizer.models.base import Answer
from summarizer.models.journal import FILE, FileJournal
from summarizer.service.store import database as databases
from summarizer.service.store import journal
from summarizer.service.store.database import Database
from summarizer.service.store.journal import StoreJournal

ANSWER = Answer("It held.", 7, 3)


def test_first_answer_under_a_key_stays(database: Database) -> None:
    kept = StoreJournal(database)
    assert kept.recall("k") is None
    kept.record("k", ANSWER)
    kept.record("k", replace(ANSWER, text="Another."))
    kept.close()
    assert StoreJournal(database).recall("k") == ANSWER


def test_answer_that_the_database_refuses_is_not_lost(tmp_path: Path) -> None:
    with closing(databases.open(str(tmp_path / "store.sqlite"))) as db:
        kept = StoreJournal(db)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(StorageError, match="readonly"):
            kept.record("k", ANSWER)
        with pytest.raises(StorageError, match="readonly"):
            kept.recall("k")
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        assert kept.recall("k") == ANSWER
        assert StoreJournal(db).recall("k") == ANSWER


def test_threads_share_one_journal(database: Database) -> None:
    kept = StoreJournal(database)
    keys = [str(n % 20) for n in range(80)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: kept.record(key, replace(ANSWER, text=key)), keys))
    assert [found.text for found in map(kept.recall, keys) if found] == keys


def test_old_answers_are_pruned(database: Database) -> None:
    kept = StoreJournal(database)
    kept.record("k", ANSWER)
    now = datetime.now(UTC)  # noqa: TID251 - answers are recorded by the clock
    assert journal.prune(database, older_than_days=1, now=now) == 0
    assert journal.prune(database, older_than_days=1, now=now + timedelta(days=2)) == 1
    assert kept.recall("k") is None


def test_file_of_before_is_imported_once(database: Database, tmp_path: Path) -> None:
    before = FileJournal(tmp_path)
    before.record("k", ANSWER)
    before.record("own", ANSWER)
    kept = StoreJournal(database)
    kept.record("own", replace(ANSWER, text="Own."))
    assert journal.import_file(database, tmp_path) == 2
    assert kept.recall("k") == ANSWER
    assert kept.recall("own") == replace(ANSWER, text="Own.")
    before.record("later", ANSWER)
    before.close()
    assert journal.import_file(database, tmp_path) == 0
    assert kept.recall("later") is None


def test_folder_without_a_file_may_get_one_later(database: Database, tmp_path: Path) -> None:
    assert journal.import_file(database, tmp_path) == 0
    sqlite3.connect(tmp_path / FILE).execute("PRAGMA journal_mode = WAL").connection.close()
    assert journal.import_file(database, tmp_path) == 0  # made by a process that was killed


def test_file_that_is_no_journal_is_named(database: Database, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database " * 99)
    with pytest.raises(ConfigurationError, match=r"journal\.sqlite: .*move the file away"):
        journal.import_file(database, tmp_path)
