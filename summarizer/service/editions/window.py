"""Which of the collected documents belong to a run of an edition.

Each version of an article is considered once: a published briefing includes it, or leaves it out
because it is too old. So whatever waits has come since the edition's last briefing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from summarizer.service.editions import due as schedule
from summarizer.settings.editions import Edition
from summarizer.types import Note

LATE_DAYS = 7  # an article may be older than the last briefing by this; new feeds list months
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)  # how far local clocks are from UTC


class Waiting(Protocol):
    """A version of an article that no published briefing has considered."""

    @property
    def key(self) -> str:
        """Return what tells it from all others of the edition."""
        ...

    @property
    def published(self) -> str | None:
        """Return when it was published, ISO 8601; None when unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """What belongs to a run: nothing published before `begin`, or after `end` if it has one."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What waits, divided; as keys, in the order given."""

    included: tuple[str, ...]  # the run's briefing is made from
    too_old: tuple[str, ...]
    later: tuple[str, ...]  # go on waiting
    note: Note | None  # on what is too old

    @property
    def considered(self) -> tuple[str, ...]:
        """Return what waits no longer once the briefing is published."""
        return self.included + self.too_old


def window(
    edition: Edition, *, day: str, due: datetime, now: datetime, last: datetime | None
) -> Window:
    """Return the window of a run.

    What is published after the end of a day in the past is left to later briefings.

    Args:
        edition: what it asks for.
        day: of the run.
        due: when the run is due, or was.
        now: when it collects.
        last: when the edition's last briefing was due; None before the first.
    """
    end = due if day < schedule.day(edition, now) else None
    to = end or now
    if last is None:
        return Window(to - timedelta(hours=edition.window_hours), end)
    return Window(min(last, to) - timedelta(days=LATE_DAYS), end)


def choose(waiting: Iterable[Waiting], within: Window) -> Chosen:
    """Divide what waits; what has no date belongs to the run."""
    included, too_old, later = [], [], []
    for each in waiting:
        earliest, latest = _span(each.published) or (within.begin, within.begin)
        if latest < within.begin:
            too_old.append(each.key)
        elif within.end is not None and earliest > within.end:
            later.append(each.key)
        else:
            included.append(each.key)
    note = _note(len(too_old), within.begin) if too_old else None
    return Chosen(tuple(included), tuple(too_old), tuple(later), note)


def _note(n: int, begin: datetime) -> Note:
    what = "1 document is" if n == 1 else f"{n:,} documents are"
    message = f"{what} left out: published before {begin:%Y-%m-%d %H:%M} UTC, too old to be news"
    return Note("too_old", message)


def _span(published: str | None) -> tuple[datetime, datetime] | None:
    """Return the first and the last instant that a written date may mean."""
    try:
        when = datetime.fromisoformat(published or "")
        if when.tzinfo is not None:
            return when, when
        first = when.replace(tzinfo=UTC)
        rest = timedelta(days=1) if len(published or "") <= len("2026-03-04") else timedelta()
        return first - _EAST, first + rest + _WEST
    except (ValueError, OverflowError):
        return None
