"""One request at a time to each host, and a pause after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0


class Turns:
    """Keeps the threads of one run from crowding a host.

    Args:
        delay_s: from the end of one request to a host to the next.
        clock: seconds that only grow.
        sleep: waits for seconds.
    """

    def __init__(
        self, *, delay_s: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._delay_s = delay_s
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Wait until the host is free, and hold it."""
        with self._lock:
            host = self._hosts.setdefault(name, _Host(free_at=self._clock()))
        with host.lock:
            wait_s = host.free_at - self._clock()
            if wait_s > 0:
                self._sleep(wait_s)
            try:
                yield
            finally:
                host.free_at = self._clock() + self._delay_s
