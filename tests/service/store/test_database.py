"""Opening a store, and what it says when it cannot."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError, InputError, StorageError
from summarizer.service.store import database as databases
from summarizer.service.store import facts, runs, schema
from summarizer.service.store.database import Database, batches, moment, stamp
from tests.service.store.samples import DOCUMENTS, NOW, accepted, new

N_PROCESSES = 3

# Opens a store, accepts a run and says how many there are.
OPENER = """
import sys
from datetime import UTC, datetime
from summarizer.service.store import database, runs
db = database.open(sys.argv[1])
new = runs.NewRun(id=sys.argv[2], owner="o", request={}, input_hash="")
runs.accept(db, new, now=datetime(2026, 3, 4, tzinfo=UTC))
db.close()
"""


def test_processes_that_open_a_new_store_at_once_make_it_once(empty_url: str) -> None:
    openers = [
        subprocess.Popen([sys.executable, "-c", OPENER, empty_url, str(n)])  # noqa: S603 - ours
        for n in range(N_PROCESSES)
    ]
    assert [opener.wait() for opener in openers] == [0] * N_PROCESSES
    db = databases.open(empty_url)
    assert runs.counts(db) == {"accepted": N_PROCESSES}
    db.close()


def test_what_was_kept_is_there_after_opening_again(empty_url: str) -> None:
    first = databases.open(empty_url)
    run = accepted(first, documents=DOCUMENTS)
    first.close()
    again = databases.open(empty_url)
    assert runs.get(again, run.id) == run
    again.close()


def test_sqlite_is_durable_and_lets_readers_read(tmp_path: Path) -> None:
    db = databases.open(str(tmp_path / "new" / "folder" / "store.sqlite"))
    with db.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "busy_timeout": 30_000,
        "foreign_keys": 1,
    }
    assert db.path == tmp_path / "new" / "folder" / "store.sqlite"
    with db.writing(), db.reading() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM runs").scalar_one() == 0
    db.close()


def test_error_of_the_caller_passes_and_changes_nothing(database: Database) -> None:
    def write() -> None:
        with database.writing() as connection:
            connection.execute(schema.facts.insert().values(name="a", value="b"))
            raise InputError("mine")

    with pytest.raises(InputError, match="mine"):
        write()
    assert facts.get(database, "a") is None


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://host/database",
        "://",
        "postgresql://user:secret@host:port/database",
    ],
)
def test_address_of_no_use_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigurationError, match="database_url: give the path") as caught:
        databases.open(url)
    assert "secret" not in str(caught.value)


def test_server_that_is_not_there_is_named_without_the_password() -> None:
    with pytest.raises(ConfigurationError, match=r"database 127\.0\.0\.1: .*server") as caught:
        databases.open("postgresql://user:secret@127.0.0.1:1/database")
    assert "secret" not in str(caught.value)


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"file: .*make it writable"):
        databases.open(str(tmp_path / "file" / "store.sqlite"))
    with pytest.raises(ConfigurationError, match="make the file and its folder writable"):
        databases.open(str(tmp_path))


@pytest.mark.parametrize(
    "content", [b"no database " * 999, b"SQLite format 3\x00" + b"\xff" * 9_999]
)
def test_corrupt_file_is_named_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"store\.sqlite: .*restore a backup"):
        databases.open(str(path))
    assert path.read_bytes() == content


def test_full_disk_is_an_error_and_nothing_is_half_written(tmp_path: Path) -> None:
    db = databases.open(str(tmp_path / "store.sqlite"))
    run = accepted(db)
    with db.writing() as connection:  # the pool hands out this connection again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageError, match="full: make room on the disk"):
        runs.accept(db, new(id="big", request={"x": "y" * 99_999}), now=NOW)
    assert runs.get(db, "big") is None
    assert runs.get(db, run.id) == run
    with db.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 999}")
    assert accepted(db, id="big", request={"x": "y" * 99_999}).id == "big"
    db.close()


def test_read_only_database_can_be_read_and_says_why_it_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    made = databases.open(str(path))
    run = accepted(made)
    made.close()
    db = Database(databases.connect(f"sqlite:///file:{path}?mode=ro&uri=true"))
    assert runs.get(db, run.id) == run
    with pytest.raises(StorageError, match="make the file and its folder writable"):
        runs.claim(db, run.id, executor="e", now=NOW)
    db.close()


def test_database_somebody_else_writes_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    db = databases.open(str(path))
    with db.writing() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="another process is writing: try again"):
        runs.accept(db, new(), now=NOW)
    other.rollback()
    other.close()
    assert accepted(db).status == "accepted"
    db.close()


MOMENTS = st.datetimes(min_value=datetime(1_900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


@given(MOMENTS, MOMENTS, st.integers(-14, 14))
def test_written_moments_sort_as_the_moments_do(one: datetime, other: datetime, hours: int) -> None:
    assert moment(stamp(one)) == one
    assert (stamp(one) < stamp(other)) == (one < other)
    if 1_900 < one.year < 9_999:
        assert stamp(one.astimezone(timezone(timedelta(hours=hours)))) == stamp(one)


@given(st.lists(st.integers(), max_size=1_200))
def test_batches_hold_everything_in_order(values: list[int]) -> None:
    assert [value for some in batches(values) for value in some] == values
    assert all(0 < len(some) <= 500 for some in batches(values))
