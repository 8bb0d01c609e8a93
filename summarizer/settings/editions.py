"""What `[editions.NAME]` may say: sources, the time it is due, its form and where it goes.

The same model reads `summarizer.toml` and the body of `PUT /v1/editions/{name}`.
"""

import re
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import CroniterError, croniter
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from summarizer.briefing import topics
from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.errors import InputError
from summarizer.settings.server import Whole
from summarizer.types import TopicMode

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Style = Literal["headlines", "standard", "deep"]

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_CRON_FIELDS = 5
_CRON_NAME = re.compile("mar|apr|fri|thur")  # with an "r" that stands for no random value
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_ADDRESS = re.compile(r"[^\s@<>,;\"\x00-\x1f]{1,64}@[^\s@<>,;\"\x00-\x1f]{1,255}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Topic(_Part):
    """What a reader wants to see first, apart, always, or never."""

    name: str = Field(min_length=1, max_length=100)
    terms: tuple[str, ...] = Field(min_length=1, max_length=200)  # "NOT x" leaves x out
    mode: TopicMode = "section"

    @model_validator(mode="after")
    def _can_be_found(self) -> "Topic":
        self.sought()
        return self

    def sought(self) -> topics.Topic:
        """Return it as the pipeline takes it."""
        return topics.Topic(name=self.name, terms=self.terms, mode=self.mode)


class Webhook(_Part):
    """An address that is sent each briefing, signed with a secret both sides know."""

    url: str
    secret: str = Field(min_length=16, repr=False)

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return _web_address(value)


class Edition(_Part):
    """A recurring briefing."""

    title: str = Field("", max_length=200)  # empty: its name
    sources: tuple[str, ...] = Field(min_length=1, max_length=1_000)
    at: str | None = None  # local time it must be there, "06:00"
    days: tuple[Weekday, ...] = Field(WEEKDAYS, min_length=1)
    cron: str | None = None  # instead of `at` and `days`
    timezone: str = "UTC"  # IANA
    window_hours: Whole = Field(24, ge=1, le=24 * 31)  # of the first briefing
    words: Whole | None = Field(None, ge=1)
    stories: Whole | None = Field(None, ge=1)
    style: Style = "standard"
    language: str | None = None
    engine: str | None = None
    budget_tokens: Whole | None = Field(None, ge=0)  # of one briefing
    budget_usd: float | None = Field(None, ge=0)  # of one briefing
    budget_usd_month: float | None = Field(None, ge=0)
    recipients: tuple[str, ...] = Field((), max_length=1_000)  # mail addresses
    files: tuple[str, ...] = Field((), max_length=20)  # paths; {edition} and {day} are filled in
    webhooks: tuple[Webhook, ...] = Field((), max_length=20)
    on_failure: str | None = None  # "mailto:ADDRESS", a web address, or a file that gets a line
    heartbeat_url: str | None = None  # called after each success
    topics: tuple[Topic, ...] = Field((), max_length=200)

    @field_validator("at")
    @classmethod
    def _is_time(cls, value: str | None) -> str | None:
        if value is not None and not _TIME.fullmatch(value):
            raise InputError('at: write a time of day like "06:00"')
        return value

    @field_validator("cron")
    @classmethod
    def _is_cron(cls, value: str | None) -> str | None:
        if value is not None and not _comes_again(value):
            raise InputError('cron: write five fields like "0 6 * * mon-fri", of days that come')
        return value

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise InputError('timezone: write an IANA name like "Europe/Paris"') from error
        return value

    @field_validator("recipients")
    @classmethod
    def _are_mail_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(_ADDRESS.fullmatch, value)):
            raise InputError("recipients: write mail addresses like desk@example.org")
        return value

    @field_validator("files")
    @classmethod
    def _are_paths(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        try:
            for path in value:
                path.format(edition="", day="")
        except (LookupError, ValueError) as error:
            raise InputError("files: only {edition} and {day} are filled in") from error
        return value

    @field_validator("heartbeat_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        return None if value is None else _web_address(value)

    @field_validator("on_failure")
    @classmethod
    def _is_target(cls, value: str | None) -> str | None:
        if value is None or not value.lower().startswith(("mailto:", "http:", "https:")):
            return value
        if not value.lower().startswith("mailto:"):
            return _web_address(value)
        if not _ADDRESS.fullmatch(value[len("mailto:") :]):
            raise InputError("on_failure: write mailto:ops@example.org")
        return value

    @field_validator("language")
    @classmethod
    def _is_language(cls, value: str | None) -> str | None:
        Options(language=value)
        return value

    @field_validator("engine")
    @classmethod
    def _is_engine(cls, value: str | None) -> str | None:
        Options(engine=value or EXTRACTIVE)
        return value

    @field_validator("topics")
    @classmethod
    def _have_names(cls, value: tuple[Topic, ...]) -> tuple[Topic, ...]:
        Options(topics=tuple(topic.sought() for topic in value))
        return value

    @model_validator(mode="after")
    def _has_one_schedule(self) -> "Edition":
        if self.cron is not None and self.at is not None:
            raise InputError("at and cron both say when: leave one of them out")
        return self


def _comes_again(cron: str) -> bool:
    """Tell whether a schedule is one, always the same one, and not of a 30th of February."""
    is_plain = len(cron.split()) == _CRON_FIELDS and "r" not in _CRON_NAME.sub("", cron.lower())
    if not is_plain or not croniter.is_valid(cron):
        return False
    try:
        croniter(cron, _SOME_DAY).get_next(datetime)
    except CroniterError:
        return False
    return True


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(char.isspace() for char in value):
        raise InputError("an address like https://example.org/hook is needed")
    return value
