"""Runs as durable workflows: begun once, gone on with after a crash, cancelled, taken over.

The engine is DBOS. It knows a run by its id alone; what a run consists of is in our store, and
what each of its steps leaves there is found again by its key. So a workflow may be begun anew at
any time, in any process and by a later version of this program, and pays for nothing twice.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar
from uuid import uuid4

from dbos import DBOS, DBOSPortableJSONSerializer, SetWorkflowID
from dbos import error as dbos_error

from summarizer.errors import StorageError, SummarizerError
from summarizer.service import gathering, making
from summarizer.service.pool import Pool
from summarizer.service.store import database, leases, runs
from summarizer.service.store.database import Database
from summarizer.settings import Settings

R = TypeVar("R")

VERSION = "wf1"  # raise it when the steps of a workflow change: what is under way begins anew
LOCAL = "local"  # the one process that may work on an SQLite file
BEAT_S = 2.0  # between two signs of life of a process that shares a PostgreSQL database
DEAD_AFTER = timedelta(seconds=10)  # without one; a process that is busy beats late
MAX_TAKEOVERS = 5  # of one run; what ends its process every time is not tried for ever
_POLL_S = 0.25  # for what other processes accepted or finished
_STORAGE_WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 20.0)
_LIVE = frozenset({"PENDING", "ENQUEUED", "DELAYED"})

_log = logging.getLogger(__name__)
_started: list["Jobs"] = []  # the one of this process; workflows are functions of the module


class Jobs:
    """The workflows of this process, from `with` to its end."""

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
        self._pool = Pool(self._settings.server.workers, _open_in_worker, url, self._settings)
        DBOS(
            config={
                "name": "summarizer",
                "system_database_url": url,
                "system_database_engine": self._db.engine,
                "application_version": VERSION,
                "executor_id": self.executor,
                "serializer": DBOSPortableJSONSerializer(),
                "enable_otlp": False,
                "log_level": "WARNING",
            }
        )
        logging.getLogger("dbos").handlers.clear()  # what it says goes where all logs go
        logging.getLogger("dbos").propagate = True
        _started[:] = [self]
        DBOS.launch()
        self._beat()
        self._adopt()
        self._loop.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
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
            if not runs.claim(self._db, run, executor=self.executor, now=_now()):
                return
            self._active[run] = Future()
        self._begin(run, 0)

    def wait(self, run: str, timeout_s: float) -> bool:
        """Wait for the end of a run, whichever process works on it; tell whether it ended."""
        ends_at = time.monotonic() + timeout_s
        while (left_s := ends_at - time.monotonic()) > 0:
            future = self._active.get(run)
            if future is None:
                found = runs.get(self._db, run)
                if found is None or found.finished is not None:
                    return True
                time.sleep(min(_POLL_S, left_s))
                continue
            try:
                future.result(min(_POLL_S * 4, left_s))
            except FutureTimeoutError:
                continue
        return False

    def cancel(self, run: str) -> None:
        """Stop a run at its next step; what it has published stays."""
        found = runs.get(self._db, run)
        if found is not None and runs.cancel(self._db, run, now=_now()):
            self._forget(_workflow(run, found.n_takeovers))

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
        if _started == [self]:
            DBOS.destroy(workflow_completion_timeout_sec=0)
            _started.clear()
        if self._pool is not None:
            self._pool.close()
            self._pool = None
        return has_ended

    def ended(self, run: str) -> None:
        """Note that this process is done with a run, and let the next one begin."""
        self._benches.close(run)
        with self._lock:
            future = self._active.pop(run, None)
        if future is not None:
            future.set_result(None)
        self._wake.set()

    def make(self, run: str) -> list[str]:
        """Collect what a run summarises and make it, or return the stories a model has to write."""
        found = runs.get(self._db, run)
        if found is None or found.finished is not None:
            return []
        gathering.collect(self._db, self._settings, found, clock=_now)
        if making.has_model(self._settings, found):
            return self._benches.of(found).keys
        assert self._pool is not None
        self._pool.run(_make_in_worker, run)
        return []

    def write(self, run: str, key: str) -> None:
        """Write one story of a run."""
        found = runs.get(self._db, run)
        if found is not None and found.finished is None:
            self._benches.of(found).write(key)

    def finish(self, run: str) -> None:
        """Merge the stories of a run and publish its briefing."""
        found = runs.get(self._db, run)
        if found is not None and found.finished is None:
            self._benches.of(found).finish(clock=_now)

    def fail(self, run: str, error: Exception) -> None:
        """Put on record why a run has no briefing."""
        if isinstance(error, SummarizerError):
            code, message = error.code, str(error)
        else:
            _log.error("run %s failed", run, exc_info=error)
            code, message = "internal", f"internal error ({type(error).__name__}): run it again"
        self._end(run, code, message)

    def _end(self, run: str, code: str, message: str) -> None:
        found = runs.get(self._db, run)
        if found is not None:
            gathering.fail(self._db, found, code, message, now=_now())

    def _begin(self, run: str, n_takeovers: int) -> None:
        with SetWorkflowID(_workflow(run, n_takeovers)):
            DBOS.start_workflow(_briefing, run)

    def _work(self) -> None:
        """Start what waits, show a sign of life, take over from processes that show none."""
        beat_at = 0.0
        while not self._stopping.is_set():
            try:
                if time.monotonic() >= beat_at:
                    self._beat()
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
        leases.beat(self._db, self.executor, now=_now())
        with leases.dead(self._db, before=_now() - DEAD_AFTER) as executor:
            lost = runs.running(self._db, executor=executor) if executor is not None else []
            for run in lost:
                self.take_over(run.id)

    def _adopt(self) -> None:
        """Go on with the runs of this executor that no workflow of this version works on."""
        for run in runs.running(self._db, executor=self.executor):
            status = DBOS.get_workflow_status(_workflow(run.id, run.n_takeovers))
            with self._lock:
                self._active.setdefault(run.id, Future())
            if status is None:
                self._begin(run.id, run.n_takeovers)
            elif status.status not in _LIVE:
                self.take_over(run.id)

    def take_over(self, run: str) -> None:
        """Begin a run anew, as its last workflow will not end it."""
        n_takeovers = runs.take_over(self._db, run, executor=self.executor)
        self._forget(_workflow(run, n_takeovers - 1))
        if n_takeovers > MAX_TAKEOVERS:
            why = f"it ended its process {MAX_TAKEOVERS} times: give it fewer documents"
            self._end(run, "internal", why)
            self.ended(run)
            return
        with self._lock:
            self._active.setdefault(run, Future())
        self._begin(run, n_takeovers)

    def _forget(self, workflow: str) -> None:
        if DBOS.get_workflow_status(workflow) is not None:
            DBOS.cancel_workflow(workflow, cancel_children=True)


def _now() -> datetime:
    return datetime.now(UTC)


def _workflow(run: str, n_takeovers: int) -> str:
    return f"{VERSION}/{run}/{n_takeovers}"


@DBOS.workflow(name="briefing")
def _briefing(run: str) -> None:
    """Make one briefing; a story that a model writes is a workflow of its own, known by its key."""
    jobs = _started[0]
    try:
        keys = _make(run)
        handles = []
        for key in keys:
            with SetWorkflowID(f"{DBOS.workflow_id}/{key}"):
                handles.append(DBOS.start_workflow(_story, run, key))
        for key, handle in zip(keys, handles, strict=True):
            assert handle.get_result() == key, "a story got the result of another"
        if keys:
            _finish(run)
    except dbos_error.DBOSException:  # cancelled, or begun again elsewhere
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the run must end
        jobs.fail(run, error)
    finally:
        jobs.ended(run)


@DBOS.workflow(name="story")
def _story(run: str, key: str) -> str:
    _write(run, key)
    return key


@DBOS.step(name="make")
def _make(run: str) -> list[str]:
    return _patiently(lambda: _started[0].make(run))


@DBOS.step(name="write")
def _write(run: str, key: str) -> None:
    _patiently(lambda: _started[0].write(run, key))


@DBOS.step(name="finish")
def _finish(run: str) -> None:
    _patiently(lambda: _started[0].finish(run))


def _patiently(work: Callable[[], R]) -> R:
    """Do work that can be done again, waiting for a database that is locked or full."""
    for wait_s in _STORAGE_WAITS_S:
        try:
            return work()
        except StorageError as error:
            _log.warning("%s", error)
            time.sleep(wait_s)
    return work()


_in_worker: list[tuple[Database, Settings]] = []


def _open_in_worker(url: str, settings: Settings) -> None:
    """Prepare a process of the pool."""
    from summarizer.briefing import pipeline  # noqa: F401 - loaded before the first run needs it

    _in_worker[:] = [(Database(database.connect(url)), settings)]


def _make_in_worker(run: str) -> None:
    db, settings = _in_worker[0]
    found = runs.get(db, run)
    if found is not None and found.finished is None:
        making.make(db, settings, found, clock=_now)
