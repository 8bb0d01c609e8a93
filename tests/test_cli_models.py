"""The command line with models behind the fake endpoint: what goes wrong, what it costs, Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from summarizer.cli import run
from tests.fake_llm import brains, faults
from tests.fake_llm.answers import Answer
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.prompt import Prompt
from tests.fake_llm.server import FakeServer, refused_url, serving

KEY = "sk-3f1c-of-this-test-alone"
ENGINE = ("--engine", f"openai:{MODEL}")
SIZE = ("--words", "200", "--stories", "3", "--format", "json")

Captured = pytest.CaptureFixture[str]
Folder = Path


@pytest.fixture(autouse=True)
def folder(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where no key, no endpoint and no recorded answer is known."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SUMMARIZER_DATA_DIR", str(clean_folder / "data"))
    monkeypatch.setenv("SUMMARIZER_CALL_TIMEOUT_S", "5")
    return clean_folder


@pytest.fixture
def day(examples: Path) -> str:
    return str(examples / "2026-03-04")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(Setup(key=KEY, models=(MODEL,), profile="v1_only")) as running:
        yield running


def error(capsys: Captured) -> str:
    """Return the one line on standard error; standard output is empty."""
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"summarizer: .+\n", err), err
    return err


def briefing(capsys: Captured, *arguments: str, code: int = 0) -> tuple[dict[str, object], str]:
    """Return the briefing and what was said on standard error."""
    assert run(["brief", *arguments, *ENGINE, *SIZE]) == code
    out, err = capsys.readouterr()
    made: dict[str, object] = json.loads(out)
    return made, err


def test_model_writes_with_the_key_of_the_settings(
    server: FakeServer, day: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    made, err = briefing(capsys, day, "--base-url", server.base_url)
    assert made["status"] == "complete"
    assert err == ""
    assert {call.status for call in server.ledger.calls()} == {200}


def unreachable(server: FakeServer) -> tuple[str, str, str]:
    del server
    return KEY, refused_url(), MODEL


def wrong_key(server: FakeServer) -> tuple[str, str, str]:
    return "sk-wrong", server.base_url, MODEL


def unknown_model(server: FakeServer) -> tuple[str, str, str]:
    return KEY, server.base_url, "no-such-model"


def without_v1(server: FakeServer) -> tuple[str, str, str]:
    return KEY, server.url, MODEL


@pytest.mark.parametrize(
    ("mistake", "remedy"),
    [
        (unreachable, "check base_url"),
        (wrong_key, "the key is missing or wrong: set api_key"),
        (unknown_model, "check the model's name"),
        (without_v1, "base_url ends like /v1"),
    ],
)
def test_model_that_cannot_be_used_degrades_the_briefing_and_names_the_remedy(
    mistake: Callable[[FakeServer], tuple[str, str, str]],
    remedy: str,
    server: FakeServer,
    day: str,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, base_url, model = mistake(server)
    monkeypatch.setenv("SUMMARIZER_API_KEY", key)
    asked = ["--engine", f"openai:{model}", "--base-url", base_url]
    assert run(["brief", day, *asked, *SIZE]) == 0
    out, err = capsys.readouterr()
    made = json.loads(out)
    assert made["status"] == "degraded"
    assert re.search(rf"\d+ of \d+ stories are in the sources' own words: .*{remedy}", err)
    assert [line for line in err.splitlines() if not line.startswith("summarizer: ")] == []
    assert key not in out + err


def test_strict_run_fails_when_the_model_did(
    server: FakeServer, day: str, capsys: Captured
) -> None:
    _, err = briefing(capsys, day, "--base-url", server.base_url, "--strict", code=4)
    assert err.endswith("--strict: the briefing is degraded\n")


@pytest.mark.parametrize("profile", ["none", "json_object", "json_schema", "prose", "thinks"])
def test_endpoint_without_json_schemas_is_asked_in_another_form(
    profile: str, day: str, capsys: Captured
) -> None:
    with serving(Setup(profile=profile)) as server:
        made, err = briefing(capsys, day, "--base-url", server.base_url)
        statuses = [call.status for call in server.ledger.calls()]
    assert made["status"] == "complete"
    assert err == ""
    assert 200 in statuses


@pytest.mark.parametrize("fault", ["refusal_prose", "invalid_json"])
def test_model_that_writes_no_json_degrades_the_briefing(
    fault: str, day: str, capsys: Captured
) -> None:
    with serving(Setup(plans=[faults.parse(fault)])) as server:
        made, err = briefing(capsys, day, "--base-url", server.base_url)
    assert made["status"] == "degraded"
    assert "did not answer as asked" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 5, "no key for OpenAI: set OPENAI_API_KEY, or base_url"),
        (["--base-url", "127.0.0.1:8000/v1"], 5, "base_url must be an http or https address"),
        (["--base-url", "ftp://host/v1"], 5, "base_url must be an http or https address"),
        (["--base-url", "http://me:pw@host/v1"], 5, "without a user name"),
        (["--prompts", "empty"], 5, "write.toml: no such prompt file"),
        (["--prompts", "missing"], 5, "write.toml: no such prompt file"),
        (["--budget-tokens", "-1"], 2, "'--budget-tokens'"),
        (["--budget-usd", "-0.5"], 2, "'--budget-usd'"),
        (["--deadline", "0"], 2, "'--deadline'"),
        (["--fallback", "extractive"], 2, "the embedded engine comes last by itself"),
        (["--fallback", "gpt"], 2, "unknown engine"),
        (["--verify-model", "gpt"], 2, "unknown engine"),
        (["--engine", "openai:"], 2, "unknown engine: choose extractive, openai:MODEL"),
    ],
)
def test_mistake_is_one_line_with_its_exit_code(
    arguments: list[str], code: int, message: str, day: str, folder: Folder, capsys: Captured
) -> None:
    (folder / "empty").mkdir()
    assert run(["brief", day, *ENGINE, *arguments]) == code
    assert message in error(capsys)


@pytest.mark.skipif(find_spec("torch") is not None, reason="the extra local is installed")
def test_missing_extra_is_named(day: str, capsys: Captured) -> None:
    assert run(["brief", day, "--engine", "transformers:some/model"]) == 5
    assert "pip install 'summarizer[local]'" in error(capsys)


@pytest.mark.parametrize("line", ["budget_tokens = -1", "budget_usd = -1", "window_tokens = 10"])
def test_setting_out_of_range_is_a_mistake_of_the_configuration(
    line: str, day: str, folder: Folder, capsys: Captured
) -> None:
    (folder / "summarizer.toml").write_text(line)
    assert run(["brief", day]) == 5
    assert f"summarizer.toml: {line.partition(' ')[0]}: " in error(capsys)


def test_data_folder_that_cannot_be_written_is_named(
    server: FakeServer, day: str, folder: Folder, capsys: Captured
) -> None:
    (folder / "data").write_text("a file")
    asked = ["brief", day, *ENGINE, "--base-url", server.base_url]
    assert run(asked) == 5
    assert "or use --no-journal" in error(capsys)


def test_estimate_asks_nothing_and_counts_every_task(day: str, capsys: Captured) -> None:
    with serving() as server:
        asked = ["brief", day, *ENGINE, "--base-url", server.base_url, "--estimate"]
        assert run(asked) == 0
        assert server.ledger.calls() == []
    out, err = capsys.readouterr()
    assert err == ""
    rows = [line.split()[0] for line in out.splitlines()]
    assert (rows[0], rows[1], rows[-1]) == ("stage", "write", "all")
    assert "unknown: set prices" in out


def test_estimate_counts_money_where_a_price_is_known(
    day: str, folder: Folder, capsys: Captured
) -> None:
    (folder / "summarizer.toml").write_text(f"[prices]\n{MODEL} = {{ input = 1, output = 2 }}\n")
    asked = ["brief", day, *ENGINE, "--base-url", "http://127.0.0.1:9/v1", "--estimate"]
    assert run(asked) == 0
    name, calls, n_input, n_output, usd = capsys.readouterr().out.splitlines()[-1].split()
    assert (name, int(calls) > 0) == ("all", True)
    tokens = (int(n_input.replace(",", "")), int(n_output.replace(",", "")))
    assert float(usd) == pytest.approx((tokens[0] + 2 * tokens[1]) / 1e6, abs=2e-4)


def test_estimate_of_the_embedded_engine_is_nothing(day: str, capsys: Captured) -> None:
    assert run(["brief", day, "--estimate"]) == 0
    assert capsys.readouterr().out == "no model is asked: it costs nothing\n"


def test_second_run_asks_nothing_unless_the_journal_is_off(day: str, capsys: Captured) -> None:
    with serving() as server:
        asked = (day, "--base-url", server.base_url)
        made = [briefing(capsys, *asked)[0] for _ in range(2)]
        n_calls = len(server.ledger.calls())
        briefing(capsys, *asked, "--no-journal")
        assert len(server.ledger.calls()) == 2 * n_calls
    usages = [each["usage"] for each in made]
    assert [usage["calls"] for usage in usages if isinstance(usage, dict)] == [n_calls, 0]
    assert made[0]["id"] == made[1]["id"]


def test_run_without_journal_writes_no_file(day: str, folder: Folder, capsys: Captured) -> None:
    with serving() as server:
        briefing(capsys, day, "--base-url", server.base_url, "--no-journal")
    assert not (folder / "data").exists()


def test_budget_stops_the_calls_and_is_declared(day: str, capsys: Captured) -> None:
    with serving() as server:
        asked = (day, "--base-url", server.base_url, "--budget-tokens", "10")
        made, err = briefing(capsys, *asked)
        assert server.ledger.calls() == []
    assert made["status"] == "degraded"
    assert "budget of 10 tokens reached" in err


def test_budget_in_dollars_needs_a_price(day: str, capsys: Captured) -> None:
    with serving() as server:
        made, err = briefing(capsys, day, "--base-url", server.base_url, "--budget-usd", "1")
        assert server.ledger.calls() == []
    assert made["status"] == "degraded"
    assert "no price is known" in err
    assert "set it in prices" in err


def test_deadline_is_kept_and_declared(day: str, capsys: Captured) -> None:
    with serving(Setup(plans=[faults.parse("hang")])) as server:
        made, err = briefing(capsys, day, "--base-url", server.base_url, "--deadline", "1")
    assert made["status"] == "degraded"
    assert "stories are in the sources' own words" in err


def test_fallback_is_asked_when_the_engine_fails(day: str, capsys: Captured) -> None:
    with serving(Setup(models=("second",))) as server:
        asked = (day, "--base-url", server.base_url, "--fallback", "openai:second")
        made, _ = briefing(capsys, *asked)
        answered = {call.model for call in server.ledger.calls() if call.status == 200}
    assert made["status"] == "complete"
    assert answered == {"second"}


def test_prompts_of_ones_own_are_sent_and_named(
    day: str, examples: Path, folder: Folder, capsys: Captured
) -> None:
    asked: list[Prompt] = []

    def noting(prompt: Prompt) -> Answer:
        asked.append(prompt)
        return brains.faithful(prompt)

    own = folder / "own"
    own.mkdir()
    for path in (examples.parent / "prompts").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (own / path.name).write_text(text.replace("No web addresses.", "Mention no addresses."))
    with serving(Setup(brain=noting)) as server:
        theirs, _ = briefing(capsys, day, "--base-url", server.base_url, "--prompts", "own")
        usual, _ = briefing(capsys, day, "--base-url", server.base_url)
    assert "Mention no addresses." in asked[0].system
    assert theirs["prompts"] != usual["prompts"]


class Stuck:
    """Answers the first story and keeps all others waiting."""

    def __init__(self) -> None:
        self.is_stuck = threading.Event()
        self.goes_on = threading.Event()
        self._first = threading.Lock()

    def __call__(self, prompt: Prompt) -> Answer:
        if not self._first.acquire(blocking=False):
            self.is_stuck.set()
            self.goes_on.wait(60)
        return brains.faithful(prompt)


# What is started in the background of a shell script ignores Ctrl-C, as do all that it starts.
HEARS_CTRL_C = """
import signal, sys
from summarizer.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""


def test_interrupted_run_prints_what_is_ready_and_ends_at_once(day: str) -> None:
    brain = Stuck()
    with serving(Setup(brain=brain)) as server:
        asked = ["brief", day, *ENGINE, "--base-url", server.base_url, *SIZE]
        program = [sys.executable, "-c", HEARS_CTRL_C, *asked]
        root = Path(__file__).parent.parent
        environment = {**os.environ, "PYTHONPATH": str(root), "SUMMARIZER_CONCURRENCY": "2"}  # noqa: TID251 - of the child
        with subprocess.Popen(  # noqa: S603 - our own program
            program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            try:
                assert brain.is_stuck.wait(60)
                child.send_signal(signal.SIGINT)
                out, err = child.communicate(timeout=30)
            finally:
                brain.goes_on.set()
                child.kill()
    assert child.returncode == 130, err
    made = json.loads(out)
    assert made["status"] == "partial"
    assert "interrupted" in {note["code"] for note in made["notes"]}
    assert err.decode().endswith("summarizer: interrupted\n")
    assert "Traceback" not in err.decode()
    assert len(server.ledger.calls("lead")) == 0
