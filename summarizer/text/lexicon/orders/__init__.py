"""The words by which each language tells a reader or a program what to do.

One TOML file a language; entries end at a comma or at the end of a line, "..." stands for some
words between. The phrases are matched by whoever asks: nothing here reads a text.
"""

from dataclasses import dataclass
from functools import cache

from summarizer.text.lexicon import tables

LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "zh")


@dataclass(frozen=True, slots=True)
class OrderWords:
    """Phrases of one language, in lower case."""

    verbs: tuple[str, ...]  # begin a command, whatever follows
    openers: tuple[str, ...]  # begin a command if one of the objects follows
    objects: tuple[str, ...]
    requests: tuple[str, ...]  # begin what is said to a reader and to nobody else
    asks: tuple[str, ...]  # begin a question of general knowledge
    before: tuple[str, ...]  # may stand before a command
    about: tuple[str, ...]  # speak, wherever they stand, of what a program was told
    answers: tuple[str, ...]  # speak of what the reader is to write, outside quotations


@cache
def order_words(language: str) -> OrderWords:
    """Return the phrases of a language that is listed."""
    return OrderWords(**tables.read(__name__, language))
