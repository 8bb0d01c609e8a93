"""The run that makes the briefing of one day of an edition, as it is accepted by the store."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from summarizer.service import requests
from summarizer.service.editions import due as schedule
from summarizer.service.editions import form, specs
from summarizer.service.editions.outcome import MISSED
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.service.store.runs import NewRun
from summarizer.settings.editions import Edition
from summarizer.types import Json, Note


def new_run(  # noqa: PLR0913 - what tells one run from all others
    owner: str,
    name: str,
    edition: Edition,
    *,
    due: datetime,
    missed: Sequence[str] = (),
    spent_usd: float = 0.0,
    instead_of: Run | None = None,
) -> NewRun:
    """Return the run of an edition that is due at an instant, or was.

    Args:
        owner: of the edition.
        name: of the edition.
        edition: what it asks for.
        due: when it must be there; its day is the local one of this instant.
        missed: days before it that have no briefing because no process was running.
        spent_usd: in this month, by this edition.
        instead_of: a run of this day that failed; however many ask for it, it gets one successor.
            None: the one scheduled run of the day.
    """
    day = schedule.day(edition, due)
    request: dict[str, Json] = {
        "edition": edition.model_dump(mode="json"),
        "sources": list(edition.sources),
        "options": form.options(edition, day=day, spent_usd=spent_usd),
        "missed": list(missed),
    }
    # No client can send a key with spaces, and what an edition asks for may have been put right.
    key = None if instead_of is None else f"instead of {instead_of.id}"
    return NewRun(
        id=uuid.uuid4().hex,
        owner=owner,
        request=request,
        input_hash=requests.digest(request if key is None else key),
        notes=(*_missed(missed), *form.notes(edition, spent_usd=spent_usd)),
        idempotency_key=key,
        edition=name,
        day=day,
        due=due,
        scheduled=instead_of is None,
    )


def imagined(stored: Stored, *, now: datetime) -> Run:
    """Return the run an edition would have if it was due now; it is not in the store."""
    new = new_run(stored.owner, stored.name, specs.read(stored), due=now)
    return Run(
        id=new.id,
        owner=new.owner,
        status="accepted",
        request=new.request,
        edition=new.edition,
        day=new.day,
        due=new.due,
        scheduled=False,
        outcome=None,
        executor=None,
        error_code=None,
        error=None,
        notes=new.notes,
        created=now,
        started=None,
        finished=None,
        briefing=None,
        title=None,
        n_takeovers=0,
    )


def _missed(days: Sequence[str]) -> tuple[Note, ...]:
    """Say in the briefing which days before it have none."""
    return (Note("missed", f"no briefing on {', '.join(days)}: {MISSED}"),) if days else ()
