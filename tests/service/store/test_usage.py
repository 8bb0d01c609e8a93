"""What models cost."""

from datetime import timedelta

from summarizer.service.store import runs, usage
from summarizer.service.store.database import Database
from summarizer.types import Usage
from tests.service.store.samples import NOW, accepted

MONTH = timedelta(days=31)


def spend(db: Database, spent: Usage, *, months: int = 0, **given: object) -> None:
    run = accepted(db, **given)
    runs.fail(db, run.id, code="c", message="m", now=NOW + months * MONTH, spent=spent)


def test_month_sums_the_runs_of_an_owner(database: Database) -> None:
    spend(database, Usage(2, 1, 100, 10, cost_usd=0.5))
    spend(database, Usage(3, 0, 200, 20, cost_usd=None), edition="m")
    spend(database, Usage(9, 9, 900, 90, cost_usd=9.0), months=1)
    spend(database, Usage(9, 9, 900, 90, cost_usd=9.0), owner="other")
    spent = usage.month(database, "desk", NOW)
    assert (spent.runs, spent.calls, spent.cached_calls, spent.tokens) == (2, 5, 1, 330)
    assert (spent.usd, spent.n_unpriced) == (0.5, 1)
    assert usage.month(database, "desk", NOW, edition="m").calls == 3
    assert usage.month(database, None, NOW).runs == 3
    assert usage.month(database, "nobody", NOW).runs == 0


def test_days_and_owners_are_summed_apart(database: Database) -> None:
    spend(database, Usage(1))
    spend(database, Usage(2), owner="other")
    spend(database, Usage(4), months=1)
    assert [(day, s.calls) for day, s in usage.per_day(database, "desk")] == [
        ("2026-03-04", 1),
        ("2026-04-04", 4),
    ]
    assert [d for d, _ in usage.per_day(database, None, "2026-03-04", "2026-03-04")] == [
        "2026-03-04"
    ]
    assert [(o, s.calls) for o, s in usage.per_owner(database, NOW)] == [("desk", 1), ("other", 2)]
