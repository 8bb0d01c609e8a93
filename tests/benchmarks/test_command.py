import sys
from pathlib import Path

from benchmarks import command


def test_memory_of_children_is_counted() -> None:
    hold = "held = bytearray(60_000_000); import time; time.sleep(.2)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    done = command.run([sys.executable, "-c", start])
    assert done.code == 0
    assert 60 < done.peak_mb < 200


def test_processor_time_of_children_is_counted() -> None:
    work = "sum(range(5_000_000))"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    bare = command.run([sys.executable, "-c", ""])
    assert command.run([sys.executable, "-c", start]).cpu_s > bare.cpu_s


def test_output_code_environment_and_folder_are_the_childs(tmp_path: Path) -> None:
    show = "import os, sys; print(os.environ['SHOWN'], os.getcwd()); sys.exit('no')"
    done = command.run([sys.executable, "-c", show], environment={"SHOWN": "yes"}, folder=tmp_path)
    assert done.stdout.decode().split() == ["yes", str(tmp_path)]
    assert (done.code, done.stderr) == (1, b"no\n")


def test_missing_program_is_not_possible() -> None:
    assert not command.is_possible(["no-such-program-here"])
    assert not command.is_possible([sys.executable, "-c", "raise SystemExit(1)"])
    assert command.is_possible([sys.executable, "-c", ""])
