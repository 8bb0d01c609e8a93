"""Whether the numbers of a sentence are those of its cited text, in the same units."""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.names import named
from summarizer.briefing.checks.reading import Keys, Reading, Source, share
from summarizer.text.facts.quantities import Quantity
from summarizer.text.facts.senses import senses

MAX_ROUNDING = 0.02  # of the value
_MAX_ROUND_DIGITS = 3  # before the zeros of a number that was rounded: "18,400" for "18,387"
_MIN_SHARE = 0.2  # of a sentence's content that a span has, to take a number from it
_PERCENT = 100
_EQUAL = 1e-9
_COORDINATED = 2  # tokens between "2.0" and "2.2 per cent", which share the unit
_HOURS = {
    "minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "year": 8_760,
    "decade": 87_600, "century": 876_000,
}  # fmt: skip


def check(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag each number that no number of the cited text states in its unit."""
    content = [k for k, is_content in zip(claim.keys, claim.is_content, strict=True) if is_content]
    near = [
        reading
        for n, reading in enumerate(source.readings)
        if n < source.n_best or n >= source.n_spans or share(content, reading) >= _MIN_SHARE
    ]
    known: dict[Quantity, list[tuple[Reading, Quantity]]] = {}
    for reading in near:
        for quantity in reading.facts.quantities:
            known.setdefault(replace(quantity, start=0, end=0), []).append((reading, quantity))
    for i, quantity in enumerate(claim.facts.quantities):
        forms = [quantity, *_with_shared_unit(claim, i)]
        values = [value for value in known if any(states(value, form) for form in forms)]
        stating = [
            (reading, other)
            for value in values
            for reading, other in known[value]
            if not is_rounded_name(reading, other, quantity)
        ]
        if stating:
            yield from _unit(claim, quantity, stating)
        elif not _is_elsewhere(claim, quantity, source):
            yield _missing(claim, quantity, source)


def states(source: Quantity, claim: Quantity) -> bool:
    """Tell whether a quantity of the source states that of a claim.

    Units never cross, save that a plain fraction is a percentage. A value may be rounded, half
    up, to fewer significant digits where that moves it by at most MAX_ROUNDING.
    """
    return any(
        _same(low, claim.low, source.digits, claim.digits)
        and _same(high, claim.high, source.digits, claim.digits)
        for low, high in _in_unit(source, claim.unit)
    )


def is_rounded_name(reading: Reading, source: Quantity, claim: Quantity) -> bool:
    """Tell whether a claim rounds a number that is part of a name: "Flight 450" for 447."""
    first = next(iter(reading.inside(source.start, source.end)), 0)
    if source.low == claim.low or source.unit != "plain" or first - 1 not in named(reading):
        return False
    return reading.facts.tokens[first - 1].end + 1 == source.start


def _in_unit(quantity: Quantity, unit: str) -> Iterator[tuple[float, float]]:
    if quantity.unit == unit:
        yield quantity.low, quantity.high
    if (quantity.unit, unit) == ("plain", "percent") and 0 < quantity.high <= 1:
        yield quantity.low * _PERCENT, quantity.high * _PERCENT
    if (quantity.unit, unit) == ("percent", "plain"):
        yield quantity.low / _PERCENT, quantity.high / _PERCENT


def _same(source: float, claim: float, n_source: int, n_claim: int) -> bool:
    if math.isclose(source, claim, rel_tol=_EQUAL):
        return True
    if n_claim >= n_source or not claim or abs(source - claim) > MAX_ROUNDING * abs(source):
        return False
    step = 10.0 ** (math.floor(math.log10(abs(claim))) - n_claim + 1)
    if step > 1 and n_claim > _MAX_ROUND_DIGITS:
        return False
    rounded = math.floor(abs(source) / step + 0.5) * step
    return math.isclose(math.copysign(rounded, source), claim, rel_tol=_EQUAL)


def _with_shared_unit(claim: Reading, i: int) -> Iterator[Quantity]:
    """Yield a plain number with the unit that is written once, after the number beside it."""
    quantity, following = claim.facts.quantities[i], claim.facts.quantities[i + 1 : i + 2]
    for other in following:
        between = claim.inside(quantity.end, other.start)
        if quantity.unit == "plain" != other.unit and len(between) < _COORDINATED:
            yield replace(quantity, unit=other.unit)


def _is_elsewhere(claim: Reading, quantity: Quantity, source: Source) -> bool:
    """Tell whether the cited text has the number, though not as a quantity.

    It may be a year, stand inside a name, or be told in another unit of time.
    """
    if quantity.unit == "ordinal" and quantity.low == 1:
        return True  # "first" and "early" are words more than numbers
    readings = source.readings
    years = {d.year for r in readings for d in r.facts.dates}
    written = claim.text[quantity.start : quantity.end].lower()
    is_quantity = any(q.low == quantity.low for r in readings for q in r.facts.quantities)
    return (
        quantity.low in years
        or (not is_quantity and any(written in r.words for r in readings))
        or any(is_converted(claim, quantity, r, q) for r in readings for q in r.facts.quantities)
    )


def _missing(claim: Reading, quantity: Quantity, source: Source) -> Flag:
    """Name the number that the cited text gives for the same thing, if it gives one."""
    written = claim.text[quantity.start : quantity.end]
    counted = _counted(claim, quantity)
    for reading in source.best:
        for other in reading.facts.quantities:
            if other.unit == quantity.unit and counted & _counted(reading, other):
                said = reading.text[other.start : other.end]
                return Flag("value", f"the cited text says {said}, not {written}")
    return Flag("number", f"{written} does not occur in the cited text")


def _next(reading: Reading, quantity: Quantity) -> int | None:
    """Return the first word after a number."""
    tokens = reading.facts.tokens
    first = bisect_left(tokens, quantity.end, key=lambda token: token.start)
    return next((i for i in range(first, len(tokens)) if tokens[i].is_word), None)


def _counted(reading: Reading, quantity: Quantity) -> Keys:
    """Return the keys of the word after a number."""
    i = _next(reading, quantity)
    return frozenset() if i is None or not reading.is_content[i] else reading.keys[i]


def _unit(
    claim: Reading, quantity: Quantity, stating: list[tuple[Reading, Quantity]]
) -> Iterator[Flag]:
    """Flag a number that counts another unit than all the same numbers of the cited text."""
    i = _next(claim, quantity)
    if i is None:
        return
    opposed = senses(claim.language).opposing(claim.keys[i])
    found = [(reading, _next(reading, other)) for reading, other in stating]
    clashing = [
        (reading, j)
        for reading, j in found
        if j is not None
        and not reading.keys[j].isdisjoint(opposed)
        and reading.keys[j].isdisjoint(claim.keys[i])
    ]
    if len(clashing) == len(found):
        reading, j = clashing[0]
        yield Flag("unit", f"the cited text says {reading.words[j]}, not {claim.words[i]}")


def is_converted(claim: Reading, quantity: Quantity, reading: Reading, other: Quantity) -> bool:
    """Tell whether two lengths of time are the same ("72 hours", "three days")."""
    ours = _hours(claim, quantity)
    theirs = None if ours is None else _hours(reading, other)
    if ours is None or theirs is None:
        return False
    return all(math.isclose(a, b, rel_tol=_EQUAL) for a, b in zip(ours, theirs, strict=True))


def _hours(reading: Reading, quantity: Quantity) -> tuple[float, float] | None:
    i = _next(reading, quantity)
    hours = None if i is None else _HOURS.get(reading.words[i].removesuffix("s"))
    return None if hours is None else (hours * quantity.low, hours * quantity.high)
