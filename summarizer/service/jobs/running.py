"""Which runs this process makes, when, and how many at a time."""

import logging
import socket
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from summarizer.errors import StorageError, SummarizerError
from summarizer.service import gathering, making
from summarizer.service.clock import now
from summarizer.service.jobs import workflows
from summarizer.service.pool import Pool
from summarizer.service.store import leases, runs
from summarizer.service.store.database import Database
from summarizer.service.store.runs import Run
from summarizer.settings import Settings

LOCAL = "local"  # the one process that may work on an SQLite file
BEAT_S = 2.0  # between two signs of life of a process that shares a PostgreSQL database
DEAD_AFTER = timedelta(seconds=10)  # without one; a process that is busy beats late
MAX_TAKEOVERS = 5  # of one run; what ends its process every time is not tried for ever
_POLL_S = 0.25  # for what other processes accepted or finished

_log = logging.getLogger(__name__)


class Jobs:
    """The work of this process on runs, from `with` to its end; safe for many threads."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self._settings = settings
        self.executor = LOCAL if db.is_sqlite else f"{socket.gethostname()}-{uuid4().hex}"
        self._benches = making.Benches(db, settings)
        self._lock = threading.Lock()
        self._active: dict[str, Future[None]] = {}
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._loop = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        """Begin: go on with what was under way and start what waits."""
        url = self._db.engine.url.render_as_string(hide_password=False)
        self._pool = Pool(self._settings.server.workers, making.open_in_worker, url, self._settings)
        left = runs.running(self._db, executor=self.executor)
        self._active.update((run.id, Future()) for run in left)  # they may end at once
        workflows.launch(self._db, self.executor, self)
        self._beat()
        for run in left:
            self._adopt(run)
        self._loop.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, as `stop` does without waiting."""
        self.stop(0)

    @property
    def is_ready(self) -> bool:
        """Tell whether runs are being begun."""
        return self._loop.is_alive() and not self._stopping.is_set()

    def start(self, run: str) -> None:
        """Begin an accepted run now, or leave it to its turn when too many are under way."""
        with self._lock:
            if self._stopping.is_set() or run in self._active:
                return
            if len(self._active) >= self._settings.server.max_running:
                return
            if not runs.claim(self._db, run, executor=self.executor, now=now()):
                return
            self._active[run] = Future()
        self._begin(run, 0)

    def wait(self, run: str, timeout_s: float) -> bool:
        """Wait for the end of a run, whichever process works on it; tell whether it ended."""
        ends_at = time.monotonic() + timeout_s
        while (left_s := ends_at - time.monotonic()) > 0:
            future = self._active.get(run)
            if future is not None:
                with suppress(FutureTimeoutError):
                    future.result(min(4 * _POLL_S, left_s))
            found = runs.get(self._db, run)
            if found is None or found.is_over:
                return True
            if future is None:
                time.sleep(min(_POLL_S, left_s))
        return False

    def cancel(self, run: str) -> None:
        """End a run without a briefing; a model that is being asked is not asked again."""
        found = runs.get(self._db, run)
        if found is not None and runs.cancel(self._db, run, now=now()):
            workflows.cancel(run, found.n_takeovers)

    def stop(self, timeout_s: float) -> bool:
        """Begin no more runs and wait for those under way; tell whether all ended.

        The others go on when this program is started again.
        """
        self._stopping.set()
        self._wake.set()
        ends_at = time.monotonic() + timeout_s
        for future in list(self._active.values()):
            try:
                future.result(max(0.0, ends_at - time.monotonic()))
            except FutureTimeoutError:
                break
        has_ended = not self._active
        if self._loop.is_alive():
            self._loop.join()
        workflows.destroy(self)
        if self._pool is not None:
            self._pool.close()
        return has_ended

    def forget(self, before: datetime) -> int:
        """Let go of what is known of some runs' steps; return of how many."""
        return workflows.forget(before)

    def make(self, run: str) -> list[str]:
        """Collect what a run summarises and make it, or return the stories a model has to write."""
        if (found := self._unfinished(run)) is not None:
            gathering.collect(self._db, self._settings, found, clock=now)
        if (found := self._unfinished(run)) is None:
            return []
        if making.has_model(self._settings, found):
            return self._benches.of(found).keys
        assert self._pool is not None
        self._pool.run(making.make_in_worker, run)
        return []

    def write(self, run: str, key: str) -> None:
        """Write one story of a run."""
        if (found := self._unfinished(run)) is not None:
            self._benches.of(found).write(key)

    def finish(self, run: str) -> None:
        """Merge the stories of a run and publish its briefing."""
        if (found := self._unfinished(run)) is not None:
            self._benches.of(found).finish(clock=now)

    def fail(self, run: str, error: Exception) -> None:
        """Put on record why a run has no briefing; that this process stops is no reason."""
        if self._stopping.is_set():
            return
        if isinstance(error, SummarizerError):
            self._end(run, error.code, str(error))
            return
        _log.error("run %s failed", run, exc_info=error)
        self._end(run, "internal", f"internal error ({type(error).__name__}): run it again")

    def ended(self, run: str) -> None:
        """Note that this process is done with a run, and let the next one begin."""
        self._benches.close(run)
        with self._lock:
            future = self._active.pop(run, None)
        if future is not None:
            future.set_result(None)
        self._wake.set()

    def take_over(self, run: str) -> None:
        """Begin a run anew, as its last workflow will not end it."""
        attempt = runs.take_over(self._db, run, executor=self.executor)
        if attempt == 0:  # it is over
            return
        workflows.cancel(run, attempt - 1)
        if attempt > MAX_TAKEOVERS:
            why = f"it ended its process {MAX_TAKEOVERS} times: give it fewer documents"
            self._end(run, "internal", why)
            return
        with self._lock:
            self._active.setdefault(run, Future())
        self._begin(run, attempt)

    def _begin(self, run: str, attempt: int) -> None:
        """Begin a workflow; when the database refuses, the run is begun anew at a later sweep."""
        try:
            workflows.begin(run, attempt)
        except StorageError as error:
            _log.warning("%s", error)
            self.ended(run)

    def _unfinished(self, run: str) -> Run | None:
        found = runs.get(self._db, run)
        return None if found is None or found.is_over else found

    def _end(self, run: str, code: str, message: str) -> None:
        if (found := self._unfinished(run)) is not None:
            gathering.fail(self._db, found, code, message, now=now())

    def _work(self) -> None:
        """Start what waits, show a sign of life, take over from processes that show none."""
        beat_at = 0.0
        while not self._stopping.is_set():
            try:
                if time.monotonic() >= beat_at:
                    self._beat()
                    self._sweep()
                    beat_at = time.monotonic() + BEAT_S
                self._start_waiting()
            except StorageError as error:
                _log.warning("%s", error)
            self._wake.wait(_POLL_S)
            self._wake.clear()

    def _start_waiting(self) -> None:
        n_free = self._settings.server.max_running - len(self._active)
        if n_free > 0:
            for run in runs.waiting(self._db)[:n_free]:
                self.start(run)

    def _beat(self) -> None:
        if self._db.is_sqlite:
            return
        leases.beat(self._db, self.executor, now=now())
        with leases.dead(self._db, before=now() - DEAD_AFTER) as executor:
            lost = runs.running(self._db, executor=executor) if executor is not None else []
            for run in lost:
                self.take_over(run.id)

    def _adopt(self, run: Run) -> None:
        """Go on with a run that an earlier process of this name left."""
        is_under_way = workflows.is_under_way(run.id, run.n_takeovers)
        if is_under_way is None:
            workflows.begin(run.id, run.n_takeovers)
        elif not is_under_way:
            self.take_over(run.id)

    def _sweep(self) -> None:
        """Make room for runs that ended elsewhere; begin anew those that the database stopped."""
        for name in list(self._active):
            if self._unfinished(name) is None:
                self.ended(name)
        for run in runs.running(self._db, executor=self.executor):
            with self._lock:
                is_ours = run.id in self._active
            if not is_ours:
                self.take_over(run.id)
