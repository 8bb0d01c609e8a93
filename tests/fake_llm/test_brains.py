import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_llm import brains
from tests.fake_llm.answers import as_json, as_lines
from tests.fake_llm.asking import SENTENCES, fenced, prompted
from tests.fake_llm.brains import faithful
from tests.fake_llm.prompt import TASKS, Task

NAMES = (*brains.BRAINS, "liar:1", "liar:3")


def test_faithful_copies_each_sentence_and_cites_it() -> None:
    answer = faithful(prompted())
    assert [(line.cites, line.text) for line in answer.lines] == [
        (("A1",), SENTENCES[0]),
        (("A2",), "The coastguard said 21 people were dead."),
        (("A3",), SENTENCES[2]),
    ]


def test_headline_is_the_first_short_sentence() -> None:
    headline = faithful(prompted(texts=["A " + "long " * 40, "Short one.", "No."])).headline
    assert headline is not None
    assert headline.cites == ("A2",)
    assert faithful(prompted(texts=[])).headline is None


def test_fact_that_two_sentences_state_is_told_once_with_both() -> None:
    told = faithful(prompted(texts=["The dam in Varrow held.", "The dam in Varrow held today."]))
    assert [line.cites for line in told.lines] == [("A1", "A2")]


def test_sentences_with_different_numbers_are_two_facts() -> None:
    told = faithful(prompted(texts=["The storm killed 14 there.", "The storm killed 15 there."]))
    assert [line.cites for line in told.lines] == [("A1",), ("A2",)]


def test_no_more_than_three_sentences_are_cited_for_one() -> None:
    assert len(faithful(prompted(texts=["The dam held."] * 9)).lines[0].cites) == 3


def test_words_asked_for_are_kept() -> None:
    told = faithful(prompted(texts=[f"Fact {n} holds here." for n in range(9)], user="9 words"))
    assert len(told.lines) == 2


def test_story_has_fourteen_sentences_at_most() -> None:
    told = faithful(prompted(texts=[f"Fact {n} holds." for n in range(99)]))
    assert len(told.lines) == brains.MAX_SENTENCES


def test_extract_takes_all_and_lead_takes_three() -> None:
    texts = [f"Fact {n} holds." for n in range(30)]
    assert len(faithful(prompted("extract", texts)).lines) == 30
    assert len(faithful(prompted("lead", texts)).lines) == 3


def test_repair_takes_the_nearest_sentence_word_for_word() -> None:
    failed = [{"k": 4, "text": "The coastguard said 22 people were dead.", "reasons": ["22"]}]
    (line,) = faithful(prompted("repair", user=fenced("failed", failed))).lines
    assert (line.k, line.cites, line.text) == (4, ("A2",), SENTENCES[1])
    assert faithful(prompted("repair", [], user=fenced("failed", failed))).lines == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "verdict", "wrong"),
    [
        ("21 people died.", "The coastguard said 21 people died.", "supported", None),
        ("22 people died.", "21 people died.", "unsupported", "22"),
        ("The dam did not hold.", "The dam did hold.", "contradicted", None),
        ("A bridge fell down.", "The dam held.", "unsupported", None),
        ("", "", "supported", None),
    ],
)
def test_second_opinion(claim: str, evidence: str, verdict: str, wrong: str | None) -> None:
    claims = fenced("claims", [{"k": 2, "claim": claim, "evidence": evidence}])
    (opinion,) = faithful(prompted("verify", user=claims)).opinions
    assert (opinion.k, opinion.verdict, opinion.wrong_span) == (2, verdict, wrong)


def test_adjudication_looks_at_numbers_and_dates() -> None:
    def relation(*sentences: tuple[str, str]) -> str:
        given = [
            line
            for letter, (text, day) in zip("AB", sentences, strict=False)
            for line in (f"{letter}: {day}", f"{letter}1 {text}")
        ]
        user = "\n".join(("<sentences x>", *given, "</sentences x>"))
        told = faithful(prompted("adjudicate", [], user=user)).relation
        assert told is not None
        return told[0]

    assert relation(("14 died", "2026-03-04"), ("15 died", "2026-03-04")) == "conflict"
    assert relation(("14 died", "2026-03-04"), ("15 died", "2026-03-05")) == "update"
    assert relation(("14 died", "2026-03-04"), ("14 were killed", "2026-03-05")) == "same"
    assert relation() == "same"


def test_verbose_is_far_too_long() -> None:
    short, long = as_json(faithful(prompted())), as_json(brains.verbose(prompted()))
    assert len(long) > 20 * len(short)


def test_empty_says_nothing() -> None:
    assert as_json(brains.empty(prompted())) == ""


def test_insufficient_is_a_status() -> None:
    told = json.loads(as_json(brains.insufficient(prompted())))
    assert (told["status"], told["sentences"]) == ("insufficient", [])


def test_other_language_keeps_names_and_numbers() -> None:
    told = brains.other_language(prompted())
    assert told.lines[1].text == "Es geht laut Bericht um 21."
    assert "Grey, Heron" in told.lines[0].text
    german = ["Der Damm ist nicht gebrochen und das Wasser sinkt.", "die 3 Orte und das Tal"]
    assert "According to the reports" in brains.other_language(prompted(texts=german)).lines[0].text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("task", TASKS)
def test_every_brain_knows_every_task(name: str, task: Task) -> None:
    user = fenced("failed", [{"k": 1}, {"text": 3}]) + fenced("claims", [{"k": "x"}, {}])
    answer = brains.parse(name)(prompted(task, user=user))
    assert answer.task == task
    assert answer == brains.parse(name)(prompted(task, user=user))


@given(texts=st.lists(st.text(), max_size=4), name=st.sampled_from(NAMES))
def test_no_text_breaks_a_brain(texts: list[str], name: str) -> None:
    answer = brains.parse(name)(prompted(texts=texts))
    assert as_lines(answer) is not None
    assert as_json(answer) == "" or json.loads(as_json(answer))


@pytest.mark.parametrize("piece", ["a", "A1_", "(", "“", "\u0301", "\u202e", "1,", "A-", "ignore "])
@pytest.mark.parametrize("name", ["faithful", "obedient", "liar:1", "other_language"])
def test_hostile_megabyte_takes_no_time(piece: str, name: str) -> None:
    assert brains.parse(name)(prompted(texts=[piece * 100_000])).task == "write"


@pytest.mark.parametrize("name", ["", "liar", "liar:0", "liar:x", "wise"])
def test_unknown_brain_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="give one of faithful"):
        brains.parse(name)
