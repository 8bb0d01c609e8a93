"""Pieces of a run."""

from summarizer.service.store import parts
from summarizer.service.store.database import Database
from tests.service.store.samples import accepted


def test_first_piece_under_a_key_stays(database: Database) -> None:
    run = accepted(database)
    parts.put(database, run.id, "b", [1])
    parts.put(database, run.id, "a", {"x": None})
    parts.put(database, run.id, "b", [2])
    assert parts.of_run(database, run.id) == {"a": {"x": None}, "b": [1]}
    assert parts.one(database, run.id, "b") == [1]
    assert parts.one(database, run.id, "c") is None


def test_nothing_is_kept_of_a_run_that_is_gone(database: Database) -> None:
    parts.put(database, "none", "a", [1])
    assert parts.of_run(database, "none") == {}
