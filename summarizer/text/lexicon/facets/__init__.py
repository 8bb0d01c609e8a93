"""Phrases that tell what a sentence is about: what is open, what is to come, why it happened.

One TOML file a language; entries end at a comma or at the end of a line, "*" stands for the rest
of a word and "..." for some words between. The phrases are matched by whoever asks: nothing here
reads a text.
"""

from dataclasses import dataclass
from functools import cache

from summarizer.text.lexicon import tables

LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")


@dataclass(frozen=True, slots=True)
class FacetWords:
    """Phrases of one language, each of which is enough on its own."""

    open: tuple[str, ...]  # nobody knows yet, or somebody is finding out
    next: tuple[str, ...]  # it is announced for the day that the sentence names
    why: tuple[str, ...]  # what follows or comes before is the cause


def facet_words(language: str) -> FacetWords | None:
    """Return the phrases of `language`, an ISO 639 code; None for a language not listed."""
    return _load(language) if language in LANGUAGES else None


@cache
def _load(language: str) -> FacetWords:
    return FacetWords(**tables.read(__name__, language))
