"""One attempt of one delivery, and what its end leaves in the store."""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from summarizer.errors import StorageError
from summarizer.service.clock import Clock
from summarizer.service.delivery import channels
from summarizer.service.delivery.attempts import DeliveryError, Fate, next_attempt
from summarizer.service.store import outbox, runs
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import Delivery, NewDelivery

TO_READERS = frozenset({"file", "mail", "webhook"})

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Attempt:
    """One attempt of one delivery by this process."""

    db: Database
    delivery: Delivery
    clock: Clock
    has_begun: bool = False

    def begin(self) -> bool:
        """Take the delivery; False when another process has."""
        self.has_begun = outbox.begin(self.db, self.delivery.id, self.clock())
        return self.has_begun

    def fail(self, error: DeliveryError) -> None:
        """Put on record that it failed, unless another process is at it."""
        if not self.has_begun and not self.begin():
            return
        now, n_made = self.clock(), self.delivery.attempts + 1
        is_hopeless = error.fate != "later" or self.delivery.channel == "heartbeat"
        again = None if is_hopeless else next_attempt(n_made, now)
        if again is not None:
            outbox.failed(self.db, self.delivery.id, message=str(error), retry_at=again)
        elif error.fate == "unwanted" or self.delivery.channel not in TO_READERS:
            outbox.failed(self.db, self.delivery.id, message=str(error), retry_at=None)
        else:
            give_up(self.db, self.delivery, str(error), now)


def make(attempt: Attempt, ways: channels.Channels) -> bool:
    """Deliver; tell whether it arrived."""
    delivery = attempt.delivery
    try:
        arrived = ways.deliver(delivery, attempt.begin)
    except DeliveryError as error:
        _log.warning("delivery %s (%s): %s", delivery.id, delivery.channel, error.fate)
        attempt.fail(error)
        return False
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - no delivery may hold up the others
        # Without the traceback, which may quote a document.
        _log.error("delivery %s (%s): %s", delivery.id, delivery.channel, type(error).__name__)
        may_have_arrived = attempt.has_begun and channels.is_mail(delivery)
        fate: Fate = "unknown" if may_have_arrived else "later"
        attempt.fail(DeliveryError(f"internal error: {type(error).__name__}", fate))
        return False
    if arrived:
        outbox.sent(attempt.db, delivery.id, attempt.clock())
    return arrived


def give_up(db: Database, delivery: Delivery, why: str, now: datetime) -> None:
    """Put on record that a delivery failed for good; one line a run and channel says so.

    The line is asked for first: asked for twice, it is the same.
    """
    run = runs.get(db, delivery.run)
    edition = None if run is None else channels.edition(run)
    if run is not None and edition is not None:
        command = f"summarizer edition resend {run.edition} --date {run.day}"
        why = f"{why}: {command}"
        if edition.on_failure:
            line = f"{run.edition}, {run.day}: {channels.shown(delivery)} was not reached: {why}"
            told = failure_of(edition.on_failure, run.id, line, about=delivery.channel)
            with db.writing() as connection:
                outbox.append(connection, run.id, [told], now=now)
    outbox.failed(db, delivery.id, message=why, retry_at=None)


def failure_of(target: str, run: str, line: str, *, about: str = "run") -> NewDelivery:
    """Return the delivery of a line on what failed; one a run and what it is about."""
    return NewDelivery(name(run, "failure", about), "failure", target, {"line": line})


def name(*parts: str) -> str:
    """Return the id of what it is about: the same each time."""
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
