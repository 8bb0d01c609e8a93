from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts.folding import fold


@given(st.text())
def test_no_character_moves(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_letters_that_grow_in_lower_case_are_left_alone() -> None:
    assert fold("\u0130STANBUL") == "\u0130stanbul"


def test_spaces_apostrophes_and_hyphens_have_one_form() -> None:
    assert fold("D\u2019A\u00a0B\u2011C") == "d'a b-c"
