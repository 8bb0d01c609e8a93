"""Runs as durable workflows; the engine is DBOS, which nothing else imports.

It knows a run by its id alone. What a run consists of is in our store, and what each step leaves
there is found again by its key. So a workflow may be begun anew at any time, in any process and by
a later version of this program, and pays for nothing twice. A story that a model writes is a
workflow of its own, and known by its key: steps are known by their position only, so two stories
in one workflow could get each other's result (https://github.com/dbos-inc/dbos-transact-py/issues/688).
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from dbos import DBOS, DBOSPortableJSONSerializer, SetWorkflowID
from dbos import error as dbos_error

from summarizer.errors import StorageError
from summarizer.service.store.database import Database

R = TypeVar("R")

VERSION = "wf1"  # raise it when the steps of a workflow change: what is under way begins anew
_STORAGE_WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 20.0)
_LIVE = frozenset({"PENDING", "ENQUEUED", "DELAYED"})
_ENDED = ("SUCCESS", "ERROR", "CANCELLED")
_BATCH = 500  # workflows deleted at a time

_log = logging.getLogger(__name__)


class Work(Protocol):
    """What the steps of a run do; each may be done again."""

    def make(self, run: str) -> list[str]:
        """Make the briefing, or return the keys of the stories that a model has to write."""
        ...

    def write(self, run: str, key: str) -> None:
        """Write one story."""
        ...

    def finish(self, run: str) -> None:
        """Merge the stories and publish the briefing."""
        ...

    def fail(self, run: str, error: Exception) -> None:
        """End the run without a briefing."""
        ...

    def ended(self, run: str) -> None:
        """Note that this process is done with the run."""
        ...


class _Process(NamedTuple):
    work: Work
    db: Database


_here: list[_Process] = []  # one, or none; workflows are functions of the module


def launch(db: Database, executor: str, work: Work) -> None:
    """Begin, and go on with the workflows of this executor that an earlier process left.

    Here and below, a database that cannot be used now is a `StorageError`.
    """
    DBOS(
        config={
            "name": "summarizer",
            "system_database_url": db.engine.url.render_as_string(hide_password=False),
            "system_database_engine": db.engine,
            "application_version": VERSION,
            "executor_id": executor,
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            "log_level": "WARNING",
        }
    )
    logging.getLogger("dbos").handlers.clear()  # what it says goes where all logs go
    logging.getLogger("dbos").propagate = True
    _here[:] = [_Process(work, db)]
    with db.lent():
        DBOS.launch()


def destroy(work: Work) -> None:
    """End at once; what is under way goes on after the next launch."""
    if _here and _here[0].work is work:
        DBOS.destroy(workflow_completion_timeout_sec=0)
        _here.clear()


def begin(run: str, attempt: int) -> None:
    """Begin a workflow of a run, unless it was begun before."""
    with _here[0].db.lent(), SetWorkflowID(_name(run, attempt)):
        DBOS.start_workflow(_briefing, run)


def is_under_way(run: str, attempt: int) -> bool | None:
    """Tell whether a workflow goes on; None when it was never begun."""
    with _here[0].db.lent():
        status = DBOS.get_workflow_status(_name(run, attempt))
    return None if status is None else status.status in _LIVE


def cancel(run: str, attempt: int) -> None:
    """End a workflow with its stories at their next steps, if it was begun."""
    name = _name(run, attempt)
    with _here[0].db.lent():
        if DBOS.get_workflow_status(name) is not None:
            DBOS.cancel_workflow(name, cancel_children=True)


def forget(before: datetime) -> int:
    """Delete some workflows that ended before a moment and return how many they were."""
    ended = DBOS.list_workflows(
        status=list(_ENDED),
        completed_before=before.isoformat(),
        has_parent=False,
        load_input=False,
        load_output=False,
        limit=_BATCH,
    )
    DBOS.delete_workflows([each.workflow_id for each in ended], delete_children=True)
    return len(ended)


def _name(run: str, attempt: int) -> str:
    """Return the id of a workflow; that of another version is another, which begins anew."""
    return f"{VERSION}/{run}/{attempt}"


@DBOS.workflow(name="briefing")
def _briefing(run: str) -> None:
    work, db = _here[0]
    try:
        with db.lent():
            _make_and_write(run)
    except (dbos_error.DBOSException, StorageError):  # cancelled, or to be gone on with later
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the run must end
        work.fail(run, error)
    finally:
        work.ended(run)


def _make_and_write(run: str) -> None:
    keys = _make(run)
    handles = []
    for key in keys:
        with SetWorkflowID(f"{DBOS.workflow_id}/{key}"):
            handles.append(DBOS.start_workflow(_story, run, key))
    for key, handle in zip(keys, handles, strict=True):
        assert handle.get_result() == key, "a story got the result of another"
    if keys:
        _finish(run)


@DBOS.workflow(name="story")
def _story(run: str, key: str) -> str:
    _write(run, key)
    return key


@DBOS.step(name="make")
def _make(run: str) -> list[str]:
    return _patiently(lambda: _here[0].work.make(run))


@DBOS.step(name="write")
def _write(run: str, key: str) -> None:
    _patiently(lambda: _here[0].work.write(run, key))


@DBOS.step(name="finish")
def _finish(run: str) -> None:
    _patiently(lambda: _here[0].work.finish(run))


def _patiently(do: Callable[[], R]) -> R:
    """Do what can be done again, waiting for a database that is locked or full."""
    for wait_s in _STORAGE_WAITS_S:
        try:
            return do()
        except StorageError as error:
            _log.warning("%s", error)
            time.sleep(wait_s)
    return do()
