"""When the calls of one run must have ended, whoever makes them."""

import math
import threading
import time
from collections.abc import Callable

from summarizer.errors import ModelError


class Deadline:
    """Runs from the first call of all callers that share it; safe for many threads.

    Args:
        seconds: of all calls together; infinite where they may take as long as they do.
        clock: seconds, monotonic.
    """

    def __init__(
        self, seconds: float = math.inf, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._start: float | None = None
        self._lock = threading.Lock()

    def left_s(self) -> float:
        """Return the seconds that are left; the first time it is asked, all of them.

        Raises:
            ModelError: none are left.
        """
        now = self._clock()
        with self._lock:
            if self._start is None:
                self._start = now
            left_s = self._start + self._seconds - now
        if left_s <= 0:
            raise ModelError(f"the {self._seconds:g} s of the run are over", "llm_deadline")
        return left_s
