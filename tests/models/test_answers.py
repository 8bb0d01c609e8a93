import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models import answers
from summarizer.models.answers import Cited, Story

IDS = ("A1", "A2", "B1")
HEADLINE = {"cites": ["A1"], "text": "Dam holds"}
SENTENCES = [{"cites": ["A2", "B1"], "text": "The dam held."}, {"cites": ["A1"], "text": "Rain."}]
WHOLE = {"status": "ok", "headline": HEADLINE, "sentences": SENTENCES}
TOLD = Story(
    Cited(("A1",), "Dam holds"), (Cited(("A2", "B1"), "The dam held."), Cited(("A1",), "Rain."))
)
JSON = json.dumps(WHOLE)
LINES = "# [A1] Dam holds\n[A2, B1] The dam held.\n[A1] Rain."

texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
cites = st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True)
pieces = st.lists(st.fixed_dictionaries({"cites": cites, "text": texts}), min_size=1, max_size=5)


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        json.dumps(WHOLE, indent=2),
        f"```json\n{JSON}\n```",
        f"```json\n{JSON}",
        f"Sure! Here it is:\n{JSON}\nHope this helps {{:-)",
        f"<think>\nThe user wants {{JSON}}.\n</think>\n{JSON}",
        f"I think {{so}}.</THINKING>{JSON}",
        f'<think>{{"sentences": []}}</think>{JSON}',
        json.dumps([WHOLE]),
        json.dumps({"confidence": 0.9, **WHOLE}),
        LINES,
        f"<think>{{}}</think>\nHere you are:\n\n{LINES}\n\nBye {{:-)",
        LINES.replace("\n", "\r\n"),
    ],
)
def test_story_is_read_through_its_wrapping(text: str) -> None:
    assert answers.story(text, IDS) == answers.Read(TOLD)


@given(pieces)
def test_every_sentence_survives_json_and_lines(told: list[dict[str, object]]) -> None:
    lines = "\n".join(f"[{', '.join(p['cites'])}] {p['text']}" for p in told)  # type: ignore[arg-type]
    expected = answers.story(json.dumps({"sentences": told}), IDS)
    assert expected.problems == ()
    assert answers.story(lines, IDS) == expected


@given(st.integers(min_value=0, max_value=len(JSON) - 2))
def test_no_beginning_of_an_answer_is_taken_for_the_whole(n: int) -> None:
    read = answers.story(JSON[:n], IDS)
    assert read.value is None
    assert read.problems


@given(st.text())
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for read in (
        answers.story(text, IDS),
        answers.cited(text, IDS),
        answers.verdicts(text, ("supported",), 3),
    ):
        assert (read.value is not None) or read.problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", answers.NO_ANSWER),
        ("I cannot help with that.", answers.NO_ANSWER),
        (JSON + JSON, "more than one"),
        ('{"sentences": [], "sentences": []}', "twice"),
        ('{"sentences": NaN}', "NaN"),
        ("{" * 100_000, "no valid JSON"),
        ('{"a":' * 100_000, "no valid JSON"),
        ('{"result": 1}', "sentences"),
        ('{"sentences": {"A1": "x"}}', "sentences"),
        ('{"sentences": ["x"]}', "sentences[0]: an object"),
        ('{"sentences": [{"cites": "A1", "text": "x"}]}', "sentences[0].cites"),
        ('{"sentences": [{"cites": [], "text": "x"}]}', "sentences[0].cites"),
        ('{"sentences": [{"cites": ["Z9"], "text": "x"}]}', "sentences[0].cites"),
        ('{"sentences": [{"cites": ["A1", "A1", "A2", "B1"], "text": "x"}]}', "cites"),
        ('{"sentences": [{"cites": ["A1"], "text": 3}]}', "sentences[0].text"),
        ('{"sentences": [{"cites": ["A1"], "text": " \\u0000 "}]}', "sentences[0].text"),
        ('{"sentences": [{"cites": ["A1"], "k": "1", "text": "x"}]}', "sentences[0].k"),
        (f'{{"sentences": [{{"cites": ["A1"], "text": "{"x" * 601}"}}]}}', "600 characters"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, problem: str) -> None:
    read = answers.story(text, IDS)
    assert read.value is None
    assert problem in "\n".join(read.problems)


def test_sentence_with_an_unknown_id_costs_only_itself() -> None:
    told = {"sentences": [*SENTENCES, {"cites": ["Z9"], "text": "Invented."}], "headline": {}}
    read = answers.story(json.dumps(told), IDS)
    assert read.value == Story(None, TOLD.sentences)
    assert len(read.problems) == 3  # two of the headline


def test_insufficient_evidence_is_an_answer() -> None:
    read = answers.story('{"status": "insufficient", "sentences": [], "headline": null}', IDS)
    assert read == answers.Read(Story(None, ()))


def test_sentences_are_cleaned_like_documents() -> None:
    told = '{"sentences": [{"cites": ["A1"], "text": "The\\u202e dam\\n held\\u0007 \\ud83d."}]}'
    read = answers.story(told, IDS)
    assert read.value is not None
    assert read.value.sentences[0].text == "The dam held \ufffd."


def test_long_list_of_problems_is_cut() -> None:
    told = json.dumps({"sentences": [{"cites": ["Z9"], "text": "x"}] * 200})
    assert len(answers.story(told, IDS).problems) == answers.MAX_PROBLEMS


def test_repair_is_read_by_number_in_both_forms() -> None:
    mended = (Cited(("A1",), "It held.", 2),)
    as_json = '{"sentences": [{"k": 2, "cites": ["A1"], "text": "It held."}]}'
    assert answers.cited(as_json, IDS).value == mended
    assert answers.cited("2 [A1] It held.", IDS).value == mended


def test_choice_needs_no_text() -> None:
    chosen = (Cited(("A1",)), Cited(("B1",)))
    as_json = '{"lead": [{"cites": ["A1"], "text": "unasked"}, {"cites": ["B1"]}]}'
    assert answers.cited(as_json, IDS, key="lead", has_text=False).value == chosen
    assert answers.cited("[A1]\n[B1]", IDS, key="lead", has_text=False).value == chosen


@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"k": 1, "verdict": "supported"}, {"k": 3, "verdict": "partly"}]}',
        "1 supported\n3. Partly.",
        "<think>2 supported</think>\n1) supported\n3: partly",
    ],
)
def test_verdicts_are_read_by_number(text: str) -> None:
    read = answers.verdicts(text, ("supported", "partly"), 3)
    assert read == answers.Read({1: "supported", 3: "partly"})


@pytest.mark.parametrize(
    "text", ["", "{}", '{"items": []}', '{"items": [3]}', "9 supported", "1 perhaps"]
)
def test_verdicts_that_say_nothing_are_refused(text: str) -> None:
    read = answers.verdicts(text, ("supported", "partly"), 3)
    assert read.value is None
    assert read.problems


def test_first_verdict_on_a_claim_counts() -> None:
    assert answers.verdicts("1 partly\n1 supported", ("supported", "partly"), 1).value == {
        1: "partly"
    }


@pytest.mark.parametrize(
    "unit", ["<think>", "</think>", "{", "[", "[A1] ", "1 a", " ", "[A1,", "#"]
)
def test_hostile_answer_takes_linear_time(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * (n // len(unit))
        began = time.process_time()
        answers.story(text, IDS)
        answers.verdicts(text, ("supported",), 3)
        return time.process_time() - began

    assert seconds(1_000_000) < 2.0


@pytest.mark.parametrize(
    "text",
    [
        '{"relation": "update", "why": "later"}',
        '```json\n{"relation": "update"}\n```',
        "<think>conflict</think>\nUpdate.",
        "update: the later report gives another number",
    ],
)
def test_one_word_is_read_through_its_wrapping(text: str) -> None:
    assert answers.word(text, "relation", ("conflict", "update")) == answers.Read("update")


@pytest.mark.parametrize(
    "text", ["", "perhaps", '{"relation": "perhaps"}', '{"relation": ["update"]}']
)
def test_word_that_was_not_offered_is_refused(text: str) -> None:
    read = answers.word(text, "relation", ("conflict", "update"))
    assert read.value is None
    assert read.problems[-1] == "relation: one of conflict, update is needed"
