"""Requests accepted once, however often and from wherever they come."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from summarizer.errors import IdempotencyError, QueueFullError
from summarizer.service.store import documents, runs
from summarizer.service.store.database import Database
from summarizer.types import Note
from tests.service.store.samples import DAY, DOCUMENTS, NOW, accepted, new


def test_accepted_run_keeps_documents_and_notes(database: Database) -> None:
    notes = (Note("empty", "a.txt: empty", ("d",)),)
    run, is_new = runs.accept(database, new(documents=DOCUMENTS, notes=notes), now=NOW)
    assert is_new
    assert run.notes == notes
    assert documents.of_run(database, run.id) == DOCUMENTS


def test_same_key_and_input_return_the_first_run(database: Database) -> None:
    first = accepted(database, idempotency_key="k")
    again, is_new = runs.accept(database, new(idempotency_key="k"), now=NOW + DAY)
    assert (again, is_new) == (first, False)


def test_same_key_with_other_input_is_refused(database: Database) -> None:
    accepted(database, idempotency_key="k")
    with pytest.raises(IdempotencyError, match="use a new key") as caught:
        accepted(database, idempotency_key="k", input_hash="other")
    assert caught.value.code == "idempotency_mismatch"


def test_owners_do_not_share_keys(database: Database) -> None:
    first = accepted(database, idempotency_key="k")
    other = accepted(database, idempotency_key="k", owner="other", input_hash="other")
    assert first.id != other.id


def test_edition_has_one_scheduled_run_a_day(database: Database) -> None:
    day = {"edition": "m", "day": "2026-03-04"}
    first = accepted(database, **day, scheduled=True)
    assert accepted(database, **day, scheduled=True) == first
    by_hand = [accepted(database, **day) for _ in range(2)]
    others = [
        accepted(database, edition="m", day="2026-03-05", scheduled=True),
        accepted(database, edition="n", day="2026-03-04", scheduled=True),
        accepted(database, **day, scheduled=True, owner="other"),
    ]
    assert len({run.id for run in (first, *by_hand, *others)}) == 6


def test_same_id_is_the_same_run(database: Database) -> None:
    first = accepted(database, id="one")
    assert accepted(database, id="one") == first


def test_simultaneous_requests_with_a_key_make_one_run(database: Database) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(
            pool.map(
                lambda n: runs.accept(
                    database, new(idempotency_key=str(n % 5), documents=DOCUMENTS), now=NOW
                ),
                range(40),
            )
        )
    assert sum(is_new for _, is_new in made) == 5
    assert len({run.id for run, _ in made}) == 5
    assert len(runs.waiting(database)) == 5


def test_no_more_runs_wait_than_may_however_many_ask_at_once(database: Database) -> None:
    running = accepted(database)
    runs.claim(database, running.id, executor="e", now=NOW)

    def ask(_: int) -> bool:
        try:
            runs.accept(database, new(), now=NOW, max_waiting=4)
        except QueueFullError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(20))) == 3
    assert accepted(database).status == "accepted"  # without a limit


def test_known_request_is_answered_when_the_queue_is_full(database: Database) -> None:
    first = accepted(database, idempotency_key="k")
    again, is_new = runs.accept(database, new(idempotency_key="k"), now=NOW, max_waiting=1)
    assert (again, is_new) == (first, False)
