"""Find the terms of topics in documents: words and phrases in any inflection, in one pass.

A term is a row of words that must follow each other; in scripts without spaces a row of
characters. Hyphens, quotation marks and apostrophes between words make no difference, nor do
capitals and accents. Acronyms of up to three letters are found as they are written ("US" is not
"us"), those of four also as a name ("Nato"). What is written in capitals throughout tells nothing.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.briefing import inflection
from summarizer.errors import InputError
from summarizer.text.facts.tokens import UNSPACED
from summarizer.types import Document

Span = tuple[int, int]  # half-open, in code points of a document's text

EXCLUDING = "NOT "  # before a term that must not be meant
MAX_PLACES = 200  # of one term in one document; a watched word of a long book is found often enough

_STRICT, _LONGEST_ACRONYM = 3, 4  # letters
_MAX_KNOWN = 200_000  # words kept a language
_SHOUTED_WORDS = 3  # looked at on each side of an acronym
MAX_TOGETHER = 2  # words in capitals that follow each other; of more, an acronym may be none
# Marks are no word characters to `re`; inside these scripts they are part of the word.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963"
    "\u0966-\u0dff"
)
_LETTER = rf"[^\W_{UNSPACED}]"
_WORD = re.compile(
    rf"{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*"
    r"(?:['\u2019]s\b"
    r"|(?<=\d)[.,]\d+(?:[.,]\d+)*"
    rf"|\.(?<![^\W_]{{2}}\.){_LETTER}\b(?:\.{_LETTER}\b)*\.?)?"  # U.S.
    rf"|[{UNSPACED}]"
)
_GAP = re.compile(r"[^\w,;:!?()\[\]|。，、；：！？…]{0,3}")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_HANGUL_PARTICLE = re.compile("[가-힣]+$")


@dataclass(frozen=True, slots=True)
class Term:
    """The words of a term; `is_excluded`: where it stands, its topic is not meant."""

    words: tuple[str, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A term ready to be found: numbers of words, in their order. A row equals itself alone."""

    topic: int
    words: tuple[int, ...]
    is_excluded: bool
    is_acronym: bool  # and nothing else


def read(written: str) -> Term:
    """Read a term as a reader writes it: "interest rate", "NOT Michael Jordan".

    Raises:
        InputError: it holds no letter or digit.
    """
    is_excluded = written.startswith(EXCLUDING)
    words = tuple(_WORD.findall(written.removeprefix(EXCLUDING)))
    if not words:
        raise InputError(f"the term {written[:50]!r} has no word: write a word or a phrase")
    return Term(words, is_excluded)


class Finder:
    """Finds the terms of topics; what it learns of words is kept for the next document."""

    def __init__(self, topics: Sequence[Sequence[Term]]) -> None:
        """Prepare to find `topics`, each given by its terms."""
        self._words: dict[str, int] = {}  # words of terms that may be inflected
        self._acronyms: dict[str, int] = {}  # and those that may not, as they may be written
        self._rows: dict[int, list[_Row]] = defaultdict(list)  # by their first word
        self._sought: dict[str, Mapping[str, Sequence[int]]] = {}  # by language
        self._openings: dict[str, frozenset[str]] = {}  # by language
        self._known: dict[str, dict[str, tuple[int, ...]]] = {}  # by language
        for topic, terms in enumerate(topics):
            for term in terms:
                row = self._row(topic, term)
                self._rows[row.words[0]].append(row)

    def find(self, document: Document) -> dict[int, tuple[Span, ...]]:
        """Return where each topic is mentioned, in order; topics that are not are left out.

        An excluded term that overlaps a mention takes it away ("NOT Michael Jordan" of "Jordan");
        anywhere else it says that the document is about something else, and takes all away.
        """
        words = _WORD.findall(document.text) if self._rows else []
        found = list(self._found(self._numbers(words, document.language)))
        return _meant(found, document.text, words) if found else {}

    def _found(self, numbers: Sequence[Sequence[int]]) -> Iterator[tuple[_Row, int]]:
        """Yield the rows of words that stand in a document, and at which of its words."""
        n_places: Counter[_Row] = Counter()
        for i in [i for i, of_word in enumerate(numbers) if of_word]:
            for number in numbers[i]:
                for row in self._rows.get(number, ()):
                    if _follows(row.words, numbers, i) and n_places[row] < MAX_PLACES:
                        n_places[row] += 1
                        yield row, i

    def _row(self, topic: int, term: Term) -> _Row:
        is_shouted = len(term.words) > 1 and all(map(str.isupper, term.words))
        strict = [not is_shouted and _is_acronym(word) for word in term.words]
        numbers = tuple(map(self._number, term.words, strict))
        return _Row(topic, numbers, term.is_excluded, is_acronym=strict == [True])

    def _number(self, word: str, is_acronym: bool) -> int:  # noqa: FBT001 - mapped over
        known = self._acronyms if is_acronym else self._words
        number = known.get(_letters(word), len(self._words) + len(self._acronyms))
        for form in _forms(_letters(word)) if is_acronym else (_letters(word),):
            known.setdefault(form, number)
        return number

    def _numbers(self, words: Sequence[str], language: str) -> list[tuple[int, ...]]:
        """Say of each word of a document which words of terms it may be a form of."""
        known = self._known.get(language, {})
        if len(known) > _MAX_KNOWN:
            known = {}
        self._known[language] = known
        if language not in self._sought:
            self._sought[language] = self._index(language)
            bases = self._sought[language]
            self._openings[language] = frozenset(inflection.opening(b, language) for b in bases)
        for word in set(words).difference(known):
            known[word] = self._recognised(word, language)
        return list(map(known.__getitem__, words))

    def _index(self, language: str) -> dict[str, list[int]]:
        """Return the words of the terms by what their forms in a language share."""
        sought: dict[str, list[int]] = defaultdict(list)
        for word, number in self._words.items():
            for base in inflection.sought(word, language):
                sought[base].append(number)
        return dict(sought)

    def _recognised(self, word: str, language: str) -> tuple[int, ...]:
        letters = _letters(word)
        found: set[int] = set()
        if inflection.opening(letters, language) in self._openings[language]:  # most words end here
            for form in inflection.written(letters, language):
                found.update(self._sought[language].get(form, ()))
        number = self._acronyms.get(_HANGUL_PARTICLE.sub("", letters))
        return tuple(sorted(found | ({number} if number is not None else set())))


def _letters(word: str) -> str:
    """Return a word without the dots of "U.S." and the possessive."""
    word = _POSSESSIVE.sub("", word)
    return word if word[:1].isdigit() else word.replace(".", "")


def _is_acronym(word: str) -> bool:
    return 1 < len(_letters(word)) <= _LONGEST_ACRONYM and word.isupper()


def _forms(acronym: str) -> Iterator[str]:
    """Yield the ways in which an acronym is written."""
    yield acronym
    yield f"{acronym}s"
    if len(acronym) > _STRICT:
        yield acronym.capitalize()
        yield f"{acronym.capitalize()}s"


def _follows(words: Sequence[int], numbers: Sequence[Sequence[int]], i: int) -> bool:
    """Tell whether the words of a term stand one after the other from the i-th word on."""
    end = i + len(words)
    return end <= len(numbers) and all(
        word in of_word for word, of_word in zip(words, numbers[i:end], strict=True)
    )


def _meant(
    found: Sequence[tuple[_Row, int]], text: str, words: Sequence[str]
) -> dict[int, tuple[Span, ...]]:
    """Return the mentions of each topic among its terms found."""
    places = _places(text, words)
    mentions: dict[int, list[Span]] = defaultdict(list)  # by topic, as ranges of words
    excluded: dict[int, list[Span]] = defaultdict(list)
    for row, i in found:
        end = i + len(row.words)
        is_whole = all(_is_near(text, places[k][1], places[k + 1][0]) for k in range(i, end - 1))
        if is_whole and not (row.is_acronym and _is_other(text, places, i)):
            (excluded if row.is_excluded else mentions)[row.topic].append((i, end))
    return {
        topic: tuple((places[first][0], places[last - 1][1]) for first, last in kept)
        for topic in sorted(mentions)
        if (kept := _kept(mentions[topic], excluded.get(topic, ())))
    }


def _places(text: str, words: Sequence[str]) -> list[Span]:
    """Return where the words of a text stand: no letter is between them, so each is found next."""
    places = []
    end = 0
    for word in words:
        start = text.find(word, end)
        end = start + len(word)
        places.append((start, end))
    return places


def _kept(mentions: Sequence[Span], excluded: Sequence[Span]) -> list[Span]:
    """Leave out mentions inside other ones, and those that an excluded term takes away."""
    taken = {i for span in excluded for i in range(*span)}
    if excluded:
        mentioned = {i for span in mentions for i in range(*span)}
        if any(mentioned.isdisjoint(range(*span)) for span in excluded):
            return []
    kept: list[Span] = []
    for first, last in sorted(mentions, key=lambda span: (span[0], -span[1])):
        if taken.isdisjoint(range(first, last)) and (not kept or first >= kept[-1][1]):
            kept.append((first, last))
    return kept


def _is_near(text: str, start: int, end: int) -> bool:
    """Tell whether only what joins words stands between two of them."""
    return _GAP.fullmatch(text, start, end) is not None and text.count("\n", start, end) <= 1


def _is_other(text: str, places: Sequence[Span], i: int) -> bool:
    """Tell whether an acronym may be another word in capitals, or is part of "US$7bn"."""
    if unicodedata.category(text[places[i][1] : places[i][1] + 1] or " ") == "Sc":
        return True
    run = [text[slice(*places[i])]]
    run += _shouted(text, places[i : i + 1 + _SHOUTED_WORDS])
    run += _shouted(text, places[max(0, i - _SHOUTED_WORDS) : i + 1][::-1])
    return len(run) > MAX_TOGETHER and max(map(len, run)) > _LONGEST_ACRONYM


def _shouted(text: str, places: Sequence[Span]) -> Iterator[str]:
    """Yield the words in capitals that follow a first one, or come before it, after a space."""
    for one, other in pairwise(places):
        first, second = sorted((one, other))
        word = text[slice(*other)]
        if text[first[1] : second[0]] != " " or not word.isupper():
            return
        yield word
