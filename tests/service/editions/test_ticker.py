"""What is accepted when: by a clock that jumps, sleeps and goes back."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import StorageError
from summarizer.service.editions.lead import FIRST
from summarizer.service.editions.outcome import MISSED
from summarizer.service.editions.ticker import MAX_MISSED, tick, ticker
from summarizer.service.store import database, editions, outbox, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.service.store.runs import NewRun
from summarizer.types import Json

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DUE = datetime(2026, 3, 1, 6, tzinfo=UTC)

Put = Callable[..., Stored]
End = Callable[..., None]


def days(made: list[Run]) -> list[tuple[str | None, str | None]]:
    return [(run.day, run.outcome) for run in made]


def test_run_is_accepted_before_it_is_due(db: Database, put: Put) -> None:
    stored = put()
    assert tick(db, [stored], DUE - FIRST - MINUTE) == []
    (run,) = tick(db, [stored], DUE - FIRST)
    assert (run.edition, run.day, run.due, run.scheduled) == ("morning", "2026-03-01", DUE, True)
    assert run.status == "accepted"


def test_run_begins_earlier_by_what_the_last_ones_took(db: Database, put: Put, end: End) -> None:
    stored = put()
    (run,) = tick(db, [stored], DUE)
    end(run, started=DUE, now=DUE + 14 * MINUTE)
    assert tick(db, [stored], DUE + DAY - 16 * MINUTE) == []
    assert len(tick(db, [stored], DUE + DAY - 15 * MINUTE)) == 1


def test_day_is_accepted_once_whoever_looks(db: Database, put: Put) -> None:
    stored = put()
    others = [database.open(str(db.path)) for _ in range(4)]
    start = threading.Barrier(len(others))
    made: list[Run] = []

    def look(other: Database) -> None:
        start.wait()
        made.extend(tick(other, [stored], DUE))

    threads = [threading.Thread(target=look, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert days(made) == [("2026-03-01", None)]


def test_nothing_was_due_before_the_edition_was_there(db: Database, put: Put) -> None:
    assert tick(db, [put(now=DUE + MINUTE)], DUE + HOUR) == []


def test_after_days_of_sleep_the_last_day_is_made_and_the_others_named(
    db: Database, put: Put, end: End
) -> None:
    stored = put(on_failure="mailto:ops@example.org")
    (first,) = tick(db, [stored], DUE)
    end(first, now=DUE)
    made = tick(db, [stored], DUE + 5 * DAY + HOUR)
    assert days(made) == [(f"2026-03-0{n}", "failed") for n in range(2, 6)] + [("2026-03-06", None)]
    assert isinstance(made[-1].request, dict)
    assert made[-1].request["missed"] == [f"2026-03-0{n}" for n in range(2, 6)]
    assert [note.message for note in made[-1].notes] == [
        f"no briefing on 2026-03-02, 2026-03-03, 2026-03-04, 2026-03-05: {MISSED}"
    ]
    (told,) = [delivery for run in made for delivery in outbox.of_run(db, run.id)]
    assert (told.channel, told.target) == ("failure", "mailto:ops@example.org")
    line = "morning, 2026-03-02, 2026-03-03, 2026-03-04, 2026-03-05: no briefing: "
    assert line in json.dumps(told.payload)


def test_day_is_skipped_when_it_is_too_late(db: Database, put: Put) -> None:
    stored = put(on_failure="failures.txt")
    assert days(tick(db, [stored], DUE + 12 * HOUR + MINUTE)) == [("2026-03-01", "failed")]
    assert tick(db, [stored], DUE + 12 * HOUR + 2 * MINUTE) == []
    assert [run.day for run in tick(db, [stored], DUE + DAY)] == ["2026-03-02"]


def test_day_is_made_late_rather_than_not(db: Database, put: Put) -> None:
    assert days(tick(db, [put()], DUE + 12 * HOUR)) == [("2026-03-01", None)]


def test_clock_set_back_makes_no_second_run(db: Database, put: Put) -> None:
    stored = put()
    tick(db, [stored], DUE)
    for back in (HOUR, DAY, 30 * DAY):
        assert tick(db, [stored], DUE - back) == []


def test_clock_that_was_ahead_costs_no_day(db: Database, put: Put) -> None:
    stored = put()
    tick(db, [stored], DUE)
    ahead = tick(db, [stored], DUE + 9 * DAY)
    assert days(ahead)[0] == ("2026-03-02", "failed")
    assert days(tick(db, [stored], DUE + DAY)) == [("2026-03-02", None)]
    assert tick(db, [stored], DUE + DAY + HOUR) == []


def test_clock_that_jumps_by_years_names_a_year_of_days(db: Database, put: Put) -> None:
    assert len(tick(db, [put()], DUE + 3_000 * DAY)) == MAX_MISSED + 1


def test_edition_without_a_schedule_is_never_accepted(db: Database, put: Put) -> None:
    assert tick(db, [put(at=None)], DUE + DAY) == []


def test_another_schedule_makes_no_days_that_were_missed(db: Database, put: Put, end: End) -> None:
    (run,) = tick(db, [put()], DUE)
    end(run, now=DUE)
    stored = put(at="09:00", now=DUE + 5 * DAY)
    assert days(tick(db, [stored], DUE + 5 * DAY + 4 * HOUR)) == [("2026-03-06", None)]


def test_change_of_something_else_hides_no_missed_day(db: Database, put: Put, end: End) -> None:
    (run,) = tick(db, [put()], DUE)
    end(run, now=DUE)
    stored = put(words=300, now=DUE + 2 * DAY)
    assert days(tick(db, [stored], DUE + 2 * DAY)) == [
        ("2026-03-02", "failed"),
        ("2026-03-03", None),
    ]


def test_run_of_an_unknown_schedule_makes_no_days_that_were_missed(db: Database, put: Put) -> None:
    stored = put()
    old = NewRun(
        id="old",
        owner="local",
        request={"edition": {"at": "later"}},
        input_hash="",
        edition="morning",
        day="2026-02-20",
        due=DUE - 9 * DAY,
        scheduled=True,
    )
    runs.accept(db, old, now=DUE - 9 * DAY)
    assert days(tick(db, [stored], DUE)) == [("2026-03-01", None)]


def test_edition_that_cannot_be_read_stops_no_other(
    db: Database, put: Put, caplog: pytest.LogCaptureFixture
) -> None:
    editions.put(db, "local", "bad", {"sources": []}, origin="http", now=DUE - DAY)
    put()
    assert [run.edition for run in tick(db, editions.all(db), DUE)] == ["morning"]
    assert "edition bad: sources cannot be read" in caplog.text


@settings(max_examples=25)
@given(st.lists(st.integers(-90, 60 * 40), min_size=1, max_size=12))
def test_each_day_has_one_run_whatever_the_clock_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    db = database.open(str(folder / "store.sqlite"))
    spec: Json = {"sources": ["a"], "at": "06:00", "timezone": "Europe/Paris"}
    now = datetime(2026, 3, 27, tzinfo=UTC)  # two days before the clocks change
    editions.put(db, "local", "morning", spec, origin="file", now=now)
    for step in steps:
        now += step * MINUTE
        tick(db, editions.all(db), now)
    found, _ = runs.page(db, owner="local", limit=500, cursor=None)
    db.close()
    made = sorted(str(run.day) for run in found)
    wanted = [f"2026-03-{27 + i}" if i < 5 else f"2026-04-{i - 4:02}" for i in range(len(made))]
    assert made == wanted  # no day twice, none left out


def test_thread_starts_what_it_accepts_and_goes_on_after_trouble(db: Database, put: Put) -> None:
    put()
    started = threading.Event()
    ids: list[str] = []
    trouble = iter([StorageError("the disk is full")])

    def clock() -> datetime:
        for error in trouble:
            raise error
        return DUE

    def start(run: str) -> None:
        ids.append(run)
        started.set()

    with ticker(db, start=start, clock=clock, every_s=0.001) as loop:
        assert started.wait(10)
        assert loop.is_ready
    assert not loop.is_ready
    assert len(ids) == 1
