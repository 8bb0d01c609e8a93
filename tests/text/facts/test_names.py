import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts import names
from summarizer.text.facts.tokens import tokens


def found(text: str, language: str = "en") -> list[str]:
    return [text[n.start : n.end] for n in names.find(tokens(text), language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of Kessel met Jana Holm.", ["Kessel", "Jana Holm"]),
        ("He works at the Bank of Japan.", ["Bank of Japan"]),
        ("He met Edward Fitzalan-Howard there.", ["Edward Fitzalan-Howard"]),
        ("Rain fell on AT&T Park.", ["Rain", "AT&T Park"]),
        ("He saw Mrs. Clinton win.", ["Mrs", "Clinton"]),
        ("nothing here", []),
        ("", []),
        ("大坝决堤", []),
    ],
)
def test_runs_of_capitalised_words_are_names(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_name_does_not_end_in_a_joining_word() -> None:
    assert found("He told Jana of the dam.") == ["Jana"]


def test_only_a_word_that_begins_a_sentence_is_initial() -> None:
    text = "Rain fell. Holm saw Mr. Novak."
    flags = {text[n.start : n.end]: n.is_initial for n in names.find(tokens(text), "en")}
    assert flags == {"Rain": True, "Holm": True, "Mr": False, "Novak": False}


@given(st.text(), st.sampled_from(["en", "de", "und"]))
def test_names_do_not_overlap(text: str, language: str) -> None:
    end = 0
    for name in names.find(tokens(text), language):
        assert name.start >= end
        end = name.end
