"""Worker processes for briefings by the embedded engine, which keep every core busy.

The server's own process only accepts, records and answers, so it stays quick while they work. When
one dies, what they worked on is begun again, each work in a process of its own: what kills it twice
fails, and nothing else does. All of them end with their server, however that ends.
"""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

from summarizer.errors import SummarizerError

P = ParamSpec("P")
R = TypeVar("R")

_LOADED = ["summarizer.service.making"]


class StoppedError(BaseException):
    """The pool was closed before a work had ended: no failure of the work, which begins anew.

    No `Exception`, so that nobody on the way puts it on record as one.
    """


class Pool:
    """Processes that are started once and used by any number of threads."""

    def __init__(self, n_workers: int, prepare: Callable[..., None], *arguments: object) -> None:
        """Start the processes.

        Args:
            n_workers: how many; 0 for one a core.
            prepare: called in each with `arguments` before its first work.
            arguments: what can be sent to another process.
        """
        self._n_workers = n_workers or os.cpu_count() or 1
        self._prepare = prepare
        self._arguments = arguments
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)  # once, by the process that forks the others
        # Nothing is ever sent. The workers end when this side is closed, as it is when a process
        # is killed; a lock or an event would not outlive the death of a worker that waits for it.
        self._alive, self._life = self._context.Pipe(duplex=False)
        self._lock = threading.Lock()
        self._executor = self._start(self._n_workers)

    def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do `work` in a worker and return its result.

        Raises:
            StoppedError: the pool was closed.
            SummarizerError: the process died of it, and so did another.
            Exception: what `work` raised.
        """
        try:
            return self._submit(work, *args, **kwargs).result()
        except BrokenProcessPool:
            pass
        with self._start_alone() as executor:
            try:
                return executor.submit(work, *args, **kwargs).result()
            except BrokenProcessPool as error:
                self._refuse_when_closed()
                why = "its process was killed twice, perhaps for want of memory"
                raise SummarizerError(f"{why}: give it fewer documents") from error

    def close(self) -> None:
        """End the processes, whatever they work on: it will be begun again."""
        with self._lock:
            self._life.close()
        self._executor.shutdown()
        self._alive.close()

    def _submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand `work` to the workers, to new ones if they have died."""
        with self._lock:
            self._refuse_when_closed()
            try:
                return self._executor.submit(work, *args, **kwargs)
            except BrokenProcessPool:
                self._executor = self._start(self._n_workers)
                return self._executor.submit(work, *args, **kwargs)

    def _start_alone(self) -> ProcessPoolExecutor:
        with self._lock:
            self._refuse_when_closed()
            return self._start(1)

    def _start(self, n_workers: int) -> ProcessPoolExecutor:
        executor = ProcessPoolExecutor(
            n_workers,
            mp_context=self._context,
            initializer=_begin,
            initargs=(self._alive, self._prepare, self._arguments),
        )
        # A process is started for each work that waits, so all are there before the first request.
        for _ in range(n_workers):
            executor.submit(_nothing)
        return executor

    def _refuse_when_closed(self) -> None:
        if self._life.closed:
            raise StoppedError


def _begin(alive: Connection, prepare: Callable[..., None], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    prepare(*arguments)


def _end_with(alive: Connection) -> None:
    """End this process with its server: when that closes its side, or is gone."""
    with suppress(EOFError):
        alive.recv_bytes()
    os._exit(0)


def _nothing() -> None:
    """Work that takes no time."""
