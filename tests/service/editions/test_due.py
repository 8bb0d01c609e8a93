"""When editions are due: any zone, any year, over every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.service.editions import due
from summarizer.settings.editions import WEEKDAYS, Edition

ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # at midnight
    "America/Havana",
    "America/Nuuk",  # at eleven in the evening
    "America/St_Johns",
    "Pacific/Apia",  # left out a day
    "Asia/Kolkata",
    "Antarctica/Troll",  # two hours
    "Africa/Casablanca",
)
MINUTE = timedelta(minutes=1)

times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
schedules = st.one_of(
    st.fixed_dictionaries(
        {"at": times, "days": st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(tuple)}
    ),
    st.fixed_dictionaries(
        {
            "cron": st.sampled_from(
                ["0 6 * * mon-fri", "30 2 * * *", "*/20 * * * *", "15 23 1 * *", "0 0 29 2 *"]
            )
        }
    ),
)
editions = st.builds(
    lambda zone, schedule: Edition(sources=("a",), timezone=zone, **schedule),
    st.sampled_from(ZONES),
    schedules,
)
moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2040, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)


def morning(zone: str, at: str = "06:00", **more: object) -> Edition:
    return Edition.model_validate({"sources": ["a"], "at": at, "timezone": zone} | more)


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@given(editions, moments)
def test_now_is_between_the_latest_and_the_upcoming_instant(
    edition: Edition, now: datetime
) -> None:
    before, after = due.latest(edition, now), due.upcoming(edition, now)
    assert before is None or before <= now
    assert after is None or after > now


@given(editions, moments)
def test_upcoming_instant_is_the_latest_once_it_has_come(edition: Edition, now: datetime) -> None:
    after = due.upcoming(edition, now)
    if after is not None:
        assert due.latest(edition, after) == after
        assert due.latest(edition, after - timedelta(microseconds=1)) == due.latest(edition, now)


@given(editions, moments)
@example(morning("America/Nuuk", "23:30"), utc("2024-03-28T00:00"))
@example(morning("Pacific/Apia"), utc("2011-12-27T00:00"))
def test_edition_is_due_once_a_local_day(edition: Edition, now: datetime) -> None:
    instants = [now]
    for _ in range(6):
        after = due.upcoming(edition, instants[-1])
        if after is not None:
            instants.append(after)
    days = [due.day(edition, at) for at in instants[1:]]
    assert days == sorted(set(days))


@given(st.sampled_from(ZONES), times, moments)
@example("America/Nuuk", "23:30", utc("2024-03-28T00:00"))
def test_daily_edition_leaves_out_no_day_that_there_is(zone: str, at: str, now: datetime) -> None:
    edition = morning(zone, at)
    first = due.upcoming(edition, now)
    assert first is not None
    for _ in range(6):
        following = due.upcoming(edition, first)
        assert following is not None
        on = date.fromisoformat(due.day(edition, first)) + timedelta(days=1)
        if on.isoformat() == "2011-12-30" and zone == "Pacific/Apia":
            on += timedelta(days=1)
        assert due.day(edition, following) == on.isoformat()
        first = following


@given(st.sampled_from(ZONES), times, moments)
def test_clocks_show_the_time_or_have_just_been_changed(zone: str, at: str, now: datetime) -> None:
    instant = due.upcoming(morning(zone, at), now)
    assert instant is not None
    shown = instant.astimezone(ZoneInfo(zone))
    if f"{shown:%H:%M}" != at:
        near = [(instant + i * timedelta(seconds=1)).astimezone(ZoneInfo(zone)) for i in (-1, 0, 1)]
        assert any(a.utcoffset() != b.utcoffset() for a, b in pairwise(near))


@given(editions, moments)
def test_instant_of_a_day_is_on_that_day(edition: Edition, now: datetime) -> None:
    on = due.day(edition, now)
    instant = due.of_day(edition, date.fromisoformat(on))
    assert due.day(edition, instant) == on
    following = due.upcoming(edition, now)
    if following is not None and due.day(edition, following) == on:
        assert instant == following


@pytest.mark.parametrize(
    ("edition", "now", "latest"),
    [
        (morning("Europe/Paris", "02:30"), "2026-03-29T12:00", "2026-03-29T01:00"),  # spring
        (morning("Europe/Paris", "02:30"), "2026-10-25T12:00", "2026-10-25T00:30"),  # autumn
        (morning("Europe/Paris", "02:30"), "2026-10-25T00:29", "2026-10-24T00:30"),
        (morning("Europe/Paris", "02:30"), "2026-10-25T01:31", "2026-10-25T00:30"),
        (morning("America/Nuuk", "23:30"), "2024-03-31T12:00", "2024-03-31T00:59:59"),
        (morning("Pacific/Apia"), "2011-12-30T15:00", "2011-12-29T16:00"),
        (morning("UTC"), "2026-03-04T06:00", "2026-03-04T06:00"),
        (morning("UTC", days=["mon"]), "2026-03-08T23:00", "2026-03-02T06:00"),
        (Edition(sources=("a",), cron="0 6,18 * * *"), "2026-03-04T19:00", "2026-03-04T06:00"),
    ],
)
def test_latest_instant_is(edition: Edition, now: str, latest: str) -> None:
    assert due.latest(edition, utc(now)) == utc(latest)


@pytest.mark.parametrize(
    "edition",
    [Edition(sources=("a",))],
)
def test_edition_without_a_day_is_never_due(edition: Edition) -> None:
    assert due.latest(edition, utc("2026-03-04")) is None
    assert due.upcoming(edition, utc("2026-03-04")) is None


def test_day_that_the_schedule_does_not_name_ends_at_midnight() -> None:
    edition = morning("Europe/Paris", days=["mon"])
    assert due.of_day(edition, date(2026, 3, 4)) == utc("2026-03-04T22:59:59")
    assert due.of_day(edition, date(2026, 3, 2)) == utc("2026-03-02T05:00")
