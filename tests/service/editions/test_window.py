"""Which documents belong to a run."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.editions.window import Window, choose, window
from summarizer.settings.editions import Edition

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
EDITION = Edition(sources=("a",), at="06:00", window_hours=36)


@dataclass(frozen=True, slots=True)
class Article:
    key: str
    published: str | None


written = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.dates().map(lambda d: d.isoformat()),
    st.datetimes().map(lambda d: d.isoformat()),
    st.datetimes(timezones=st.just(UTC)).map(lambda d: d.isoformat()),
)


@given(st.lists(written), st.none() | st.just(NOW))
def test_each_document_has_one_place(dates: list[str | None], end: datetime | None) -> None:
    waiting = [Article(str(i), published) for i, published in enumerate(dates)]
    chosen = choose(waiting, Window(YESTERDAY, end))
    placed = [*chosen.included, *chosen.too_old, *chosen.later]
    assert sorted(placed) == sorted(each.key for each in waiting)
    assert set(chosen.considered) == set(placed) - set(chosen.later)
    assert (chosen.note is None) == (not chosen.too_old)


@pytest.mark.parametrize(
    ("published", "place"),
    [
        ("2026-03-03T06:00:00+00:00", "included"),
        ("2026-03-03T06:59:00+01:00", "too_old"),
        ("2026-03-03", "included"),  # it may have been in the evening
        ("2026-03-01", "too_old"),
        ("2026-03-02T23:00:00", "included"),  # of some zone
        ("2026-03-02T15:00:00", "too_old"),
        ("2026-03-04", "included"),
        ("2026-03-04T06:01:00+00:00", "later"),
        ("2026-03-05", "later"),
        ("0001-01-01", "included"),  # no calendar reaches there: as if it had none
        (None, "included"),
    ],
)
def test_place_of_a_document_is(published: str | None, place: str) -> None:
    chosen = choose([Article("a", published)], Window(YESTERDAY, NOW))
    assert getattr(chosen, place) == ("a",)


def of(last: datetime | None, due: datetime = NOW) -> Window:
    return window(EDITION, day=f"{due:%Y-%m-%d}", due=due, now=NOW, last=last)


def test_first_briefing_goes_back_by_the_hours_asked_for() -> None:
    assert of(None) == Window(NOW - timedelta(hours=36))


def test_first_briefing_of_a_past_day_goes_back_from_when_it_was_due() -> None:
    assert of(None, YESTERDAY) == Window(YESTERDAY - timedelta(hours=36), YESTERDAY)


def test_later_briefing_takes_what_came_late_by_a_week() -> None:
    assert of(YESTERDAY) == Window(YESTERDAY - timedelta(days=7))


def test_day_made_up_for_ends_when_it_was_due() -> None:
    before = YESTERDAY - timedelta(days=2)
    assert of(YESTERDAY, before) == Window(before - timedelta(days=7), before)


def test_note_counts_what_is_too_old_and_names_the_limit() -> None:
    old = [Article(str(i), "2025-01-01") for i in range(2)]
    note = choose(old, Window(YESTERDAY)).note
    assert note is not None
    assert note.message == (
        "2 documents are left out: published before 2026-03-03 06:00 UTC, too old to be news"
    )
    note = choose(old[:1], Window(YESTERDAY)).note
    assert note is not None
    assert note.message.startswith("1 document is left out: ")
