import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelError
from summarizer.models.answers import Read
from summarizer.models.calling import Terms
from summarizer.models.deadline import Deadline
from tests.models.scripted import Scripted, Time, calling, question


@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=10))
def test_time_runs_from_the_first_question(waits: list[float]) -> None:
    time = Time()
    deadline = Deadline(100.0, clock=time.clock)
    time.sleep(1_000.0)
    assert deadline.left_s() == 100.0
    for wait in waits:
        time.sleep(wait)
        if (left_s := 2_100.0 - time.now_s) <= 0:
            with pytest.raises(ModelError, match="the 100 s of the run are over"):
                deadline.left_s()
        else:
            assert deadline.left_s() == pytest.approx(left_s)


def test_run_without_an_end_has_all_the_time() -> None:
    time = Time()
    deadline = Deadline(clock=time.clock)
    for _ in range(3):
        time.sleep(1e9)
        assert deadline.left_s() == math.inf


def test_callers_of_one_run_have_one_deadline() -> None:
    time = Time()
    terms = Terms(deadline=Deadline(100.0, clock=time.clock))
    models = [Scripted(["good"], time=time, takes_s=45.0) for _ in range(2)]
    (writer, _), (judge, _) = (calling(model, time=time, terms=terms) for model in models)
    for caller in (writer, judge, writer):
        caller.ask(question(str(time.now_s)), Read)
    assert [model.timeouts_s for model in models] == [[60, 10], [55]]
    with pytest.raises(ModelError) as caught:
        judge.ask(question("late"), Read)
    assert caught.value.code == "llm_deadline"
