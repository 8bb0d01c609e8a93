"""What answers of the service hold beside briefings and reviews, field by field."""

from dataclasses import dataclass
from typing import Any

from summarizer.service.problems import shorten
from summarizer.service.store.database import stamp
from summarizer.service.store.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run, and how far it is."""

    run: str
    status: str  # accepted, running, done, failed, cancelled
    outcome: str | None  # briefing, quiet, failed
    edition: str | None
    day: str | None
    title: str | None  # of the briefing
    briefing: str | None  # its id
    message: str | None  # of a quiet or failed run
    created: str
    finished: str | None


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some runs, newest first."""

    briefings: tuple[RunView, ...]
    next: str | None  # the cursor of the page after; null at the end


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of a run; the spans of citations count the code points of its text."""

    id: str
    text: str
    title: str
    source: str
    url: str | None
    published: str | None
    language: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """A recurring briefing."""

    name: str
    origin: str  # file, http
    updated: str
    next: str | None  # when it is due
    edition: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """All editions of an owner."""

    editions: tuple[EditionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim that was printed."""

    run: str
    briefing: str
    day: str | None
    edition: str | None
    claim: str
    text: str
    verdict: str
    story: str
    headline: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some claims, newest first."""

    claims: tuple[ClaimView, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentView:
    """What some runs cost."""

    runs: int
    calls: int
    cached_calls: int
    input_tokens: int
    output_tokens: int
    usd: float  # of the runs whose price is known
    unpriced: int  # runs whose price is not


@dataclass(frozen=True, slots=True)
class DayView:
    """What the runs of one day cost."""

    day: str  # in UTC
    spent: SpentView


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageView:
    """What the runs of an owner cost."""

    owner: str
    month: SpentView  # this calendar month, in UTC
    budget_usd_month: float | None
    days: tuple[DayView, ...]


def run_view(run: Run) -> RunView:
    """Return what a client sees of a run."""
    return RunView(
        run=run.id,
        status=run.status,
        outcome=run.outcome,
        edition=run.edition,
        day=run.day,
        title=run.title,
        briefing=run.briefing,
        message=None if run.error is None else shorten(run.error),
        created=stamp(run.created),
        finished=None if run.finished is None else stamp(run.finished),
    )
