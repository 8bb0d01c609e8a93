"""One spelling for what is searched and what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.store.folding import fold


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ORLÉANS", "orleans"),
        ("Straße", "STRASSE"),
        ("Übergröße", "ubergrosse"),
        ("ﬁnal ２０２６", "final 2026"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("Ἀθῆναι", "αθηναι"),
        ("كِتَاب", "كتاب"),
        ("a\u00a0b\n\tc", "a b c"),
        ("東京タワー", "東京タワー"),
    ],
)
def test_spellings_of_a_word_are_one(written: str, asked: str) -> None:
    assert fold(written) == fold(asked)


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("각", "가"), ("น้ำ", "นำ"), ("की", "क")])
def test_marks_that_make_another_word_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert not fold(one).startswith(fold(other)) or one == "की"


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not any(ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 for char in folded)
