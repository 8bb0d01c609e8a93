import json

import pytest

from tests.fake_llm.answers import Answer, Line, Opinion, as_json, as_lines
from tests.fake_llm.prompt import TASKS, Task

WRITTEN = Answer(
    "write", headline=Line(("A1",), "Dam  holds"), lines=(Line(("A1", "B2"), "The dam\nheld."),)
)


def test_citations_come_before_the_text() -> None:
    assert as_json(WRITTEN) == (
        '{"status": "ok", "headline": {"cites": ["A1"], "text": "Dam  holds"},'
        ' "sentences": [{"cites": ["A1", "B2"], "text": "The dam\\nheld."}]}'
    )


def test_plain_lines_hold_one_sentence_each() -> None:
    assert as_lines(WRITTEN) == "# [A1] Dam holds\n[A1, B2] The dam held."


def test_repair_names_what_it_replaces() -> None:
    answer = Answer("repair", lines=(Line(("A1",), "x", k=3),))
    assert json.loads(as_json(answer)) == {"sentences": [{"k": 3, "cites": ["A1"], "text": "x"}]}


def test_lead_verify_and_adjudicate_have_their_own_objects() -> None:
    lead = Answer("lead", lines=(Line(("S1",), "x"),))
    assert json.loads(as_json(lead)) == {"lead": [{"cites": ["S1"], "text": "x"}]}
    verify = Answer("verify", opinions=(Opinion(1, "unsupported", "15"),))
    item = {"k": 1, "verdict": "unsupported", "wrong_span": "15"}
    assert json.loads(as_json(verify)) == {"items": [item]}
    assert as_lines(verify) == "1 unsupported"
    adjudicate = Answer("adjudicate", relation=("update", "later"))
    assert json.loads(as_json(adjudicate)) == {"relation": "update", "why": "later"}
    assert as_lines(adjudicate) == "update: later"


@pytest.mark.parametrize("task", TASKS)
def test_empty_answer_is_still_of_its_form(task: Task) -> None:
    assert isinstance(json.loads(as_json(Answer(task))), dict)


def test_insufficient_is_one_word_in_plain_lines() -> None:
    assert as_lines(Answer("write", "insufficient")) == "insufficient"


def test_prose_replaces_everything() -> None:
    answer = Answer("write", prose="No.", lines=WRITTEN.lines)
    assert as_json(answer) == as_lines(answer) == "No."


def test_lies_are_the_lines_with_a_truth() -> None:
    lie = Line(("A1",), "8 died.", truth="7 died.")
    answer = Answer("write", headline=lie, lines=(Line((), "x"), lie))
    assert answer.lies == (("8 died.", "7 died."),) * 2
