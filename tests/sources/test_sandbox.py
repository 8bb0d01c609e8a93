import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summarizer.errors import InputError, SummarizerError
from summarizer.limits import SANDBOX_DOCUMENTS
from summarizer.sources import feeds, html, sandbox
from summarizer.sources.sandbox import BrokenError, Sandbox

PAGE = (
    b"<html><body><article><p>The storm hit the coast on Monday night.</p></article></body></html>"
)
PID = b"__import__('os').getpid()"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    made = Sandbox(2, wall_s=2.0)
    yield made
    made.close()


def test_result_is_that_of_the_function(box: Sandbox) -> None:
    assert box.run(json.loads, b'{"a": [1, "\\ud83d\\ude00"]}') == {"a": [1, "\U0001f600"]}
    assert box.run(int, b"ff", base=16) == 255
    assert box.run(json.loads, b'"' + b"x" * 5_000_000 + b'"') == "x" * 5_000_000


def test_work_is_done_in_another_process_that_is_used_again(box: Sandbox) -> None:
    first, second = box.run(eval, PID), box.run(eval, PID)
    assert first == second != os.getpid()


def test_refusal_comes_back_with_its_message(box: Sandbox) -> None:
    with pytest.raises(InputError, match="this is no feed") as caught:
        box.run(feeds.read, b"no feed", url="http://a.test/", declared=None)
    assert not isinstance(caught.value, BrokenError)
    assert box.run(html.read, b"") is None


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(b"while True: pass", id="computes forever"),
        pytest.param(b"import os; os.abort()", id="aborts"),
        pytest.param(b"import os; os._exit(0)", id="leaves"),
        pytest.param(b"import ctypes; ctypes.string_at(0)", id="crashes"),
        pytest.param(b"x = bytes(10**9)", id="takes a gigabyte"),
        pytest.param(b"x = []\nwhile True: x.append(bytes(10**6))", id="takes ever more"),
        pytest.param(b"exec('def f(): f()'); f()", id="recurses"),
        pytest.param(b"raise KeyError('secret')", id="raises"),
        pytest.param(b"import sys; sys.exit('secret')", id="exits"),
    ],
)
def test_document_that_breaks_its_parser_is_an_error_and_the_next_one_is_read(
    box: Sandbox, hostile: bytes
) -> None:
    with pytest.raises(BrokenError, match="parser") as caught:
        box.run(exec, hostile)
    assert "secret" not in str(caught.value)
    assert box.run(json.loads, b"1") == 1


def test_result_that_is_no_json_is_an_error(box: Sandbox) -> None:
    with pytest.raises(BrokenError, match="TypeError"):
        box.run(eval, b"object()")


def test_parser_can_write_no_file(box: Sandbox, tmp_path: Path) -> None:
    target = tmp_path / "made"
    box.run(exec, f"open({str(target)!r}, 'w').write('x')".encode())
    assert not target.exists() or not target.read_text(encoding="utf-8")


def test_parser_sees_nothing_of_the_environment(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    box.close()
    names = box.run(eval, b"sorted(__import__('os').environ)")
    assert isinstance(names, list)
    assert "OPENAI_API_KEY" not in names
    assert "HOME" not in names


def test_module_in_the_working_folder_is_not_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("json", "html", "zlib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    single = Sandbox(1)
    assert single.run(json.loads, b"1") == 1
    single.close()


def test_process_is_replaced_after_its_share_of_documents() -> None:
    single = Sandbox(1)
    pids = [single.run(eval, PID) for _ in range(2 * SANDBOX_DOCUMENTS + 1)]
    single.close()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [SANDBOX_DOCUMENTS] * 2 + [1]


def test_worker_that_died_while_idle_is_replaced(box: Sandbox) -> None:
    pid = box.run(eval, PID)
    assert isinstance(pid, int)
    kill_and_wait(pid)
    assert box.run(json.loads, b"1") == 1


def test_template_that_died_is_replaced(box: Sandbox) -> None:
    parent = box.run(eval, b"__import__('os').getppid()")
    assert isinstance(parent, int)
    os.kill(parent, 9)
    with pytest.raises(BrokenError):  # now no worker is left, either
        box.run(exec, b"import os; os.abort()")
    assert box.run(json.loads, b"1") == 1


def test_template_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    single = Sandbox(1)
    with pytest.raises(SummarizerError, match="does not start"):
        single.run(json.loads, b"1")
    single.close()


def test_many_threads_share_a_few_processes(box: Sandbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        # Fewer in all than one process reads before it is replaced, however they are shared out.
        pages = list(pool.map(lambda n: box.run(html.read, PAGE + b" " * n), range(20)))
        pids = set(pool.map(lambda _: box.run(eval, PID), range(20)))
    assert {json.dumps(page) for page in pages} == {json.dumps(html.read(PAGE))}
    assert len(pids) <= 2


def test_hanging_document_does_not_hold_up_another_thread(box: Sandbox) -> None:
    def hang() -> None:
        with pytest.raises(BrokenError):
            box.run(exec, b"while True: pass")

    thread = threading.Thread(target=hang)
    thread.start()
    for _ in range(20):
        assert box.run(json.loads, b"1") == 1
    assert thread.is_alive()
    thread.join()


def test_closed_sandbox_starts_again(box: Sandbox) -> None:
    before = box.run(eval, PID)
    box.close()
    box.close()
    box.warm()
    assert box.run(eval, PID) != before


def test_nothing_is_left_when_the_program_ends() -> None:
    program = (
        "import os, sys; from summarizer.sources import sandbox\n"
        f"print(sandbox.run(eval, {PID!r}), sandbox.run(eval, b'__import__(\"os\").getppid()'))\n"
        "sys.stdout.flush()\n"
        "if sys.argv[1] == 'killed': os.kill(os.getpid(), 9)\n"
    )
    for how in ("ended", "killed"):
        ran = subprocess.run(  # noqa: S603 - written above
            [sys.executable, "-c", program, how], capture_output=True, check=False, text=True
        )
        worker, template = map(int, ran.stdout.split())
        assert ran.stderr == ""
        assert has_ended(worker)
        assert has_ended(template)


def test_forked_program_has_a_sandbox_of_its_own() -> None:
    program = (
        "import os; from summarizer.sources import sandbox\n"
        f"first = sandbox.run(eval, {PID!r})\n"
        "pid = os.fork()\n"
        f"own = sandbox.run(eval, {PID!r})\n"
        "assert (own == first) is (pid != 0)\n"
        "if pid: assert os.waitpid(pid, 0)[1] == 0\n"
        f"if pid: assert sandbox.run(eval, {PID!r}) == first\n"
    )
    ran = subprocess.run(  # noqa: S603 - written above
        [sys.executable, "-c", program], capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def has_ended(pid: int) -> bool:
    """Wait for a process, at most ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        os.sched_yield()
    return False


def kill_and_wait(pid: int) -> None:
    os.kill(pid, 9)
    assert has_ended(pid)


def test_shared_sandbox_reads_a_page() -> None:
    sandbox.warm()
    assert html.extract_apart(PAGE.decode()) == html.extract(PAGE.decode())
