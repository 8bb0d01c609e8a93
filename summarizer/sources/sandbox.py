"""Parse what strangers wrote in a process that may die of it.

A parser that hangs, crashes or eats memory takes its process with it and nothing else; the
document becomes a `BrokenError`. Processes are forked from one that has the parsers in memory, so
that a new one costs milliseconds; none is forked from the program itself, which has threads. POSIX
systems only.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import BoundedSemaphore, Lock
from typing import cast

from summarizer.errors import InputError, SummarizerError
from summarizer.limits import SANDBOX_DOCUMENTS, SANDBOX_WALL_S
from summarizer.sources import frames
from summarizer.types import Json

Parse = Callable[..., Json]
"""A function of a module, by its name: `parse(data: bytes, **options)`, all of it JSON."""

MAX_REPLY_BYTES = 128 << 20  # the text of a feed, escaped
_START_S = 30.0  # for the parsers to be imported, on a machine that is busy
_GRACE_S = 10.0  # for a process to end by itself when its time is up
_END_S = 5.0
_MAX_WORKERS = 4
_REMEDY = "give its text as a file instead"
# The import path is that of the program, so that the same code runs; nothing else is passed on:
# keys in the environment are not for a process that reads strangers' documents.
_MAIN = (
    "import json, sys; sys.path[:] = sys.argv[3:]; from summarizer.sources.worker import main; "
    "main(int(sys.argv[1]), json.loads(sys.argv[2]))"
)
# What a new process parses before it is used: a page and a feed, so that it has the parsers ready.
_PARAGRAPH = "<p>The storm hit the coast on Monday night and cut the power of many homes.</p>" * 5
_PAGE = (
    f"<html><head><title>Storm</title></head><body><article>{_PARAGRAPH}</article></body></html>"
)
_ITEM = "<title>Storm</title><description>&lt;p>Text</description><pubDate>2 Mar 2026</pubDate>"
_FEED = f"<rss version='2.0'><channel><title>News</title><item>{_ITEM}</item></channel></rss>"
_FROM = {"url": "http://news.example/", "declared": None}
_SAMPLES = json.dumps(
    [
        ("summarizer.sources.html:read", _PAGE, {}),
        ("summarizer.sources.feeds:read", _FEED, _FROM),
    ]
)
_ENVIRONMENT = {"PYTHONHASHSEED": "0"}  # the same result in every process


class BrokenError(InputError):
    """A document that its parser did not survive."""


class Sandbox:
    """A few processes that parse; safe for many threads, which wait for a free one.

    Args:
        n_workers: how many there are at most.
        wall_s: that one document may take.
    """

    def __init__(self, n_workers: int, *, wall_s: float = SANDBOX_WALL_S) -> None:
        self._wall_s = wall_s
        self._free = BoundedSemaphore(n_workers)
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._template: _Template | None = None

    def run(self, parse: Parse, data: bytes, **options: Json) -> Json:
        """Return `parse(data, **options)`, worked out in another process.

        Raises:
            InputError: `parse` raised it; the message is its own.
            BrokenError: `parse` raised something else, or its process died or took too long.
        SummarizerError: no process can be started.
        """
        name = f"{parse.__module__}:{parse.__qualname__}"
        job = json.dumps([name, options, self._wall_s]).encode()
        with self._free:
            worker = self._take()
            reply = worker.ask(job, data, self._wall_s + _GRACE_S)
            if reply is None or "broken" in reply or worker.n_documents >= SANDBOX_DOCUMENTS:
                worker.close()
            else:
                with self._lock:
                    self._idle.append(worker)
        if reply is None:
            raise BrokenError(f"its parser crashed, or took too much time or memory: {_REMEDY}")
        if "broken" in reply:
            raise BrokenError(f"its parser failed ({reply['broken']}): {_REMEDY}")
        if "refused" in reply:
            raise InputError(str(reply["refused"]))
        return reply["value"]

    def warm(self) -> None:
        """Start the process that imports the parsers, without waiting for it."""
        with self._lock:
            self._current_template()

    def close(self) -> None:
        """End all processes; the next call starts them again."""
        with self._lock:
            for worker in self._idle:
                worker.close()
            self._idle.clear()
            self._close_template()

    def _take(self) -> "_Worker":
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.close()
            try:
                return self._current_template().fork()
            except OSError:  # it has died, or has not got a word out
                self._close_template()
            try:
                return self._current_template().fork()
            except OSError as error:
                raise SummarizerError("the process that parses documents does not start") from error

    def _current_template(self) -> "_Template":
        if self._template is None:
            self._template = _Template()
        return self._template

    def _close_template(self) -> None:
        if self._template is not None:
            self._template.close()
            self._template = None


class _Template:
    """The process that has the parsers in memory; it ends when its socket is closed."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        flags = ["-P", "-B"] if sys.dont_write_bytecode else ["-P"]  # nothing of this folder
        number, path = str(theirs.fileno()), [entry or os.curdir for entry in sys.path]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, *flags, "-c", _MAIN, number, _SAMPLES, *path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_ENVIRONMENT,
                start_new_session=True,  # Ctrl-C is for the program
            )

    def fork(self) -> "_Worker":
        """Return a new worker that has said that it is there; an `OSError` when none comes."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b"\x00"], [theirs.fileno()])
            ours.settimeout(_START_S)
            if not ours.recv(1):
                raise ConnectionResetError
        except OSError:
            ours.close()
            raise
        return _Worker(ours)

    def close(self) -> None:
        _hang_up(self._control)
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:  # it is still importing
            self._process.kill()
            self._process.wait()


class _Worker:
    """A process that parses one document after another; it ends when its socket is closed."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self.n_documents = 0

    def is_alive(self) -> bool:
        self._channel.settimeout(0)
        try:
            return bool(self._channel.recv(1, socket.MSG_PEEK))
        except BlockingIOError:  # silent, as it should be
            return True
        except OSError:
            return False

    def ask(self, job: bytes, data: bytes, timeout_s: float) -> dict[str, Json] | None:
        """Return the answer, None when there is none and will be none."""
        self.n_documents += 1
        self._channel.settimeout(timeout_s)
        try:
            frames.send(self._channel, job, data)
            reply = frames.receive(self._channel, max_bytes=MAX_REPLY_BYTES)
        except OSError:  # also a timeout
            return None
        return None if reply is None else cast(dict[str, Json], json.loads(reply))

    def close(self) -> None:
        _hang_up(self._channel)


def _hang_up(channel: socket.socket) -> None:
    """Close a socket for good, whoever else may hold a copy of it."""
    with suppress(OSError):  # the other end was faster
        channel.shutdown(socket.SHUT_RDWR)
    channel.close()


def run(parse: Parse, data: bytes, **options: Json) -> Json:
    """Return `parse(data, **options)`, worked out in a process of the program's one sandbox.

    Raises:
        InputError: as `Sandbox.run` has it.
    """
    return _sandboxes[-1].run(parse, data, **options)


def warm() -> None:
    """Start the program's sandbox, without waiting for it."""
    _sandboxes[-1].warm()


def _open() -> None:
    _sandboxes.append(Sandbox(min(_MAX_WORKERS, os.cpu_count() or 1)))


def _close() -> None:
    _sandboxes[-1].close()


# The last is the program's own; those before it belong to the processes it was forked from.
_sandboxes: list[Sandbox] = []
_open()
os.register_at_fork(after_in_child=_open)
atexit.register(_close)
