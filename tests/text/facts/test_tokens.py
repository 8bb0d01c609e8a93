import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts.tokens import matches, phrases, tokens


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


@given(st.text())
def test_tokens_stand_in_order_and_leave_out_only_space(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert token.end > token.start
        end = token.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke, he said.", ["the", "dam", "broke", ",", "he", "said", "."]),
        ("It didn\u2019t hold 1,200 tons.", ["it", "didn't", "hold", "1,200", "tons", "."]),
        ("The U.S. Navy", ["the", "us", "navy"]),
        ("l'ONU qu'il aujourd'hui", ["l", "onu", "qu", "il", "aujourd'hui"]),
        ("大坝决堤2米", ["大", "坝", "决", "堤", "2", "米"]),
        ("yen-buying", ["yen", "-", "buying"]),
        ("बांध टूटा", ["बांध", "टूटा"]),
    ],
)
def test_words_and_marks_are_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_marks_and_capitals_are_told_apart() -> None:
    found = tokens("Kessel, too")
    assert [(t.is_word, t.is_capital) for t in found] == [
        (True, True),
        (False, False),
        (True, False),
    ]


def test_the_longest_phrase_matches_and_none_overlap() -> None:
    known = phrases(["no", "no longer", "longer than"])
    assert list(matches(["no", "longer", "than", "no", "one"], known)) == [(0, 2), (3, 4)]


def test_phrases_of_unspaced_scripts_are_sequences_of_characters() -> None:
    known = phrases(["没有"])
    assert list(matches(words("他没有走"), known)) == [(1, 3)]
