"""What is done once a day beside the work: letting go of what is older than it is kept."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from summarizer.service.clock import now
from summarizer.service.loop import Loop
from summarizer.service.store import retention
from summarizer.service.store.database import Database

EVERY_S = 24 * 3600.0
FIRST_S = 300.0  # after the start, when there is other work
WORKFLOWS = timedelta(days=7)  # that ended; what they made stays

_log = logging.getLogger(__name__)


class Upkeep:
    """Keeps a store from growing for ever, once a day.

    Args:
        db: the store.
        keep_days: how long briefings, documents and answers are kept.
        forget: deletes some workflows that ended before a moment, and says how many.
    """

    def __init__(self, db: Database, *, keep_days: int, forget: Callable[[datetime], int]) -> None:
        self._db = db
        self._keep_days = keep_days
        self._forget = forget
        self.loop = Loop("upkeep", lambda: self.run(now()), every_s=EVERY_S, first_s=FIRST_S)

    def run(self, moment: datetime) -> None:
        """Let go of what is too old at a moment."""
        gone = retention.apply(self._db, now=moment, keep_days=self._keep_days)
        n_workflows = 0
        while not self.loop.is_stopping() and (n := self._forget(moment - WORKFLOWS)):
            n_workflows += n
        _log.info(
            "let go of %d runs, %d documents, %d answers, %d workflows",
            gone.runs,
            gone.documents,
            gone.answers,
            n_workflows,
        )
