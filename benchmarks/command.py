"""Runs the program in a child process and says what it cost."""

import contextlib
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SUMMARIZER = (sys.executable, "-m", "summarizer")
_SAMPLE_S = 0.02
_KILOBYTE = 1 << 10


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that has ended, with those it started itself."""

    code: int
    stdout: bytes
    stderr: bytes
    cpu_s: float  # user and system, of all its processes
    peak_mb: float  # resident, summed over its processes; shared pages count in each


def run(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Finished:
    """Run a command to its end; `environment` is added to the one there is."""
    before = _cpu_s()
    with subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        sampler = _Sampler(child.pid)
        stdout, stderr = child.communicate()
        peak_mb = sampler.stop()
    return Finished(child.returncode, stdout, stderr, _cpu_s() - before, peak_mb)


def is_possible(command: Sequence[str]) -> bool:
    """Tell whether a command is there and succeeds."""
    try:
        return run(command).code == 0
    except OSError:
        return False


class _Sampler:
    """Watches the memory of a process and its descendants from a thread."""

    def __init__(self, pid: int) -> None:
        self._peak_kb = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,))
        self._thread.start()

    def stop(self) -> float:
        """Return the highest sum seen, in megabytes."""
        self._ended.set()
        self._thread.join()
        return self._peak_kb * _KILOBYTE / 1e6

    def _watch(self, pid: int) -> None:
        while not self._ended.wait(_SAMPLE_S):
            self._peak_kb = max(self._peak_kb, sum(map(_resident_kb, _tree(pid))))


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and its descendants; those that end meanwhile are left out."""
    yield pid
    with contextlib.suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _tree(int(child))


def _resident_kb(pid: int) -> int:
    """Return what a process holds now, 0 when it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
