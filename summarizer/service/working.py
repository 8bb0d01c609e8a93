"""Do accepted runs from the command line: here, or by waiting for the process that does them."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from summarizer.errors import NoUsableSourceError, SummarizerError
from summarizer.render import render
from summarizer.service import stored
from summarizer.service.clock import now
from summarizer.service.delivery import outbox
from summarizer.service.editions import specs
from summarizer.service.jobs import Jobs
from summarizer.service.store import briefings, documents, lock, runs
from summarizer.service.store.database import Database
from summarizer.service.store.lock import LockedError
from summarizer.service.store.opening import open_store
from summarizer.service.store.run import Run
from summarizer.settings import Settings

POLL_S = 0.25  # for what another process does
_WAIT_S = 1.0  # for what this one does, at a time, so that Ctrl-C is heard


@contextmanager
def store(settings: Settings, *, folder: Path) -> Iterator[Database]:
    """Open the store with the editions of a folder's settings in it.

    Raises:
        ConfigurationError: it cannot be used.
        StorageError: it cannot be read or written now.
    """
    db = open_store(settings)
    try:
        specs.sync(db, settings, folder=folder, now=now())
        yield db
    finally:
        db.close()


def finish(
    db: Database,
    settings: Settings,
    accepted: Sequence[str],
    *,
    say: Callable[[str], None],
) -> None:
    """Return when all of these runs have ended, done by this process or by a server beside it.

    Args:
        db: the store.
        settings: what runs are made with.
        accepted: ids of runs.
        say: told once when another process does the work.
    """
    is_told = False
    while not all(_is_over(db, run) for run in accepted):
        try:
            _work(db, settings, accepted)
        except LockedError:
            if not is_told:
                say("another process has the store: waiting for it to make the briefing")
            is_told = True
            time.sleep(POLL_S)


def _work(db: Database, settings: Settings, accepted: Sequence[str]) -> None:
    """Do the runs and send what they say.

    Raises:
        LockedError: another process does the work on this store.
    """
    alone = nullcontext() if db.path is None else lock.hold(db.path)
    with alone, Jobs(db, _staffed(settings, len(accepted))) as jobs:
        for run in accepted:
            jobs.start(run)
        for run in accepted:
            while not jobs.wait(run, _WAIT_S):
                pass
        outbox.dispatch(db, settings, now)


def _staffed(settings: Settings, n_runs: int) -> Settings:
    """Return the settings without workers that so few runs would leave idle."""
    n_workers = min(n_runs, settings.server.workers or os.cpu_count() or 1)
    server = settings.server.model_copy(update={"workers": n_workers})
    return settings.model_copy(update={"server": server})


def deliver(db: Database, settings: Settings) -> int:
    """Send what is due to be sent, unless another process does; return how much arrived."""
    alone = nullcontext() if db.path is None else lock.hold(db.path)
    try:
        with alone:
            return outbox.dispatch(db, settings, now)
    except LockedError:
        return 0


def text(db: Database, run: Run) -> str:
    """Return the briefing that a run has published, as plain text."""
    content = briefings.get(db, run.id)
    return render(stored.restore(content, documents.of_run(db, run.id)), "text")


def failure(run: Run) -> SummarizerError:
    """Return why a run has no briefing, to be raised; without a code, its sources gave nothing."""
    why = run.error or "it was cancelled: run it again"
    if run.error_code is None:
        return NoUsableSourceError(why)
    error = SummarizerError(why)
    error.code = run.error_code
    return error


def _is_over(db: Database, run: str) -> bool:
    found = runs.get(db, run)
    return found is None or found.is_over
