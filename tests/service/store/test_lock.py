"""One process at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError
from summarizer.service.store import lock
from summarizer.service.store.lock import LockedError

# Holds the lock, says so, and waits to be ended.
HOLDER = """
import os
import signal
import sys
from pathlib import Path
from summarizer.service.store import lock
with lock.hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


FORKING = HOLDER.replace(
    '    print("held"', '    if os.fork():\n        signal.pause()\n    print("held"'
)


def holder(path: Path, program: str = HOLDER) -> subprocess.Popen[str]:
    made = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "held\n"
    return made


def test_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with holder(path) as other:
        with (
            pytest.raises(LockedError, match=f"in use by process {other.pid}: stop it"),
            lock.hold(path),
        ):
            pytest.fail("held twice")
        other.kill()
        other.communicate()
    with lock.hold(path):
        assert path.with_name("store.sqlite.lock").read_text() == f"{os.getpid()}\n"


def test_lock_is_free_again_after_the_block(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.sqlite"
    for _ in range(2):
        with (
            lock.hold(path),
            pytest.raises(LockedError, match=f"process {os.getpid()}"),
            lock.hold(path),
        ):
            pytest.fail("held twice")
    assert not path.exists()


def test_forked_child_does_not_keep_the_lock_of_a_parent_that_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with holder(path, FORKING) as parent:
        os.kill(parent.pid, signal.SIGKILL)
        assert parent.wait() == -signal.SIGKILL
        with lock.hold(path):  # the child still waits for its input
            parent.communicate()


def test_lock_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite.lock").mkdir()
    with (
        pytest.raises(ConfigurationError, match=r"store\.sqlite\.lock: .*make the folder writable"),
        lock.hold(tmp_path / "store.sqlite"),
    ):
        pytest.fail("held")
