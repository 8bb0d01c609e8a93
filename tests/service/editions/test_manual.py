"""Runs asked for by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from summarizer.errors import InputError
from summarizer.service.editions import manual
from summarizer.service.editions.ticker import tick
from summarizer.service.store import runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = datetime(2026, 3, 1, 6, tzinfo=UTC)
Put = Callable[..., Stored]
End = Callable[..., None]


def test_run_of_today_is_the_scheduled_one(db: Database, put: Put) -> None:
    stored = put()
    run, is_new = manual.accept(db, stored, now=DUE - 2 * HOUR)
    assert (run.day, run.due, run.scheduled, is_new) == ("2026-03-01", DUE, True, True)
    assert tick(db, [stored], DUE) == []


def test_run_that_is_due_is_accepted_by_hand_too(db: Database, put: Put) -> None:
    run, is_new = manual.accept(db, put(), now=DUE + HOUR)
    assert (run.day, run.status, is_new) == ("2026-03-01", "accepted", True)


@pytest.mark.parametrize("outcome", ["briefing", "quiet"])
def test_day_that_was_done_is_not_done_again(
    db: Database, put: Put, end: End, outcome: str
) -> None:
    stored = put()
    first, _ = manual.accept(db, stored, now=DUE)
    end(first, now=DUE, outcome=outcome)
    run, is_new = manual.accept(db, stored, now=DUE + HOUR)
    assert (run.id, run.outcome, is_new) == (first.id, outcome, False)


def test_day_that_failed_is_done_again_once_at_a_time(db: Database, put: Put, end: End) -> None:
    stored = put()
    first, _ = manual.accept(db, stored, now=DUE)
    end(first, now=DUE, outcome="failed")
    second, is_new = manual.accept(db, put(words=300, now=DUE), now=DUE + HOUR)
    assert (second.day, second.scheduled, is_new) == ("2026-03-01", False, True)
    assert manual.accept(db, stored, now=DUE + HOUR)[0].id == second.id
    end(second, now=DUE + HOUR, outcome="failed")
    third, is_new = manual.accept(db, stored, now=DUE + 2 * HOUR)
    assert is_new
    runs.cancel(db, third.id, now=DUE)
    fourth, is_new = manual.accept(db, stored, now=DUE + 2 * HOUR)
    assert is_new
    assert len({first.id, second.id, third.id, fourth.id}) == 4


def test_day_that_was_missed_can_be_made_up_for(db: Database, put: Put) -> None:
    stored = put()
    tick(db, [stored], DUE + 3 * DAY)
    run, is_new = manual.accept(db, stored, now=DUE + 3 * DAY, day=date(2026, 3, 2))
    assert (run.day, run.due, is_new) == ("2026-03-02", DUE + DAY, True)


@pytest.mark.parametrize(
    ("asked", "made"), [(None, "2026-03-04"), (date(2026, 3, 3), "2026-03-03")]
)
def test_days_missed_before_are_named_first(
    db: Database, put: Put, asked: date | None, made: str
) -> None:
    manual.accept(db, put(), now=DUE + 3 * DAY - HOUR, day=asked)
    found, _ = runs.page(db, owner="local", limit=9, cursor=None, edition="morning")
    missed = [f"2026-03-0{n} failed" for n in (1, 2, 3)]
    assert sorted(f"{run.day} {run.outcome}" for run in found) == sorted([*missed, f"{made} None"])


def test_edition_without_a_schedule_is_for_the_whole_day(db: Database, put: Put) -> None:
    run, _ = manual.accept(db, put(at=None, timezone="Asia/Tokyo"), now=DUE)
    assert run.due == datetime(2026, 3, 1, 14, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(9999, 12, 31), date(1, 1, 1)])
def test_day_that_cannot_be_made_is_refused(db: Database, put: Put, day: date) -> None:
    with pytest.raises(InputError, match="can be made: name a day up to 2026-03-01"):
        manual.accept(db, put(), now=DUE, day=day)
