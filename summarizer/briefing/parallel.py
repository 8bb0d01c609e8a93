"""Do the same work on many things in a few threads, and stop at once when interrupted."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_threads(
    work: Callable[[T], R], items: Sequence[T], n_threads: int
) -> Iterator[tuple[int, R]]:
    """Yield the index and the result of each item as it is done, in any order.

    With one thread it is the caller's own. Others are daemons: one that still waits for a server
    does not keep an interrupted program alive, as the threads of an executor would.

    Raises:
        Exception: what `work` raised first; no further item is begun.
    """
    if n_threads <= 1 or len(items) <= 1:
        for i, item in enumerate(items):
            yield i, work(item)
        return
    waiting: queue.SimpleQueue[tuple[int, T] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, Future[R]]] = queue.SimpleQueue()
    n_threads = min(n_threads, len(items))
    for numbered in enumerate(items):
        waiting.put(numbered)
    stop = threading.Event()
    for _ in range(n_threads):
        waiting.put(None)
        threading.Thread(target=_run, args=(work, waiting, done, stop), daemon=True).start()
    try:
        for _ in items:
            i, future = done.get()
            yield i, future.result()
    finally:
        stop.set()


def _run(
    work: Callable[[T], R],
    waiting: "queue.SimpleQueue[tuple[int, T] | None]",
    done: "queue.SimpleQueue[tuple[int, Future[R]]]",
    stop: threading.Event,
) -> None:
    while (numbered := waiting.get()) is not None and not stop.is_set():
        i, item = numbered
        future: Future[R] = Future()
        try:
            future.set_result(work(item))
        except Exception as error:  # noqa: BLE001 - raised again in the caller's thread
            future.set_exception(error)
        done.put((i, future))
