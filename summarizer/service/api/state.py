"""What all routes share: the settings, the store, the jobs, the clock, and whether it stops."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import Depends, Request

from summarizer.service.api.metrics import Metrics
from summarizer.service.api.rates import Rates
from summarizer.service.clock import Clock, now
from summarizer.service.store.database import Database
from summarizer.settings import Settings


class Work(Protocol):
    """What makes accepted runs; `summarizer.service.jobs.Jobs` does."""

    @property
    def is_ready(self) -> bool:
        """Tell whether runs are being made."""
        ...

    def start(self, run: str, /) -> None:
        """Begin an accepted run, unless that was done."""
        ...

    def wait(self, run: str, timeout_s: float, /) -> bool:
        """Wait until a run has ended; tell whether it has."""
        ...

    def cancel(self, run: str, /) -> None:
        """End a run without a briefing."""
        ...


@dataclass(slots=True)
class Service:
    """What all routes share."""

    settings: Settings
    db: Database
    jobs: Work
    is_local: bool = True  # only this machine can connect
    clock: Clock = now
    stopping: threading.Event = field(default_factory=threading.Event)
    metrics: Metrics = field(default_factory=Metrics)
    spending: threading.Lock = field(default_factory=threading.Lock)  # of what tokens have left
    held: int = 0  # bytes of bodies that are being read
    rates: Rates = field(init=False)
    waits: ThreadPoolExecutor = field(init=False)  # threads that wait for the end of a run

    def __post_init__(self) -> None:
        """Set up what follows from the settings."""
        self.rates = Rates(self.settings.server.requests_per_minute)
        self.waits = ThreadPoolExecutor(self.settings.server.max_connections, "waiting")


async def _service(request: Request) -> Service:
    found = request.app.state.service
    assert isinstance(found, Service)
    return found


Shared = Annotated[Service, Depends(_service)]
