import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.phrases import (
    any_of,
    anywhere,
    compiled,
    containing,
    longest_words,
    one_of_named,
)

WORDS = st.from_regex(r"[abéд'死]{1,3}\*?", fullmatch=True)
ENTRIES = st.lists(
    st.builds(str.join, st.sampled_from([" ", " ... "]), st.lists(WORDS, min_size=1, max_size=3)),
    max_size=6,
)
TEXTS = st.text("abABéдД死 .'-")


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        ("dead", "Dead people", True),
        ("dead", "deadly", False),
        ("dead", "undead", False),
        ("rescu*", "rescuers", True),
        ("death toll", "the death\u00a0toll", True),
        ("cause ... unknown", "the cause of it all is unknown", True),
        ("cause ... unknown", "the cause. It is unknown", False),
        ("死亡", "14人死亡", True),
    ],
)
def test_entry_matches_whole_words_of_any_case(entry: str, text: str, *, expected: bool) -> None:
    assert bool(compiled(any_of([entry])).search(text)) is expected


def test_longest_entry_wins() -> None:
    match = compiled(any_of(["at", "at least"])).match("at least 14")
    assert match is not None
    assert match[0] == "at least"


def test_name_of_the_entry_is_told() -> None:
    match = compiled(one_of_named({"killed": ["dead"], "injured": ["hurt"]})).match("hurt")
    assert match is not None
    assert match.lastgroup == "injured"


@given(ENTRIES, TEXTS)
def test_search_anywhere_finds_what_the_plain_pattern_finds(entries: list[str], text: str) -> None:
    plain = compiled(any_of(entries)).search(text)
    assert bool(anywhere(entries).search(text.lower())) is bool(plain)


@given(ENTRIES, TEXTS)
def test_a_text_with_an_entry_has_the_longest_word_of_one(entries: list[str], text: str) -> None:
    words = longest_words(entries)
    if compiled(any_of(entries)).search(text):
        assert containing(words).search(text.lower())


@given(st.lists(st.text("abc", min_size=1), max_size=8), st.text("abcd"))
def test_words_are_found_inside_others(words: list[str], text: str) -> None:
    assert bool(containing(words).search(text)) is any(word in text for word in words)


def test_a_phrase_is_looked_for_by_the_last_of_its_longest_words() -> None:
    assert longest_words(["lost their lives", "rescu* from"], ["the cause ... is"]) == (
        "lives",
        "rescu",
        "cause",
    )


@given(st.text())
def test_no_entries_match_nothing(text: str) -> None:
    assert compiled(any_of([])).search(text) is None
