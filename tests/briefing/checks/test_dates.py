from collections.abc import Callable
from datetime import date

import pytest

from summarizer.briefing.checks import dates
from summarizer.text.facts.dates import DateMention

Kinds = Callable[..., set[str]]

PUBLISHED = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The dam broke on Thursday.", "The dam broke on Monday."),
        ("The dam broke on 9 March 2026.", "The dam broke on 2 March 2026."),
        ("The dam broke in 1910.", "The dam broke in 1901."),
        ("The dam broke on 2 March 2025.", "The dam broke on 2 March 2026."),
        ("The dam broke in April.", "The dam broke in May 2026."),
    ],
)
def test_another_date_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert kinds(claim, cited, published=PUBLISHED) & {"date", "contrast", "number"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The dam broke on 2 March 2026.", "The dam broke on Monday."),
        ("The dam broke in March 2026.", "The dam broke on 2 March."),
        ("The dam broke on 3 March.", "The dam broke yesterday."),
        ("The dam broke on 4 March 2026.", "The dam broke."),
    ],
)
def test_a_date_made_absolute_is_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert "date" not in kinds(claim, cited, published=PUBLISHED)


def mention(
    first: date | None = None, last: date | None = None, **parts: int | None
) -> DateMention:
    known = dict.fromkeys(("month", "day", "year", "weekday")) | parts
    return DateMention(0, 1, first, last or first, **known, is_relative=False)


def test_a_longer_time_that_holds_a_date_is_stated_by_it() -> None:
    day = mention(date(2026, 3, 2), month=3, day=2, year=2026)
    month = mention(date(2026, 3, 1), date(2026, 3, 31), month=3, year=2026)
    assert dates.states(day, month)
    assert not dates.states(month, day)


def test_a_date_that_cannot_be_resolved_must_agree_in_what_it_says() -> None:
    monday = mention(date(2026, 3, 2), month=3, day=2, year=2026)
    assert dates.states(mention(weekday=0), monday)
    assert not dates.states(mention(weekday=1), monday)
    assert not dates.states(mention(), monday)


def test_a_day_without_its_year_is_the_day_of_any_year() -> None:
    assert dates.states(mention(month=3, day=2), mention(month=3, day=2))
    assert not dates.states(mention(month=3, day=3), mention(month=3, day=2))


def test_a_weekday_is_that_of_the_day_it_falls_on() -> None:
    assert dates.states(mention(date(2026, 3, 2), month=3, day=2), mention(weekday=0))
    assert not dates.states(mention(date(2026, 3, 2), month=3, day=2), mention(weekday=3))
