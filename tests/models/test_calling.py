import logging

import pytest

from summarizer.errors import ConfigurationError, ModelError
from summarizer.models.answers import Read
from summarizer.models.base import Answer, AskAgainError, Prompt
from summarizer.models.budget import Budget, Caps, Price
from summarizer.models.calling import MAX_ATTEMPTS, MAX_FAILURES, MAX_REQUESTS, Caller, Terms
from summarizer.models.deadline import Deadline
from tests.models.scripted import Memory, Scripted, Time, calling, question

LATER = AskAgainError("m: not available (503)")
LESSON = AskAgainError("m: refused", is_lesson=True)


def read(text: str) -> Read[str]:
    """Take what begins with "good"; what ends with "!" has a problem."""
    problems = ("it ends with !",) if text.endswith("!") else ()
    return Read(
        text if text.startswith("good") else None,
        problems or ("it is not good",) * (not text.startswith("good")),
    )


class Broken:
    """A journal on a disk that fails."""

    def recall(self, key: str) -> Answer | None:
        raise ConfigurationError(f"{key}: disk")

    def record(self, key: str, answer: Answer) -> None:
        raise ConfigurationError(f"{key}: {answer.input_tokens}: disk")


def failing(code: str) -> ModelError:
    return ModelError(f"m: {code}", code)


def code_of(*replies: str | Exception, **options: object) -> str:
    caller, _ = calling(Scripted(replies), **options)  # type: ignore[arg-type]
    with pytest.raises(ModelError) as caught:
        caller.ask(question(), read)
    return caught.value.code


def test_good_answer_takes_one_call() -> None:
    model = Scripted(["good"])
    caller, budget = calling(model)
    assert caller.ask(question(), read) == "good"
    assert len(model.asked) == budget.usage.calls == 1


def test_recorded_answer_takes_none() -> None:
    model, journal = Scripted(["good"]), Memory()
    for _ in range(2):
        caller, budget = calling(model, journal=journal)
        assert caller.ask(question(), read) == "good"
    assert len(model.asked) == 1
    assert (budget.usage.calls, budget.usage.cached_calls) == (0, 1)


def test_recorded_answer_that_is_no_longer_good_is_asked_for_again() -> None:
    journal = Memory()
    caller, _ = calling(Scripted(["good"]), journal=journal)
    caller.ask(question(), read)
    journal.kept = {key: Answer("bad", 1, 1) for key in journal.kept}
    assert caller.ask(question(), read) == "good"


def test_answers_are_not_shared_between_owners() -> None:
    model, journal = Scripted(["good"]), Memory()
    for owner in ("a", "b"):
        calling(model, journal=journal, terms=Terms(owner))[0].ask(question(), read)
    assert len(model.asked) == 2


def test_broken_journal_costs_a_warning_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caller, _ = calling(Scripted(["good"]), journal=Broken())
    assert caller.ask(question(), read) == "good"
    assert [r.levelno for r in caplog.records] == [logging.WARNING] * 2


def test_unusable_answer_is_never_recorded() -> None:
    journal = Memory()
    assert code_of("bad", journal=journal) == "llm_schema"
    assert journal.kept == {}


def test_answer_with_problems_is_asked_for_again_with_their_list() -> None:
    model = Scripted(["bad", "good"])
    assert calling(model)[0].ask(question(), read) == "good"
    first, second = model.asked
    assert second.user.startswith(first.user)
    assert "- it is not good" in second.user


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("good!", "good", "good"),
        ("good!", "bad", "good!"),
        ("good!", "good?!", "good!"),
        ("bad", "good!", "good!"),
        ("good!", failing("llm_deadline"), "good!"),
        ("good!", failing("llm_denied"), "good!"),
        ("good!", LATER, "good!"),
    ],
)
def test_second_turn_never_makes_it_worse(first: str, second: str, told: str) -> None:
    assert calling(Scripted([first, second]))[0].ask(question(), read) == told


@pytest.mark.parametrize("code", ["llm_envelope", "llm_cut", "llm_deadline"])
def test_lost_answer_is_asked_for_once_more(code: str) -> None:
    model = Scripted([failing(code), "good"])
    assert calling(model)[0].ask(question(), read) == "good"
    assert model.asked == [question(), question()]
    assert code_of(failing(code)) == code


def test_truncated_answer_gets_twice_the_room() -> None:
    model = Scripted([failing("llm_truncated"), "good"])
    assert calling(model)[0].ask(question(), read) == "good"
    assert [prompt.max_output_tokens for prompt in model.asked] == [100, 200]


def test_truncated_answer_gets_no_more_room_than_there_is() -> None:
    model = Scripted([failing("llm_truncated")], window_tokens=200)
    caller, _ = calling(model)
    with pytest.raises(ModelError) as caught:
        caller.ask(question(), read)
    assert caught.value.code == "llm_truncated"
    assert [100, 100 + caller.room(question())] == [p.max_output_tokens for p in model.asked]
    tight = Scripted([failing("llm_truncated")], window_tokens=200 - caller.room(question()))
    with pytest.raises(ModelError):
        calling(tight)[0].ask(question(), read)
    assert len(tight.asked) == 1


def test_prompt_that_does_not_fit_is_not_sent() -> None:
    model = Scripted(["good"], window_tokens=120)
    with pytest.raises(ModelError) as caught:
        calling(model)[0].ask(question("x" * 1_000), read)
    assert caught.value.code == "llm_context"
    assert model.asked == []


@pytest.mark.parametrize("code", ["llm_denied", "llm_declined", "llm_context", "llm_unavailable"])
def test_what_cannot_change_is_not_asked_again(code: str) -> None:
    model = Scripted([failing(code), "good"])
    with pytest.raises(ModelError) as caught:
        calling(model)[0].ask(question(), read)
    assert caught.value.code == code
    assert len(model.asked) == 1


def test_overload_is_waited_out() -> None:
    time = Time()
    model = Scripted([LATER, LATER, "good"])
    assert calling(model, time=time)[0].ask(question(), read) == "good"
    assert len(time.slept) == 2
    assert all(0 <= s <= 2 for s in time.slept)


def test_model_that_stays_away_is_asked_three_times() -> None:
    model = Scripted([LATER])
    with pytest.raises(ModelError):
        calling(model)[0].ask(question(), read)
    assert len(model.asked) == MAX_ATTEMPTS


def test_wait_that_a_model_asks_for_is_kept() -> None:
    time = Time()
    model = Scripted([AskAgainError("m", wait_s=7.0), "good"])
    calling(model, time=time)[0].ask(question(), read)
    assert time.slept == [7.0]


@pytest.mark.parametrize("is_of_the_run", [False, True])
def test_wait_beyond_the_deadline_is_not_begun(*, is_of_the_run: bool) -> None:
    time = Time()
    whole = Terms(deadline=Deadline(60, clock=time.clock))
    terms = whole if is_of_the_run else Terms(call_timeout_s=60)
    assert code_of(AskAgainError("m", wait_s=60.0), terms=terms, time=time) == "llm_unavailable"
    assert time.slept == []


def test_lessons_are_no_failures_but_end() -> None:
    model = Scripted([LESSON] * 5 + ["good"])
    assert calling(model)[0].ask(question(), read) == "good"
    stubborn = Scripted([LESSON])
    with pytest.raises(ModelError):
        calling(stubborn)[0].ask(question(), read)
    assert len(stubborn.asked) == MAX_REQUESTS


def test_attempts_share_the_time_of_one_turn() -> None:
    time = Time()
    model = Scripted([LATER], time=time, takes_s=20.0)
    code_of_turn = Terms(call_timeout_s=45.0)
    with pytest.raises(ModelError):
        calling(model, time=time, terms=code_of_turn)[0].ask(question(), read)
    assert model.timeouts_s[0] == 45
    assert all(
        later < earlier
        for earlier, later in zip(model.timeouts_s, model.timeouts_s[1:], strict=False)
    )
    assert time.now_s - 1_000 <= 65


def test_run_ends_at_its_deadline() -> None:
    time = Time()
    model = Scripted(["good"], time=time, takes_s=30.0)
    terms = Terms(deadline=Deadline(100.0, clock=time.clock))
    caller, _ = calling(model, time=time, terms=terms)
    told = [caller.ask(question(str(i)), read) for i in range(4)]
    assert told == ["good"] * 4
    assert model.timeouts_s == [60, 60, 40, 10]
    with pytest.raises(ModelError, match="100 s of the run") as caught:
        caller.ask(question("late"), read)
    assert caught.value.code == "llm_deadline"
    assert len(model.asked) == 4


@pytest.mark.parametrize(
    ("code", "n_asked"),
    [
        ("llm_denied", 1),
        ("llm_unavailable", MAX_FAILURES),
        ("llm_deadline", 2 * MAX_FAILURES),
        ("llm_declined", 5),
        ("llm_context", 5),
    ],
)
def test_model_that_keeps_failing_is_given_up(code: str, n_asked: int) -> None:
    model = Scripted([failing(code)])
    caller, budget = calling(model)
    for i in range(5):
        with pytest.raises(ModelError) as caught:
            caller.ask(question(str(i)), read)
        assert caught.value.code == code
    assert len(model.asked) == n_asked
    assert budget.usage.calls in (0, n_asked)  # none that was not made


def test_only_failures_in_a_row_count() -> None:
    down = failing("llm_unavailable")
    model = Scripted([down, down, "good", down, down, "good"])
    caller, _ = calling(model)
    for i in range(6):
        if i % 3 < 2:
            with pytest.raises(ModelError):
                caller.ask(question(str(i)), read)
        else:
            assert caller.ask(question(str(i)), read) == "good"


def test_next_model_is_asked_when_one_fails() -> None:
    first, second = Scripted([failing("llm_denied")], "a"), Scripted(["good"], "b")
    caller, _ = calling(first, second)
    assert [caller.ask(question(str(i)), read) for i in range(3)] == ["good"] * 3
    assert (len(first.asked), len(second.asked)) == (1, 3)


def test_what_a_model_said_before_it_was_given_up_is_still_known() -> None:
    journal = Memory()
    caller, _ = calling(Scripted(["good", failing("llm_denied")]), journal=journal)
    caller.ask(question("a"), read)
    with pytest.raises(ModelError):
        caller.ask(question("b"), read)
    assert caller.ask(question("a"), read) == "good"


def test_without_a_model_there_is_no_answer() -> None:
    with pytest.raises(ModelError, match="no model"):
        calling()[0].ask(question(), read)


def test_spent_budget_is_no_failure_of_the_model() -> None:
    model = Scripted(["good"])
    caller, budget = calling(model, caps=Caps(tokens=200))
    refusals = 0
    for i in range(30):
        try:
            caller.ask(question(str(i)), read)
        except ModelError as error:
            refusals += error.code == "budget"
    assert 0 < len(model.asked) == 30 - refusals < 30
    assert budget.usage.input_tokens + budget.usage.output_tokens <= 200


@pytest.mark.parametrize(
    ("error", "is_billed"),
    [
        (failing("llm_unavailable"), False),
        (failing("llm_denied"), False),
        (failing("llm_deadline"), True),
        (failing("llm_truncated"), True),
        (failing("llm_declined"), True),
        (ValueError("a fault of our own"), True),
    ],
)
def test_call_that_may_be_billed_is_counted(error: Exception, is_billed: bool) -> None:  # noqa: FBT001 - a case
    caller, budget = calling(Scripted([error]))
    with pytest.raises(type(error)):
        caller.ask(question(), read)
    assert (budget.usage.output_tokens > 0) is is_billed


def test_each_request_takes_its_turn_in_the_minute() -> None:
    time = Time()
    model = Scripted([LATER, LESSON, "good"])
    caller, _ = calling(model, time=time, caps=Caps(requests_per_minute=1))
    assert caller.ask(question(), read) == "good"
    assert time.now_s - 1_000 >= 120


def test_run_that_ends_while_a_call_waits_for_its_turn_holds_nothing() -> None:
    time, model = Time(), Scripted(["good"])
    caps = Caps(requests_per_minute=1, tokens=1_000)
    terms = Terms(deadline=Deadline(60, clock=time.clock))
    caller, budget = calling(model, time=time, caps=caps, terms=terms)
    caller.ask(question("a"), read)
    with pytest.raises(ModelError) as caught:
        caller.ask(question("b"), read)
    assert caught.value.code == "llm_deadline"
    assert len(model.asked) == budget.usage.calls == 1
    budget.reserve("m", 400, 400, timeout_s=60)


def test_it_is_known_what_is_on_record_and_what_a_call_costs() -> None:
    model = Scripted(["good"])
    caller, _ = calling(model, journal=Memory())
    assert not caller.is_known(question())
    caller.ask(question(), read)
    assert caller.is_known(question())
    assert caller.cost_usd(1_000_000, 0) is None
    priced = Budget(Caps(), {model.name: Price(2.0, 8.0)})
    assert Caller([model], Memory(), priced).cost_usd(1_000_000, 500_000) == 6.0


def test_room_is_that_of_the_smallest_window() -> None:
    wide, narrow = Scripted([""], window_tokens=9_000), Scripted([""], window_tokens=3_000)
    caller, _ = calling(wide, narrow)
    assert caller.model is wide
    assert caller.room(question()) == calling(narrow)[0].room(question())


def test_problems_in_a_message_are_few() -> None:
    def refuse(text: str) -> Read[str]:
        return Read(None, tuple(f"problem {i} of {len(text)}" for i in range(50)))

    with pytest.raises(ModelError) as caught:
        calling(Scripted(["bad"]))[0].ask(question(), refuse)
    assert str(caught.value).count("problem") == 3


def test_prompt_is_longest_in_lines_where_those_ask_for_more() -> None:
    short = question()
    wordy = Prompt(**{f: getattr(short, f) for f in Prompt.__slots__} | {"lines_form": "x" * 900})
    caller, _ = calling(Scripted([""]))
    assert caller.room(wordy) < caller.room(short)
