"""What stands beside a number: sign, unit or currency, and whether it is a bound."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from summarizer.text import cldr
from summarizer.text.facts.numbers import Number
from summarizer.text.facts.patterns import Endings, any_of, endings
from summarizer.text.lexicon import quantities
from summarizer.text.lexicon.tables import flat

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than"]

_BESIDE = 40  # characters looked at before a number
_PERCENT = 100.0
_FACTORS = {"basis_point": ("percentage_point", 0.01), "tenth": ("percent", 10.0)}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its sign and unit, and the span of all that."""

    start: int
    end: int
    value: float
    unit: str
    bound: Bound
    number: Number


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside numbers in one language."""

    prefix: Endings  # currencies
    minus: Endings
    before: Endings  # bounds
    vague: Endings
    money: re.Pattern[str]  # an amount and the mark of a range
    letter: re.Pattern[str]
    unit: re.Pattern[str]
    after: re.Pattern[str]  # bounds
    units: Mapping[str, str]  # what a word or sign stands for
    bounds: Mapping[str, str]
    scales: Mapping[str, float]


def measure(number: Number, text: str, folded: str, language: str) -> Measure | None:
    """Read what stands beside a number; None when it states no quantity ("several hundred")."""
    known = _beside(language)
    head = folded[max(0, number.start - _BESIDE) : number.start].replace("-", " ").rstrip(" ")
    if not folded[number.start].isdecimal() and known.vague.find(head):
        return None
    number = _with_letter(number, head, folded, known)
    start, end, value, unit = _with_unit(number, head, text, folded, known)
    unit, factor = _FACTORS.get(unit, (unit, 1.0))
    head = folded[max(0, start - _BESIDE) : start].replace("-", " ").rstrip(" ")
    bound = known.before.find(head)
    # "At least" is "au moins" in French, where "moins" alone is the minus sign.
    if number.kind == "number" and not bound and (n_minus := _minus(folded, start, known)):
        start, factor = start - n_minus, -factor
    if bound is None and (match := known.after.match(folded, end)):
        bound = 0, known.bounds[match["bound"]]
    what = cast("Bound", bound[1]) if bound else "exact"
    return Measure(start, end, value * factor, unit, what, number)


def _with_unit(
    number: Number, head: str, text: str, folded: str, known: _Beside
) -> tuple[int, int, float, str]:
    """Return the start, end, value and unit of a number and the currency or unit beside it."""
    start, end, value, unit = number.start, number.end, number.value, "plain"
    if number.kind == "share":
        return start, end, value * _PERCENT, "percent"
    if number.kind != "number":
        return start, end, value, number.kind
    prefix = known.prefix.find(head)
    if prefix:
        at = start - prefix[0] - (folded[start - 1] in " -")
        if _is_written(head[-prefix[0] :], text[at:]):
            unit, start = prefix[1], at
    after = known.unit.match(folded, end)
    if after and _is_written(after["unit"], text[after.start("unit") :]):
        named = known.units[after["unit"].replace("-", " ")]
        if unit in ("plain", named):
            unit, end = named, after.end()
    return start, end, value, unit


def _with_letter(number: Number, head: str, folded: str, known: _Beside) -> Number:
    """Read the "m" of "$4m"; after any other number it is a length."""
    letter = known.letter.match(folded, number.end)
    if letter is None or not (known.prefix.find(head) or known.money.search(head)):
        return number
    scale = known.scales[letter[0]]
    return replace(number, end=letter.end(), value=number.value * scale, scale=scale)


def _minus(folded: str, start: int, known: _Beside) -> int:
    """Return the length of the minus before `start`; a hyphen after a word is none."""
    if folded[start - 1 : start] in {"-", "\u2212"} and start:
        before = folded[start - 2 : start - 1]
        return 0 if before.isalnum() or before == ")" else 1
    head = folded[max(0, start - _BESIDE) : start]
    bare = head.rstrip(" ")
    found = known.minus.find(bare)
    return found[0] + len(head) - len(bare) if found else 0


def _is_written(unit: str, text: str) -> bool:
    """Tell whether a currency code is in capitals in the text that begins with it: not "try"."""
    return unit not in _codes() or text[: len(unit)].isupper()


@cache
def _codes() -> Mapping[str, str]:
    return flat(quantities.words("und").codes)


@cache
def _beside(language: str) -> _Beside:
    words = quantities.words(language)
    is_spaced = not words.is_unspaced
    prefixes = (
        flat(words.signs) | flat(words.codes) | dict.fromkeys(words.percent_prefix, "percent")
    )
    units = _currencies(language) | flat(words.currencies) | flat(words.units)
    units |= flat(words.signs) | flat(words.codes)
    names = any_of(unit for unit in units if unit[-1].isalpha())
    marks = any_of(unit for unit in units if not unit[-1].isalpha())
    end = r"(?!\w)" if is_spaced else ""
    of = rf"(?:{any_of(words.of)} ?)?" if words.of else ""
    measures = "" if is_spaced else rf"{any_of(words.measures)}?"
    sign = any_of(sign for sign in flat(words.signs) if not sign[-1].isalpha())
    return _Beside(
        prefix=endings(prefixes, is_spaced=is_spaced),
        minus=endings(dict.fromkeys(words.minus, ""), is_spaced=is_spaced),
        before=endings(flat(words.before), is_spaced=is_spaced),
        vague=endings(dict.fromkeys(words.vague, ""), is_spaced=is_spaced),
        money=re.compile(rf"{sign} ?\d[\d.,]{{0,9}}\w{{0,2}} ?(?:{any_of(words.range)})?$"),
        letter=re.compile(rf"{any_of(flat(words.letters))}(?!\w)"),
        unit=re.compile(rf"\.?[ -]?{of}(?P<unit>{names}{end}|{marks}(?! ?\d))"),
        after=re.compile(rf"{measures}[ -]?(?P<bound>\+(?!\d)|{any_of(flat(words.after))}{end})"),
        units=units,
        bounds={**flat(words.after), "+": "at_least"},
        scales={letter: float(scale) for letter, scale in flat(words.letters).items()},
    )


def _currencies(language: str) -> dict[str, str]:
    """Return the names of currencies that Unicode's tables have, of those with a known code."""
    codes = quantities.words("und").codes
    names = cldr.currencies(language).items()
    return {name.replace("-", " "): code for name, code in names if code in codes}
