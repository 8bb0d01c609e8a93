"""Numbers of a text, in digits or words: what they are worth, before units and bounds are read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.text.facts.atoms import Atom, Grammar, grammar, split

Kind = Literal["number", "ordinal", "share", "clock"]

_TENS = range(20, 100)
_THOUSAND = 1_000  # digits alone may follow this scale and larger ones: "3万5000"
_NOON, _MINUTES = 12, 60

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its span. The value of a share is 0 to 1, of a clock minutes after midnight."""

    start: int
    end: int
    value: float
    digits: int
    kind: Kind = "number"
    scale: float = 1.0  # what its words multiplied it with: 1,000,000 in "5 million"
    is_one: bool = False  # "a" or "one", no number unless a scale or unit follows


@dataclass(frozen=True, slots=True)
class _Term:
    """A summand; below `room` another one may be added: below 100 after "two hundred"."""

    start: int
    end: int
    value: float
    room: float
    scale: float = 1.0
    n_digits: int | None = None  # as written; None when words have a part in it
    is_one: bool = False


_Step = tuple[Sequence[Number], list[_Term]]  # numbers that are complete, the one under way


def find(folded: str, language: str) -> Iterator[Number]:
    """Yield the numbers of a text that `folding.fold` returned, in order."""
    patterns = grammar(language)
    at = 0
    while begin := patterns.begin.search(folded, at):
        match = patterns.run.match(folded, begin.start())
        at = match.end() if match else begin.end()
        if match is None:
            continue
        found = match.lastgroup
        if found == "clock":
            yield _clock(match[0], match.start(), match.end())
        elif found == "parts":
            yield from _parts(match[0], match.start(), patterns)
        elif found != "ignored":
            numbers = _read(match[0], match.start(), patterns)
            yield from (
                _counted(numbers, folded, patterns) if patterns.words.is_unspaced else numbers
            )


def _read(run: str, start: int, patterns: Grammar) -> list[Number]:
    """Put the atoms of a run together.

    A scale multiplies what is smaller before it, a value is added where it fits ("fifty" after
    "two hundred"), anything else begins another number.
    """
    done: list[Number] = []
    terms: list[_Term] = []
    for atom in split(run, start, patterns):
        step = (
            _halved(terms, atom)
            or _divided(terms, atom)
            or _scaled(terms, atom, patterns)
            or _added(terms, atom, patterns)
            or _begun(terms, atom, patterns)
        )
        done += step[0]
        terms = step[1]
    return [*done, *_numbers(terms, patterns)]


def _halved(terms: list[_Term], atom: Atom) -> _Step | None:
    """Read "two and a half", "2 millions et demi"."""
    if not (atom.half and terms):
        return None
    last = terms[-1]
    value = last.value + last.scale / 2
    return (), [*terms[:-1], replace(last, end=atom.end, value=value, n_digits=None)]


def _divided(terms: list[_Term], atom: Atom) -> _Step | None:
    """Read "two thirds"; "a third" may be the next one, and is a share in a phrase only."""
    if not (atom.part and len(terms) == 1 and 1 < terms[0].value < atom.part):
        return None
    share = terms[0].value / atom.part
    return (Number(terms[0].start, atom.end, share, 1, "share"),), []


def _scaled(terms: list[_Term], atom: Atom, patterns: Grammar) -> _Step | None:
    n_kept = len(terms)
    while n_kept and atom.scale and terms[n_kept - 1].room < atom.scale:
        n_kept -= 1
    below, kept = terms[n_kept:], terms[:n_kept]
    if not below or not atom.scale:
        return None
    product = _Term(
        below[0].start,
        atom.end,
        sum(term.value for term in below) * atom.scale,
        _zeros(atom.scale),
        scale=below[0].scale * atom.scale if len(below) == 1 else atom.scale,
        n_digits=below[0].n_digits if len(below) == 1 else None,
    )
    if kept and product.value >= kept[-1].room:
        return _numbers(kept, patterns), [product]
    return (), [*kept, product]


def _added(terms: list[_Term], atom: Atom, patterns: Grammar) -> _Step | None:
    value = atom.value or atom.ordinal
    if not terms or not value or (atom.ordinal and atom.n_digits):
        return None
    last, words = terms[-1], patterns.words
    if words.tens_last and atom.is_joined and last.value < min(_TENS) / 2 and value in _TENS:
        both = replace(last, end=atom.end, value=last.value + value, n_digits=None, is_one=False)
        return (), [*terms[:-1], both] if last.room == 1 else terms
    least, most = words.join_rooms
    if (
        value >= last.room
        or (atom.is_joined and not least <= last.room <= most)
        or (atom.n_digits is not None and last.room < _THOUSAND)
    ):
        return None
    summed = [*terms, _term(atom, value)]
    return ((), summed) if atom.value else ((_total(summed, "ordinal"),), [])


def _begun(terms: list[_Term], atom: Atom, patterns: Grammar) -> _Step:
    before = _numbers(terms, patterns)
    if atom.share:
        return (*before, Number(atom.start, atom.end, atom.share, 1, "share")), []
    if atom.value is not None:
        return before, [_term(atom, atom.value)]
    if atom.ordinal:
        return (*before, _total([_term(atom, atom.ordinal)], "ordinal")), []
    return before, []


def _term(atom: Atom, value: float) -> _Term:
    is_word = atom.n_digits is None
    room = _zeros(value) if is_word and (value >= min(_TENS) or value == atom.scale) else 1.0
    return _Term(
        atom.start, atom.end, value, room, n_digits=atom.n_digits, is_one=atom.is_one and is_word
    )


def _zeros(value: float) -> float:
    """Return the power of ten that a round number ends in: 100 for 200, 1 for 12."""
    whole = f"{value:.0f}"
    return 10.0 ** (len(whole) - len(whole.rstrip("0")))


def _numbers(terms: Sequence[_Term], patterns: Grammar) -> tuple[Number, ...]:
    """Complete a number; digits after words are another one, where no scale followed them."""
    if not terms:
        return ()
    last = terms[-1]
    if len(terms) > 1 and last.n_digits and last.scale == 1 and not patterns.words.is_unspaced:
        return _total(terms[:-1]), _total([last])
    return (_total(terms),)


def _total(terms: Sequence[_Term], kind: Kind = "number") -> Number:
    first, value = terms[0], sum(term.value for term in terms)
    is_alone = len(terms) == 1
    return Number(
        first.start,
        terms[-1].end,
        value,
        (is_alone and first.n_digits) or _significant(value),
        kind,
        scale=first.scale if is_alone else 1.0,
        is_one=is_alone and first.is_one,
    )


def _significant(value: float) -> int:
    return len(f"{value:.12g}".partition("e")[0].replace(".", "").strip("0")) or 1


def _clock(written: str, start: int, end: int) -> Number:
    hour, minute, *_ = [*map(int, _DIGITS.findall(written)), 0]
    if "m" in written:
        hour = hour % _NOON + (_NOON if "p" in written else 0)
    return Number(start, end, hour * _MINUTES + minute, len("0000"), "clock")


def _parts(written: str, start: int, patterns: Grammar) -> Iterator[Number]:
    """Read "2/3" and "三分之二"; "百分之五" is a percentage, as its denominator says."""
    above, slash, below = written.partition("/")
    for mark in () if slash else patterns.words.share_marks:
        below, _, above = written.partition(mark)
    parts = [*_read(below, 0, patterns), *_read(above, 0, patterns)]
    if len(parts) == len((below, above)) and parts[1].value < parts[0].value:
        share = parts[1].value / parts[0].value
        yield Number(start, start + len(written), share, parts[1].digits, "share")


def _counted(numbers: Sequence[Number], folded: str, patterns: Grammar) -> Iterator[Number]:
    """Yield the Han numerals that count something; many are parts of other words."""
    words = patterns.words
    for i, number in enumerate(numbers):
        start, end = number.start, number.end
        if folded[start - 1 : start] in words.ordinal_prefix:
            yield replace(number, start=start - 1, kind="ordinal")
        elif _DIGITS.match(folded, start) or number.kind == "share":
            yield number
        else:
            is_chained = (i > 0 and numbers[i - 1].end == start) or (
                i + 1 < len(numbers) and numbers[i + 1].start == end
            )
            if not is_chained and (end - start > 1 or folded.startswith(words.measures, end)):
                yield number
