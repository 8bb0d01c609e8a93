"""A thread that does the same again and again until it is stopped."""

import threading

import pytest

from summarizer.errors import InputError, StorageError
from summarizer.service.loop import Loop

PATIENCE_S = 10.0


def test_work_is_done_again_and_again_until_the_end() -> None:
    done = threading.Semaphore(0)
    with Loop("busy", done.release, every_s=0.001) as loop:
        assert all(done.acquire(timeout=PATIENCE_S) for _ in range(3))
        assert loop.is_ready
        assert not loop.is_stopping()
    assert loop.is_stopping()
    assert not loop.is_ready


def test_work_waits_for_its_first_time() -> None:
    done = threading.Event()
    with Loop("late", done.set, every_s=0.001, first_s=3_600):
        assert not done.wait(0.05)


def test_error_that_may_pass_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()
    trouble = iter([StorageError("the disk is full")])

    def work() -> None:
        for error in trouble:
            raise error
        done.set()

    with Loop("patient", work, every_s=0.001):
        assert done.wait(PATIENCE_S)
    assert caplog.messages == ["the disk is full"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_error_of_another_kind_ends_it() -> None:
    def work() -> None:
        raise InputError("nonsense")

    loop = Loop("strict", work, every_s=0.001)
    loop.start()
    loop.stop()
    assert not loop.is_ready


def test_loop_that_never_began_can_be_stopped() -> None:
    Loop("idle", lambda: None, every_s=1).stop()
