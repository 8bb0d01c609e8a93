"""Fast look-ups of many phrases at once: at a place, up to a place, or anywhere in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GAP = "[ -]"
NEVER = "(?!)"
# ASCII, Arabic, Persian, Devanagari, Bengali, full width: literals, as `starts_of` has them.
DIGIT = "|".join(
    chr(ord(zero) + i) for zero in "0\u0660\u06f0\u0966\u09e6\uff10" for i in range(10)
)

_INNER_GAP = re.compile(r"(?<=\w)[ -](?=\w)")


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; a space may be a hyphen."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_escape, ordered))})" if ordered else NEVER


def starts_of(patterns: Mapping[str, str]) -> str:
    """Return a pattern for any of the words that are followed by what their pattern says.

    A word does not begin inside another one. The words are gathered by their first letter, which
    lets the regular expression engine skip everything that begins no word.
    """
    rests: dict[str, list[str]] = defaultdict(list)
    for word in sorted(patterns, key=lambda word: (-len(word), word)):
        rests[word[0]].append(_escape(word[1:]) + patterns[word])
    alternatives = (
        rf"{re.escape(first)}(?<!\w{re.escape(first)})(?:{'|'.join(rests[first])})"
        for first in sorted(rests)
    )
    return "|".join(alternatives) or NEVER


@dataclass(frozen=True, slots=True)
class Endings:
    """Phrases that are looked for at the end of a text, and what they stand for."""

    meanings: Mapping[str, str]
    lengths: tuple[int, ...]  # longest first
    is_spaced: bool

    def find(self, text: str) -> tuple[int, str] | None:
        """Return the length and the meaning of the longest phrase that a text ends with."""
        for n in self.lengths:
            meaning = self.meanings.get(text[-n:]) if n <= len(text) else None
            if meaning is not None and not (self.is_spaced and self._is_inside(text, n)):
                return n, meaning
        return None

    def _is_inside(self, text: str, n: int) -> bool:
        """Tell whether the phrase of the last `n` characters begins inside a word."""
        return len(text) > n and text[-n].isalpha() and text[-n - 1].isalpha()


def endings(meanings: Mapping[str, str], *, is_spaced: bool) -> Endings:
    """Return the phrases as endings; hyphens in texts must have become spaces."""
    plain = {_INNER_GAP.sub(" ", phrase): meaning for phrase, meaning in meanings.items()}
    lengths = sorted({len(phrase) for phrase in plain}, reverse=True)
    return Endings(plain, tuple(lengths), is_spaced)


def _escape(word: str) -> str:
    return GAP.join(map(re.escape, _INNER_GAP.split(word)))
