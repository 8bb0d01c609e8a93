"""The clock of the editions: accepts the runs that are due, once a day each, whoever looks."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from pydantic import ValidationError

from summarizer.errors import ConfigurationError
from summarizer.service.clock import Clock, now
from summarizer.service.delivery import outbox
from summarizer.service.editions import due, lead, outcome, request, specs
from summarizer.service.loop import Loop
from summarizer.service.store import editions as store
from summarizer.service.store import runs, usage
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.settings.editions import Edition

EVERY_S = 5.0
# A briefing for the morning that is made in the evening is read by nobody, and holds news that
# tomorrow's should open with.
TOO_LATE = timedelta(hours=12)
MAX_MISSED = 366  # days named at once; a clock that was wrong by decades must not fill the store
_LOOK_BACK = 2 * lead.N_RUNS  # runs; among them are mostly the last ten that began
_INSTANT = timedelta(microseconds=1)
_log = logging.getLogger(__name__)


def ticker(
    db: Database,
    *,
    start: Callable[[str], object],
    clock: Clock = now,
    every_s: float = EVERY_S,
) -> Loop:
    """Return a loop that looks every few seconds, by the clock on the wall.

    Args:
        db: the store.
        start: called with each run that was accepted.
        clock: what tells the time.
        every_s: seconds from one look to the next.
    """

    def look() -> None:
        for run in tick(db, store.all(db), clock()):
            if not run.is_over:
                start(run.id)

    return Loop("ticker", look, every_s=every_s)


def tick(db: Database, editions: Iterable[Stored], now: datetime) -> list[Run]:
    """Accept what is due now and was not accepted before; return the runs that this made.

    Of several instants that passed while nobody looked, the last one alone is made up for, unless
    it is older than `TOO_LATE`. The others are runs that have failed, told in one line to
    `on_failure`.
    """
    made = []
    for stored in editions:
        try:
            made += _tick(db, stored, specs.read(stored), now)
        except ConfigurationError as error:
            _log.warning("%s", error)
    return made


def _tick(db: Database, stored: Stored, edition: Edition, now: datetime) -> list[Run]:
    page, _ = runs.page(db, owner=stored.owner, limit=_LOOK_BACK, cursor=None, edition=stored.name)
    instant = due.latest(edition, now + lead.lead(page))
    since = _since(stored, edition, page, now)
    if instant is None or instant <= since:
        return []
    missed = _between(edition, since, instant)
    if now - instant > TOO_LATE:
        return _miss(db, stored, edition, [*missed, instant], now)
    made = _miss(db, stored, edition, missed, now)
    new = partial(
        request.new_run,
        stored.owner,
        stored.name,
        edition,
        due=instant,
        missed=[due.day(edition, at) for at in missed],
        spent_usd=usage.month(db, stored.owner, now, edition=stored.name).usd,
    )
    run, is_new = runs.accept(db, new(), now=now)
    if run.created > now and run.error == outcome.MISSED:  # by a clock that was ahead
        run, is_new = runs.accept(db, new(instead_of=run), now=now)
    return [*made, run] if is_new else made


def _since(stored: Stored, edition: Edition, page: Iterable[Run], now: datetime) -> datetime:
    """Return the instant up to which all is accounted for.

    That is when the last run was due, those left out that a clock accepted which was ahead. If it
    had another schedule than today's, nothing was due before the edition was changed.
    """
    known = [(run.due, run) for run in page if run.due and run.created <= now]
    if not known:
        return stored.updated
    at, last = max(known, key=lambda pair: pair[0])
    return at if _schedule(last) == due.schedule(edition) else max(at, stored.updated)


def _schedule(run: Run) -> tuple[object, ...] | None:
    """Return the schedule of the edition that a run was made for; None when it is not known."""
    spec = run.request.get("edition") if isinstance(run.request, dict) else None
    try:
        return due.schedule(Edition.model_validate(spec))
    except ValidationError:
        return None


def _between(edition: Edition, since: datetime, until: datetime) -> list[datetime]:
    """Return the instants after `since` and before `until`, oldest first."""
    found: list[datetime] = []
    at = due.latest(edition, until - _INSTANT)
    while at is not None and at > since and len(found) < MAX_MISSED:
        found.append(at)
        at = due.latest(edition, at - _INSTANT)
    return found[::-1]


def _miss(
    db: Database, stored: Stored, edition: Edition, instants: Sequence[datetime], now: datetime
) -> list[Run]:
    """Put on record that nothing was made for some instants; the last one's run tells of all."""
    made = []
    days = [due.day(edition, at) for at in instants]
    for at in instants:
        new = request.new_run(stored.owner, stored.name, edition, due=at)
        run, is_new = runs.accept(db, new, now=now)
        if not is_new:
            continue
        line = outcome.failure_line(stored.name, days, outcome.MISSED)
        told = outbox.plan(edition, run, line) if at == instants[-1] else ()
        runs.settle(db, run.id, now=now, outcome="failed", message=outcome.MISSED, deliveries=told)
        made.append(runs.get(db, run.id) or run)
    return made
