"""Read the sources of a run, several at a time, until its deadline; nothing is kept here.

One bad source never stops the others: whatever happens to it, it ends with a status.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

from summarizer.errors import NoUsableSourceError
from summarizer.sources import files, paths, sandbox, web
from summarizer.sources.addresses import shown
from summarizer.sources.opml import Subscription
from summarizer.sources.status import Status
from summarizer.sources.web import Loaded, Request
from summarizer.types import Note

_MAX_THREADS = 8  # sources read at once; a host still gets one request at a time
NONE: Mapping[str, str] = MappingProxyType({})
NOTHING: Mapping[str, Loaded] = MappingProxyType({})
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be collected, for whom, and by when."""

    owner: str
    edition: str | None  # its name; None: the sources are of one request
    sources: Sequence[str]
    run_id: str
    now: datetime  # with its zone
    deadline: datetime | None = None

    @property
    def left_s(self) -> float | None:
        """Return the seconds until the deadline; None without one."""
        return None if self.deadline is None else (self.deadline - self.now).total_seconds()


@dataclass(frozen=True, slots=True)
class Answer:
    """A source and what it gave."""

    place: tuple[int, ...]  # among the sources: (2,), or (2, 7) in a list
    source: str  # its address or path
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class _Errand:
    """A source that is being read."""

    place: tuple[int, ...]
    source: str
    read: Callable[[], Loaded]
    name: str = ""  # empty where none is known


def read(
    task: Task,
    request: Request,
    *,
    feeds: Mapping[str, str] = NONE,
    had: Mapping[str, Loaded] = NOTHING,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Answer]:
    """Read each source once; yield what they give as they end, and at the deadline the rest.

    The feeds of a list follow the list, which itself gives nothing.

    Args:
        task: what is to be read.
        request: how addresses are read.
        feeds: addresses that are known to be feeds, and their names.
        had: sources that this run has read before, and what they gave; they are not read again.
        clock: seconds that only grow.
    """
    sandbox.warm()
    ends = None if task.left_s is None else clock() + task.left_s
    begun = set(task.sources)
    running: dict[Future[Loaded], _Errand] = {}
    pool = ThreadPoolExecutor(_MAX_THREADS)
    try:

        def begin(errand: _Errand) -> None:
            known = had.get(errand.source)
            running[pool.submit(errand.read if known is None else lambda: known)] = errand

        for errand in _errands(task, request, feeds):
            begin(errand)
        while running:
            left_s = None if ends is None else max(0.0, ends - clock())
            done, _ = wait(running, left_s, FIRST_COMPLETED)
            if not done:
                break
            for future in done:
                errand, loaded = running.pop(future), future.result()
                yield Answer(errand.place, errand.source, loaded)
                for i, feed in enumerate(loaded.feeds):
                    if feed.url not in begun:
                        begun.add(feed.url)
                        called = feed.title or feeds.get(feed.url, "")
                        begin(_feed((*errand.place, i), feed.url, called, request))
        for errand in running.values():
            yield Answer(errand.place, errand.source, _late(errand, task))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _errands(task: Task, request: Request, feeds: Mapping[str, str]) -> Iterator[_Errand]:
    for i, source in enumerate(dict.fromkeys(task.sources)):
        if source in feeds:
            yield _feed((i,), source, feeds[source], request)
        else:
            yield _Errand((i,), source, partial(_read, source, task, request))


def _feed(place: tuple[int, ...], url: str, name: str, request: Request) -> _Errand:
    return _Errand(place, url, partial(web.read_feed, Subscription(url, name), request), name)


def _read(source: str, task: Task, request: Request) -> Loaded:
    """Read one source, whatever it is; a request has no business in the files of this machine."""
    if source.lower().startswith(_WEB):
        return web.read(source, request)
    where = paths.shown(source)
    if task.edition is None:
        note = Note("refused", f"{where}: this is no web address: send its text as a document")
        return web.ended(where, "refused", notes=[note])
    try:
        found = files.load([source])
    except NoUsableSourceError as error:
        status: Status = "empty" if paths.find(source).files else "missing"
        return web.ended(where, status, notes=[Note(status, str(error))])
    return Loaded(found.sources, found.documents, found.notes)


def _late(errand: _Errand, task: Task) -> Loaded:
    assert task.deadline is not None
    when = task.deadline.astimezone(UTC)
    why = f"not read by the deadline, {when:%Y-%m-%d %H:%M} UTC: the next run reads it again"
    note = Note("unreachable", f"{errand.name or shown(errand.source)}: {why}")
    return web.ended(errand.source, "unreachable", notes=[note], name=errand.name)
