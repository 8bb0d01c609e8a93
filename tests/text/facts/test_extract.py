from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts import extract

TEXT = "The board said 14 people “may not” return before 3 March 2026, Jana Holm of Kessel added."


def test_every_sort_of_value_is_found() -> None:
    facts = extract(TEXT, "en", date(2026, 3, 1))
    assert [TEXT[q.start : q.end] for q in facts.quantities] == ["14"]
    assert [d.first for d in facts.dates] == [date(2026, 3, 3)]
    assert "Jana Holm of Kessel" in [TEXT[n.start : n.end] for n in facts.names]
    assert [TEXT[q.start : q.end] for q in facts.quotations] == ["may not"]
    words = [token.word for token in facts.tokens]
    assert [words[a:b] for a, b in facts.negators] == [["not"]]
    assert [words[a:b] for a, b in facts.hedges] == [["may"]]
    assert len(facts.speakers) == 2


def test_what_cannot_be_done_is_no_hedge() -> None:
    facts = extract("Reuters could not verify it.", "en")
    assert (len(facts.negators), facts.hedges) == (1, ())


@given(st.text(max_size=200), st.sampled_from(["en", "zh", "ar", "und"]))
def test_values_slice_back_to_the_text(text: str, language: str) -> None:
    facts = extract(text, language)
    spans = [(q.start, q.end) for q in facts.quantities]
    spans += [(d.start, d.end) for d in facts.dates]
    spans += [(n.start, n.end) for n in facts.names]
    spans += [(q.start, q.end) for q in facts.quotations]
    assert all(0 <= start < end <= len(text) for start, end in spans)
