"""The other end of the sandbox: a process with the parsers in memory, and its forks that parse.

It runs apart from the program, in a session of its own, with nothing of the program's memory. All
of it ends when the program does, however that ends: its sockets are closed then. What runs only
there is out of reach of the measurement of coverage.
"""

import gc
import json
import os
import resource
import signal
import socket
from collections.abc import Sequence
from importlib import import_module

from summarizer.errors import InputError
from summarizer.limits import SANDBOX_CPU_S, SANDBOX_MEMORY_BYTES
from summarizer.sources import frames
from summarizer.types import Json

MAX_REQUEST_BYTES = 1 << 30  # the program keeps to its own, lower limits


Job = tuple[str, str, dict[str, Json]]
"""A parser, as `reply` names it, a document and options."""


def main(descriptor: int, samples: Sequence[Job]) -> None:  # pragma: no cover - see above
    """Parse `samples`, then fork a worker for each socket that arrives over `descriptor`.

    What parsers load and compile when they are first used is then there in every worker.
    """
    for name, sample, options in samples:
        reply(name, sample.encode(), options)
    gc.freeze()  # what is there now stays shared with the forks
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the workers
    with socket.socket(fileno=descriptor) as control:
        while True:
            message, channels, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                return
            if os.fork() == 0:
                control.close()
                _serve(channels[0])
                os._exit(0)
            os.close(channels[0])


def _serve(descriptor: int) -> None:  # pragma: no cover - see above
    """Parse what arrives until the other end closes."""
    for limit, value in (
        (resource.RLIMIT_AS, SANDBOX_MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # it writes no file
    ):
        resource.setrlimit(limit, (value, value))
    with socket.socket(fileno=descriptor) as channel:
        channel.send(b"\x00")  # it is there
        while (job := frames.receive(channel, max_bytes=MAX_REQUEST_BYTES)) is not None:
            data = frames.receive(channel, max_bytes=MAX_REQUEST_BYTES)
            if data is None:
                return
            name, options, wall_s = json.loads(job)
            _limit_time(wall_s)
            answer = reply(name, data, options)
            signal.setitimer(signal.ITIMER_REAL, 0)
            frames.send(channel, answer)


def _limit_time(wall_s: float) -> None:  # pragma: no cover - see above
    """Have the system end this process when it takes too long, even inside a C library."""
    used_s = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used_s) + 1 + SANDBOX_CPU_S, hard))
    signal.setitimer(signal.ITIMER_REAL, wall_s)


def reply(name: str, data: bytes, options: dict[str, Json]) -> bytes:
    """Return what a parser makes of `data`, or why it makes nothing of it, as JSON.

    Args:
        name: of the parser, "module:function".
        data: the document.
        options: further arguments of the parser.
    """
    module, _, function = name.partition(":")
    try:
        value = getattr(import_module(module), function)(data, **options)
        return json.dumps({"value": value}).encode()
    except InputError as error:
        return json.dumps({"refused": str(error)}).encode()
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is said, and no more
        return json.dumps({"broken": type(error).__name__}).encode()
