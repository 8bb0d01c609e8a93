"""When an edition must be there: instants of its wall-clock schedule in its own time zone.

At most one a local day, the first that its schedule names. A time that a change of the clocks
leaves out is due when they have changed; one that comes twice is due the first time.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from croniter import CroniterBadDateError, croniter

from summarizer.settings.editions import WEEKDAYS, Edition

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_SPAN_DAYS = 15  # of which one is any given weekday, even where a zone once left out a whole day


def latest(edition: Edition, now: datetime) -> datetime | None:
    """Return the last instant up to `now`, in UTC; None where there is none or no schedule."""
    zone = ZoneInfo(edition.timezone)
    # Clocks that are set back at midnight bring yesterday once more, so tomorrow may be past.
    last = now.astimezone(zone).date() + _DAY
    return next((at for at in _instants(_until(edition, last), zone) if at <= now), None)


def upcoming(edition: Edition, now: datetime) -> datetime | None:
    """Return the first instant after `now`, in UTC; None where there is none or no schedule."""
    zone = ZoneInfo(edition.timezone)
    first = now.astimezone(zone).date() - _DAY
    return next((at for at in _instants(_since(edition, first), zone) if at > now), None)


def schedule(edition: Edition) -> tuple[object, ...]:
    """Return what alone decides when an edition is due."""
    return edition.at, edition.days, edition.cron, edition.timezone


def day(edition: Edition, instant: datetime) -> str:
    """Return the calendar date of an instant where the edition is read, as ISO 8601."""
    return instant.astimezone(ZoneInfo(edition.timezone)).date().isoformat()


def of_day(edition: Edition, on: date) -> datetime:
    """Return the instant that the briefing of a day is for, in UTC.

    That is the one its schedule names; the end of the day where it names none.
    """
    zone = ZoneInfo(edition.timezone)
    wall = next(_since(edition, on), None)
    due = _instant(wall, zone) if wall is not None and wall.date() == on else None
    return due or _in_utc(datetime.combine(on + _DAY, time.min), zone) - _SECOND


def _until(edition: Edition, last: date) -> Iterator[datetime]:
    """Yield the wall-clock times of the schedule, the first of each day, from a day backwards."""
    if edition.cron is None:
        yield from _times(edition, (last - i * _DAY for i in range(_SPAN_DAYS)))
        return
    start = _midnight(last + _DAY)
    while (found := _fire(edition.cron, start, "get_prev")) is not None:
        start = _midnight(found.date())
        first = _fire(edition.cron, start - _SECOND, "get_next")
        assert first is not None  # `found`, if no other
        yield first


def _since(edition: Edition, first: date) -> Iterator[datetime]:
    """Yield the wall-clock times of the schedule, the first of each day, from a day on."""
    if edition.cron is None:
        yield from _times(edition, (first + i * _DAY for i in range(_SPAN_DAYS)))
        return
    start = _midnight(first)
    while (found := _fire(edition.cron, start - _SECOND, "get_next")) is not None:
        yield found
        start = _midnight(found.date() + _DAY)


def _times(edition: Edition, days: Iterable[date]) -> Iterator[datetime]:
    if edition.at is not None:
        at = time.fromisoformat(edition.at)
        named = {WEEKDAYS.index(name) for name in edition.days}
        yield from (datetime.combine(on, at) for on in days if on.weekday() in named)


def _fire(cron: str, start: datetime, step: str) -> datetime | None:
    """Return the time next to `start`, not `start` itself; None when there is none in 50 years."""
    try:
        found: datetime = getattr(croniter(cron, start), step)(datetime)
    except CroniterBadDateError:  # 30 February
        return None
    return found


def _instants(walls: Iterable[datetime], zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instant of each time, days that a zone left out not among them."""
    found = (_instant(wall, zone) for wall in walls)
    return (at for at in found if at is not None)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when clocks first show a time, in UTC; None on a day that they never show.

    Where they never show the time, that is the moment of their change; where this is on another
    day already (Nuuk goes from 23:00 to 0:00), the last second before it.
    """
    at = _in_utc(wall, zone)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    change = _change(at, wall, zone)
    near = (change, change - _SECOND)
    return next((at for at in near if at.astimezone(zone).date() == wall.date()), None)


def _change(after: datetime, wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant of the offset that holds at `after`, reckoned from a gap."""
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset = after.astimezone(zone).utcoffset()
    seconds = range(int((after - before).total_seconds()))
    i = bisect_left(
        seconds,
        1,
        key=lambda s: (before + s * _SECOND).astimezone(zone).utcoffset() == offset,
    )
    return before + i * _SECOND


def _in_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return when clocks show a time, the first time; in a gap as if they had not changed."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min)
