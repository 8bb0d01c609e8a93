"""A thread that does the same thing again and again until it is stopped."""

import logging
import threading
from collections.abc import Callable
from typing import Self

from summarizer.errors import StorageError, SummarizerError

_log = logging.getLogger(__name__)


class Loop:
    """Does something every few seconds, from `with` to its end.

    Args:
        name: of the thread.
        work: what it does; an error of `passing` is logged, and it goes on.
        every_s: seconds from the end of one time to the next.
        first_s: seconds to the first time.
        passing: what may be gone the next time.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], object],
        *,
        every_s: float,
        first_s: float = 0.0,
        passing: type[SummarizerError] = StorageError,
    ) -> None:
        self._work = work
        self._every_s = every_s
        self._first_s = first_s
        self._passing = passing
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    @property
    def is_ready(self) -> bool:
        """Tell whether it goes on."""
        return self._thread.is_alive()

    def is_stopping(self) -> bool:
        """Tell whether it was asked to stop; what takes long looks now and then."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self) -> None:
        """Begin nothing more, without waiting for what is under way."""
        self._stopping.set()

    def stop(self) -> None:
        """Begin nothing more, and wait for what is under way to end."""
        self.end()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        wait_s = self._first_s
        while not self._stopping.wait(wait_s):
            try:
                self._work()
            except self._passing as error:
                _log.warning("%s", error)
            wait_s = self._every_s
