"""Words and phrases of a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError, LimitError
from summarizer.service.store.asking import terms
from summarizer.service.store.folding import fold


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Bridge closed", ("bridge", "closed")),
        ('"Old  Bridge" ferry', ("old bridge", "ferry")),
        ("“Old Bridge”", ("old bridge",)),
        ("「東京」", ("東京",)),
        ('ferry "not closed', ("ferry", "not closed")),
        ("Ferry FERRY férry", ("ferry",)),
        ("100% a_b \\", ("100%", "a_b", "\\")),
        ('a"b"c', ("a", "b", "c")),
    ],
)
def test_terms_are_words_and_quoted_phrases(q: str, expected: tuple[str, ...]) -> None:
    assert terms(q) == expected


@pytest.mark.parametrize("q", ["", "  ", '""', '" "', "\0", "\ud800", "\u0301"])
def test_search_for_nothing_is_refused(q: str) -> None:
    with pytest.raises(InputError, match="q: name a word"):
        terms(q)


def test_search_for_too_much_is_refused() -> None:
    assert len(terms(" ".join(map(str, range(20))))) == 20
    with pytest.raises(LimitError, match="more than 20 words"):
        terms(" ".join(map(str, range(21))))
    with pytest.raises(LimitError, match="longer than 500"):
        terms("x" * 501)


@given(st.text(max_size=60))
def test_terms_are_folded_or_the_search_refused(q: str) -> None:
    try:
        found = terms(q)
    except InputError:
        return
    assert all(term and fold(term) == term for term in found)
