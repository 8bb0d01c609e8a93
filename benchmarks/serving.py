"""The HTTP service under load: how many briefings, how much memory, and what slow clients cost.

Run `python -m benchmarks.serving [--requests N] [--record]`. The server is the command
`summarizer serve` in a process of its own; the clients share the machine with it. A request brings
ten articles of 600 words, which the embedded engine summarises.
"""

import asyncio
import http.client
import io
import json
import math
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, local
from typing import Any

from benchmarks import articles, command, results
from benchmarks.data import arguments

N_CLIENTS = 8
N_ARTICLES = 10
N_WARM = 40  # requests before anything is measured
N_LOAD = 600
N_SETTLED = 2_000  # requests after which memory must stay as it is
N_REQUESTS = 10_000
N_SLOW = 200
N_STARTS = 3
N_KEYS, N_DUPLICATES, N_AT_ONCE = 100, 1_000, 50
GOALS: Mapping[str, Callable[[float], bool]] = {
    "briefings a second": lambda value: value >= 20,
    "p99 s": lambda value: value <= 1,
    "KB a request": lambda value: value <= 1,
    "honest success beside slow": lambda value: value == 1,
    "p99 beside slow over without": lambda value: value <= 2,
    "briefings of 100 keys": lambda value: value == N_KEYS,
    "ready s": lambda value: value <= 3,
}


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers."""

    port: int
    pid: int
    ready_s: float


@contextmanager
def serving() -> Iterator[Served]:
    """Run the server over a store of its own; it must end by itself when asked to."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SUMMARIZER_DATA_DIR": folder}
        began = time.monotonic()
        with Path(folder, "log").open("w+", encoding="utf-8") as log:
            child = subprocess.Popen(
                [*command.SUMMARIZER, "serve", "--port", "0"],
                stderr=log,
                cwd=folder,
                env=environment,
            )
            try:
                port = _port(Path(folder, "log"), child)
                _await_ready(port)
                yield Served(port, child.pid, time.monotonic() - began)
            finally:
                child.send_signal(signal.SIGTERM)
                code = child.wait(timeout=20)
        if code:
            raise RuntimeError(f"the server ended with {code}")


def _port(log: Path, child: subprocess.Popen[bytes]) -> int:
    while child.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if "serving on http" in line:
                return int(line.rpartition(":")[2])
        time.sleep(0.01)
    raise RuntimeError(log.read_text(encoding="utf-8"))


def _await_ready(port: int) -> None:
    while ask(port, "GET", "/readyz")[0] != http.client.OK:
        time.sleep(0.01)


_of_thread = local()


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str]]:
    """Send a request over the connection of this thread; return the status and the headers."""
    for is_last in (False, True):
        if getattr(_of_thread, "port", None) != port:
            _of_thread.port = port
            _of_thread.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection: http.client.HTTPConnection = _of_thread.connection
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Content-Type": "application/json"} | named)
            answer = connection.getresponse()
            answer.read()
        except (http.client.HTTPException, OSError):  # a connection kept too long
            _of_thread.port = None
            if is_last:
                raise
        else:
            return answer.status, dict(answer.getheaders())
    raise AssertionError


def bodies(n: int) -> list[bytes]:
    """Return requests for briefings of different articles."""
    written = io.StringIO()
    articles.write(n * N_ARTICLES, written)
    records = [json.loads(line) for line in written.getvalue().splitlines()]
    parts = (records[i * N_ARTICLES : (i + 1) * N_ARTICLES] for i in range(n))
    return [json.dumps({"documents": part}).encode() for part in parts]


def load(port: int, requests: Sequence[bytes], n: int) -> tuple[list[float], float, float]:
    """Send `n` requests from all clients; return their seconds, those of all, the share done."""

    def one(i: int) -> tuple[float, bool]:
        began = time.monotonic()
        status, _ = ask(port, "POST", "/v1/briefings", requests[i % len(requests)])
        return time.monotonic() - began, status == http.client.OK

    began = time.monotonic()
    with ThreadPoolExecutor(N_CLIENTS) as clients:
        answers = list(clients.map(one, range(n)))
    seconds = sorted(taken for taken, _ in answers)
    return seconds, time.monotonic() - began, sum(done for _, done in answers) / n


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value that `share` of them do not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def throughput(served: Served, requests: Sequence[bytes]) -> dict[str, float]:
    """Measure how many briefings are made a second, and how long one takes."""
    cpu_s = _cpu_s(served.pid)
    seconds, all_s, success = load(served.port, requests, N_LOAD)
    return {
        "CPU ms a briefing, server": (_cpu_s(served.pid) - cpu_s) / N_LOAD * 1e3,
        "briefings a second": len(seconds) / all_s,
        "success": success,
        "p50 s": quantile(seconds, 0.5),
        "p99 s": quantile(seconds, 0.99),
    }


def memory(served: Served, requests: Sequence[bytes], n: int) -> dict[str, float]:
    """Measure what the server's process holds after some requests and after many."""
    load(served.port, requests, min(N_SETTLED, n // 2))
    settled = _resident_kb(served.pid)
    load(served.port, requests, n - min(N_SETTLED, n // 2))
    held = _resident_kb(served.pid)
    n_after = n - min(N_SETTLED, n // 2)
    return {
        "MB settled": settled / 1e3,
        f"MB after {n} requests": held / 1e3,
        "KB a request": (held - settled) / n_after,
    }


def _cpu_s(pid: int) -> float:
    """Return the processor time of a process and those it started, which still run."""
    ticks = 0
    for each in _family(pid):
        fields = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # user and system
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text(encoding="utf-8").split():
            yield from _family(int(child))


def _resident_kb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1])
    raise RuntimeError("the server has ended")


def beside_slow(served: Served, requests: Sequence[bytes]) -> dict[str, float]:
    """Measure honest clients without and beside clients that never complete a request."""
    without, _, _ = load(served.port, requests, N_LOAD)
    ended = Event()
    with ThreadPoolExecutor(1) as attackers:
        attack = attackers.submit(asyncio.run, _slowloris(served.port, ended))
        time.sleep(2)
        beside, _, success = load(served.port, requests, N_LOAD)
        ended.set()
        n_closed = attack.result()
    return {
        "honest success beside slow": success,
        "p99 s beside slow": quantile(beside, 0.99),
        "p99 beside slow over without": quantile(beside, 0.99) / quantile(without, 0.99),
        "slow connections closed": n_closed,
    }


async def _slowloris(port: int, ended: Event) -> int:
    """Hold connections by a byte of a head a second; return how often the server closed one."""

    async def hold() -> int:
        n_closed = 0
        while not ended.is_set():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /v1/briefings HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            while not ended.is_set() and not reader.at_eof():
                await asyncio.sleep(1)
                try:
                    writer.write(b"a")
                    await writer.drain()
                    await asyncio.wait_for(reader.read(1), 0.01)
                except TimeoutError:
                    continue
                except OSError:
                    break
            n_closed += not ended.is_set()
            writer.close()
        return n_closed

    return sum(await asyncio.gather(*(hold() for _ in range(N_SLOW))))


def duplicates(served: Served, requests: Sequence[bytes]) -> dict[str, float]:
    """Send each of some requests several times at once under one key."""

    def one(i: int) -> str:
        key = i % N_KEYS
        status, headers = ask(
            served.port,
            "POST",
            "/v1/briefings",
            requests[key],
            Idempotency_Key=f"key-{key}",
        )
        return headers.get("location", "") if status == http.client.OK else f"status {status}"

    with ThreadPoolExecutor(N_AT_ONCE) as clients:
        found = list(clients.map(one, range(N_DUPLICATES)))
    other = ask(served.port, "POST", "/v1/briefings", requests[1], Idempotency_Key="key-0")[0]
    return {
        "briefings of 100 keys": len(set(found)),
        "duplicates not answered 200": sum(each.startswith("status") for each in found),
        "status of another body": other,
    }


def measure(n_requests: int) -> dict[str, Any]:
    """Return all figures."""
    requests = bodies(N_KEYS)
    starts = []
    for _ in range(N_STARTS - 1):
        with serving() as served:
            starts.append(served.ready_s)
    with serving() as served:
        starts.append(served.ready_s)
        load(served.port, requests, N_WARM)
        figures = throughput(served, requests)
        figures |= beside_slow(served, requests)
        figures |= duplicates(served, requests)
        figures |= memory(served, requests, n_requests)
    return {"ready s": sorted(starts)[len(starts) // 2]} | figures


def main() -> None:
    """Print the table; figures that miss their goal are marked."""
    parser = arguments(__doc__)
    parser.add_argument("--requests", type=int, default=N_REQUESTS, metavar="N")
    given = parser.parse_args()
    figures = measure(given.requests)
    for name, value in figures.items():
        has_missed = name in GOALS and not GOALS[name](value)
        print(f"{name:<32}{value:>12.3f}{'  MISSED' if has_missed else ''}")
    if given.record:
        results.record("serving", figures)


if __name__ == "__main__":
    main()
