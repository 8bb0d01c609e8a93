"""A process of the service that meets trouble where it is told to: `python crashing.py ORDERS`.

It accepts the run of one edition, makes it, delivers it and ends. Orders are JSON: the settings,
the edition, and a point: "module:name", of which the first call meets trouble before or after it.
The process is killed there, or its database takes no more writes while a file is there, or it is
asked to stop and what it does goes on for ever. Workers of the pool read the same orders; one that
is killed takes its server with it.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, wraps
from multiprocessing import parent_process
from operator import attrgetter
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import sqlalchemy as sa

from summarizer.service.delivery import outbox
from summarizer.service.editions import manual, specs
from summarizer.service.jobs import Jobs, workflows
from summarizer.service.store import editions, lock
from summarizer.service.store.database import Database
from summarizer.service.store.opening import open_store
from summarizer.settings import Settings

NOW = datetime(2026, 3, 4, 5, 58, tzinfo=UTC)
OWNER, EDITION = specs.LOCAL, "morning"


def arm(point: str, moment: str, trouble: Callable[[], None]) -> None:
    """Have the first call of a function meet trouble."""
    module, _, name = point.partition(":")
    *way, last = name.split(".")
    holder = resolve_name(module)
    holder = attrgetter(".".join(way))(holder) if way else holder
    setattr(holder, last, _troubled(getattr(holder, last), moment, trouble))


def _troubled(
    call: Callable[..., Any], moment: str, trouble: Callable[[], None]
) -> Callable[..., Any]:
    troubles = [trouble]

    @wraps(call)
    def troubled(*args: object, **kwargs: object) -> object:
        if moment == "before" and troubles:
            troubles.pop()()
        result = call(*args, **kwargs)
        if moment == "after" and troubles:
            troubles.pop()()
        return result

    return troubled


def die() -> None:
    """End this process at once, and the one that started it."""
    server = parent_process()
    for pid in ([] if server is None else [server.pid]) + [os.getpid()]:
        os.kill(pid or 0, signal.SIGKILL)


def refuse_writes(while_there: Path, how: str) -> None:
    """Have SQLite refuse, on all connections of this process, to write while a file is there."""
    on, off = {"full": ("max_page_count = 1", "max_page_count = 1073741823")}.get(
        how, ("query_only = ON", "query_only = OFF")
    )

    @sa.event.listens_for(sa.pool.Pool, "checkout")
    def _set(connection: Any, *_: object) -> None:  # noqa: ANN401 - a DB-API connection
        connection.execute(f"PRAGMA {on if while_there.exists() else off}")


def hang(stop: Path) -> None:
    """Have the process asked to stop, and never come to an end."""
    stop.touch()
    threading.Event().wait()


def live(settings: Settings, spec: dict[str, Any], stop: Path) -> None:
    """Do what a server does with an edition that is due, until it is done or asked to stop."""
    db = open_store(settings)
    assert db.path is not None
    with lock.hold(db.path), Jobs(db, settings) as working:
        editions.put(db, OWNER, EDITION, spec, origin="file", now=NOW)
        stored = editions.get(db, OWNER, EDITION)
        assert stored is not None
        run, _ = manual.accept(db, stored, now=NOW)
        working.start(run.id)
        while not working.wait(run.id, 0.1):
            if stop.exists():
                break
        else:
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
    workflows.VERSION = orders.get("version", workflows.VERSION)
    trouble: Callable[[], None] = die
    if "refusing" in orders:
        there = Path(orders["refusing"])
        refuse_writes(there, orders["how"])
        trouble = there.touch
    if "stop" in orders:
        trouble = partial(hang, Path(orders["stop"]))
    if "point" in orders:
        arm(orders["point"], orders["moment"], trouble)


if __name__ in {"__main__", "__mp_main__"}:
    ORDERS = json.loads(sys.argv[1])
    obey(ORDERS)
if __name__ == "__main__":
    live(Settings(**ORDERS["settings"]), ORDERS["edition"], Path(ORDERS.get("stop", "never")))
    print("done", flush=True)  # noqa: T201 - to the test
