"""A process of the service that is killed where it is told to: `python crashing.py ORDERS`.

It accepts the run of one edition, makes it, delivers it and ends. Orders are JSON: the settings,
the edition, and the point: "module:name", of which the first call kills the process before or
after it. Workers of the pool read the same orders; one that is killed takes its server with it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from multiprocessing import parent_process
from operator import attrgetter
from pkgutil import resolve_name
from typing import Any

from summarizer.service import jobs
from summarizer.service.delivery import outbox
from summarizer.service.editions import manual, specs
from summarizer.service.store import editions, lock
from summarizer.service.store.database import Database
from summarizer.service.store.opening import open_store
from summarizer.settings import Settings

NOW = datetime(2026, 3, 4, 5, 58, tzinfo=UTC)
OWNER, EDITION = specs.LOCAL, "morning"


def arm(point: str, moment: str) -> None:
    """Have the first call of a function end this process and the one that started it."""
    module, _, name = point.partition(":")
    *way, last = name.split(".")
    holder = resolve_name(module)
    holder = attrgetter(".".join(way))(holder) if way else holder
    setattr(holder, last, _deadly(getattr(holder, last), moment))


def _deadly(call: Callable[..., Any], moment: str) -> Callable[..., Any]:
    @wraps(call)
    def killing(*args: object, **kwargs: object) -> None:
        if moment == "after":
            call(*args, **kwargs)
        server = parent_process()
        for pid in ([] if server is None else [server.pid]) + [os.getpid()]:
            os.kill(pid or 0, signal.SIGKILL)

    return killing


def live(settings: Settings, spec: dict[str, Any]) -> None:
    """Do what a server does with an edition that is due."""
    db = open_store(settings)
    assert db.path is not None
    with lock.hold(db.path), jobs.Jobs(db, settings) as working:
        editions.put(db, OWNER, EDITION, spec, origin="file", now=NOW)
        stored = editions.get(db, OWNER, EDITION)
        assert stored is not None
        run, _ = manual.accept(db, stored, now=NOW)
        working.start(run.id)
        assert working.wait(run.id, 60)
        deliver(db, settings)
    db.close()


def deliver(db: Database, settings: Settings) -> None:
    """Send all that waits, one kind after the other; what was being sent is settled first."""
    outbox.recover(db, _clock(), before=outbox.ANY_TIME)
    for lane in outbox.LANES:
        outbox.dispatch(db, settings, _clock, only=lane)


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a process of its own, with the clock of the machine


def obey(orders: dict[str, Any]) -> None:
    """Set up what every process of the service is told, the workers of its pool included."""
    jobs.VERSION = orders.get("version", jobs.VERSION)
    if orders.get("point"):
        arm(orders["point"], orders["moment"])


if __name__ in {"__main__", "__mp_main__"}:
    ORDERS = json.loads(sys.argv[1])
    obey(ORDERS)
if __name__ == "__main__":
    live(Settings(**ORDERS["settings"]), ORDERS["edition"])
    print("done", flush=True)  # noqa: T201 - to the test
