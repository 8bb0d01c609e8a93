"""Quantities of a text as values with their units, whatever script, words and marks they have."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from summarizer.text.facts import numbers
from summarizer.text.facts.folding import fold
from summarizer.text.facts.measures import Bound, Measure, measure
from summarizer.text.facts.patterns import Endings, any_of, endings
from summarizer.text.lexicon import quantities

_AROUND = 24  # characters looked at before a pair of numbers, and between them
_MAX_KEPT = 256  # texts; several checks in turn ask for the quantities of one sentence
_TEN = 10
_WORD_BEFORE = re.compile("[A-Za-z\u00c0-\u052f]+$")
_ROUND = (12, 20, 50, 100, 1_000, 10_000, 100_000, 1_000_000)  # "1 in 20", beside those to ten


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `text[start:end]` is what was read, sign and unit included.

    The unit is "plain", "percent", "percentage_point", "ordinal", an ISO 4217 code, or "clock":
    minutes after midnight as written, so that 5:30 may mean 17:30.
    """

    start: int
    end: int
    low: float
    high: float  # equals `low` unless it is a range
    unit: str
    bound: Bound
    digits: int  # significant digits as written


@dataclass(frozen=True, slots=True)
class _Links:
    """What stands between and before two numbers that belong together, in one language."""

    range: re.Pattern[str]
    join: re.Pattern[str]
    between: Endings
    source: Endings
    every: re.Pattern[str]
    times: re.Pattern[str]
    attached: re.Pattern[str]


@lru_cache(maxsize=_MAX_KEPT)
def find(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order; they do not overlap.

    A share is a percentage: "half" is "50 %". Of a range the two ends are one quantity; "from 10
    to 15" gives two, and so does a score. "One" alone, "second" and names such as "G7" are none.
    """
    folded = fold(text)
    found: list[Measure] = []
    for number in numbers.find(folded, language):
        if found and number.start < found[-1].end:  # the "cento" of "per cento"
            continue
        read = measure(number, text, folded, language)
        if read is not None and not _is_name(read, text, folded, language):
            found.append(read)
    return tuple(_paired(found, folded, language)) if found else ()


def _is_name(read: Measure, text: str, folded: str, language: str) -> bool:
    """Tell whether letters are written on to the digits: "G7", "COVID-19", "5G", "1990s"."""
    start, end = read.start, read.end
    if not folded[read.number.start].isdecimal():
        return False
    if start and _is_inside_word(folded[start - 1], language):
        return True
    if start and folded[start - 1] == "-":
        word = _WORD_BEFORE.search(text[max(0, start - _AROUND) : start - 1])
        return word is not None and word[0][0].isupper()
    if end < len(folded) and _is_cased(folded[end]):
        return _links(language).attached.match(text, end) is None
    return False


def _is_inside_word(before: str, language: str) -> bool:
    words = quantities.words(language)
    if words.is_unspaced or words.clitics:
        return _is_cased(before)
    return unicodedata.category(before)[0] in "LM"


def _is_cased(letter: str) -> bool:
    return letter.isalpha() and letter.upper() != letter


def _paired(found: Sequence[Measure], folded: str, language: str) -> Iterator[Quantity]:
    """Join the ends of ranges and the numbers of "one in five"."""
    links = _links(language)
    i = 0
    while i < len(found):
        pair: Sequence[Quantity] = ()
        if i + 1 < len(found) and found[i + 1].start - found[i].end <= _AROUND:
            pair = _pair(found[i], found[i + 1], folded, links)
        yield from pair or _quantities(found[i])
        i += 2 if pair else 1


def _pair(first: Measure, second: Measure, folded: str, links: _Links) -> Sequence[Quantity]:
    """Return what two neighbours state together; nothing when each stands for itself."""
    between = folded[first.end : second.start]
    if first.number.kind != "number" or second.number.kind != "number":
        return ()
    if links.every.fullmatch(between):
        return _share(first, second, folded, links)
    head = folded[max(0, first.start - _AROUND) : first.start].rstrip(" ")
    is_range = links.range.fullmatch(between) is not None
    if not (is_range or (links.join.fullmatch(between) and links.between.find(head))):
        return ()
    first, second = _alike(first, replace(second, bound=first.bound))
    if first.unit != second.unit or first.value >= second.value or links.source.find(head):
        return *_quantities(first), *_quantities(second)
    digits = max(first.number.digits, second.number.digits)
    low, high = first.value, second.value
    return (Quantity(first.start, second.end, low, high, first.unit, first.bound, digits),)


def _share(first: Measure, second: Measure, folded: str, links: _Links) -> Sequence[Quantity]:
    whole = second.value
    is_round = whole <= _TEN or whole in _ROUND
    if (
        not is_round
        or not 0 < first.value < whole
        or (first.unit, second.unit) != ("plain", "plain")
        or links.times.match(folded, second.end)
    ):
        return ()
    share = 100.0 * first.value / whole
    return (Quantity(first.start, second.end, share, share, "percent", first.bound, 1),)


def _alike(first: Measure, second: Measure) -> tuple[Measure, Measure]:
    """Give both ends the unit and the scale that only one of them has: "$10-15 million"."""
    scale = second.number.scale
    if first.number.scale == 1 < scale and 0 < first.value <= _TEN * second.value / scale:
        first = replace(first, value=first.value * scale)
    if first.unit == "plain":
        first = replace(first, unit=second.unit)
    elif second.unit == "plain":
        second = replace(second, unit=first.unit)
    return first, second


def _quantities(read: Measure) -> Sequence[Quantity]:
    if read.number.is_one and read.unit == "plain":
        return ()
    value, digits = read.value, read.number.digits
    return (Quantity(read.start, read.end, value, value, read.unit, read.bound, digits),)


@cache
def _links(language: str) -> _Links:
    words = quantities.words(language)
    is_spaced = not words.is_unspaced
    end = "" if words.is_unspaced else r"(?!\w)"
    return _Links(
        range=re.compile(rf" ?{any_of(words.range)} ?"),
        join=re.compile(rf" {any_of(words.join)} ?"),
        between=endings(dict.fromkeys(words.between, ""), is_spaced=is_spaced),
        source=endings(dict.fromkeys(words.source, ""), is_spaced=is_spaced),
        every=re.compile(rf" ?{any_of(words.in_every)} "),
        times=re.compile(rf"[ -]{any_of(words.times)}{end}"),
        attached=re.compile(rf"{any_of(words.attached)}[\u00b2\u00b3]?(?!\w)"),
    )
