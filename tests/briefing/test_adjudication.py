import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import adjudication
from summarizer.briefing.evidence import gather
from summarizer.errors import ModelError
from summarizer.models.engine import Evidence
from summarizer.models.judging import RELATIONS, Judge
from summarizer.text.normalise import document
from summarizer.types import Citation, Conflict, ConflictValue, Document
from tests.models.scripted import PROMPTS, Memory, Scripted, calling, faithful

RAIN = (
    "Up to 400mm of rain is expected in the Brenn valley over the next 24 hours, the weather "
    "service said."
)
LESS = RAIN.replace("400", "300")
MORE = "More is told in the next edition of the paper."
SCREAMS = "The screams woke six other residents of the street, some of whom called the police."


def reports(*texts: str, days: Sequence[str] = ("2026-03-04",) * 9) -> list[Document]:
    return [
        document(f"{text} {MORE}", source=f"Paper {i}", published=day)
        for i, (text, day) in enumerate(zip(texts, days, strict=False))
    ]


def evidence_of(documents: Sequence[Document]) -> tuple[Evidence, ...]:
    return gather(documents, {d.id: d.id for d in documents}).evidence


def found(
    documents: Sequence[Document], word: str, known: Sequence[Conflict] = ()
) -> tuple[Conflict, ...]:
    by_id = {d.id: d for d in documents}
    return adjudication.conflicts(evidence_of(documents), by_id, known, lambda *_: word)


def test_numbers_that_a_model_calls_a_conflict_are_shown_with_both_sentences() -> None:
    documents = reports(RAIN, LESS)
    (conflict,) = found(documents, "conflict")
    assert conflict.kind == "conflict"
    assert conflict.about == "of rain is expected in the Brenn valley over the next 24"
    assert sorted(value.value for value in conflict.values) == ["300", "400"]
    by_id = {d.id: d for d in documents}
    for value in conflict.values:
        cited = value.citation
        assert by_id[cited.document].text[cited.start : cited.end] == cited.quote
        assert value.value in cited.quote


@given(st.sampled_from([*RELATIONS, "", "nonsense"]))
def test_only_a_conflict_or_an_update_adds_anything(word: str) -> None:
    assert [c.kind for c in found(reports(RAIN, LESS), word)] == [
        word for _ in range(word in {"conflict", "update"})
    ]


def test_what_is_stated_on_different_days_is_an_update_newest_first() -> None:
    documents = reports(RAIN, LESS, days=("2026-03-04", "2026-03-05"))
    (conflict,) = found(documents, "conflict")
    assert conflict.kind == "update"
    assert conflict.values[0].citation.document == documents[1].id


def test_pairs_that_cannot_be_compared_are_not_asked() -> None:
    for texts in (
        (RAIN, RAIN.replace("service", "office")),  # the same number
        (RAIN, SCREAMS),  # another thing
        (RAIN, LESS.replace("300mm", "300 dollars")),  # another unit
        (RAIN, LESS.replace("24", "36")),  # two numbers differ
        (RAIN,),
    ):
        assert adjudication.doubtful(evidence_of(reports(*texts))) == []


def test_copies_of_one_report_are_not_compared() -> None:
    documents = reports(RAIN, LESS)
    one = [replace(e, origin="one") for e in evidence_of(documents)]
    assert adjudication.doubtful(one) == []


def test_known_conflict_is_not_judged_again() -> None:
    documents = reports(RAIN, LESS)
    first = next(e for e in evidence_of(documents) if "400" in e.text)
    cited = Citation(first.document, first.start, first.end, first.text)
    known = Conflict("rain", "conflict", (ConflictValue("400", cited),))
    assert found(documents, "conflict", [known]) == ()


def test_few_pairs_are_asked_and_each_sentence_once() -> None:
    documents = reports(*(RAIN.replace("400", str(n)) for n in range(310, 390, 10)))
    pairs = adjudication.doubtful(evidence_of(documents))
    used = [side.sentence.alias for pair in pairs for side in pair]
    assert len(used) == len(set(used)) == len(documents)
    assert len(found(documents, "conflict")) == adjudication.MAX_ASKED < len(pairs)


def test_model_that_fails_adds_nothing() -> None:
    documents = reports(RAIN, LESS)

    def failing(*_: Evidence) -> str:
        raise ModelError("m")

    by_id = {d.id: d for d in documents}
    assert adjudication.conflicts(evidence_of(documents), by_id, (), failing) == ()


def test_question_shows_both_sentences_and_is_not_asked_twice() -> None:
    model, documents = Scripted([faithful]), reports(RAIN, LESS)
    judge = Judge(calling(model, journal=Memory())[0], PROMPTS)
    by_id = {d.id: d for d in documents}
    for _ in range(2):
        (conflict,) = adjudication.conflicts(evidence_of(documents), by_id, (), judge.relation)
        assert conflict.kind == "conflict"
    (asked,) = model.asked
    assert asked.task == "adjudicate"
    assert all(text in asked.user for text in (RAIN, LESS, "Paper 0, 2026-03-04"))
    assert json.loads(faithful(asked))["relation"] == "conflict"
