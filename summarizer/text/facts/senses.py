"""Which words of a language mean about the same, and which exclude each other.

The lists stand in `lexicon/senses`, one file a language: a line is a sense, words that can stand
for each other; senses on one line, parted by "|", exclude each other ("rise, grow | fall, drop").
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from summarizer.text import lexical
from summarizer.text.facts.tokens import Phrases, phrases, tokens
from summarizer.text.lexicon import LANGUAGES


@dataclass(frozen=True, slots=True)
class Senses:
    """The senses of a language by word, as numbers, and which senses exclude each other."""

    by_word: Mapping[str, frozenset[int]] = field(default_factory=dict)  # word or stem
    opposed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=dict)  # those of several words

    def of(self, word: str, stem: str) -> frozenset[int]:
        """Return the senses of a word as it is written and of its stem."""
        none = frozenset[int]()
        return self.by_word.get(word, none) | self.by_word.get(stem, none)

    def opposing(self, keys: frozenset[str]) -> frozenset[str]:
        """Return the keys ("#12") of the senses that exclude those among some keys."""
        numbers = (int(key[1:]) for key in keys if key[0] == "#" and key[1:].isdigit())
        return frozenset(f"#{n}" for number in numbers for n in self.opposed.get(number, ()))


@cache
def senses(language: str) -> Senses:
    """Return the senses of `language`, an ISO 639 code; a language without a file has none."""
    file = resources.files("summarizer.text.lexicon").joinpath("senses", f"{language}.toml")
    if language not in LANGUAGES or not file.is_file():
        return Senses()
    by_word: dict[str, set[int]] = {}
    opposed: dict[int, frozenset[int]] = {}
    n_senses = 0
    for line in tomllib.loads(file.read_text(encoding="utf-8"))["senses"].splitlines():
        sides = [re.split(r"\s*,\s*", side.strip()) for side in line.split("|") if side.strip()]
        numbers = range(n_senses, n_senses + len(sides))
        n_senses = numbers.stop
        for number, words in zip(numbers, sides, strict=True):
            opposed[number] = frozenset(numbers) - {number}
            for word in words:
                parts = " ".join(token.word for token in tokens(word))
                by_word.setdefault(word, set()).add(number)
                by_word.setdefault(parts, set()).add(number)
                (stem,) = lexical.stems([word], language)
                by_word.setdefault(stem, set()).add(number)
    several = phrases(word for word in by_word if " " in word)
    return Senses({word: frozenset(found) for word, found in by_word.items()}, opposed, several)
