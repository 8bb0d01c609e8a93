"""What outlets do to a wire story before they print it: shorten it and change words."""

import random
from collections.abc import Sequence

DROPPED = (0.15, 0.40)  # share of the paragraphs
CHANGED = 0.05  # share of the words
_FIRST_UNSPACED = "\u2e80"  # Chinese and Japanese are written without spaces


def shorten(paragraphs: Sequence[str], rng: random.Random) -> list[str]:
    """Drop 15 to 40 % of the paragraphs."""
    n_dropped = round(rng.uniform(*DROPPED) * len(paragraphs))
    dropped = frozenset(rng.sample(range(len(paragraphs)), n_dropped))
    return [paragraph for i, paragraph in enumerate(paragraphs) if i not in dropped]


def change_words(paragraph: str, vocabulary: Sequence[str], rng: random.Random) -> str:
    """Replace 5 % of the words by others; of the characters where words are not spaced."""
    return _joiner(paragraph).join(
        rng.choice(vocabulary) if rng.random() < CHANGED else word for word in words(paragraph)
    )


def start(paragraph: str, n_words: int) -> str:
    """Return the first words of a paragraph."""
    return _joiner(paragraph).join(words(paragraph)[:n_words])


def words(paragraph: str) -> list[str]:
    """Return the words between spaces, or the characters where words are not spaced."""
    return paragraph.split() if _joiner(paragraph) else list(paragraph)


def _joiner(paragraph: str) -> str:
    n_unspaced = sum(character >= _FIRST_UNSPACED for character in paragraph)
    return "" if 2 * n_unspaced > len(paragraph) else " "
