import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts.dates import DateMention, find
from summarizer.text.lexicon import LANGUAGES

WEDNESDAY = date(2022, 9, 14)
LISTED = (*LANGUAGES, "und", "xx", "")


def only(text: str, language: str = "en", published: date | None = WEDNESDAY) -> DateMention:
    (found,) = find(text, language, published)
    return found


def days(text: str, language: str = "en") -> list[tuple[str, str]]:
    found = find(text, language, WEDNESDAY)
    return [(str(m.first)[5:], str(m.last)[5:]) for m in found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on 3 May 2022", "en"),
        ("May 3rd, 2022", "en"),
        ("the 3rd of May 2022", "en"),
        ("2022-05-03", "en"),
        ("3. Mai 2022", "de"),
        ("03.05.2022", "de"),
        ("le 3 mai 2022", "fr"),
        ("03/05/2022", "fr"),
        ("3/5/22", "es"),
        ("3 de mayo de 2022", "es"),
        ("3 maggio 2022", "it"),
        ("3 de maio de 2022", "pt"),
        ("3 mei 2022", "nl"),
        ("3 мая 2022 года", "ru"),
        ("٣ مايو ٢٠٢٢", "ar"),
        ("3 مايو/أيار 2022", "ar"),
        ("2022年5月3日", "zh"),
        ("二〇二二年五月三日", "zh"),
        ("2022年5月3日", "ja"),
        ("2022년 5월 3일", "ko"),
        ("3 मई 2022", "hi"),
        ("3 tháng 5 năm 2022", "vi"),
        ("3 Mei 2022", "id"),
        ("3 Mayıs 2022", "tr"),
        ("3 maja 2022", "pl"),
        ("3 травня 2022", "uk"),
        ("3. května 2022", "cs"),
        ("3 Μαΐου 2022", "el"),
        ("۳ مه ۲۰۲۲", "fa"),
        ("3 במאי 2022", "he"),
    ],
)
def test_a_day_is_the_same_in_every_language(text: str, language: str) -> None:
    for published in (WEDNESDAY, None):
        found = only(text, language, published)
        assert (found.first, found.last) == (date(2022, 5, 3), date(2022, 5, 3))
        assert (found.year, found.month, found.day) == (2022, 5, 3)
        assert not found.is_relative


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("12 September", "en", "2022-09-12"),
        ("Sept. 12", "en", "2022-09-12"),
        ("December 30", "en", "2022-12-30"),
        ("February 29", "en", "2024-02-29"),
        ("9月12日", "zh", "2022-09-12"),
        ("12日", "zh", "2022-09-12"),
        ("25日", "zh", "2022-09-25"),
        ("八月三十一日", "zh", "2022-08-31"),
        ("12 сентября", "ru", "2022-09-12"),
        ("१२ सितंबर", "hi", "2022-09-12"),
    ],
)
def test_a_day_without_its_year_is_the_nearest(text: str, language: str, day: str) -> None:
    published = date(2024, 2, 1) if "29" in text else WEDNESDAY
    found = only(text, language, published)
    assert str(found.first) == day
    assert found.is_relative


def test_the_turn_of_the_year_is_crossed() -> None:
    assert only("December 30", published=date(2023, 1, 2)).first == date(2022, 12, 30)
    assert only("January 2", published=date(2022, 12, 30)).first == date(2023, 1, 2)


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("in May", "en", "05-01", "05-31"),
        ("in February", "en", "02-01", "02-28"),
        ("in October", "en", "10-01", "10-31"),
        ("3-5 May", "en", "05-03", "05-05"),
        ("May 3-5", "en", "05-03", "05-05"),
        ("last week", "en", "09-05", "09-11"),
        ("this week", "en", "09-12", "09-18"),
        ("last month", "en", "08-01", "08-31"),
        ("im Mai", "de", "05-01", "05-31"),
        ("vergangene Woche", "de", "09-05", "09-11"),
        ("la semaine dernière", "fr", "09-05", "09-11"),
        ("в мае", "ru", "05-01", "05-31"),
        ("الأسبوع الماضي", "ar", "09-05", "09-11"),
        ("上周", "zh", "09-05", "09-11"),
        ("5月", "zh", "05-01", "05-31"),
        ("本月3日", "zh", "09-03", "09-03"),
        ("上周一", "zh", "09-05", "09-05"),
        ("下周五", "zh", "09-23", "09-23"),
    ],
)
def test_periods_are_intervals_of_the_calendar(
    text: str, language: str, first: str, last: str
) -> None:
    assert days(text, language) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("in 2008", "en", 2008, 2008),
        ("2010-2012", "en", 2010, 2012),
        ("2020/21", "en", 2020, 2021),
        ("the 1990s", "en", 1990, 1999),
        ("last year", "en", 2021, 2021),
        ("3 years ago", "en", 2019, 2019),
        ("2012年", "zh", 2012, 2012),
        ("去年", "zh", 2021, 2021),
        ("عام 2012", "ar", 2012, 2012),
    ],
)
def test_years_are_intervals(text: str, language: str, first: int, last: int) -> None:
    found = only(text, language)
    assert (found.first, found.last) == (date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("in April last year", "en", "2021-04-01"),
        ("last May", "en", "2022-05-01"),
        ("next May", "en", "2023-05-01"),
        ("去年5月3日", "zh", "2021-05-03"),
        ("мае прошлого года", "ru", "2021-05-01"),
        ("marzo del año pasado", "es", "2021-03-01"),
    ],
)
def test_a_month_takes_its_year_from_the_words_beside_it(
    text: str, language: str, first: str
) -> None:
    assert str(only(text, language).first) == first


@pytest.mark.parametrize(
    ("text", "language", "distance"),
    [
        ("yesterday", "en", -1),
        ("two days ago", "en", -2),
        ("2 days ago", "en", -2),
        ("tomorrow", "en", 1),
        ("gestern", "de", -1),
        ("vor zwei Tagen", "de", -2),
        ("hier", "fr", -1),
        ("il y a 3 jours", "fr", -3),
        ("hace tres días", "es", -3),
        ("due giorni fa", "it", -2),
        ("ontem", "pt", -1),
        ("twee dagen geleden", "nl", -2),
        ("вчера", "ru", -1),
        ("два дня назад", "ru", -2),
        ("أمس", "ar", -1),
        ("قبل ثلاثة أيام", "ar", -3),
        ("昨天", "zh", -1),
        ("三天前", "zh", -3),
        ("3天前", "zh", -3),
    ],
)
def test_distances_are_counted_from_the_publication(
    text: str, language: str, distance: int
) -> None:
    found = only(text, language)
    assert found.first == found.last == WEDNESDAY + timedelta(distance)
    assert found.is_relative
    assert only(text, language, None).first is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("on Monday", "en", 12),
        ("on Wednesday", "en", 14),
        ("last Wednesday", "en", 7),
        ("next Monday", "en", 19),
        ("this Friday", "en", 16),
        ("He will speak on Friday", "en", 16),
        ("On Friday he will speak", "en", 16),
        ("They said on Friday that he will speak", "en", 9),
        ("He will speak, they said on Friday", "en", 9),
        ("am Montag", "de", 12),
        ("Montagabend", "de", 12),
        ("kommenden Montag", "de", 19),
        ("lundi dernier", "fr", 12),
        ("lunes pasado", "es", 12),
        ("segunda-feira", "pt", 12),
        ("в среду", "ru", 14),
        ("يوم الاثنين", "ar", 12),
        ("星期一", "zh", 12),
        ("月曜日", "ja", 12),
        ("월요일", "ko", 12),
        ("सोमवार", "hi", 12),
    ],
)
def test_weekdays_are_past_unless_the_sentence_says_otherwise(
    text: str, language: str, day: int
) -> None:
    found = only(text, language)
    assert found.first == date(2022, 9, day)
    assert found.weekday == date(2022, 9, day).weekday()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Monday, 5 September 2022", "en"),
        ("Monday (Sept 5", "en"),
        ("Montag, den 5. September", "de"),
        ("lundi 5 septembre", "fr"),
        ("9月5日（星期一", "zh"),
    ],
)
def test_a_weekday_and_its_day_are_one_mention(text: str, language: str) -> None:
    found = only(text, language)
    assert (found.first, found.weekday, found.day) == (date(2022, 9, 5), 0, 5)
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "May I ask",
        "they may go",
        "Theresa May said",
        "march on",
        "2000 people",
        "about 2012 people",
        "$2012",
        "2012 dollars",
        "2,012",
        "20.12.1",
        "1850",
        "99/99/2020",
        "a second ago",
        "ago",
        "18:30",
    ],
)
def test_what_names_no_date_gives_none(text: str) -> None:
    assert find(text, "en", WEDNESDAY) == ()


@pytest.mark.parametrize(("text", "month"), [("13/05/2022", 5), ("05/13/2022", 5), ("5/5/2022", 5)])
def test_numbers_fix_the_order_of_day_and_month(text: str, month: int) -> None:
    assert only(text).month == month


def test_an_open_order_of_day_and_month_leaves_the_year() -> None:
    found = only("03/05/2022")
    assert (found.year, found.month, found.day) == (2022, None, None)


@pytest.mark.parametrize("text", ["30 February 2022", "31 April"])
def test_a_day_that_does_not_exist_has_no_interval(text: str) -> None:
    assert all(m.first is None or m.day is None for m in find(text, "en", WEDNESDAY))


def test_a_month_and_a_year_in_a_list_stay_two() -> None:
    assert len(find("in April, last year", "en", WEDNESDAY)) == 2


def test_numbers_that_are_no_month_and_day_are_no_date() -> None:
    assert find("13月40日", "zh", WEDNESDAY) == ()


def test_a_month_needs_the_capital_its_language_gives_it() -> None:
    assert find("Mars attaque", "fr", WEDNESDAY) == ()
    assert find("en mars", "fr", WEDNESDAY)
    assert find("the august assembly", "en", WEDNESDAY) == ()


@pytest.mark.parametrize("text", ["on Monday", "3 May", "in May", "12日"])
def test_without_a_publication_date_only_whole_dates_are_resolved(text: str) -> None:
    found = only(text, "zh" if "日" in text else "en", None)
    assert (found.first, found.last) == (None, None)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates())
def test_a_full_date_does_not_depend_on_the_publication(day: date, published: date) -> None:
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert only(text, "en", published).first == day


@given(st.integers(-13, 13), st.dates(date(1, 2, 1), date(9999, 11, 1)))
def test_a_day_and_month_near_the_publication_are_found_again(n: int, published: date) -> None:
    day = published + timedelta(n)
    if (day.month, day.day) != (2, 29):
        assert only(f"{day.day} {day:%B}", "en", published).first == day


_PIECES = st.sampled_from(
    [
        "3",
        "May ",
        "2022",
        "-",
        "/",
        ". ",
        "last ",
        "Monday",
        ", ",
        "ago",
        "two days ",
        "上",
        "周",
        "一",
        "月",
        "年",
        "日",
    ]
)


@given(
    st.one_of(st.text(), st.lists(_PIECES).map("".join)),
    st.sampled_from(LISTED),
    st.none() | st.dates(),
)
def test_spans_are_in_order_within_any_text_and_do_not_overlap(
    text: str, language: str, published: date | None
) -> None:
    at = 0
    for found in find(text, language, published):
        assert at <= found.start < found.end <= len(text)
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.last is None or found.first <= found.last
        at = found.end


@pytest.mark.parametrize(
    "piece", ["9", "May ", "2022-", "Monday, ", "ago ", "月", "\u0301", "last "]
)
@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_hostile_repetition_takes_linear_time(piece: str, language: str) -> None:
    started = time.process_time()
    find(piece * (30_000 // len(piece)), language, WEDNESDAY)
    assert time.process_time() - started < 3
