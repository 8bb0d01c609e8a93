from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.mutate import dates
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import words

EN = words("en")
WEDNESDAY = date(2026, 3, 4)


def of(text: str, language: str = "en", published: date | None = WEDNESDAY) -> Source:
    return Source(text, language, text, published=published)


def test_day_month_or_year_is_changed_one_at_a_time() -> None:
    found = set(dates.date_changed(of("He left on 5 May 2019 for good."), EN))
    assert "He left on 9 May 2019 for good." in found
    assert "He left on 5 July 2019 for good." in found
    assert "He left on 5 May 2016 for good." in found
    assert "He left on 5 May 2019 for good." not in found


def test_month_without_a_day_and_year_after_a_preposition_are_dates() -> None:
    assert "He left in July." in set(dates.date_changed(of("He left in May."), EN))
    assert "He left in 2016." in set(dates.date_changed(of("He left in 2019."), EN))
    assert not list(dates.date_changed(of("He may leave with 2019 others."), EN))


def test_date_is_never_changed_to_that_of_the_publication() -> None:
    source = of("He left on March 28, again.")
    assert "He left on March 4, again." not in set(dates.date_changed(source, EN))


def test_weekday_becomes_another_and_names_stay() -> None:
    found = set(dates.weekday_changed(of("He left on Monday."), EN))
    assert found == {"He left on Tuesday.", "He left on Wednesday.", "He left on Friday."}
    assert not list(dates.weekday_changed(of("It was on Good Friday."), EN))
    assert not list(dates.weekday_changed(of("He owns the Sunday Times."), EN))


def test_weekday_that_begins_a_sentence_is_no_name() -> None:
    assert list(dates.weekday_changed(of("On Monday he left."), EN))


@given(st.dates(date(1900, 1, 8), date(2099, 12, 31)))
def test_weekday_of_the_past_resolves_to_the_week_before_publication(published: date) -> None:
    found = list(dates.made_absolute(of("He said on Monday so.", published=published), EN))
    assert len(found) == 1
    expected = published - timedelta(days=published.weekday())
    assert f"on {expected.day} {expected:%B} {expected.year} so" in found[0]


def test_relative_days_and_years_become_absolute() -> None:
    assert list(dates.made_absolute(of("He left yesterday."), EN)) == ["He left on 3 March 2026."]
    assert list(dates.made_absolute(of("Yesterday he left."), EN)) == ["On 3 March 2026 he left."]
    assert list(dates.made_absolute(of("He left last year."), EN)) == ["He left in 2025."]
    chinese = dates.made_absolute(of("他昨天离开。", "zh"), words("zh"))
    assert list(chinese) == ["他2026年3月3日离开。"]


def test_nothing_is_resolved_that_cannot_be() -> None:
    assert not list(dates.made_absolute(of("He left yesterday.", published=None), EN))
    assert not list(dates.made_absolute(of('He said: "I left yesterday."'), EN))
    assert not list(dates.made_absolute(of("He is to be tried, he said on Monday."), EN))
    assert not list(dates.made_absolute(of("In April last year he left."), EN))


def test_date_at_the_head_of_a_report_is_read() -> None:
    assert dates.read("Saturday, January 8, 2005", EN) == date(2005, 1, 8)
    assert dates.read("Samedi 8 janvier 2005", words("fr")) == date(2005, 1, 8)
    assert dates.read("2005年1月8日", words("zh")) is None
    assert dates.read("January 8, as always", EN) is None
    assert dates.read("30 February 2005", EN) is None
