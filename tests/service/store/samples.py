"""What the tests of the store keep: two articles, their briefing, and the moment it is."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

import summarizer
from summarizer.service.store import runs
from summarizer.service.store.database import Database
from summarizer.service.store.runs import NewRun, Run
from summarizer.types import Briefing, Document

NOW = datetime(2026, 3, 4, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)
DOCUMENTS: tuple[Document, ...] = (
    summarizer.document(
        "Bridge in Orléans closed\n\nThe council closed the old bridge on Tuesday. "
        "Drivers must use the ferry until May.",
        title="Bridge in Orléans closed",
        source="Northern Wire",
        published="2026-03-03",
    ),
    summarizer.document(
        "大阪で地震\n\n大阪市で火曜日に地震があった。けが人はいなかった。", source="Harbour Post"
    ),
)

_numbers = count()


@cache
def briefing() -> Briefing:
    """Return a briefing of the articles, made once."""
    return summarizer.brief(DOCUMENTS, day="2026-03-04")


def new(**given: object) -> NewRun:
    """Return a request nobody made before, with what was given."""
    request = {"id": f"run-{next(_numbers)}", "owner": "desk", "request": {}, "input_hash": "0"}
    return NewRun(**request | given)  # type: ignore[arg-type]


def accepted(db: Database, **given: object) -> Run:
    """Return a run that was accepted."""
    run, _ = runs.accept(db, new(**given), now=NOW)
    return run


def published(db: Database, **given: object) -> Run:
    """Return a run that ended with the briefing."""
    run = accepted(db, **{"documents": DOCUMENTS} | given)
    assert runs.publish(db, run.id, briefing(), now=NOW)
    found = runs.get(db, run.id)
    assert found is not None
    return found
