import random  # noqa: TID251 - the type of what hypothesis draws

from hypothesis import given
from hypothesis import strategies as st

from benchmarks import wire

generators = st.randoms(use_true_random=True)


@given(st.lists(st.text(), min_size=1, max_size=60), generators)
def test_shortening_keeps_the_order_and_more_than_half(
    paragraphs: list[str], rng: random.Random
) -> None:
    kept = wire.shorten(paragraphs, rng)
    rest = iter(paragraphs)
    assert all(paragraph in rest for paragraph in kept)
    assert len(kept) >= 0.6 * len(paragraphs) - 0.5


@given(generators)
def test_about_one_word_in_twenty_is_changed(rng: random.Random) -> None:
    words = [f"w{i}" for i in range(1_000)]
    changed = wire.change_words(" ".join(words), ["new"], rng).split()
    n_changed = sum(a != b for a, b in zip(words, changed, strict=True))
    assert 20 <= n_changed <= 90


def test_words_of_unspaced_scripts_are_characters() -> None:
    assert wire.words("今天的新闻") == ["今", "天", "的", "新", "闻"]
    assert wire.start("今天的新闻", 2) == "今天"
    assert wire.start("Today's news is short", 2) == "Today's news"
