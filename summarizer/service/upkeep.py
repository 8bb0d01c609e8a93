"""What is done once a day beside the work: letting go of what is older than it is kept."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from summarizer.errors import StorageError
from summarizer.service.store import retention
from summarizer.service.store.database import Database

EVERY_S = 24 * 3600.0
FIRST_S = 300.0  # after the start, when there is other work
WORKFLOWS = timedelta(days=7)  # that ended; what they made stays

_log = logging.getLogger(__name__)


class Upkeep:
    """A thread that keeps a store from growing for ever."""

    def __init__(self, db: Database, *, keep_days: int, forget: Callable[[datetime], int]) -> None:
        """Prepare it.

        Args:
            db: the store.
            keep_days: how long briefings, documents and answers are kept.
            forget: deletes some workflows that ended before a moment, and says how many.
        """
        self._db = db
        self._keep_days = keep_days
        self._forget = forget
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="upkeep", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, after what is under way."""
        self._stopping.set()
        self._thread.join()

    def run(self, now: datetime) -> None:
        """Let go of what is too old at a moment."""
        gone = retention.apply(self._db, now=now, keep_days=self._keep_days)
        n_workflows = 0
        while not self._stopping.is_set() and (n := self._forget(now - WORKFLOWS)):
            n_workflows += n
        _log.info(
            "let go of %d runs, %d documents, %d answers, %d workflows",
            gone.runs,
            gone.documents,
            gone.answers,
            n_workflows,
        )

    def _work(self) -> None:
        wait_s = FIRST_S
        while not self._stopping.wait(wait_s):
            try:
                self.run(datetime.now(UTC))
            except StorageError as error:  # tomorrow it may be there
                _log.warning("%s", error)
            wait_s = EVERY_S
