"""How the pages say what the store knows: times, schedules, outcomes, states of sources."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from summarizer.render.dates import readable
from summarizer.render.safety import one_line
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.settings.editions import WEEKDAYS, Edition
from summarizer.types import TopicMode, Verdict

WORKING_DAYS = WEEKDAYS[:5]

# What `summarizer.sources.status` tells programs, for people.
_SOURCES: Mapping[str, str] = {
    "ok": "read",
    "unchanged": "read, nothing new",
    "empty": "nothing in it",
    "missing": "not there",
    "unreachable": "no answer",
    "refused": "refused",
    "unreadable": "cannot be read",
    "challenge": "lets people in only",
    "consent_page": "asks for consent first",
    "paywalled": "for subscribers only",
    "teaser_only": "teasers only",
}
TOPICS: Mapping[TopicMode, str] = {
    "section": "told first, in a section of its own",
    "watch": "always reported, also when there is nothing",
    "boost": "told before others",
    "mute": "left out",
}
_VERDICTS: Mapping[Verdict, str] = {
    "verbatim": "the source's own words",
    "supported": "supported",
    "contradicted": "the source says otherwise",
    "unsupported": "not supported",
}
_N_PARTS = 2  # of a path that are shown: "feeds/post.xml"


def day(written: str | None) -> str:
    """Write a calendar date in words; none gives an empty string."""
    return readable(written, "en") if written else ""


def clock(when: datetime, zone: str = "UTC") -> str:
    """Write a moment as clocks and calendars show it in a time zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{day(local.date().isoformat())}, {local:%H:%M}"


def instant(when: datetime) -> str:
    """Write a moment for programs."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


def title(stored: Stored) -> str:
    """Return what an edition is called."""
    said = stored.spec.get("title") if isinstance(stored.spec, dict) else None
    return one_line(str(said or "")) or stored.name


def schedule(edition: Edition) -> str:
    """Say when an edition is due."""
    if edition.cron is not None:
        return f"By the schedule {edition.cron}, {edition.timezone}"
    if edition.at is None:
        return "Made when somebody asks for it"
    return f"{_days(edition)} at {edition.at}, {edition.timezone}"


def outcome(run: Run) -> str:
    """Say how a run ended, or how far it is."""
    if run.status == "accepted":
        return "waiting to be made"
    if run.status == "running":
        return "being made"
    if run.status == "cancelled":
        return "cancelled"
    return {"briefing": "briefing", "quiet": "quiet day"}.get(run.outcome or "", "no briefing")


def source(status: str) -> str:
    """Say how a source went."""
    return _SOURCES.get(status, status)


def verdict(found: Verdict) -> str:
    """Say what a verdict means."""
    return _VERDICTS[found]


def place(name: str) -> str:
    """Shorten a path of this machine to its end; an address stays."""
    if not name.startswith("/"):
        return one_line(name)
    return one_line("/".join(name.split("/")[-_N_PARTS:]))


def _days(edition: Edition) -> str:
    named = tuple(each for each in WEEKDAYS if each in edition.days)
    if named == WEEKDAYS:
        return "Every day"
    if named == WORKING_DAYS:
        return "Monday to Friday"
    return ", ".join(each.capitalize() for each in named)
