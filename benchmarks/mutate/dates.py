"""Changes of days: another date or weekday; and a relative day made absolute."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.mutate.rewrite import Edit, alternatives, outside_quotations
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import Numbering, Words

DAY = r"(?P<day>[12]?\d|3[01])"
YEAR = r"(?:18|19|20)\d\d"
DAY_STEPS = (4, 9, 15)
YEAR_STEPS = (-6, -3, 2)
MONTH_STEPS = (2, 5, 7)
LAST_DAY = 28  # of every month


def mentions(text: str, words: Words) -> Iterator[re.Match[str]]:
    """Yield the dates that have a day and a month, in one of the language's forms."""
    for names in words.months:
        month = rf"(?P<month>{alternatives(names)})\.?"
        for form in words.dates:
            yield from re.finditer(_bounded(form.format(day=DAY, month=month), words), text)


def date_changed(source: Source, words: Words) -> Iterator[str]:
    """Put another day, month or year in the place of the one named."""
    text = source.text
    for match in mentions(text, words):
        day, (month, names) = int(match["day"]), _month(match["month"], words)
        for step in DAY_STEPS:
            new = (day - 1 + step) % LAST_DAY + 1
            if not _is_published(source, new, month) and not re.search(
                rf"(?<!\d){new}(?!\d)", text
            ):
                yield Edit(*match.span("day"), str(new)).apply(text)
        for other in _others(names, month - 1, MONTH_STEPS):
            if not re.search(rf"(?<!\w){other}", text):
                yield Edit(*match.span("month"), other).apply(text)
    yield from _month_alone(text, words)
    if words.year_after:
        for match in re.finditer(rf"(?:{words.year_after})\s?({YEAR})(?![\w-])", text):
            for step in YEAR_STEPS:
                new_year = str(int(match[1]) + step)
                if new_year not in text:
                    yield Edit(*match.span(1), new_year).apply(text)


def weekday_changed(source: Source, words: Words) -> Iterator[str]:
    """Put another weekday in the place of the one named."""
    text = source.text
    for names in words.weekdays:
        for match in re.finditer(_bounded(f"({alternatives(names)})", words), text):
            if words.has_capitals and _is_part_of_name(text, match):
                continue
            for other in _others(names, names.index(match[1]), (1, 2, 4)):
                if other not in text:
                    yield Edit(*match.span(1), other).apply(text)


def made_absolute(source: Source, words: Words) -> Iterator[str]:
    """Say the date where the sentence says it relative to its publication."""
    if source.published is None or not words.absolute:
        return
    found = [*_relative(source.text, source.published, words)]
    if not words.future.search(source.text):
        found += _past_weekdays(source.text, source.published, words)
    yield from (edit.apply(source.text) for edit in outside_quotations(source.text, found))


def read(text: str, words: Words) -> date | None:
    """Read the date that a line begins with, such as that of a report of Wikinews."""
    for match in mentions(text, words):
        year = re.match(rf"\D{{0,5}}({YEAR})", text[match.end() :])
        if year:
            return _date(int(year[1]), _month(match["month"], words)[0], int(match["day"]))
    return None


def _month_alone(text: str, words: Words) -> Iterator[str]:
    if not words.month_alone:
        return
    for names in words.months:
        month = rf"(?:{words.month_alone}) ({alternatives(names)})(?![\w-])(?!\s\d\d?\b)"
        for match in re.finditer(month, text):
            for other in _others(names, names.index(match[1]), MONTH_STEPS):
                if other not in text:
                    yield Edit(*match.span(1), other).apply(text)


def _relative(text: str, published: date, words: Words) -> Iterator[Edit]:
    """Yield "yesterday" as a date; a form without a day is that of a year."""
    for expression, form in words.absolute_rules.items():
        offset, _, shape = form.partition(":")
        for match in re.finditer(_bounded(expression, words), text, re.IGNORECASE):
            if "{day}" in (shape or words.absolute):
                when = published + timedelta(days=int(offset))
                yield _said(match, when, shape or words.absolute, words)
            elif not re.search(r"(?:\d|\b[A-Z]\w+|period|time) $", text[: match.start()]):
                when = published.replace(year=published.year + int(offset), day=1)
                yield _said(match, when, shape, words)


def _past_weekdays(text: str, published: date, words: Words) -> Iterator[Edit]:
    """Yield the weekdays of the week that ends with the publication as dates."""
    for names in words.weekdays:
        weekday = (
            rf"{words.weekday_after}({alternatives(names)})(?!\s?[(（]|,? \d|{words.part_of_day})"
        )
        for match in re.finditer(_bounded(weekday, words), text):
            n_days = (published.weekday() - names.index(match[1])) % 7
            if not _is_part_of_name(text, match) or not words.has_capitals:
                when = published - timedelta(days=n_days)
                yield _said(match, when, words.absolute, words)


def _said(match: re.Match[str], when: date, form: str, words: Words) -> Edit:
    month = words.months[0][when.month - 1] if words.months else str(when.month)
    new = form.format(day=when.day, month=month, year=when.year)
    at_start = match.start() == 0 and new[0].islower()
    return Edit(match.start(), match.end(), new[0].upper() + new[1:] if at_start else new)


def _month(name: str, words: Words) -> tuple[int, Numbering]:
    names = next(names for names in words.months if name in names)
    return names.index(name) + 1, names


def _is_published(source: Source, day: int, month: int) -> bool:
    published = source.published
    return published is not None and (published.day, published.month) == (day, month)


def _others(names: Numbering, i: int, steps: tuple[int, ...]) -> Iterator[str]:
    yield from (names[(i + step) % len(names)] for step in steps)


def _is_part_of_name(text: str, match: re.Match[str]) -> bool:
    """Tell "Good Friday" and "Sunday Times" from a weekday."""
    before = re.search(r"(\w+) $", text[: match.start(1)])
    after = re.match(r" ([^\W\d_])", text[match.end(1) :])
    is_first = before is not None and before.start() == 0
    return bool(
        (before and before[1][0].isupper() and not is_first) or (after and after[1].isupper())
    )


def _bounded(expression: str, words: Words) -> str:
    return rf"(?<![\w-]){expression}(?![\w-])" if words.is_spaced else rf"(?<!\d){expression}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
