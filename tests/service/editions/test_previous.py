"""An edition's earlier briefings."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from summarizer.service.editions import previous, request, specs
from summarizer.service.store import runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored

DAY = timedelta(days=1)
FIRST = datetime(2026, 3, 1, 6, tzinfo=UTC)
Put = Callable[..., Stored]
End = Callable[..., None]


def make(db: Database, stored: Stored, end: End, n: int) -> None:
    """Make the briefing of the n-th day."""
    due = FIRST + n * DAY
    new = request.new_run(stored.owner, stored.name, specs.read(stored), due=due)
    run, _ = runs.accept(db, new, now=due)
    end(run, now=due)


def test_briefings_of_two_weeks_before_the_day_are_read(db: Database, put: Put, end: End) -> None:
    stored = put()
    for n in range(18):
        make(db, stored, end, n)
    found = previous.load(db, owner="local", edition="morning", day="2026-03-18")
    assert [str(each.day) for each in found] == [f"2026-03-{n:02}" for n in range(17, 3, -1)]


def test_other_editions_are_not_read(db: Database, put: Put, end: End) -> None:
    make(db, put(), end, 0)
    assert previous.load(db, owner="local", edition="evening", day="2026-03-02") == ()
    assert previous.load(db, owner="desk", edition="morning", day="2026-03-02") == ()
