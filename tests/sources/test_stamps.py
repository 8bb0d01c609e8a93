from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import stamps

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Mon, 02 Mar 2026 06:00:00 +0100", "2026-03-02T06:00:00+01:00"),
        ("Mon, 02 Mar 2026 06:00:00 GMT", "2026-03-02T06:00:00+00:00"),
        ("02 Mar 26 06:00 EST", "2026-03-02T06:00:00-05:00"),
        ("2026-03-02T06:00:00Z", "2026-03-02T06:00:00+00:00"),
        (" 2026-03-02T06:00:00.5-08:00\n", "2026-03-02T06:00:00.500000-08:00"),
        ("yesterday", None),
        ("", None),
        ("Mon, 99 Mar 2026 06:00:00 GMT", None),
    ],
)
def test_date_keeps_its_zone(written: str, iso: str | None) -> None:
    assert stamps.iso(written) == iso


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = stamps.iso(text)
    assert found is None or stamps.iso(found) == found


@pytest.mark.parametrize(
    ("published", "is_sane"),
    [
        ("2026-03-04", True),
        ("2026-03-05T11:00:00Z", True),
        ("2026-03-05T12:00:01Z", False),
        ("2026-03-05T13:00:00+02:00", True),
        ("2099-01-01", False),
        ("1990-01-01", True),
        ("1989-12-31", False),
        ("1970-01-01T00:00:00Z", False),
        ("0001-01-01T00:00:00+05:00", False),
    ],
)
def test_date_lies_after_the_web_began_and_before_tomorrow(
    published: str, *, is_sane: bool
) -> None:
    assert stamps.is_sane(published, NOW) is is_sane


@given(st.integers(stamps.FIRST_YEAR, 9_998), st.timedeltas(timedelta(), timedelta(days=365)))
def test_earlier_of_two_times_is_sane_at_the_later(year: int, later: timedelta) -> None:
    first = datetime(year, 1, 1, tzinfo=UTC)
    assert stamps.is_sane(first.isoformat(), first + later)
