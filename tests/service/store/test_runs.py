"""Runs on their way, in stores of both kinds."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from summarizer.errors import InputError
from summarizer.service.store import (
    briefings,
    claims,
    documents,
    events,
    outbox,
    parts,
    runs,
    usage,
)
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import NewDelivery
from tests.service.store.samples import DAY, DOCUMENTS, NOW, accepted, briefing, new, published


def test_run_is_read_as_it_was_accepted(database: Database) -> None:
    request = {"options": {"words": 60}, "odd": "\ud800\0"}
    made = accepted(database, request=request, edition="m", day="2026-03-04", due=NOW)
    assert runs.get(database, made.id) == made
    assert (made.status, made.request, made.due) == ("accepted", request, NOW)
    assert (made.created, made.started, made.finished, made.is_over) == (NOW, None, None, False)


def test_run_of_another_owner_is_not_found(database: Database) -> None:
    run = accepted(database)
    assert runs.get(database, run.id, owner="desk") == run
    assert runs.get(database, run.id, owner="other") is None
    assert runs.get(database, "none") is None


def test_one_of_many_claims_an_accepted_run(database: Database) -> None:
    run = accepted(database)
    with ThreadPoolExecutor(8) as pool:
        won = list(
            pool.map(lambda n: runs.claim(database, run.id, executor=str(n), now=NOW), range(16))
        )
    assert won.count(True) == 1
    (running,) = runs.running(database, executor=str(won.index(True)))
    assert (running.id, running.status, running.started) == (run.id, "running", NOW)
    assert runs.running(database, executor="nobody") == []
    assert [event.kind for event in events.after(database, run.id, 0)] == ["accepted", "started"]


def test_released_run_waits_again(database: Database) -> None:
    run = accepted(database)
    assert runs.waiting(database) == [run.id]
    runs.claim(database, run.id, executor="e", now=NOW)
    assert runs.waiting(database) == []
    runs.release(database, run.id)
    assert runs.get(database, run.id) == run
    assert runs.claim(database, run.id, executor="f", now=NOW)


def test_what_waits_longest_comes_first(database: Database) -> None:
    late, _ = runs.accept(database, new(), now=NOW + DAY)
    early, _ = runs.accept(database, new(), now=NOW)
    assert runs.waiting(database) == [early.id, late.id]


def test_takeovers_are_counted_while_the_run_goes_on(database: Database) -> None:
    run = accepted(database)
    assert runs.take_over(database, run.id, executor="b") == 0
    runs.claim(database, run.id, executor="a", now=NOW)
    assert [runs.take_over(database, run.id, executor="b") for _ in range(2)] == [1, 2]
    assert [found.id for found in runs.running(database, executor="b")] == [run.id]
    runs.cancel(database, run.id, now=NOW)
    assert runs.take_over(database, run.id, executor="c") == 0


def test_pages_show_every_run_of_an_owner_once_newest_first(database: Database) -> None:
    made = [runs.accept(database, new(), now=NOW + n // 2 * DAY)[0].id for n in range(7)]
    accepted(database, owner="other")
    found: list[str] = []
    cursor = None
    while True:
        page, cursor = runs.page(database, owner="desk", limit=3, cursor=cursor)
        assert 0 < len(page) <= 3
        found += [run.id for run in page]
        if cursor is None:
            break
    assert sorted(found) == sorted(made)
    assert [int(run.removeprefix("run-")) for run in found] == sorted(
        (int(run.removeprefix("run-")) for run in made), reverse=True
    )


def test_page_of_an_edition_leaves_out_the_others(database: Database) -> None:
    ours = accepted(database, edition="morning")
    accepted(database, edition="evening")
    page, cursor = runs.page(database, owner="desk", limit=1, cursor=None, edition="morning")
    assert (page, cursor) == ([ours], None)


@pytest.mark.parametrize("cursor", ["", "x", "é", "W10=", "WzEsIDJd", "A" * 5_000, "W" * 3])
def test_cursor_nobody_was_given_is_refused(database: Database, cursor: str) -> None:
    with pytest.raises(InputError, match="cursor: use the one"):
        runs.page(database, owner="desk", limit=1, cursor=cursor)


def test_published_run_has_its_briefing_and_title(database: Database) -> None:
    run = published(database)
    assert (run.status, run.outcome, run.finished) == ("done", "briefing", NOW)
    assert (run.briefing, run.title) == (briefing().id, briefing().stories[0].headline.text)
    assert run.is_over


def test_deleted_run_takes_all_with_it_but_what_it_cost(database: Database) -> None:
    run = accepted(database, documents=DOCUMENTS)
    parts.put(database, run.id, "story", {})
    delivery = NewDelivery("d", "mail", "a@example.org", {})
    runs.publish(database, run.id, briefing(), now=NOW, deliveries=[delivery])
    assert runs.delete(database, run.id)
    assert not runs.delete(database, run.id)
    assert runs.get(database, run.id) is None
    assert briefings.get(database, run.id) is None
    assert documents.of_run(database, run.id) == ()
    assert parts.of_run(database, run.id) == {}
    assert events.after(database, run.id, 0) == []
    assert outbox.of_run(database, run.id) == []
    assert claims.search(database, owner=None, q="ferry") == ([], None)
    assert usage.month(database, "desk", NOW).runs == 1


def test_runs_are_counted_by_status(database: Database) -> None:
    assert runs.counts(database) == {}
    published(database)
    accepted(database)
    accepted(database)
    assert runs.counts(database) == {"accepted": 2, "done": 1}
