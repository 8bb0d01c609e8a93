"""Deliver what finished runs ask for: once as far as the other side allows, again when it failed.

    pending -> sending -> sent | failed, or pending again

What a process that died was sending is sent again where the other side can drop what it has (a
file, a webhook), and never where it cannot (a mail).
"""

import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Self

from summarizer.errors import SummarizerError
from summarizer.service.clock import Clock, now
from summarizer.service.delivery import channels, sending
from summarizer.service.delivery.attempts import MAX_ATTEMPTS
from summarizer.service.delivery.sending import Attempt
from summarizer.service.loop import Loop
from summarizer.service.store import outbox
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import NewDelivery
from summarizer.service.store.runs import Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.types import Briefing

LANES = (("file", "heartbeat"), ("mail", "failure"), ("webhook",))  # none waits for another
CHANNELS = tuple(channel for lane in LANES for channel in lane)
LEASE = timedelta(minutes=5)  # longer than any attempt takes; then its process is taken for dead

ANY_TIME = datetime.max.replace(tzinfo=UTC)  # also what a clock that was wrong wrote
_log = logging.getLogger(__name__)


def plan(
    edition: Edition, run: Run, told: Briefing | str, *, is_quiet: bool = False
) -> list[NewDelivery]:
    """Return the deliveries that a run asks for when it ends.

    Args:
        edition: that the run is of.
        run: the run.
        told: a briefing, or the line that says what broke, or that nothing is new.
        is_quiet: nothing is new, which readers are told in place of a briefing; their files stay.
    """
    if isinstance(told, str) and not is_quiet:
        return [sending.failure_of(edition.on_failure, run.id, told)] if edition.on_failure else []
    paths = edition.files if isinstance(told, Briefing) else ()
    name, day = run.edition or "", run.day or ""
    targets = (
        *(("file", path.format(edition=name, day=day)) for path in paths),
        *(("mail", recipient) for recipient in edition.recipients),
        *(("webhook", hook.url) for hook in edition.webhooks),
        *((("heartbeat", edition.heartbeat_url),) if edition.heartbeat_url else ()),
    )
    return [
        NewDelivery(sending.name(run.id, channel, target), channel, target, {})
        for channel, target in dict.fromkeys(targets)
    ]


def resend(db: Database, run: str, now: datetime) -> int:
    """Send again what of a run has failed for good; return how many deliveries that are.

    The other side sees the ids of before, and may drop what it has.
    """
    of_run = outbox.of_run(db, run)
    known = {delivery.id for delivery in of_run}
    again = [
        NewDelivery(
            sending.name(it.id, "again"), it.channel, it.target, {"again": channels.origin(it)}
        )
        for it in of_run
        if it.status == "failed" and it.channel in sending.TO_READERS
    ]
    new = [delivery for delivery in again if delivery.id not in known]
    with db.writing() as connection:
        outbox.append(connection, run, new, now=now)
    return len(new)


def dispatch(
    db: Database,
    settings: Settings,
    clock: Clock,
    *,
    only: Collection[str] = CHANNELS,
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Deliver all that is due, each once; return how many arrived.

    What a process that died was sending is settled first.

    Args:
        db: the store.
        settings: the mail server, networks, the address that readers know.
        clock: returns the moment, aware.
        only: channels that are looked at.
        is_stopping: asked before each delivery; once it says so, the rest is left as it is.
    """
    now = clock()
    recover(db, now, before=now - LEASE)
    due = [delivery for delivery in outbox.due(db, now) if delivery.channel in only]
    if not due:
        return 0
    with channels.Channels(db, settings, clock) as ways:
        attempts = (Attempt(db, delivery, clock) for delivery in due)
        return sum(
            sending.make(each, ways) for each in takewhile(lambda _: not is_stopping(), attempts)
        )


def recover(db: Database, now: datetime, *, before: datetime) -> int:
    """Settle what was begun before a moment by processes that died; return how many that are."""
    found = outbox.abandoned(db, before)
    for delivery in found:
        why = "the program was stopped while it was sent"
        if channels.is_mail(delivery):
            why = f"{why}: nobody knows whether it was taken"
            sending.give_up(db, delivery, why, now)
        else:
            again = now if delivery.attempts < MAX_ATTEMPTS else None
            outbox.failed(db, delivery.id, message=why, retry_at=again)
    return len(found)


class Dispatcher:
    """Delivers what is due, in threads of its own, from its start until it is stopped.

    Args:
        db: the store.
        settings: the mail server, networks, the address that readers know.
        clock: returns the moment, aware.
        every_s: from one look into the store to the next.
    """

    def __init__(
        self,
        db: Database,
        settings: Settings,
        *,
        clock: Clock = now,
        every_s: float = 1.0,
    ) -> None:
        self._db = db
        self._settings = settings
        self._clock = clock
        self._loops = [self._loop(lane, every_s) for lane in LANES]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    @property
    def is_ready(self) -> bool:
        """Tell whether it delivers."""
        return all(loop.is_ready for loop in self._loops)

    def start(self) -> None:
        """Begin; what a process before was sending is settled first.

        One process at a time opens an SQLite file, so that there nobody else can be sending.
        """
        now = self._clock()
        recover(self._db, now, before=ANY_TIME if self._db.is_sqlite else now - LEASE)
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """Finish the deliveries under way, and begin no other."""
        for loop in self._loops:
            loop.end()
        for loop in self._loops:
            loop.stop()

    def _loop(self, lane: Collection[str], every_s: float) -> Loop:
        def deliver() -> None:
            stopping = loop.is_stopping
            dispatch(self._db, self._settings, self._clock, only=lane, is_stopping=stopping)

        # What fails is the store, or a setting; it may pass.
        name = f"deliver {next(iter(lane))}"
        loop = Loop(name, deliver, every_s=every_s, passing=SummarizerError)
        return loop
