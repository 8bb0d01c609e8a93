"""Dates as feeds and pages write them, and which of them can be true."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_YEAR = 1990  # before the web; an earlier date is the zero of somebody's clock
_AHEAD = timedelta(days=1)  # of our clock: time zones, and clocks that are wrong


def iso(written: str) -> str | None:
    """Return a date in ISO 8601 with its zone kept, None for what is no date.

    Args:
        written: as RFC 822 (RSS) or ISO 8601 (Atom, pages) has it.
    """
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(written.strip()).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def is_sane(published: str, now: datetime) -> bool:
    """Tell whether something can have been published then.

    Args:
        published: ISO 8601; without a zone it counts as UTC.
        now: with its zone.
    """
    when = datetime.fromisoformat(published)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when.year >= FIRST_YEAR and when - _AHEAD <= now
