"""The store that the settings name."""

from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError
from summarizer.models.base import Answer
from summarizer.models.journal import FILE, FileJournal
from summarizer.service.store.journal import StoreJournal
from summarizer.service.store.opening import open_store
from summarizer.settings import Settings

ANSWER = Answer("Held.", 1, 1)


@pytest.fixture(autouse=True)
def folder(clean_folder: Path) -> Path:
    return clean_folder


def test_store_is_a_file_in_the_data_folder(folder: Path) -> None:
    db = open_store(Settings(data_dir=str(folder / "data")))
    assert db.path == folder / "data" / "summarizer.sqlite"
    db.close()


def test_store_is_where_its_address_says(folder: Path) -> None:
    db = open_store(Settings(data_dir=str(folder), database_url=str(folder / "other.sqlite")))
    assert db.path == folder / "other.sqlite"
    db.close()


def test_answers_of_the_journal_file_are_taken_over(folder: Path) -> None:
    before = FileJournal(folder)
    before.record("k", ANSWER)
    before.close()
    for _ in range(2):
        db = open_store(Settings(data_dir=str(folder)))
        assert StoreJournal(db).recall("k") == ANSWER
        db.close()


def test_journal_file_that_cannot_be_read_stops_the_opening(folder: Path) -> None:
    (folder / FILE).write_bytes(b"no database " * 99)
    with pytest.raises(ConfigurationError, match=r"journal\.sqlite"):
        open_store(Settings(data_dir=str(folder)))
