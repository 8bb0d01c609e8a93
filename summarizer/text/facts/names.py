"""Names of a text: runs of capitalised words, in the scripts that have capitals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.text.facts.tokens import Token
from summarizer.text.lexicon import lexicon

# Words inside a name that are not capitalised ("Bank of Japan", "Osama bin Laden").
_JOINING = frozenset({
    "of", "the", "de", "del", "della", "di", "da", "do", "dos", "du", "des", "la", "le", "el", "al",
    "bin", "ibn", "van", "von", "der", "den", "and", "for", "und", "y", "e", "et", "&",
})  # fmt: skip
_SENTENCE_START = frozenset(".!?:\u2026\"\u201c\u201d\u00ab\u201e'\u2018\u2013\u2014-\u2022*")
_MAX_JOINING = 2
_MAX_ABBREVIATION = 4  # characters
CAPITALISES_NOUNS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: `text[start:end]`, and the tokens it is made of."""

    start: int
    end: int
    first: int
    last: int  # exclusive
    is_initial: bool  # it begins a sentence, so that its capital tells nothing


def find(found: Sequence[Token], language: str) -> tuple[Name, ...]:
    """Return the names among the tokens of a text, in order; they do not overlap.

    A word that begins a sentence is taken along; a function word there is not. In a language that
    writes every noun with a capital, nouns are among them.
    """
    return tuple(_find(found, lexicon(language).stop))


def _find(found: Sequence[Token], stop: frozenset[str]) -> Iterator[Name]:
    i = 0
    while i < len(found):
        is_initial = i == 0 or (
            found[i - 1].word in _SENTENCE_START and not _is_abbreviated(found, i - 1)
        )
        if not _is_capital(found[i]) or (is_initial and found[i].word in stop):
            i += 1
            continue
        last = _end(found, i)
        yield Name(found[i].start, found[last - 1].end, i, last, is_initial)
        i = last


def _is_abbreviated(found: Sequence[Token], i: int) -> bool:
    """Tell whether a full stop belongs to a title or initial ("Mrs. Clinton")."""
    before = found[i - 1] if i else None
    return (
        found[i].word == "."
        and before is not None
        and before.is_capital
        and before.end - before.start <= _MAX_ABBREVIATION
    )


def _end(found: Sequence[Token], first: int) -> int:
    """Return where the run of capitalised words ends, over words that may join them."""
    last = first + 1
    while last < len(found):
        ahead = last
        while ahead < len(found) and ahead - last < _MAX_JOINING and _joins(found, ahead):
            ahead += 1
        if ahead == len(found) or not _is_capital(found[ahead]):
            break
        last = ahead + 1
    return last


def _joins(found: Sequence[Token], i: int) -> bool:
    return found[i].word in _JOINING or (
        found[i].word in {"-", "'", "\u2019"} and found[i - 1].end == found[i].start
    )


def _is_capital(token: Token) -> bool:
    return token.is_capital and token.is_word
