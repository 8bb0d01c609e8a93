import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest

from tests.fake_llm import __main__ as command
from tests.fake_llm.asking import payload
from tests.fake_llm.faults import FAULTS

ROOT = Path(__file__).parent.parent.parent


def test_command_prints_its_base_url_and_serves_until_interrupted() -> None:
    start = [sys.executable, "-m", "tests.fake_llm", "--brain", "liar:5", "--rpm", "60"]
    start += ["--fault", "truncated:write:always", "--latency", "constant:0"]
    with subprocess.Popen(  # noqa: S603 - our own command
        start, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        url = running.stdout.readline().strip()
        reply = httpx2.post(f"{url}/chat/completions", json=payload())
        for _ in range(2):  # a runner in between may pass it on twice
            running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=10)
    assert reply.json()["choices"][0]["finish_reason"] == "length"
    assert reply.headers["x-ratelimit-remaining-requests"] == "59"
    assert running.returncode == 0
    assert "1 calls" in err


def test_command_serves_until_told(capsys: pytest.CaptureFixture[str]) -> None:
    done = threading.Event()
    done.set()
    assert command.main(["--profile", "azure", "--key", "x"], done) == 0
    out, err = capsys.readouterr()
    assert out.startswith("http://127.0.0.1:")
    assert out.endswith("/openai/deployments/fake-model\n")
    assert err.startswith("0 calls")


def test_list_names_every_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--list"], threading.Event()) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == list(FAULTS)


@pytest.mark.parametrize(
    "arguments",
    [["--fault", "nope"], ["--brain", "wise"], ["--latency", "slow"], ["--profile", "x"]],
)
def test_unknown_name_is_refused_with_what_is_known(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        command.main(arguments, threading.Event())
    assert left.value.code == 2
    assert arguments[1] in capsys.readouterr().err
