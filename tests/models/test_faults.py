"""Every fault of the fake endpoint, in every task, through the whole client over a real socket.

Waiting for a retry takes no time; silence takes as long as the client endures it.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import cycle

import pytest

from summarizer.errors import ModelError
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import MAX_ATTEMPTS, MAX_FAILURES, Caller, Terms
from summarizer.models.deadline import Deadline
from summarizer.models.engine import Draft, Failed, WriteRequest
from summarizer.models.journal import NoJournal
from summarizer.models.judging import Judge
from summarizer.models.openai import Endpoint, OpenAI
from summarizer.models.writing import Writer
from tests.fake_llm import faults
from tests.fake_llm.clock import RealClock
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.faulty_answers import ANSWERS
from tests.fake_llm.ledger import Ledger
from tests.fake_llm.prompt import Task
from tests.fake_llm.server import serving
from tests.models.scripted import PROMPTS, Scripted, calling, faithful, report

TASKS: tuple[Task, ...] = ("write", "repair", "lead")
MODES = ("once", "always", "random")
N_ASKS = 4  # of one cell: enough to open the breaker and to see that it stays open
SILENT = ("hang", "hang_after_headers", "drip", "stall")
SILENCE_S, PATIENCE_S = 0.5, 30.0  # of one turn
LEEWAY_S = 1.0  # that a deadline may be passed by
PLAYED = tuple(name for name, fault in faults.FAULTS.items() if not fault.needs_stream)
LOUD = tuple(name for name in PLAYED if name not in SILENT)
UNAVAILABLE, DEADLINE = frozenset({"llm_unavailable"}), frozenset({"llm_deadline"})
DENIED = {
    *("quota", "unauthorized", "forbidden", "model_not_found", "path_not_found"),
    *("redirect", "redirect_kept"),
}
CODES = {  # of a model that always fails so; what is not here must give an answer
    **dict.fromkeys(DENIED, frozenset({"llm_denied"})),
    **dict.fromkeys(
        [
            *("rate_limited", "rate_limited_date", "rate_limited_ms", "rate_limited_long"),
            *("rate_limited_bare", "rate_limited_garbage", "bad_request", "request_timeout"),
            *("conflict", "server_error", "bad_gateway", "unavailable", "gateway_timeout"),
            *("overloaded", "refused", "reset"),
        ],
        UNAVAILABLE,
    ),
    "context_length": {"llm_context"},
    **dict.fromkeys(SILENT, DEADLINE),
    **dict.fromkeys(["reset_midway", "cut", "finish_null"], frozenset({"llm_cut"})),
    "truncated": {"llm_truncated"},
    **dict.fromkeys(["refusal", "content_filter"], frozenset({"llm_declined"})),
    **dict.fromkeys(
        [
            *("flood", "bomb", "not_gzip", "wrong_charset", "html", "error_object", "empty_body"),
            *("json_scalar", "no_choices", "empty_choices", "two_choices", "choices_not_a_list"),
            *("no_message", "content_in_parts", "content_number", "null_content", "tool_calls"),
            *("finish_unknown", "empty_content", "blank_content"),
        ],
        frozenset({"llm_envelope"}),
    ),
    **dict.fromkeys(
        [
            *("truncated_silently", "invalid_json", "duplicate_keys", "two_answers"),
            *("wrong_schema", "wrong_types", "null_fields", "not_a_number"),
            *("refusal_prose", "unknown_citation", "no_citation", "control_characters"),
        ],
        frozenset({"llm_schema"}),
    ),
    "deep": {"llm_schema", "llm_truncated"},
    "insufficient": {"llm_declined", "llm_schema"},
}
MAY_FAIL = {"many_citations", "think_open", "citation_out_of_range"}  # with some tasks
CHANGED = {*ANSWERS, "lone_surrogate"}  # the answer is whole and says something else


class Skipping(RealClock):
    """A real clock that can be put forward."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped_s = 0.0

    def now(self) -> float:
        return super().now() + self.skipped_s

    def skip(self, seconds: float) -> None:
        self.skipped_s += seconds


def ask(task: Task, caller: Caller, i: int) -> Sequence[object]:
    """Ask the i-th question of a task."""
    story = (*report(20)[4 * i : 4 * i + 4], *report(20, "B")[4 * i + 1 : 4 * i + 4])
    if task == "lead":
        return Judge(caller, PROMPTS).lead([e.text for e in story], "2026-03-04")
    failed = tuple(Failed(Draft(f"No. {e.text}", (e.alias,)), "not said") for e in story[:3])
    request = WriteRequest(story, 80, failed=failed if task == "repair" else ())
    return Writer(caller, PROMPTS).write(request)


@cache
def whole(task: Task, i: int) -> Sequence[object]:
    """Return what comes of the i-th question when nothing goes wrong."""
    return ask(task, calling(Scripted([faithful]))[0], i)


def play(
    fault: str, task: Task, mode: str, turn_s: float
) -> tuple[list[Sequence[object] | ModelError], Ledger]:
    """Ask some questions in a row of an endpoint with a fault; return the results."""
    clock = Skipping()
    setup = Setup(plans=[faults.parse(f"{fault}:{task}:{mode}")], window=8_000)
    results: list[Sequence[object] | ModelError] = []
    with serving(setup, clock=clock) as server:
        budget = Budget(Caps(), {}, clock=clock.now, sleep=clock.skip)
        caller = Caller(
            [OpenAI(Endpoint(MODEL, server.base_url))],
            NoJournal(),
            budget,
            Terms(call_timeout_s=turn_s),
            clock=clock.now,
            sleep=clock.skip,
        )
        for i in range(N_ASKS):
            began, skipped = time.monotonic(), clock.skipped_s
            try:
                results.append(ask(task, caller, i))
            except ModelError as error:
                results.append(error)
            took_s = time.monotonic() - began + clock.skipped_s - skipped
            assert took_s < 2 * turn_s + LEEWAY_S
        return results, server.ledger


def check(fault: str, task: Task, mode: str, turn_s: float = PATIENCE_S) -> None:
    """Play a fault and check what came of it and what the endpoint saw."""
    results, ledger = play(fault, task, mode, turn_s)
    failures = [result for result in results if isinstance(result, ModelError)]
    for i, result in enumerate(results):
        if not isinstance(result, ModelError) and fault not in CHANGED:
            assert result == whole(task, i)
    codes = CODES.get(
        fault, {"llm_schema", "llm_truncated"} if fault in MAY_FAIL | CHANGED else set()
    )
    assert {failure.code for failure in failures} <= codes
    if mode == "always" and fault in CODES:
        assert len(failures) == N_ASKS
    if mode == "once" and fault not in DENIED:
        assert len(failures) <= (fault in CODES)
    assert ledger.respected_retry_after()
    assert ledger.no_identical_retry_after_truncation()
    assert ledger.max_attempts() <= 2 * MAX_ATTEMPTS
    assert len(ledger.calls()) <= 2 * MAX_ATTEMPTS * N_ASKS
    if fault in DENIED:
        assert ledger.calls_after_denial() == 0
    is_down = codes in (UNAVAILABLE, DEADLINE) and fault != "bad_request"
    if mode == "always" and is_down:
        assert len({call.digest for call in ledger.calls()}) <= MAX_FAILURES


def test_every_fault_that_cannot_give_an_answer_has_its_code() -> None:
    assert CODES.keys() <= set(PLAYED)


@pytest.mark.parametrize(("fault", "task"), [*zip(LOUD, cycle(TASKS), strict=False)])
def test_fault_costs_what_it_struck_and_nothing_else(fault: str, task: Task) -> None:
    check(fault, task, "always")


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fault", LOUD)
def test_fault_is_got_over_in_every_task(fault: str, mode: str) -> None:
    for task in TASKS:
        check(fault, task, mode)


@pytest.mark.slow
def test_silence_ends_when_patience_does() -> None:
    cells = [(fault, task, mode) for mode in MODES for fault in SILENT for task in TASKS]

    def cell(named: tuple[str, Task, str]) -> None:
        check(*named, turn_s=SILENCE_S)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(cell, cells))


@pytest.mark.parametrize("fault", SILENT)
def test_run_keeps_its_deadline_in_silence(fault: str) -> None:
    with serving(Setup(plans=[faults.parse(fault)])) as server:
        model = OpenAI(Endpoint(MODEL, server.base_url))
        caller = Caller([model], NoJournal(), Budget(Caps(), {}), Terms(deadline=Deadline(0.7)))
        began = time.monotonic()
        for i in range(N_ASKS):
            with pytest.raises(ModelError) as caught:
                ask("write", caller, i)
            assert caught.value.code == "llm_deadline"
        assert time.monotonic() - began < 5  # the machine may be busy


def test_sixteen_threads_stop_when_one_is_denied() -> None:
    n_threads = 16
    with serving(Setup(plans=[faults.parse("quota")])) as server:
        model = OpenAI(Endpoint(MODEL, server.base_url))
        caller = Caller([model], NoJournal(), Budget(Caps(), {}))
        with ThreadPoolExecutor(n_threads) as pool:
            futures = [pool.submit(ask, "write", caller, i % N_ASKS) for i in range(64)]
        assert {future.exception().code for future in futures} == {"llm_denied"}  # type: ignore[union-attr]
        assert server.ledger.calls_after_denial() < n_threads


def test_faults_of_one_model_are_those_of_no_other() -> None:
    with serving(Setup(plans=[faults.parse("quota")])) as broken, serving() as sound:
        models = [OpenAI(Endpoint(MODEL, server.base_url)) for server in (broken, sound)]
        caller = Caller(models, NoJournal(), Budget(Caps(), {}))
        for i in range(N_ASKS):
            assert ask("write", caller, i) == whole("write", i)
        assert len(broken.ledger.calls()) == 1
