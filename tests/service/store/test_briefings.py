"""Briefings of an edition."""

from dataclasses import replace

from summarizer.service.store import briefings, runs
from summarizer.service.store.database import Database
from tests.service.store.samples import NOW, accepted, briefing, published


def days(found: object) -> list[str]:
    return [str(content["day"]) for content in found]  # type: ignore[attr-defined]


def test_briefings_of_an_edition_come_newest_day_first(database: Database) -> None:
    for day in ("2026-03-02", "2026-03-04", "2026-03-03"):
        run = accepted(database, edition="m", day=day)
        runs.publish(database, run.id, replace(briefing(), day=day), now=NOW)
    published(database, edition="other", day="2026-03-04")
    published(database, edition="m", day="2026-03-04", owner="other")
    accepted(database, edition="m", day="2026-03-09")
    every = briefings.of_edition(database, "desk", "m", before_day=None, limit=9)
    assert days(every) == ["2026-03-04", "2026-03-03", "2026-03-02"]
    before = briefings.of_edition(database, "desk", "m", before_day="2026-03-04", limit=1)
    assert days(before) == ["2026-03-03"]
    assert briefings.latest(database, "desk", "m") == every[0]


def test_edition_without_a_briefing_has_no_latest(database: Database) -> None:
    assert briefings.latest(database, "desk", "m") is None
    assert briefings.get(database, "none") is None


def test_briefing_without_stories_goes_by_its_own_title(database: Database) -> None:
    run = accepted(database)
    empty = replace(briefing(), stories=(), in_brief=(), title="Quiet day")
    runs.publish(database, run.id, empty, now=NOW)
    found = runs.get(database, run.id)
    assert found is not None
    assert found.title == "Quiet day"
