"""Numbers and days of a text as values, whatever digits and separators they are written with."""

import re
from collections.abc import Iterator, Sequence

from summarizer.text import cldr

MAX_DIGITS = 18  # a longer run of digits is no amount
SMALL = 31  # days, ages and counts: two texts share them by chance
_YEARS = range(1900, 2101)
# How much a shared number tells, by its significant digits; a judgment, not a measurement.
_WEIGHT_BY_DIGITS = (0.0, 0.35, 0.55, 0.9, 1.0)
_TELLING_LITTLE = 0.2

_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+|[ \u00a0\u202f'\u2019]\d{3}(?!\d))*")
_WORD_AFTER = re.compile(r"\s?([^\W\d_]+)")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]")
_N_MONTHS, _N_DAYS = 12, 31


def numbers(text: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield each number with how much it tells, 0 to 1: "1.2 million" as ("1200000", .55)."""
    for match in _NUMBER.finditer(text):
        digits = match[0]
        if len(digits) <= MAX_DIGITS:
            value = _value(digits, cldr.decimal_mark(language))
            times = _magnitude(text[match.end() : match.end() + MAX_DIGITS], language)
            weight = _weight(value, is_plain=times == 1 and digits.isdigit())
            if weight:
                yield f"{value * times:.12g}", weight


def days(text: str, tokens: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """Yield the month and day of each date without its year; `tokens` are the text's words."""
    for match in _MONTH_AND_DAY.finditer(text):
        month, day = int(match[1]), int(match[2])
        if 1 <= month <= _N_MONTHS and 1 <= day <= _N_DAYS:
            yield month, day
    months = cldr.months(language)
    for i, token in enumerate(tokens):
        if token in months:
            near = (tokens[j] for j in (i - 1, i + 1, i - 2) if 0 <= j < len(tokens))
            day = next((n for n in map(_day, near) if n), 0)
            if day:
                yield months[token], day


def _value(digits: str, decimal_mark: str) -> float:
    """Read "1,234.5": the last separator parts the fraction, unless it groups three digits."""
    *groups, last = re.split(r"\D", digits)
    marks = re.findall(r"\D", digits)
    mark = marks[-1] if marks else ""
    is_fraction = (
        mark in {".", ",", "\u066b"}
        and marks.count(mark) == 1
        and (mark in {decimal_mark, "\u066b"} or len(last) != len("000"))
    )
    if is_fraction:
        return float(f"{int(''.join(groups))}.{''.join(str(int(d)) for d in last)}")
    return float(int("".join((*groups, last))))


def _magnitude(after: str, language: str) -> int:
    """Return what the word after a number multiplies it with, 1 for any other word.

    Where words are not spaced the sign is the beginning of a run.
    """
    match = _WORD_AFTER.match(after)
    if match is None:
        return 1
    known = cldr.magnitudes(language)
    word = match[1].lower()
    starts = () if word.isascii() else (word[:2], word[:1])
    return next((known[start] for start in (word, *starts) if start in known), 1)


def _weight(value: float, *, is_plain: bool) -> float:
    if is_plain and (value <= SMALL or value in _YEARS):
        return _TELLING_LITTLE if value else 0.0
    significant = f"{value:.12g}".replace(".", "").strip("0")
    return _WEIGHT_BY_DIGITS[min(len(significant), len(_WEIGHT_BY_DIGITS) - 1)]


def _day(token: str) -> int:
    """Read the day of "12", "12th" or "1er"; 0 for anything else."""
    match = re.match(r"\d{1,2}(?!\d)", token)
    return int(match[0]) if match and int(match[0]) <= _N_DAYS else 0
