"""Words of a text with their places: what every check on wording starts from.

Unlike `lexical.words`, which counts words, a token keeps its offsets, and a script written without
spaces has one token a character, so that phrases are sequences of tokens in every script.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# Marks are no word characters to `re`; inside these scripts they are part of the word.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u0f18-\u0fbc\u200c\u200d"
)
UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3"
)
_LETTER = rf"[^\W_{UNSPACED}]"
_PART = rf"(?:{_LETTER}|[{_MARKS}])"
_TOKEN = re.compile(
    rf"(?P<unspaced>[{UNSPACED}])|(?P<elided>(?:[LDNSJCMTldnsjcmt]|[Qq]u)['\u2019](?={_LETTER}))|(?P<dotted>(?:[^\W\d_{UNSPACED}]\.){{2,}})|{_PART}+(?:['\u2019\u05f3]{_PART}+|[.,]\d+)*|[^\w\s]"
)
_PLAIN_APOSTROPHE = str.maketrans("\u2019\u02bc", "''")

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]  # by first word, longest first


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a character of an unspaced script, or a mark: `text[start:end]`.

    `word` is lower case, without the dots of "U.S." and the apostrophe of an elided article.
    """

    start: int
    end: int
    word: str
    is_word: bool
    is_capital: bool  # its first letter is
    is_unspaced: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a text in order."""
    return tuple(map(_token, _TOKEN.finditer(text)))


def _token(match: re.Match[str]) -> Token:
    found = match[0]
    word = found.lower()
    if not word.isascii():
        word = word.translate(_PLAIN_APOSTROPHE)
    if match["dotted"]:
        word = word.replace(".", "")
    elif match["elided"]:
        word = word.rstrip("'")
    return Token(
        match.start(),
        match.end(),
        word,
        found[0].isalnum() or len(found) > 1,
        found[0].isupper(),
        match["unspaced"] is not None,
    )


def phrases(entries: Iterable[str]) -> Phrases:
    """Prepare words and phrases for `matches`."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(entries):
        words = tuple(token.word for token in tokens(entry))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(same, key=len, reverse=True)) for first, same in found.items()}


def matches(words: Sequence[str], known: Phrases) -> Iterator[tuple[int, int]]:
    """Yield where known phrases stand, as half-open ranges of words, the longest at each place."""
    end = 0
    for i, word in enumerate(words):
        if i < end or word not in known:
            continue
        for phrase in known[word]:
            if len(phrase) == 1 or tuple(words[i : i + len(phrase)]) == phrase:
                end = i + len(phrase)
                yield i, end
                break
