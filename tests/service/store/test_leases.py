"""Which executors are alive."""

from datetime import timedelta

import pytest

from summarizer.service.store import leases
from summarizer.service.store.database import Database
from tests.service.store.samples import NOW

SECOND = timedelta(seconds=1)


def test_silent_executor_is_found_dead_once(database: Database) -> None:
    leases.beat(database, "a", now=NOW)
    leases.beat(database, "b", now=NOW + 9 * SECOND)
    with leases.dead(database, before=NOW + 5 * SECOND) as dead:
        assert dead == "a"
    with leases.dead(database, before=NOW + 5 * SECOND) as dead:
        assert dead is None
    assert leases.alive(database, after=NOW) == {"b"}


def test_executor_that_beats_again_lives(database: Database) -> None:
    leases.beat(database, "a", now=NOW)
    leases.beat(database, "a", now=NOW + 9 * SECOND)
    with leases.dead(database, before=NOW + 5 * SECOND) as dead:
        assert dead is None


def test_executor_that_left_is_not_dead(database: Database) -> None:
    leases.beat(database, "a", now=NOW)
    leases.leave(database, "a")
    with leases.dead(database, before=NOW + SECOND) as dead:
        assert dead is None


def test_takeover_that_breaks_leaves_the_dead_to_the_next(database: Database) -> None:
    leases.beat(database, "a", now=NOW)
    with (
        pytest.raises(RuntimeError, match="broke"),
        leases.dead(database, before=NOW + SECOND),
    ):
        raise RuntimeError("broke")
    with leases.dead(database, before=NOW + SECOND) as dead:
        assert dead == "a"


def test_two_on_a_server_do_not_find_the_same_dead(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("one process at a time writes")
    leases.beat(database, "a", now=NOW)
    with (
        leases.dead(database, before=NOW + SECOND) as first,
        leases.dead(database, before=NOW + SECOND) as second,
    ):
        assert (first, second) == ("a", None)
