from datetime import UTC, datetime
from typing import Any

import pytest

from summarizer.service.editions import first, ticker
from summarizer.service.store import editions, runs
from summarizer.service.store.database import Database
from summarizer.settings.editions import Edition

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
NIGHT = datetime(2026, 3, 4, 2, tzinfo=UTC)


def define(
    db: Database, *, owner: str = "local", origin: editions.Origin = "file", **more: object
) -> None:
    spec = {"sources": ("feeds/post.xml",), "at": "06:00", **more}
    made = Edition.model_validate(spec).model_dump(mode="json")
    editions.put(db, owner, "morning", made, origin=origin, now=NIGHT)


def test_edition_that_never_ran_is_made_at_once(db: Database) -> None:
    define(db)
    (run,) = first.accept(db, now=NOON)
    assert (run.edition, run.day, run.status) == ("morning", "2026-03-04", "accepted")


def test_edition_that_has_run_is_not_made_again(db: Database) -> None:
    define(db)
    first.accept(db, now=NOON)
    assert first.accept(db, now=NOON) == []


def test_before_its_time_it_is_made_for_the_day_before(db: Database) -> None:
    define(db)
    (run,) = first.accept(db, now=NIGHT)
    assert run.day == "2026-03-03"


def test_what_is_due_next_is_made_all_the_same(db: Database) -> None:
    define(db)
    for now in (NIGHT, NOON):
        first.accept(db, now=now)
        ticker.tick(db, editions.all(db), now)
    found, _ = runs.page(db, owner="local", limit=10, cursor=None)
    assert [run.day for run in found] == ["2026-03-04", "2026-03-03"]


def test_day_without_a_due_time_is_made_today(db: Database) -> None:
    define(db, days=("mon",))
    (run,) = first.accept(db, now=NIGHT)
    assert run.day == "2026-03-04"


def test_edition_that_is_made_by_hand_is_made_once(db: Database) -> None:
    define(db, at=None)
    (run,) = first.accept(db, now=NIGHT)
    assert run.day == "2026-03-04"


@pytest.mark.parametrize(
    "sent",
    [
        {"recipients": ("reader@example.org",)},
        {"webhooks": ({"url": "https://example.org/hook", "secret": "0123456789abcdef"},)},
    ],
)
def test_edition_that_is_sent_to_somebody_waits_for_its_time(
    db: Database, sent: dict[str, Any]
) -> None:
    define(db, **sent)
    assert first.accept(db, now=NOON) == []


def test_edition_that_was_put_over_http_waits_for_its_time(db: Database) -> None:
    define(db, origin="http")
    define(db, owner="desk", origin="http")
    assert first.accept(db, now=NOON) == []
