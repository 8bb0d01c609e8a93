from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.rank import importance
from summarizer.text.normalise import document, moment
from summarizer.types import Document

NEWEST = datetime(2026, 3, 4, 12, tzinfo=UTC)
newest = moment(NEWEST.isoformat())


def reports(publishers: Sequence[str], *, age_hours: float | None = 0) -> list[Document]:
    published = None if age_hours is None else NEWEST - timedelta(hours=age_hours)
    return [document("Water rose.", source=name, published=published) for name in publishers]


publishers = st.lists(st.sampled_from("ABCD"), min_size=1, max_size=8)


@given(publishers, st.integers(1, 8))
def test_more_origins_matter_more(names: list[str], n_origins: int) -> None:
    told = reports(names)
    assert importance(told, n_origins + 1, newest) > importance(told, n_origins, newest)


@given(st.integers(1, 8))
def test_more_articles_of_as_many_publishers_matter_more(n: int) -> None:
    assert importance(reports("A" * (n + 1)), 1, newest) > importance(reports("A" * n), 1, newest)


def test_different_publishers_matter_more_than_one() -> None:
    assert importance(reports("AB"), 2, newest) > importance(reports("AA"), 2, newest)


@given(publishers, st.floats(0, 100), st.floats(1, 100))
def test_newer_stories_matter_more(names: list[str], age: float, older_by: float) -> None:
    newer, older = reports(names, age_hours=age), reports(names, age_hours=age + older_by)
    assert importance(newer, 1, newest) > importance(older, 1, newest)


@given(publishers)
def test_order_of_the_documents_makes_no_difference(names: list[str]) -> None:
    assert importance(reports(names), 2, newest) == importance(reports(names[::-1]), 2, newest)


def test_length_plays_no_part() -> None:
    short, long = (document("Water rose. " * n, source="A") for n in (1, 500))
    assert importance([short], 1, None) == importance([long], 1, None)


def test_story_without_a_date_is_never_new() -> None:
    undated, old = reports("AB", age_hours=None), reports("AB", age_hours=24 * 365)
    assert importance(undated, 2, newest) <= importance(old, 2, newest)
    assert importance(undated, 2, None) == importance(undated, 2, newest)
