"""What of a text stays recognisable in another language: its anchors.

Numbers, days, places, borrowed words and acronyms keep their form or stand in tables of names;
other names keep their sound. No dictionary of words and no model is read.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from summarizer.text import cldr, lexical, numerals, transliterate
from summarizer.text.lexicon import lexicon

Kind = Literal["number", "day", "place", "name", "stem", "sound"]
Anchor = tuple[Kind, str]

MAX_CHARS = 2_000  # of a text; its event is told at its beginning
MIN_NAME_CHARS, MIN_WORD_CHARS, MIN_STEM_CHARS, MIN_CONSONANTS = 4, 3, 5, 3
# How much a shared anchor tells, beside how rare it is; judgments, not measurements.
DAY, PLACE, NAME, STEM = 0.5, 0.5, 0.8, 0.35
_SOUND_BY_CONSONANTS = (0.4, 0.7, 1.0)  # three, four, more

_LATIN_LETTERS = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_CASED_LETTERS = f"{_LATIN_LETTERS}\u0370-\u052f\u0531-\u0587"  # and Greek, Cyrillic, Armenian
_LATIN = re.compile(f"[{_LATIN_LETTERS}]")
_CASED = re.compile(f"[{_CASED_LETTERS}]")
# Not by `\b`: Han characters stand beside a Latin name without a space.
_WORD = re.compile(f"[{_CASED_LETTERS}][{_CASED_LETTERS}0-9]+(?:['\u2019-][{_CASED_LETTERS}0-9]+)*")
_HAN_KANA = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{3,}")
# Particles written together with the word that follows them.
_PROCLITICS = {
    "ar": re.compile("^(?:[وفبكل]{0,2}ال|لل|[وفبكل])(?=.{3})"),
    "he": re.compile("^[ובהלמשכ]{1,2}(?=.{3})"),
}


def find(text: str, language: str) -> dict[Anchor, float]:
    """Return the anchors of a text's beginning, each with how much it tells, 0 to 1."""
    text = text[:MAX_CHARS]
    tokens = lexical.words(text)
    found: dict[Anchor, float] = {}
    for anchor, weight in _all(text, tokens, language):
        found[anchor] = max(weight, found.get(anchor, 0.0))
    return found


def _all(text: str, tokens: Sequence[str], language: str) -> Iterator[tuple[Anchor, float]]:
    for value, weight in numerals.numbers(text, language):
        yield ("number", value), weight
    for month, day in numerals.days(text, tokens, language):
        yield ("day", f"{month}-{day}"), DAY
    plain = set(lexicon(language).stop | cldr.months(language).keys())
    for code, name in _places(tokens, language):
        plain.update(name)  # told once, as a place
        yield ("place", code), PLACE
    cased = _WORD.findall(text)
    common = plain.union(word for word in cased if word[0].islower())
    for word in cased:
        if word[0].isupper() and word.lower() not in common:
            yield from _name(word, language)
    for word in dict.fromkeys(tokens):
        if word not in plain:
            yield from _word(word, language)
    for word in _KATAKANA.findall(text):
        yield from _sound(word)


def _places(tokens: Sequence[str], language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the code of each place that is named and the words that name it."""
    known = cldr.places(language)
    stems = lexical.stems(tokens, language)
    for i, stem in enumerate(stems):
        for name, code in known.get(stem, ()):
            if tuple(stems[i : i + len(name)]) == name:
                yield code, tokens[i : i + len(name)]
                break


def _name(word: str, language: str) -> Iterator[tuple[Anchor, float]]:
    """Yield the spelling of a Latin name or acronym, and the sound of a name of any script.

    A Latin name inside another script was not transliterated: it is compared as it is written.
    """
    is_latin = _LATIN.match(word) is not None
    if is_latin and (len(word) >= MIN_NAME_CHARS or word.isupper()):
        yield ("name", transliterate.spelling(word)), NAME
    if not is_latin or cldr.is_latin(language):
        yield from _sound(word)


def _word(word: str, language: str) -> Iterator[tuple[Anchor, float]]:
    """Yield the stem of a Latin word; in a script without capitals any word may be a name."""
    if _LATIN.match(word):
        if len(word) >= MIN_STEM_CHARS:
            yield ("stem", transliterate.cognate_stem(word)), STEM
    elif len(word) >= MIN_WORD_CHARS and not (_CASED.match(word) or _HAN_KANA.match(word)):
        yield from _sound(word)
        bare = _PROCLITICS[language].sub("", word) if language in _PROCLITICS else word
        if bare != word:
            yield from _sound(bare)


def _sound(word: str) -> Iterator[tuple[Anchor, float]]:
    skeleton = transliterate.skeleton(word)
    if len(skeleton) >= MIN_CONSONANTS:
        longest = len(_SOUND_BY_CONSONANTS) - 1
        weight = _SOUND_BY_CONSONANTS[min(len(skeleton) - MIN_CONSONANTS, longest)]
        yield ("sound", skeleton), weight
