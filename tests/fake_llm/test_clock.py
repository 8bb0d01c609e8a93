import threading
import time

import pytest

from tests.fake_llm.clock import EPOCH, RealClock, StoppedError, VirtualClock


def sleeper(clock: VirtualClock, seconds: float, woken: list[float]) -> threading.Thread:
    def run() -> None:
        clock.sleep(seconds)
        woken.append(clock.now() - EPOCH)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_virtual_time_stands_still_until_somebody_lets_it_pass() -> None:
    clock = VirtualClock()
    woken: list[float] = []
    thread = sleeper(clock, 3600, woken)
    assert clock.wait_for_sleepers(1)
    clock.advance(3599)
    assert clock.sleeping() == 1
    clock.advance(1)
    thread.join(5)
    assert woken == [3600]
    assert clock.sleeping() == 0


def test_one_sleeper_alone_lets_time_jump_at_once() -> None:
    clock = VirtualClock(sleepers=1)
    started = time.monotonic()
    for _ in range(100):
        clock.sleep(3600)
    assert clock.now() - EPOCH == 360_000
    assert time.monotonic() - started < 1


def test_time_waits_for_the_thread_that_still_works() -> None:
    clock = VirtualClock(sleepers=2, grace_s=5)
    woken: list[float] = []
    threads = [sleeper(clock, 10, woken)]
    assert clock.wait_for_sleepers(1)
    assert clock.now() == EPOCH
    threads.append(sleeper(clock, 4, woken))
    threads[1].join(5)
    assert woken == [4]
    threads.append(sleeper(clock, 1, woken))
    threads[2].join(5)
    assert woken == [4, 5]
    threads.append(sleeper(clock, 100, woken))
    threads[0].join(5)
    assert woken == [4, 5, 10]
    clock.advance(100)
    threads[3].join(5)


def test_last_threads_are_not_left_asleep() -> None:
    clock = VirtualClock(sleepers=16, grace_s=0.01)
    woken: list[float] = []
    threads = [sleeper(clock, seconds, woken) for seconds in (3, 1, 2)]
    for thread in threads:
        thread.join(5)
    assert sorted(woken) == [1, 2, 3]


def test_no_time_passes_for_a_sleep_of_nothing() -> None:
    clock = VirtualClock(sleepers=1)
    clock.sleep(0)
    clock.sleep(-1)
    assert clock.now() == EPOCH


def test_stopping_wakes_who_sleeps_and_lets_nobody_sleep_again() -> None:
    clock = VirtualClock()
    failed: list[str] = []

    def run() -> None:
        try:
            clock.sleep(5)
        except StoppedError:
            failed.append("stopped")

    thread = threading.Thread(target=run)
    thread.start()
    assert clock.wait_for_sleepers(1)
    clock.stop()
    thread.join(5)
    assert failed == ["stopped"]
    with pytest.raises(StoppedError):
        clock.sleep(1)


def test_real_time_is_that_of_the_machine() -> None:
    clock = RealClock()
    before = clock.now()
    clock.sleep(0.01)
    assert 0.009 < clock.now() - before < 5
    assert abs(clock.now() - time.time()) < 5


def test_stopped_real_clock_lets_nobody_sleep() -> None:
    clock = RealClock()
    clock.stop()
    with pytest.raises(StoppedError):
        clock.sleep(3600)
