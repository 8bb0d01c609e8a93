"""Days, weeks, months and years that a text mentions, resolved against its publication date."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from summarizer.text.facts.calendar import Written, resolve
from summarizer.text.facts.date_forms import Forms, forms
from summarizer.text.facts.folding import fold
from summarizer.text.lexicon import lexicon

_MAX_KEPT = 256  # texts; several checks in turn ask for the dates of one sentence
_AROUND = 30  # characters looked at on either side
_FUTURE_AROUND = 160
_YEARS = range(1900, 2101)
_CENTURY, _PIVOT = 100, 50  # "3/5/22" is in this century, "3/5/72" in the last
_N_MONTHS, _N_DAYS = 12, 31
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_INSIDE = frozenset("-.,:/+#$€£¥&")  # a year does not follow these
_DIGITS = re.compile(r"\d+")
_LAST_WORDS = re.compile(r"(\w+) (?:\w+ )?$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A mention of a day, week, month or year: `text[start:end]` is what was read."""

    start: int
    end: int
    first: date | None  # with `last` the days that are meant; None when they cannot be told
    last: date | None
    month: int | None  # as written, like `day`, `year` and `weekday`
    day: int | None
    year: int | None
    weekday: int | None  # 0 is Monday
    is_relative: bool  # cannot be told without the publication date, or only nearly


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    written: Written


@lru_cache(maxsize=_MAX_KEPT)
def find(text: str, language: str, published: date | None) -> tuple[DateMention, ...]:
    """Return the dates of a text in order; they do not overlap.

    "On Monday" is the Monday before `published` or that day itself, unless the sentence speaks of
    the future. "Last week" and "in May" are intervals. Hours and centuries are no dates.
    """
    folded = fold(text)
    known = forms(language)
    found: list[_Found] = []
    at = 0
    while begin := known.begin.search(folded, at):
        at = _past(folded, begin)
        one = _read(folded, text, begin, known)
        if one is not None and not (found and one.start < found[-1].end):
            found.append(_shifted(one, folded, known))
            at = max(at, found[-1].end)
    joined = _joined(found, folded, known)
    return tuple(_mention(one, folded, language, published, known) for one in joined)


def _past(folded: str, begin: re.Match[str]) -> int:
    """Return where to look on when nothing begins here: behind all digits of a number."""
    digits = _DIGITS.match(folded, begin.start())
    return max(begin.end(), digits.end()) if digits else begin.end()


def _read(folded: str, text: str, begin: re.Match[str], known: Forms) -> _Found | None:
    """Read the date that begins at a place; the first form that fits decides."""
    start = begin.start()
    for form in known.forms:
        match = form.match(folded, start)
        if match is not None:
            parts = {name: part for name, part in match.groupdict().items() if part is not None}
            written = _written(parts, known)
            if written is not None and _is_date(match, parts, text, folded, known):
                return _Found(start, match.end(), written)
    if begin[0] in known.words.ago:
        head = folded[max(0, start - _AROUND) : start]
        if match := known.ago.search(head):
            written = _written(match.groupdict(), known)
            at = start - len(head) + match.start()
            return None if written is None else _Found(at, begin.end(), written)
    return None


def _written(parts: Mapping[str, str], known: Forms) -> Written | None:
    """Turn the parts of a form into numbers; None when they are out of range."""
    if "left" in parts:
        return _short(parts, known)
    if "distance" in parts:
        unit, _, distance = known.distances[parts["distance"].replace("-", " ")].partition(" ")
        return Written(unit=unit, distance=int(distance))
    if "length" in parts:
        count = known.counts.get(parts["count"]) or parts["count"]
        length = known.lengths[parts["length"].replace("-", " ")]
        return Written(unit=length, distance=-int(count))
    if "decade" in parts:
        decade = int(parts["decade"])
        return Written(year=decade, last_year=decade + 9)
    month = _number(parts.get("number"))
    if "month" in parts:
        month = int(known.months[parts["month"].rstrip(".").replace("-", " ")])
    year, last_year = _number(parts.get("year")), _number(parts.get("last_year"))
    if year and last_year and last_year < _CENTURY:
        last_year += year - year % _CENTURY
    day = _number(parts.get("day"))
    if not (1 <= (month or 1) <= _N_MONTHS and 1 <= (1 if day is None else day) <= _N_DAYS):
        return None
    weekday = known.weekdays[parts["weekday"].replace("-", " ")] if "weekday" in parts else None
    return Written(
        year=year,
        last_year=last_year,
        month=month,
        day=day,
        last_day=_number(parts.get("last_day")),
        weekday=None if weekday is None else int(weekday),
        shift=int(known.shifts[parts["shift"]]) if "shift" in parts else None,
    )


def _short(parts: Mapping[str, str], known: Forms) -> Written | None:
    """Read "3/5/2022" as far as its language or the numbers fix the order."""
    left, right, year = int(parts["left"]), int(parts["right"]), int(parts["year"])
    if year < _CENTURY:
        year += 2000 if year < _PIVOT else 1900
    month_first = known.puts_month_first
    if left > _N_MONTHS >= right:
        month_first = False
    elif right > _N_MONTHS >= left:
        month_first = True
    if not (1 <= left <= _N_DAYS and 1 <= right <= _N_DAYS and min(left, right) <= _N_MONTHS):
        return None
    if month_first is None and left != right:
        return Written(year=year)
    return Written(
        year=year, month=left if month_first else right, day=right if month_first else left
    )


def _number(digits: str | None) -> int | None:
    """Read digits of any script, or Han numerals: "二〇二二", "十二", "三十一"."""
    if digits is None or digits.isdecimal():
        return None if digits is None else int(digits)
    tens, ten, units = digits.partition("十")
    if ten:
        return 10 * _HAN.get(tens, 1) + _HAN.get(units, 0)
    return int("".join(str(_HAN[c]) for c in digits))


def _is_date(
    match: re.Match[str], parts: Mapping[str, str], text: str, folded: str, known: Forms
) -> bool:
    """Tell whether a month or year that stands alone is one."""
    start, end = match.span()
    head = folded[max(0, start - _AROUND) : start].rstrip(" ")
    if parts.keys() == {"month"}:
        name = parts["month"]
        if name in known.words.ambiguous and not known.before_time.find(head):
            return False
        is_capital = known.bare_months.get(name)
        return is_capital is not None and is_capital == text[match.start("month")].isupper()
    if not match[0].isdecimal() and "last_year" not in parts:
        return True
    year = int(parts["year"])
    if (
        year not in _YEARS
        or folded[start - 1 : start] in _INSIDE
        or known.no_year.match(folded, end)
    ):
        return False
    if known.bounds.find(head):
        return False
    is_round = year % _CENTURY == 0 and "last_year" not in parts
    return not (is_round and folded[end : end + 2].strip().isalpha()) or (
        known.before_time.find(head) is not None
    )


def _shifted(found: _Found, folded: str, known: Forms) -> _Found:
    """Take in the "last" or "next" beside a weekday or month."""
    written, start, end = found.written, found.start, found.end
    if written.shift is not None and known.words.is_unspaced:
        week = replace(written, unit="week", distance=written.shift, shift=None)
        return replace(found, written=week)
    is_bare = (written.year, written.day, written.unit) == (None, None, None)
    if not is_bare or written.shift is not None:
        return found
    head = folded[max(0, start - _AROUND) : start]
    bare = head.rstrip(" ")
    if before := known.shift_before.find(bare):
        start -= before[0] + len(head) - len(bare)
        return _Found(start, end, replace(written, shift=int(before[1])))
    after = known.shift_after.match(folded, end)
    if after and known.forms[-1].match(folded, after.start("shift")) is None:
        shift = int(known.shifts[after["shift"].replace("-", " ")])
        return _Found(start, after.end(), replace(written, shift=shift))
    return found


def _joined(found: Sequence[_Found], folded: str, known: Forms) -> Iterator[_Found]:
    """Join the neighbours that are parts of one date: "Monday, 3 May", "May last year"."""
    held: _Found | None = None
    for one in found:
        if held is not None and known.link.fullmatch(folded, held.end, one.start):
            has_comma = "," in folded[held.end : one.start]
            both = _both(held.written, one.written) or _both(one.written, held.written)
            if has_comma and both is not None and both.weekday is None:
                both = None
            if both is not None:
                held = _Found(held.start, one.end, both)
                continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _both(first: Written, second: Written) -> Written | None:
    """Return one date of two where the second lacks just what the first one has."""
    is_weekday = first == Written(weekday=first.weekday)
    if is_weekday and second.weekday is None and (second.day or second.unit in ("day", "week")):
        return replace(second, weekday=first.weekday)
    if first.unit == "year" and second.month and not second.year and second.unit is None:
        return replace(second, unit="year", distance=first.distance)
    if first.unit == "month" and second.day and not second.month and second.unit is None:
        return replace(second, unit="month", distance=first.distance)
    return None


def _mention(
    found: _Found, folded: str, language: str, published: date | None, known: Forms
) -> DateMention:
    written = found.written
    if written == Written(weekday=written.weekday) and _is_future(found, folded, language, known):
        written = replace(written, shift=1)
    days = resolve(written, published)
    return DateMention(
        found.start,
        found.end,
        days[0] if days else None,
        days[1] if days else None,
        written.month,
        written.day,
        written.year,
        written.weekday,
        is_relative=written.year is None,
    )


def _is_future(found: _Found, folded: str, language: str, known: Forms) -> bool:
    """Tell whether a verb of the future stands before a weekday in its clause.

    "It will open on Friday" is to come; in "it will open, they said on Friday" and in "they said
    on Friday that it will open" the weekday says when it was said.
    """
    head = folded[max(0, found.start - _FUTURE_AROUND) : found.start]
    said = _LAST_WORDS.search(head)
    if said and said[1] in lexicon(language).reporting:
        return False
    clause = head.rpartition(",")[2]
    if " " not in head.strip():  # "On Friday it will open"
        clause = folded[found.end : found.end + _FUTURE_AROUND]
    return known.future.search(clause) is not None
