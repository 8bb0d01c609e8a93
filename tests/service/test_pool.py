"""Worker processes: killed by their work, killed with their server, closed under it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summarizer.errors import SummarizerError
from summarizer.service.pool import Pool, StoppedError

PATIENCE_S = 30.0


def nothing() -> None:
    """Prepare a worker for no work in particular."""


def double(n: int) -> int:
    return 2 * n


def refuse(n: int) -> int:
    message = f"{n} is refused"
    raise ValueError(message)


def die(beside: str, n_times: int) -> str:
    """End this process at once, as the system does that has no memory left, the first times."""
    deaths = Path(beside)
    with deaths.open("a") as log:
        log.write("x")
    if len(deaths.read_text()) <= n_times:
        os.kill(os.getpid(), signal.SIGKILL)
    return "survived"


def meet(beside: str) -> str:
    """Say that this work has begun, and end it when `die` has been at it twice."""
    Path(f"{beside}.begun").touch()
    wait_until(lambda: Path(beside).exists() and Path(beside).read_text() == "xx")
    return "done"


def hang(beside: str) -> None:
    Path(beside).write_text(str(os.getpid()))
    threading.Event().wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody asked about does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(2, nothing)
    yield made
    made.close()


def test_result_of_a_work_comes_back(pool: Pool) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda n: pool.run(double, n), range(20))) == list(range(0, 40, 2))


def test_error_of_a_work_comes_back(pool: Pool) -> None:
    with pytest.raises(ValueError, match="7 is refused"):
        pool.run(refuse, 7)


def test_work_whose_process_is_killed_is_done_by_another(pool: Pool, tmp_path: Path) -> None:
    deaths = tmp_path / "deaths"
    assert pool.run(die, str(deaths), 1) == "survived"
    assert deaths.read_text() == "xx"
    assert pool.run(double, 4) == 8


def test_work_that_kills_each_process_fails_with_the_reason(pool: Pool, tmp_path: Path) -> None:
    deaths = tmp_path / "deaths"
    with pytest.raises(SummarizerError, match="killed twice, perhaps for want of memory: give it"):
        pool.run(die, str(deaths), 9)
    assert deaths.read_text() == "xx"
    assert pool.run(double, 4) == 8


def test_work_beside_one_that_kills_each_process_is_done(pool: Pool, tmp_path: Path) -> None:
    deaths = tmp_path / "deaths"
    with ThreadPoolExecutor(2) as threads:
        beside = threads.submit(pool.run, meet, str(deaths))
        wait_until(Path(f"{deaths}.begun").exists)
        with pytest.raises(SummarizerError, match="killed twice"):
            pool.run(die, str(deaths), 9)
        assert beside.result(PATIENCE_S) == "done"


def test_close_ends_workers_and_their_work_says_that_it_was_stopped(tmp_path: Path) -> None:
    closing = Pool(1, nothing)
    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(closing.run, hang, str(tmp_path / "pid"))
        wait_until(lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text() != "")
        closing.close()
        with pytest.raises(StoppedError):
            work.result(PATIENCE_S)
    wait_until(lambda: not is_alive(int((tmp_path / "pid").read_text())))
    with pytest.raises(StoppedError):
        closing.run(double, 1)


def test_pool_closes_though_workers_were_killed_while_idle() -> None:
    closing = Pool(2, nothing)
    idle = closing.run(os.getpid)
    os.kill(idle, signal.SIGKILL)
    wait_until(lambda: not is_alive(idle))
    done = threading.Thread(target=closing.close, daemon=True)
    done.start()
    done.join(PATIENCE_S)
    assert not done.is_alive()


_SERVER = """
import os
from summarizer.service.pool import Pool
def nothing(): pass
if __name__ == "__main__":
    pool = Pool(2, nothing)
    print(pool.run(os.getpid), pool.run(os.getppid), flush=True)
    input()
"""


def test_workers_end_with_a_server_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(_SERVER)
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert all(map(is_alive, pids))
        server.kill()
    wait_until(lambda: not any(map(is_alive, pids)))
