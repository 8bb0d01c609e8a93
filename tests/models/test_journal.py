import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.models import journal
from summarizer.models.base import Answer
from summarizer.models.journal import FILE, FileJournal, NoJournal, key_of
from tests.models.scripted import question

ANSWER = Answer("It held.", 7, 3)
N_WRITERS, N_EACH = 8, 25


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[FileJournal]:
    made = FileJournal(tmp_path / "new" / "folder")
    yield made
    made.close()


# Records answers of the process's own and one that all share, and says how many are known.
WRITER = f"""
import sys
from pathlib import Path
from summarizer.models.base import Answer
from summarizer.models.journal import FileJournal
made = FileJournal(Path(sys.argv[1]))
for i in range({N_EACH}):
    made.record(f"{{sys.argv[2]}}-{{i}}", Answer("own", 1, 1))
    made.record("shared", Answer(sys.argv[2], 1, 1))
print(sum(made.recall(f"{{sys.argv[2]}}-{{i}}") is not None for i in range({N_EACH})))
"""


def test_answer_is_known_after_it_was_recorded(kept: FileJournal) -> None:
    assert kept.recall("k") is None
    kept.record("k", ANSWER)
    assert kept.recall("k") == ANSWER


def test_first_answer_under_a_key_stays(kept: FileJournal) -> None:
    kept.record("k", ANSWER)
    kept.record("k", replace(ANSWER, text="Another."))
    assert kept.recall("k") == ANSWER


def test_answer_outlives_the_process_that_recorded_it(tmp_path: Path) -> None:
    FileJournal(tmp_path).record("k", ANSWER)  # never closed
    again = FileJournal(tmp_path)
    assert again.recall("k") == ANSWER
    again.close()


def test_threads_share_one_journal(kept: FileJournal) -> None:
    keys = [str(i % 50) for i in range(400)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda key: kept.record(key, replace(ANSWER, text=key)), keys))
        assert [a.text for a in pool.map(kept.recall, keys) if a] == keys


def test_processes_share_one_file_from_its_first_moment(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", WRITER, str(tmp_path), str(n)], stdout=subprocess.PIPE
        )
        for n in range(N_WRITERS)
    ]
    assert [int(writer.communicate()[0]) for writer in writers] == [N_EACH] * N_WRITERS
    assert journal.size(tmp_path)[0] == N_WRITERS * N_EACH + 1


def test_old_answers_are_pruned_and_new_ones_kept(kept: FileJournal, tmp_path: Path) -> None:
    kept.record("old", ANSWER)
    kept.record("new", ANSWER)
    with sqlite3.connect(tmp_path / "new" / "folder" / FILE) as other:
        other.execute("UPDATE answers SET recorded = datetime('now', '-31 days') WHERE key = 'old'")
    other.close()
    assert kept.prune(older_than_days=30) == 1
    assert (kept.recall("old"), kept.recall("new")) == (None, ANSWER)


@pytest.mark.parametrize("name", ["plain", "with space", "a?b#c%20", "ünï"])
def test_size_counts_answers_wherever_the_folder_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    assert journal.size(folder) == (0, 0)
    made = FileJournal(folder)
    made.record("k", ANSWER)
    n_answers, n_bytes = journal.size(folder)
    made.close()
    assert n_answers == 1
    assert n_bytes > 0


@pytest.mark.parametrize(
    "content", [b"no database " * 100, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_corrupt_file_is_named_at_opening(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"journal\.sqlite: .*--no-journal"):
        FileJournal(tmp_path)
    with pytest.raises(ConfigurationError, match="move the file away"):
        journal.size(tmp_path)


def test_place_that_cannot_be_written_is_named_at_opening(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    (tmp_path / "file").touch()
    for folder in (tmp_path, tmp_path / "file"):
        with pytest.raises(ConfigurationError, match="make the folder writable"):
            FileJournal(folder)


def test_file_of_another_program_is_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE answers (question TEXT)")
    other.close()
    with pytest.raises(ConfigurationError, match="no such column: recorded: move the file away"):
        FileJournal(tmp_path)


def test_closed_journal_says_so(kept: FileJournal) -> None:
    kept.close()
    with pytest.raises(ConfigurationError, match="closed"):
        kept.recall("k")


def test_no_journal_keeps_nothing() -> None:
    NoJournal().record("k", ANSWER)
    assert NoJournal().recall("k") is None


@given(st.text(), st.text(), st.text())
def test_key_is_made_of_all_that_decides_an_answer(owner: str, model: str, user: str) -> None:
    key = key_of(owner, model, question(user))
    assert key == key_of(owner, model, question(user, max_output_tokens=9))
    assert key == key_of(owner, model, replace(question(user), digest="of comments"))
    others = {
        key_of(f"{owner}x", model, question(user)),
        key_of(owner, f"{model}x", question(user)),
        key_of(owner, model, question(f"{user}x")),
        key_of(owner, model, replace(question(user), system="Be brief.")),
        key_of(owner, model, replace(question(user), json_form="As XML.")),
        key_of(owner, model, replace(question(user), task="lead")),
        key_of(owner, model, replace(question(user), schema={"type": "object"})),
    }
    assert len(others - {key}) == 7


def test_file_that_never_got_its_table_holds_nothing(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / FILE).execute("PRAGMA journal_mode = WAL").connection.close()
    assert journal.size(tmp_path)[0] == 0
    FileJournal(tmp_path).record("k", ANSWER)
    assert journal.size(tmp_path)[0] == 1


def test_old_answers_are_found_without_reading_all(tmp_path: Path) -> None:
    FileJournal(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN DELETE FROM answers WHERE recorded < datetime('now', '-1 days')"
        ).fetchall()
    assert "answers_by_time" in str(plan)
