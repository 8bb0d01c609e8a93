"""Function words and sentence openings of each language: what carries no topic, what points back.

One TOML file a language holds the words; entries end at a comma or at the end of a line. The words
are matched by whoever asks: nothing here reads a text.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from summarizer.text.lexicon.tables import entries

LANGUAGES: tuple[str, ...] = (
    "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "ms", "nl", "no", "pl",
    "pt", "ro", "ru", "sk", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes of one language: lower case, NFC, and "'" for every apostrophe."""

    stop: frozenset[str] = frozenset()  # function words, and the plain reporting verb
    pronouns: frozenset[str] = frozenset()  # at the start of a sentence they refer back
    connectives: frozenset[str] = frozenset()  # words and phrases that continue what came before
    reporting: frozenset[str] = frozenset()  # usual forms of the verbs that introduce a speaker
    time: frozenset[str] = frozenset()  # come before a subject without naming it ("On Tuesday it")


def lexicon(language: str) -> Lexicon:
    """Return the words of `language`, an ISO 639 code; a language not listed has none."""
    return _load(language) if language in LANGUAGES else Lexicon()


@cache
def _load(language: str) -> Lexicon:
    file = resources.files(__name__).joinpath(f"{language}.toml")
    classes = tomllib.loads(file.read_text(encoding="utf-8"))
    return Lexicon(**{name: frozenset(entries(text)) for name, text in classes.items()})
