from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.agreement import Support
from summarizer.briefing.evidence import gather
from summarizer.text.normalise import document
from summarizer.types import Evidence


def containing(evidence: Sequence[Evidence], words: str) -> Evidence:
    return next(e for e in evidence if words in e.text)


def test_fact_in_two_reports_has_both_origins(evidence: Sequence[Evidence]) -> None:
    hospital = containing(evidence, "Fourteen people were taken to hospital")
    assert Support(evidence).origins(hospital) == {"dam", "town"}


def test_fact_in_one_report_has_one_origin(evidence: Sequence[Evidence]) -> None:
    power = containing(evidence, "400 households")
    assert Support(evidence).origins(power) == {"town"}


def test_reprint_adds_no_origin(evidence: Sequence[Evidence]) -> None:
    one_origin = [replace(e, origin="dam") for e in evidence]
    hospital = containing(one_origin, "Fourteen people were taken to hospital")
    assert Support(one_origin).origins(hospital) == {"dam"}


def test_title_of_another_report_is_no_support(evidence: Sequence[Evidence]) -> None:
    title = containing(evidence, "Lower town of Kessel flooded")
    others = [e for e in evidence if e.origin == "dam"]
    echo = replace(others[-1], text=title.text, words=title.words)
    assert Support([*others, title, echo]).origins(echo) == {"dam"}


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_sentence_always_has_its_own_origin(texts: list[str]) -> None:
    documents = [document(text, id=f"d{i}") for i, text in enumerate(texts)]
    evidence = gather(documents, {each.id: each.id for each in documents}).evidence
    support = Support(evidence)
    assert all(e.origin in support.origins(e) for e in evidence)
