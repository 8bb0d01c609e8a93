"""What happened to a run, for readers who come and go."""

from concurrent.futures import ThreadPoolExecutor

from summarizer.service.store import events, runs
from summarizer.service.store.database import Database
from tests.service.store.samples import DAY, NOW, accepted


def test_reader_goes_on_after_the_last_number_it_has(database: Database) -> None:
    run = accepted(database)
    assert events.add(database, run.id, "progress", {"done": 1}, now=NOW + DAY) == 2
    (last,) = events.after(database, run.id, 1)
    assert (last.seq, last.kind, last.data, last.at) == (2, "progress", {"done": 1}, NOW + DAY)
    assert events.after(database, run.id, 2) == []


def test_simultaneous_events_get_consecutive_numbers(database: Database) -> None:
    run = accepted(database)
    with ThreadPoolExecutor(8) as pool:
        got = list(
            pool.map(lambda n: events.add(database, run.id, "progress", n, now=NOW), range(40))
        )
    assert sorted(got) == list(range(2, 42))
    assert [event.seq for event in events.after(database, run.id, 0)] == list(range(1, 42))


def test_nothing_is_told_after_the_end(database: Database) -> None:
    run = accepted(database)
    runs.cancel(database, run.id, now=NOW)
    assert events.add(database, run.id, "progress", {}, now=NOW) == 0
    assert events.add(database, "none", "progress", {}, now=NOW) == 0
    assert [event.kind for event in events.after(database, run.id, 0)] == ["accepted", "cancelled"]
