"""A store of its own for each test, and editions in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import summarizer
from summarizer.service.store import database, editions, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.settings.editions import Edition

SINCE = datetime(2026, 3, 1, tzinfo=UTC)

Put = Callable[..., Stored]
End = Callable[..., None]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Return an empty store."""
    opened = database.open(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def put(db: Database) -> Put:
    """Return what defines an edition, "morning" at six o'clock UTC unless it is told otherwise."""

    def define(name: str = "morning", *, now: datetime = SINCE, **spec: object) -> Stored:
        edition = Edition.model_validate({"sources": ["a"], "at": "06:00"} | spec)
        editions.put(db, "local", name, edition.model_dump(mode="json"), origin="file", now=now)
        found = editions.get(db, "local", name)
        assert found is not None
        return found

    return define


@pytest.fixture
def end(db: Database) -> End:
    """Return what does a run: with a briefing, or with another outcome and its message."""

    def finish(
        run: Run, *, now: datetime, started: datetime | None = None, outcome: str = "briefing"
    ) -> None:
        runs.claim(db, run.id, executor="here", now=started or now)
        if outcome == "briefing":
            document = summarizer.document("The council closed the bridge.", title=f"On {run.day}")
            runs.publish(db, run.id, summarizer.brief([document], day=run.day), now=now)
        else:
            runs.settle(db, run.id, now=now, outcome=outcome, message="so it was")

    return finish
