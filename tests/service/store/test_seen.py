"""What an edition has seen."""

from dataclasses import replace

import pytest

from summarizer.errors import StorageError
from summarizer.service.store import documents, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.seen import Article, SourceReport, Validators
from tests.service.store.samples import DAY, DOCUMENTS, NOW, accepted, briefing

REPORT = SourceReport(
    source="Wire",
    url="https://wire.example/feed",
    status="ok",
    at=NOW,
    articles=[Article("a", DOCUMENTS[0]), Article("b", DOCUMENTS[1])],
    validators={"https://wire.example/feed": Validators('"1"', "")},
)


def test_articles_wait_until_a_briefing_includes_them(database: Database) -> None:
    seen.record(database, "desk", "m", REPORT)
    waiting = seen.waiting(database, "desk", "m")
    assert [(w.key, w.source, w.first_seen, w.published) for w in waiting] == [
        ("a", "Wire", NOW, "2026-03-03"),
        ("b", "Wire", NOW, None),
    ]
    assert documents.load(database, [w.hash for w in waiting]) == DOCUMENTS
    run = accepted(database, edition="m")
    runs.publish(database, run.id, briefing(), now=NOW, included=["a", "b"])
    assert seen.waiting(database, "desk", "m") == []
    assert len(seen.of_source(database, "desk", "m", "Wire", limit=9)) == 2


def test_article_seen_again_keeps_its_first_moment(database: Database) -> None:
    seen.record(database, "desk", "m", REPORT)
    seen.record(database, "desk", "m", replace(REPORT, at=NOW + DAY))
    assert [w.first_seen for w in seen.waiting(database, "desk", "m")] == [NOW, NOW]


def test_changed_article_is_another_version(database: Database) -> None:
    seen.record(database, "desk", "m", REPORT)
    changed = Article("a2", replace(DOCUMENTS[0], text="New."))
    seen.record(database, "desk", "m", replace(REPORT, at=NOW + DAY, articles=[changed]))
    assert [w.key for w in seen.waiting(database, "desk", "m")] == ["a", "b", "a2"]
    (newest,) = seen.of_source(database, "desk", "m", "Wire", limit=1)
    assert newest.key == "a2"


def test_article_twice_in_a_source_is_one(database: Database) -> None:
    twice = replace(REPORT, articles=[Article("a", DOCUMENTS[0])] * 2)
    seen.record(database, "desk", "m", twice)
    assert len(seen.waiting(database, "desk", "m")) == 1


def test_validators_are_those_of_the_last_time(database: Database) -> None:
    seen.record(database, "desk", "m", REPORT)
    newer = {"https://wire.example/feed": Validators("", "Wed"), "b": Validators("2")}
    seen.record(database, "desk", "m", replace(REPORT, validators=newer))
    assert seen.validators(database, "desk", "m") == newer
    assert seen.validators(database, "desk", "other") == {}


def test_health_tells_since_when_a_source_fails(database: Database) -> None:
    course = [("unreachable", 0), ("missing", 1), ("ok", 2), ("unchanged", 3), ("refused", 4)]
    states = []
    for status, n in course:
        report = replace(REPORT, status=status, at=NOW + n * DAY, articles=[], validators={})
        seen.record(database, "desk", "m", report)
        (state,) = seen.health(database, "desk", "m")
        assert (state.source, state.url, state.status) == ("Wire", REPORT.url, status)
        assert state.last_tried == NOW + n * DAY
        states.append((state.last_ok, state.failing_since))
    assert states == [
        (None, NOW),
        (None, NOW),
        (NOW + 2 * DAY, None),
        (NOW + 3 * DAY, None),
        (NOW + 3 * DAY, NOW + 4 * DAY),
    ]


def test_source_is_kept_whole_or_not_at_all(database: Database) -> None:
    broken = replace(REPORT, validators={"u": Validators(etag=object())})  # type: ignore[arg-type]
    with pytest.raises(StorageError):
        seen.record(database, "desk", "m", broken)
    assert seen.waiting(database, "desk", "m") == []
    assert seen.health(database, "desk", "m") == []
