from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_llm.compress import compress

WORDS = ["The", "dam", "held,", "after", "rain", "which", "(and)", "the", "mayor", "said."]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("However, the dam held.", "The dam held."),
        ("The dam (built in 1962) held.", "The dam held."),
        ("The dam, which was built in 1962, has held.", "The dam has held."),
        ("The dam held, after a night of rain.", "The dam held."),
        ("The dam held, as the mayor said it would.", "The dam held, as the mayor said it would."),
        ("It took a total of 14 days prior to that.", "It took 14 days before that."),
        ("The dam in Varrow held, the ministry said.", "The ministry said the dam in Varrow held."),
        (
            "The mayor said it held, the ministry said.",
            "The mayor said it held, the ministry said.",
        ),
        ("Varrow's dam has held, the ministry said.", "Varrow's dam has held, the ministry said."),
        ("The  dam\nheld.", "The dam held."),
        ("Also,", "Also,"),
        ("But, he said, “the dam (ours) held”.", "But, he said, “the dam (ours) held”."),
        ("Who, which and what, The Who asked.", "Who, which and what, The Who asked."),
    ],
)
def test_only_asides_are_left_out(text: str, short: str) -> None:
    assert compress(text) == short


@given(st.text())
def test_no_text_grows_by_more_than_a_letter(text: str) -> None:
    assert len(compress(text)) <= len(text) + 1  # capital "ß" has two letters


@given(st.lists(st.sampled_from(WORDS)))
def test_words_are_left_out_or_moved_and_never_added(words: list[str]) -> None:
    text = " ".join(words)
    bare = [word.strip(",.()").lower() for word in text.split()]
    kept = [word.strip(",.()").lower() for word in compress(text).split()]
    assert not Counter(kept) - Counter(bare)


def test_megabytes_take_no_time() -> None:
    for piece in ("(", ", which ", "a", " ", "\u0301", "\u202e"):
        assert len(compress(piece * 200_000)) <= 200_000 * len(piece)
