"""The pieces that numbers are put together from: digits, number words, scales, denominators."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

from summarizer.text import cldr
from summarizer.text.facts import digits
from summarizer.text.facts.patterns import DIGIT, GAP, any_of, starts_of
from summarizer.text.lexicon import quantities
from summarizer.text.lexicon.quantities import QuantityWords
from summarizer.text.lexicon.tables import flat

_ONE = "1"
_END = r"(?!\w)"
_CHAIN = r"\d+(?:-\d+){2,}|\d+(?:/\d+){2,}"  # telephone numbers, dates, addresses
_FRACTION = r"[1-9]/(?:[2-68]|10)(?![\d/])"
_CLOCK = (
    r"\d{1,2}:[0-5]\d(?::[0-5]\d)?(?!\d)(?: ?[ap]\.?m\b)?"
    r"|\d{1,2}(?:\.[0-5]\d)? ?[ap]\.? ?m\b"
    r"|\d{1,2}(?:\.[0-5]\d)? uhr\b"
    r"|\d{1,2} ?h ?[0-5]\d\b"
    r"|\d{1,2} ?[时時点點시](?![间間간])(?: ?\d{1,2} ?[分분])?"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a number: what it may be is not None."""

    start: int = 0
    end: int = 0
    value: float | None = None  # a number of its own
    scale: float | None = None  # a factor of what comes before
    ordinal: float | None = None
    part: float | None = None  # a denominator
    share: float | None = None
    half: bool = False  # "and a half"
    is_one: bool = False  # no number unless a scale or unit follows
    n_digits: int | None = None  # significant digits as written; None for a word
    is_joined: bool = False  # "and" stands before it


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language puts numbers together."""

    begin: re.Pattern[str]  # where `run` may match
    run: re.Pattern[str]  # phrases to ignore, times of day, fractions, and runs of atoms
    piece: re.Pattern[str]
    known: Mapping[str, Atom]
    words: QuantityWords
    decimal_mark: str


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language; of one that is not listed, digits and known scales."""
    words = quantities.words(language)
    known = _known(words, cldr.magnitudes(language))
    decimal_mark = cldr.decimal_mark(language)
    number = digits.SPACED_PATTERN if decimal_mark == "," else digits.PATTERN
    suffix = rf"(?:{any_of(words.ordinal_suffixes)}(?!\w))"
    spelled = any_of((*known, *words.join))
    pieces = rf"(?P<digits>{number})(?P<suffix>{suffix})?|(?P<word>{spelled})"
    read = _unspaced if words.is_unspaced else _spaced
    begin, run = read(words, known, f"{number}{suffix}?")
    return Grammar(
        re.compile(begin),
        re.compile(run),
        re.compile(pieces),
        known,
        words,
        decimal_mark,
    )


def split(run: str, start: int, patterns: Grammar) -> list[Atom]:
    """Return the atoms of a run that begins at `start` of its text."""
    found: list[Atom] = []
    is_joined = False
    for match in patterns.piece.finditer(run):
        at, end = start + match.start(), start + match.end()
        if match.lastgroup == "word":
            atom = patterns.known.get(match["word"].replace("-", " "))
            if atom is not None:
                found.append(replace(atom, start=at, end=end, is_joined=is_joined))
            is_joined = atom is None
        elif number := digits.read(match["digits"], patterns.decimal_mark):
            value, ordinal = (None, number.value) if match["suffix"] else (number.value, None)
            found.append(Atom(at, end, value, ordinal=ordinal, n_digits=number.digits))
            is_joined = False
    for i, (atom, following) in enumerate(pairwise(found)):
        if atom.share and following.scale:
            found[i] = replace(atom, value=atom.share, share=None)  # half a million
    return found


def _known(words: QuantityWords, scales: Mapping[str, int]) -> Mapping[str, Atom]:
    """Gather what each word may be; a word may be several things."""
    found: dict[str, Atom] = {}

    def add(word: str, **what: float) -> None:
        key = word.replace("-", " ")
        found[key] = replace(found.get(key, Atom()), **what)  # type: ignore[arg-type]

    for name, table in (
        ("value", words.ones),
        ("value", words.words),
        ("scale", words.scales),
        ("ordinal", words.ordinals),
        ("part", words.parts),
        ("share", words.shares),
    ):
        for number, forms in table.items():
            for form in forms:
                add(form, **{name: float(Fraction(number))})
    for word, scale in scales.items():
        add(word, scale=float(scale))
    for form in (*words.words.get(_ONE, ()), *(f for forms in words.ones.values() for f in forms)):
        add(form, is_one=True)
    for form in words.and_a_half:
        add(form, half=True)
    return found


def _unspaced(words: QuantityWords, known: Mapping[str, Atom], number: str) -> tuple[str, str]:
    """Return where numbers may begin and what may stand there, in a script without spaces."""
    han = any_of(w for w, a in known.items() if a.value is not None or a.scale)
    shares = any_of(flat(words.shares))
    run = rf"{shares}|(?:{number}|{han})(?: ?{number}|{han})*+"
    below, above = rf"\d+|{han}++", rf"\d+(?:\.\d+)?|{han}++"
    begin = "".join(sorted({word[0] for word in (*known, *words.ignored)}))
    found = (
        rf"(?P<ignored>{any_of(words.ignored)}|{_CHAIN})|(?P<clock>{_CLOCK})"
        rf"|(?P<parts>(?:{below}){any_of(words.share_marks)}(?:{above}))|(?P<run>{run})"
    )
    return rf"[\d{re.escape(begin)}]", found


def _spaced(words: QuantityWords, known: Mapping[str, Atom], number: str) -> tuple[str, str]:
    """Return where numbers may begin and what may stand there, in a script with spaces."""
    units = any_of(flat(words.units))
    follow = [word for word, atom in known.items() if atom.scale or atom.part]
    follow += [*words.in_every, *flat(words.units), *flat(words.currencies)]
    before = rf"(?={GAP}{any_of(follow)}{_END})"
    ones = dict.fromkeys((word for word, atom in known.items() if atom.is_one), before)
    numerals = [
        w for w, a in known.items() if not a.is_one or a.share or w in words.words.get(_ONE, ())
    ]
    starts = [w for w in numerals if w not in ones and _may_start(known[w])]
    clitics = "".join(words.clitics)
    if words.is_compounding:
        pieces = any_of((*numerals, *words.join))
        start = rf"(?!{any_of(ones)}{_END}){pieces}++{_END}"
        after = rf"{pieces}++{_END}"
    else:
        start = rf"{clitics}{any_of(starts)}{_END}"
        after = rf"{clitics}{any_of(numerals)}{_END}"
    gap = rf"(?:{GAP}{any_of(words.join)}{GAP}|{GAP}|(?<=\d))"
    more = rf"(?:(?!{GAP}{units}{_END}){gap}(?:{number}|{after}))*+"
    end = "" if words.is_compounding else _END
    if words.is_compounding:
        ones = dict.fromkeys(ones, rf"(?:{before}|(?=\w))")
    begin = ones | dict.fromkeys(starts, end) | dict.fromkeys(words.ignored, _END)
    if clitics:
        scan = rf"\d|(?<!\w){clitics}{any_of(begin)}{_END}"
    else:
        scan = f"{DIGIT}|{starts_of(begin)}"
    phrases = any_of(word for word in flat(words.shares) if " " in word)
    found = (
        rf"(?P<phrase>{phrases}{_END})|(?P<one>{any_of(ones)}{before}{more})"
        rf"|(?P<ignored>{any_of(words.ignored)}{_END}|{_CHAIN})|(?P<clock>{_CLOCK})"
        rf"|(?P<parts>{_FRACTION})|(?P<run>(?:{number}|{start}){more})"
    )
    return scan, found


def _may_start(atom: Atom) -> bool:
    return atom.value is not None or atom.ordinal is not None or atom.share is not None
