import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from summarizer.sources.turns import Turns


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds


def test_host_rests_after_each_request_and_others_do_not_wait() -> None:
    clock = Clock()
    turns = Turns(delay_s=2.0, clock=clock, sleep=clock.sleep)
    for host in ("a", "a", "b", "a"):
        with turns.take(host):
            clock.now_s += 0.5
    assert clock.slept == [2.0, 1.5]


def test_host_rests_after_a_failure_too() -> None:
    clock = Clock()
    turns = Turns(delay_s=2.0, clock=clock, sleep=clock.sleep)
    with pytest.raises(ZeroDivisionError), turns.take("a"):
        1 / 0  # noqa: B018 - it raises
    with turns.take("a"):
        assert clock.slept == [2.0]


def test_host_gets_one_request_at_a_time() -> None:
    turns = Turns(delay_s=0.0, clock=lambda: 0.0, sleep=lambda _: None)
    inside, most, lock = 0, 0, threading.Lock()

    def visit(_: int) -> None:
        nonlocal inside, most
        with turns.take("a"):
            with lock:
                inside += 1
                most = max(most, inside)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(visit, range(200)))
    assert most == 1
