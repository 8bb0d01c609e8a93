"""What becomes of a run of an edition: a briefing, a quiet day, or a line that says what broke."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.service.store.run import Run
from summarizer.settings.editions import Edition
from summarizer.sources.status import SOUND
from summarizer.types import Source

Kind = Literal["briefing", "quiet", "failed"]

MAX_NAMED = 20  # sources in one line
MISSED = "the program was not running when it was due"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ends; a briefing has no message."""

    kind: Kind
    message: str = ""


def decide(
    edition: Edition, *, last_day: str | None, n_documents: int, sources: Sequence[Source]
) -> Outcome:
    """Return how a run ends whose sources have been collected.

    Args:
        edition: what it asks for.
        last_day: of the edition's last briefing; None before the first.
        n_documents: that belong to the run.
        sources: how each of them went.
    """
    if n_documents:
        return Outcome("briefing")
    failed = [source for source in sources if source.status not in SOUND]
    if len(failed) == len(sources):
        return Outcome("failed", f"no source could be read: {_named(failed) or 'there is none'}")
    return Outcome("quiet", _quiet(edition, last_day, len(sources) - len(failed), failed))


def has_failed(run: Run) -> bool:
    """Tell whether a run has ended with nothing to read and nothing to say."""
    return run.status in {"failed", "cancelled"} or run.outcome == "failed"


def failure_line(name: str, days: Sequence[str], why: str) -> str:
    """Say in one line on which days there is no briefing, why, and what makes up for the last."""
    command = f"summarizer edition run {name} --date {days[-1]}"
    return _one_line(f"{name}, {', '.join(days)}: no briefing: {why}: {command}")


def _quiet(edition: Edition, last_day: str | None, n_read: int, failed: Sequence[Source]) -> str:
    since = "" if last_day is None else f" since {last_day}"
    parts = [f"nothing new{since} in {n_read} source{'' if n_read == 1 else 's'}"]
    if failed:
        parts.append(f"not read: {_named(failed)}")
    missing = f"; not searched: {_names(failed)}" if failed else ""
    parts += [
        f"watch {topic.name}: no mention in 0 new articles{missing}"
        for topic in edition.topics
        if topic.mode == "watch"
    ]
    return "; ".join(parts)


def _named(sources: Sequence[Source]) -> str:
    return _joined([f"{source.name} ({source.status})" for source in sources])


def _names(sources: Iterable[Source]) -> str:
    return _joined([source.name for source in sources])


def _joined(names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMED
    shown = ", ".join(_one_line(name) for name in names[:MAX_NAMED])
    return f"{shown} and {more:,} more" if more > 0 else shown


def _one_line(text: str) -> str:
    return " ".join(text.split())
