import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.phrases import any_of, compiled, one_of_named


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


@given(st.text())
def test_no_entries_match_nothing(text: str) -> None:
    assert compiled(any_of([])).search(text) is None
