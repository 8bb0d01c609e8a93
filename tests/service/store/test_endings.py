"""A run ends once, with all that its end brings along."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.service.store import (
    briefings,
    events,
    outbox,
    runs,
    schema,
    seen,
    usage,
)
from summarizer.service.store import database as databases
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import NewDelivery
from summarizer.service.store.runs import Run
from summarizer.types import Briefing, Usage, plain
from tests.service.store.samples import DOCUMENTS, NOW, accepted, briefing, new

Act = Callable[[Database, str], object]


def delivery(run: str) -> NewDelivery:
    return NewDelivery(f"mail of {run}", "mail", "desk@example.org", {"a": 1})


ACTS: dict[str, Act] = {
    "accept": lambda db, run: runs.accept(db, new(id=run, documents=DOCUMENTS), now=NOW)[1],
    "claim": lambda db, run: runs.claim(db, run, executor="e", now=NOW),
    "release": runs.release,
    "publish": lambda db, run: runs.publish(
        db, run, briefing(), now=NOW, deliveries=[delivery(run)]
    ),
    "settle": lambda db, run: runs.settle(
        db, run, now=NOW, outcome="quiet", message="nothing new", deliveries=[delivery(run)]
    ),
    "fail": lambda db, run: runs.fail(db, run, code="internal", message="broke", now=NOW),
    "cancel": lambda db, run: runs.cancel(db, run, now=NOW),
    "delete": runs.delete,
    "tell": lambda db, run: events.add(db, run, "progress", {}, now=NOW),
}
ENDS = {"publish": "done", "settle": "done", "fail": "failed", "cancel": "cancelled"}


def printed(made: Briefing) -> set[str]:
    """Return the ids of the claims that a reader of a briefing sees."""
    found = {claim.id for story in made.stories for claim in (story.headline, *story.claims)}
    return found | {line.claim.id for line in made.in_brief}


def kept_claims(db: Database, run: str) -> set[str]:
    with db.reading() as connection:
        table = schema.claims
        rows = connection.execute(table.select().where(table.c.run == run)).mappings()
        return {row["claim"] for row in rows}


def check(db: Database, run: str) -> None:
    """Compare all that is kept of a run with how it ended, if it has."""
    found = runs.get(db, run)
    is_published = found is not None and found.outcome == "briefing"
    is_told = found is not None and found.status == "done"
    assert (briefings.get(db, run) is not None) == is_published
    assert kept_claims(db, run) == (printed(briefing()) if is_published else set())
    assert len(outbox.of_run(db, run)) == int(is_told)
    told = [event.kind for event in events.after(db, run, 0)]
    ends = [kind for kind in told if kind in set(ENDS.values())]
    if found is None:
        assert told == []
    elif found.is_over:
        assert ends == told[-1:] == [found.status]
        assert found.finished == NOW
    else:
        assert ends == []
        assert told[0] == "accepted"


@pytest.mark.parametrize("n_threads", [1, 4])
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=14))
@settings(max_examples=30)
def test_run_ends_once_whatever_happens_in_whatever_order(
    n_threads: int, names: Sequence[str]
) -> None:
    with TemporaryDirectory() as folder:
        db = databases.open(str(Path(folder, "store.sqlite")))
        runs.accept(db, new(id="run", documents=DOCUMENTS), now=NOW)
        with ThreadPoolExecutor(n_threads) as pool:
            done = list(pool.map(lambda name: ACTS[name](db, "run"), names))
        check(db, "run")
        n_lives = 1 + sum(
            won is True for name, won in zip(names, done, strict=True) if name == "accept"
        )
        n_ends = sum(won is True for name, won in zip(names, done, strict=True) if name in ENDS)
        assert n_ends <= n_lives
        db.close()


@pytest.mark.parametrize("name", sorted(ENDS))
def test_one_of_many_ends_a_run(database: Database, name: str) -> None:
    run = accepted(database)
    acts = [ACTS[name], *(ACTS[other] for other in ENDS)] * 3
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda act: act(database, run.id), acts))
    assert won.count(True) == 1
    check(database, run.id)


@pytest.mark.parametrize("first", sorted(ENDS))
@pytest.mark.parametrize("second", sorted(ENDS))
def test_what_comes_after_the_end_changes_nothing(
    database: Database, first: str, second: str
) -> None:
    run = accepted(database)
    assert ACTS[first](database, run.id)
    before = state(database, run)
    assert not ACTS[second](database, run.id)
    assert state(database, run) == before


def state(db: Database, run: Run) -> object:
    return (
        runs.get(db, run.id),
        briefings.get(db, run.id),
        events.after(db, run.id, 0),
        outbox.of_run(db, run.id),
        usage.month(db, run.owner, NOW),
    )


def test_nothing_ends_a_run_that_is_gone(database: Database) -> None:
    assert not any(ACTS[name](database, "none") for name in ENDS)
    assert outbox.due(database, NOW) == []


def test_end_is_written_whole_or_not_at_all(database: Database) -> None:
    run = accepted(database)
    broken = replace(delivery(run.id), payload=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        runs.publish(database, run.id, briefing(), now=NOW, deliveries=[broken])
    assert runs.get(database, run.id) == run
    check(database, run.id)
    assert ACTS["publish"](database, run.id)


def test_settled_run_says_what_its_reader_is_told(database: Database) -> None:
    run = accepted(database)
    spent = Usage(calls=2, input_tokens=10, cost_usd=0.5)
    runs.settle(database, run.id, now=NOW, outcome="failed", message="no source", spent=spent)
    found = runs.get(database, run.id)
    assert found is not None
    assert (found.status, found.outcome, found.error) == ("done", "failed", "no source")
    assert events.after(database, run.id, 1)[0].data == {
        "outcome": "failed",
        "message": "no source",
    }
    assert usage.month(database, "desk", NOW).usd == 0.5


def test_failed_run_says_why_and_what_it_cost(database: Database) -> None:
    run = accepted(database)
    runs.fail(database, run.id, code="budget", message="met", now=NOW, spent=Usage(calls=3))
    found = runs.get(database, run.id)
    assert found is not None
    assert (found.error_code, found.error, found.outcome) == ("budget", "met", "failed")
    assert usage.month(database, "desk", NOW).calls == 3


def test_briefing_marks_what_its_edition_was_told(database: Database) -> None:
    articles = [seen.Article(key, document) for key, document in zip("ab", DOCUMENTS, strict=True)]
    report = seen.SourceReport(source="S", url=None, status="ok", at=NOW, articles=articles)
    seen.record(database, "desk", "m", report)
    seen.record(database, "desk", "other", report)
    run = accepted(database, edition="m")
    runs.publish(database, run.id, briefing(), now=NOW, included=["a", "unknown"])
    assert [found.key for found in seen.waiting(database, "desk", "m")] == ["b"]
    assert len(seen.waiting(database, "desk", "other")) == 2


def test_published_json_is_that_of_the_briefing(database: Database) -> None:
    run = accepted(database)
    runs.publish(database, run.id, briefing(), now=NOW)
    assert briefings.get(database, run.id) == plain(briefing())
