"""The clock of the fake endpoint: real, or virtual so that an hour of waiting takes no time.

A client shares virtual time by taking `clock.now` and `clock.sleep` where it would use the
system's, and by talking through `tests.fake_llm.transport`, which lets its read time-outs pass in
the same time. Everything that waits then waits here, and nothing waits really.
"""

import threading
import time
from typing import Protocol

EPOCH = 1_772_604_000.0  # where virtual time starts: 2026-03-04 06:00 UTC


class StoppedError(Exception):
    """The clock was stopped while somebody slept: the server is closing."""


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def now(self) -> float:
        """Return seconds since 1970; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass for this thread."""
        ...

    def stop(self) -> None:
        """Wake all sleepers with `StoppedError`; nobody can sleep afterwards."""
        ...


class RealClock:
    """The time of the machine."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()
        self._stopped = threading.Event()

    def now(self) -> float:
        """Return seconds since 1970, by a clock that never goes back."""
        return self._offset + time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait, unless the clock is stopped."""
        if self._stopped.wait(max(0.0, seconds)):
            raise StoppedError

    def stop(self) -> None:
        """Wake all sleepers."""
        self._stopped.set()


class VirtualClock:
    """A time that passes only when somebody lets it.

    Without `sleepers` it moves by `advance` alone. With it, time jumps to the next moment somebody
    waits for as soon as so many threads sleep: set it to the number of threads that work at once,
    and the result is that of a machine whose own work costs nothing. At the end of a run fewer
    threads have work; then time jumps once `grace_s` real seconds pass without a call to the clock.
    """

    def __init__(
        self, start: float = EPOCH, *, sleepers: int | None = None, grace_s: float = 0.1
    ) -> None:
        self._now = start
        self._sleepers = sleepers
        self._grace_s = grace_s
        self._wakes: list[float] = []  # of everybody who sleeps
        self._is_stopped = False
        self._changed = threading.Condition()

    def now(self) -> float:
        """Return virtual seconds since 1970."""
        with self._changed:
            return self._now

    def sleeping(self) -> int:
        """Return how many threads sleep."""
        with self._changed:
            return len(self._wakes)

    def sleep(self, seconds: float) -> None:
        """Wait until virtual time has moved on by `seconds`."""
        with self._changed:
            wake = self._now + max(0.0, seconds)
            self._wakes.append(wake)
            self._changed.notify_all()
            try:
                while self._now < wake and not self._is_stopped:
                    self._wait(wake)
            finally:
                self._wakes.remove(wake)
            if self._is_stopped:
                raise StoppedError

    def advance(self, seconds: float) -> None:
        """Let virtual time pass, and wake whoever waited for it."""
        with self._changed:
            self._now += seconds
            self._changed.notify_all()

    def wait_for_sleepers(self, n: int, timeout_s: float = 20.0) -> bool:
        """Wait in real time until `n` threads sleep; say whether they do."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._wakes) >= n, timeout_s)

    def stop(self) -> None:
        """Wake all sleepers."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def _wait(self, wake: float) -> None:
        """Let the last thread to fall asleep, or the first due to wake, move time on."""
        if self._sleepers is None:
            self._changed.wait()
            return
        first = min(self._wakes)
        if len(self._wakes) >= self._sleepers and first > self._now:
            self._move_to(first)
        elif not self._changed.wait(self._grace_s) and wake == min(self._wakes):
            self._move_to(wake)

    def _move_to(self, moment: float) -> None:
        self._now = max(self._now, moment)
        self._changed.notify_all()
