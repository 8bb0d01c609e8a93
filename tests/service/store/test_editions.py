"""Editions as they were defined."""

from summarizer.service.store import editions, events, runs, seen
from summarizer.service.store.database import Database
from tests.service.store.samples import DAY, NOW, accepted


def test_edition_defined_anew_keeps_the_moment_of_its_first_definition(database: Database) -> None:
    assert editions.put(database, "desk", "m", {"at": "06:00"}, origin="file", now=NOW)
    assert not editions.put(database, "desk", "m", {"at": "07:00"}, origin="http", now=NOW + DAY)
    found = editions.get(database, "desk", "m")
    assert found is not None
    assert (found.spec, found.origin) == ({"at": "07:00"}, "http")
    assert (found.since, found.updated) == (NOW, NOW + DAY)


def test_owner_has_own_editions(database: Database) -> None:
    for owner, name in (("b", "x"), ("a", "y"), ("a", "x")):
        editions.put(database, owner, name, {}, origin="http", now=NOW)
    assert [(e.owner, e.name) for e in editions.all(database)] == [
        ("a", "x"),
        ("a", "y"),
        ("b", "x"),
    ]
    assert [e.name for e in editions.all(database, "a")] == ["x", "y"]
    assert editions.get(database, "b", "y") is None


def test_deleted_edition_cancels_what_is_scheduled_and_not_begun(database: Database) -> None:
    editions.put(database, "desk", "m", {}, origin="http", now=NOW)
    waiting = accepted(database, edition="m", day="2026-03-04", scheduled=True)
    begun = accepted(database, edition="m", day="2026-03-05", scheduled=True)
    by_hand = accepted(database, edition="m", day="2026-03-05")
    runs.claim(database, begun.id, executor="e", now=NOW)
    assert editions.delete(database, "desk", "m", now=NOW)
    assert not editions.delete(database, "desk", "m", now=NOW)
    status = [runs.get(database, run.id).status for run in (waiting, begun, by_hand)]  # type: ignore[union-attr]
    assert status == ["cancelled", "running", "accepted"]
    assert events.after(database, waiting.id, 1)[0].kind == "cancelled"


def test_edition_defined_again_knows_what_it_has_seen(database: Database) -> None:
    editions.put(database, "desk", "m", {}, origin="file", now=NOW)
    report = seen.SourceReport(source="S", url=None, status="ok", at=NOW)
    seen.record(database, "desk", "m", report)
    editions.delete(database, "desk", "m", now=NOW)
    assert len(seen.health(database, "desk", "m")) == 1
