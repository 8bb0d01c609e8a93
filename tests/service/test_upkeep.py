"""What is older than it is kept is let go, once a day."""

from datetime import datetime, timedelta

from summarizer.service.store import runs
from summarizer.service.store.database import Database
from summarizer.service.upkeep import WORKFLOWS, Upkeep
from tests.service.store.samples import DAY, NOW, published


def test_old_runs_and_workflows_are_let_go(database: Database) -> None:
    run = published(database)
    asked: list[datetime] = []
    left = iter([500, 20, 0])

    def forget(before: datetime) -> int:
        asked.append(before)
        return next(left)

    upkeep = Upkeep(database, keep_days=30, forget=forget)
    upkeep.run(NOW + 31 * DAY)
    assert runs.get(database, run.id) is None
    assert asked == [NOW + 31 * DAY - WORKFLOWS] * 3


def test_what_is_young_is_kept(database: Database) -> None:
    run = published(database)
    Upkeep(database, keep_days=30, forget=lambda _: 0).run(NOW + timedelta(days=29))
    assert runs.get(database, run.id) is not None


def test_upkeep_waits_for_quieter_times_and_can_be_stopped_before(database: Database) -> None:
    run = published(database)
    with Upkeep(database, keep_days=1, forget=lambda _: 0).loop as loop:
        assert loop.is_ready
    assert runs.get(database, run.id) is not None
