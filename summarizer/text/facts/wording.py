"""How a sentence says what it says: quotations, negators, hedges, certainty, causes, speakers.

The word lists stand in `lexicon/wording`, one file a language; a language without one has only
quotation marks and the reporting verbs of its lexicon.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from summarizer.text.facts.tokens import Phrases, Token, matches, phrases
from summarizer.text.lexicon import LANGUAGES, lexicon
from summarizer.text.lexicon.tables import entries

MIN_QUOTED_CHARS = 3
_MAX_SPEAKER = 9  # words before or after a reporting verb that may name the speaker
_QUOTED = re.compile(
    "\u201c([^\u201c\u201d]*)\u201d"
    '|"([^"]*)"'
    "|\u00ab([^\u00ab\u00bb]*)\u00bb|\u00bb([^\u00ab\u00bb]*)\u00ab"
    "|\u201e([^\u201e\u201c\u201d]*)[\u201c\u201d]"
    "|\u300c([^\u300c\u300d]*)\u300d|\u300e([^\u300e\u300f]*)\u300f"
    "|(?<!\\w)\u2018([^\u2018]*?)\u2019(?!\\w)"
    "|(?<!\\w)'([^']*)'(?!\\w)"
)
_GERSHAYIM = re.compile(r'(?<=[א-ת])"(?=[א-ת])')  # of a Hebrew abbreviation
_ENDS_CLAUSE = frozenset(
    ',;:.!?()\u2013\u2014"\u201c\u201d\u00ab\u00bb\u300c\u300d\u3002\uff0c\u060c\u061b\u0964'
)
_QUOTE_MARKS = frozenset("\"\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d'\u2018\u2019")
# What is said follows them.
_THAT = frozenset(
    {
        "that",
        "أن",
        "إن",
        "ان",
        "que",
        "dass",
        "daß",
        "что",
        "ότι",
        "že",
        "che",
        "dat",
        "कि",
        "כי",
        "rằng",
        "bahwa",
        "bahawa",
    }
)
_ENDS_SPEAKER = _ENDS_CLAUSE | _THAT
_ENDS_SENTENCE = frozenset(",;.!?")
_PASSIVE = frozenset({"been", "be", "being", "is", "are", "was", "were"})
_BEFORE_VERB = _QUOTE_MARKS | {","}


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is reported to have said something: ranges of tokens for the name and for the verb."""

    first: int
    last: int  # exclusive
    verb: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The lists of one language, ready to be matched."""

    negators: Phrases = field(default_factory=dict)  # not, no, never, without
    neutral: Phrases = field(default_factory=dict)  # hold a negator and negate nothing
    negating: Phrases = field(default_factory=dict)  # fail, deny, refuse: verbs that negate
    hedges: Phrases = field(default_factory=dict)  # may, allegedly, is expected to
    hedging: Phrases = field(default_factory=dict)  # weaker ones, that can stand for a hedge
    future: Phrases = field(default_factory=dict)  # will, plans to: not done yet
    past: Phrases = field(default_factory=dict)  # auxiliaries of what has happened
    certainty: Phrases = field(default_factory=dict)  # certainly, proved, guaranteed
    plain: Phrases = field(default_factory=dict)  # say, area, take: add nothing to be checked
    because: Phrases = field(default_factory=dict)  # due to, caused by
    according: Phrases = field(default_factory=dict)  # stand before the speaker


@cache
def wording(language: str) -> Wording:
    """Return the lists of `language`, an ISO 639 code; a language without a file has none."""
    file = resources.files("summarizer.text.lexicon").joinpath("wording", f"{language}.toml")
    if language not in LANGUAGES or not file.is_file():
        return Wording()
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    return Wording(**{name: phrases(entries(text)) for name, text in lists.items()})


def negators(words: Sequence[str], language: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of words that negate, those left out that only look as if they did."""
    lists = wording(language)
    neutral = [*matches(words, lists.neutral)]
    return tuple(
        (first, last)
        for first, last in matches(words, lists.negators)
        if not any(a <= first and last <= b for a, b in neutral)
    )


def quotations(text: str) -> tuple[Mention, ...]:
    """Return what stands between quotation marks, without the marks."""
    text = _GERSHAYIM.sub("\u05f4", text)
    return tuple(
        Mention(m.start(m.lastindex), m.end(m.lastindex))
        for m in _QUOTED.finditer(text)
        if m.lastindex and m.end() - m.start() >= MIN_QUOTED_CHARS + 2
    )


def speakers(found: Sequence[Token], language: str) -> tuple[Speaker, ...]:
    """Return who says something according to the text, in order of the verbs.

    The speaker stands before the verb ("the mayor said") or after it (", said the mayor"), or
    after a phrase such as "according to".
    """
    return tuple(_speakers(found, language))


def _speakers(found: Sequence[Token], language: str) -> Iterator[Speaker]:
    words = [token.word for token in found]
    according = list(matches(words, wording(language).according))
    for verb, last in according:
        end = _reach(found, last)
        if end > last:
            yield Speaker(last, end, verb)
    behind = {i for first, last in according for i in range(first, last)}
    for verb, end in matches(words, _reporting(language)):
        first, last = _subject(found, verb, end)
        is_passive = verb > 0 and found[verb - 1].word in _PASSIVE  # "870 cases have been reported"
        is_name = verb > 0 and found[verb].is_capital  # "United States"
        if last > first and verb not in behind and not (is_passive or is_name):
            yield Speaker(first, last, verb)


@cache
def _reporting(language: str) -> Phrases:
    return phrases(lexicon(language).reporting)


def _subject(found: Sequence[Token], verb: int, end: int) -> tuple[int, int]:
    """Return the words that name who speaks, beside a reporting verb."""
    first, last = _back(found, verb), _reach(found, end)
    if first < verb:
        return first, verb
    is_first = verb == 0 or found[verb - 1].word not in _BEFORE_VERB
    if is_first or _is_inverted(found, verb, end, last):
        return end, last
    comma = first - 1
    while comma > 0 and found[comma].word == ",":  # "the mayor, a former teacher, said"
        first = _back(found, comma)
        comma = first - 1
    return max(0, first), verb


def _is_inverted(found: Sequence[Token], verb: int, end: int, last: int) -> bool:
    """Tell whether the speaker follows the verb, as in "..., said the mayor".

    Two commas before the verb rather hold what the speaker is ("the mayor, a teacher, said").
    """
    if last == end or (last < len(found) and found[last].word not in _ENDS_SENTENCE):
        return False
    before = found[max(0, verb - 1 - _MAX_SPEAKER) : verb - 1]
    is_quoted = any(token.word in _QUOTE_MARKS for token in found[max(0, verb - 2) : verb])
    return is_quoted or found[end].is_capital or all(token.word != "," for token in before)


def _reach(found: Sequence[Token], start: int) -> int:
    """Return where the clause that begins at `start` ends."""
    end = start
    while end < len(found) and end - start < _MAX_SPEAKER and found[end].word not in _ENDS_SPEAKER:
        end += 1
    return end


def _back(found: Sequence[Token], end: int) -> int:
    start = end
    while start and end - start < _MAX_SPEAKER and found[start - 1].word not in _ENDS_CLAUSE:
        start -= 1
    return start
