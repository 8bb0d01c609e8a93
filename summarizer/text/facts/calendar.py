"""Days that a date means, reckoned from the day its text was published."""

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

Interval = tuple[date, date]  # first and last day

_WEEK = 7
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of a date as they are written; None when a part is not there."""

    year: int | None = None
    last_year: int | None = None  # of "2010-2012"
    month: int | None = None
    day: int | None = None
    last_day: int | None = None  # of "3-5 May"
    weekday: int | None = None  # 0 is Monday
    unit: str | None = None  # "day", "week", "month", "year": of a distance
    distance: int | None = None  # in units from the day of publication, negative before it
    shift: int | None = None  # -1 for "last Monday", 1 for "next Monday", 0 for "this Monday"


def resolve(written: Written, published: date | None) -> Interval | None:
    """Return the first and last day that are meant; None when they cannot be told.

    A day without its year, or a month, is the one nearest to the publication; a weekday is the
    last one, the day of publication included, unless it is said to be the next.
    """
    try:
        return _resolved(written, published)
    except (ValueError, OverflowError):  # 30 February, the year 0
        return None


def _resolved(written: Written, published: date | None) -> Interval | None:
    year, month, day = written.year, written.month, written.day
    if year is not None and (month is not None or day is None):
        return _interval(written, year, month, day)
    if published is None:
        return None
    if written.unit is not None and written.distance is not None:
        return _at_distance(written, _distant(published, written.unit, written.distance))
    if month is not None:
        return _nearest_year(written, published, month)
    if day is not None:
        return _nearest_month(written, published, day)
    return None if written.weekday is None else (_weekday(written, published, written.weekday),) * 2


def _at_distance(written: Written, found: Interval) -> Interval:
    """Return the part of a week, month or year that is meant: "Friday last week"."""
    if written.unit == "week" and written.weekday is not None:
        return (found[0] + timedelta(written.weekday),) * 2
    if (written.month, written.day) == (None, None):
        return found
    first = found[0]
    month = written.month if written.unit == "year" else first.month
    return _interval(written, first.year, month, written.day)


def _interval(written: Written, year: int, month: int | None, day: int | None) -> Interval:
    if month is None:
        return date(year, 1, 1), date(written.last_year or year, _MONTHS, 31)
    if day is None:
        return _month(year, month)
    first = date(year, month, day)
    return first, date(year, month, written.last_day) if written.last_day else first


def _nearest_year(written: Written, published: date, month: int) -> Interval:
    """Return the day or month that is nearest; the earlier one at a tie."""
    found = [
        _interval(written, year, month, written.day)
        for year in (published.year - 1, published.year, published.year + 1)
        if MINYEAR <= year <= MAXYEAR and (written.day or 1) <= calendar.monthrange(year, month)[1]
    ]
    if written.shift == -1:
        found = [days for days in found if days[1] < published][-1:]
    elif written.shift == 1:
        found = [days for days in found if days[0] > published][:1]
    if written.day:
        return min(found, key=lambda days: _apart(days, published))
    # News tells what happened: a month to come is named when it is near.
    return min(found, key=lambda days: _apart(days, published) * (1 + (days[0] > published)))


def _nearest_month(written: Written, published: date, day: int) -> Interval:
    starts = [_distant(published, "month", n)[0] for n in (-1, 0, 1)]
    found = [
        _interval(written, start.year, start.month, day)
        for start in starts
        if day <= calendar.monthrange(start.year, start.month)[1]
    ]
    return min(found, key=lambda days: _apart(days, published))


def _apart(days: Interval, published: date) -> int:
    return max((days[0] - published).days, (published - days[1]).days, 0)


def _weekday(written: Written, published: date, weekday: int) -> date:
    ahead = (weekday - published.weekday()) % _WEEK
    if written.shift == 0:
        return published + timedelta(weekday - published.weekday())
    if written.shift == 1:
        return published + timedelta(ahead or _WEEK)
    if written.shift == -1:
        return published - timedelta((-ahead) % _WEEK or _WEEK)
    return published - timedelta((-ahead) % _WEEK)


def _distant(published: date, unit: str, distance: int) -> Interval:
    """Return the day, calendar week, month or year `distance` units away."""
    if unit == "day":
        return (published + timedelta(distance),) * 2
    if unit == "week":
        monday = published + timedelta(_WEEK * distance - published.weekday())
        return monday, monday + timedelta(_WEEK - 1)
    if unit == "month":
        year, month = divmod(published.year * _MONTHS + published.month - 1 + distance, _MONTHS)
        return _month(year, month + 1)
    year = published.year + distance
    return date(year, 1, 1), date(year, _MONTHS, 31)


def _month(year: int, month: int) -> Interval:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
