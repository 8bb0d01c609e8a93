"""Copies of a store, and back."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, StorageError
from summarizer.service.store import backup, documents, lock, runs, schema
from summarizer.service.store import database as databases
from summarizer.service.store.database import Database
from tests.service.store.samples import DOCUMENTS, NOW, accepted, new


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def db(path: Path) -> Database:
    return databases.open(str(path))


def test_backup_is_one_file_with_everything(db: Database, tmp_path: Path) -> None:
    run = accepted(db, documents=DOCUMENTS)
    folder = tmp_path / "backups"
    folder.mkdir()
    backup.backup(db, folder / "b.sqlite")
    backup.backup(db, folder / "b.sqlite")  # instead of the one of before
    db.close()
    assert [file.name for file in folder.iterdir()] == ["b.sqlite"]
    assert stat.S_IMODE((folder / "b.sqlite").stat().st_mode) == 0o600
    assert backup.check(folder / "b.sqlite") == schema.VERSION
    copy = databases.open(str(folder / "b.sqlite"))
    assert runs.get(copy, run.id) == run
    assert documents.of_run(copy, run.id) == DOCUMENTS
    copy.close()


def test_backup_made_while_others_write_is_whole(db: Database, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            runs.accept(db, new(documents=DOCUMENTS), now=NOW)

    writer = threading.Thread(target=write)
    writer.start()
    for n in range(3):
        backup.backup(db, tmp_path / f"{n}.sqlite")
    stop.set()
    writer.join()
    copy = databases.open(str(tmp_path / "2.sqlite"))
    for run in runs.waiting(copy):
        assert documents.of_run(copy, run) == DOCUMENTS
    copy.close()
    db.close()


def test_restored_store_is_that_of_the_backup(db: Database, path: Path, tmp_path: Path) -> None:
    kept = accepted(db)
    backup.backup(db, tmp_path / "b.sqlite")
    later = accepted(db)
    db.close()
    backup.restore(tmp_path / "b.sqlite", str(path))
    again = databases.open(str(path))
    assert (runs.get(again, kept.id), runs.get(again, later.id)) == (kept, None)
    again.close()
    backup.restore(tmp_path / "b.sqlite", str(tmp_path / "other" / "new.sqlite"))
    assert backup.check(tmp_path / "other" / "new.sqlite") == schema.VERSION


def test_store_in_use_is_not_overwritten(db: Database, path: Path, tmp_path: Path) -> None:
    backup.backup(db, tmp_path / "b.sqlite")
    run = accepted(db)
    with lock.hold(path), pytest.raises(ConfigurationError, match="in use by process"):
        backup.restore(tmp_path / "b.sqlite", str(path))
    assert runs.get(db, run.id) == run
    db.close()


def test_what_is_no_backup_is_refused(path: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    for content, why in ((b"text " * 999, "not a database"), (b"", "damaged, or no backup")):
        wrong.write_bytes(content)
        with pytest.raises(ConfigurationError, match=f"wrong: .*{why}.*: name another"):
            backup.restore(wrong, str(path))
    with pytest.raises(ConfigurationError, match="there is no such file"):
        backup.restore(tmp_path / "none", str(path))
    assert not path.exists()


def test_damaged_backup_is_refused(db: Database, path: Path, tmp_path: Path) -> None:
    for _ in range(60):
        accepted(db, request={"x": "y" * 900})
    file = tmp_path / "b.sqlite"
    backup.backup(db, file)
    db.close()
    content = bytearray(file.read_bytes())
    content[4_096 * 20 : 4_096 * 40] = b"\xff" * 4_096 * 20
    file.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match=r"b\.sqlite: "):
        backup.restore(file, str(path))
    assert path.read_bytes() == before


def test_backup_of_a_newer_program_is_refused(db: Database, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    backup.backup(db, file)
    db.close()
    with sqlite3.connect(file) as copy:
        copy.execute("INSERT INTO schema_version VALUES (?)", (schema.VERSION + 1,))
    copy.close()
    with pytest.raises(ConfigurationError, match="install the newer summarizer"):
        backup.restore(file, str(path))


def test_store_is_no_backup_of_itself(db: Database, path: Path) -> None:
    with pytest.raises(ConfigurationError, match="this is the store itself"):
        backup.backup(db, path)
    with pytest.raises(ConfigurationError, match="this is the store itself"):
        backup.restore(path, str(path))
    db.close()


def test_file_that_cannot_be_written_is_named(db: Database, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"none/b\.sqlite: No such file"):
        backup.backup(db, tmp_path / "none" / "b.sqlite")
    db.close()


def test_server_has_tools_of_its_own(tmp_path: Path) -> None:
    url = "postgresql://127.0.0.1:1/database"
    db = Database(databases.connect(url))
    with pytest.raises(ConfigurationError, match="use pg_dump"):
        backup.backup(db, tmp_path / "b.sqlite")
    made = databases.open(str(tmp_path / "store.sqlite"))
    backup.backup(made, tmp_path / "b.sqlite")
    made.close()
    with pytest.raises(ConfigurationError, match="use pg_restore"):
        backup.restore(tmp_path / "b.sqlite", url)
