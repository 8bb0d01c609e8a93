import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import cldr, lexical
from summarizer.text.lexicon import LANGUAGES


def code_of(name: str, language: str) -> str | None:
    stems = tuple(lexical.stems(lexical.words(name), language))
    known = dict(cldr.places(language).get(stems[0], ()))
    return known.get(stems)


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("Ukraine", "en", "UA"),
        ("乌克兰", "zh", "UA"),
        ("Украины", "ru", "UA"),
        ("أوكرانيا", "ar", "UA"),
        ("Jepun", "ms", "JP"),
        ("Tokyo", "en", "Asia/Tokyo"),
        ("东京", "zh", "Asia/Tokyo"),
        ("Japanese", "en", "JP"),
        ("日元", "zh", "JPY"),
        ("New York", "en", "America/New_York"),
    ],
)
def test_a_place_has_one_code_in_every_language(name: str, language: str, code: str) -> None:
    assert code_of(name, language) == code


def test_longer_names_come_first() -> None:
    for names in cldr.places("en").values():
        lengths = [len(stems) for stems, _ in names]
        assert lengths == sorted(lengths, reverse=True)


def test_the_city_of_a_zone_that_is_no_city_is_left_out() -> None:
    assert code_of("Eastern", "en") is None


@pytest.mark.parametrize(
    ("name", "language", "number"),
    [("march", "en", 3), ("sept", "fr", 9), ("сентября", "ru", 9), ("ogos", "ms", 8)],
)
def test_months_have_numbers(name: str, language: str, number: int) -> None:
    assert cldr.months(language)[name] == number


def test_a_language_that_numbers_its_months_has_no_names_of_them() -> None:
    assert "9月" not in cldr.months("zh")


@pytest.mark.parametrize(
    ("word", "language", "times"),
    [
        ("million", "en", 10**6),
        ("juta", "ms", 10**6),
        ("万", "zh", 10**4),
        ("亿", "zh", 10**8),
        ("مليون", "ar", 10**6),
        ("тысяч", "ru", 10**3),
        ("millones", "es", 10**6),
    ],
)
def test_words_after_numbers_multiply(word: str, language: str, times: int) -> None:
    assert cldr.magnitudes(language)[word] == times


def test_one_latin_letter_is_no_magnitude() -> None:
    assert not any(len(word) == 1 and word.isascii() for word in cldr.magnitudes("en"))


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [("us dollars", "en", "USD"), ("долларов сша", "ru", "USD"), ("欧元", "zh", "EUR")],
)
def test_currencies_have_codes_by_all_forms_of_their_names(
    name: str, language: str, code: str
) -> None:
    assert cldr.currencies(language)[name] == code


@pytest.mark.parametrize(
    ("name", "language", "number"), [("monday", "en", 0), ("星期日", "zh", 6), ("الجمعة", "ar", 4)]
)
def test_weekdays_are_counted_from_monday(name: str, language: str, number: int) -> None:
    assert cldr.weekdays(language)[name] == number


def test_full_names_of_months_keep_their_capitals() -> None:
    assert cldr.month_names("en")["May"] == 5
    assert cldr.month_names("fr")["mai"] == 5
    assert "Sep" not in cldr.month_names("en")


@pytest.mark.parametrize(
    ("language", "expected"), [("de", False), ("fr", False), ("zh", True), ("en", None)]
)
def test_the_order_of_day_and_month_is_known_where_it_is_one(
    language: str,
    expected: bool | None,  # noqa: FBT001
) -> None:
    assert cldr.puts_month_first(language) is expected


def test_marks_of_a_word_are_kept() -> None:
    assert cldr.magnitudes("hi")["लाख"] == 100_000
    assert cldr.months("hi")["सितंबर"] == 9


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("es", ","), ("ms", ".")])
def test_the_decimal_mark_is_the_languages_own(language: str, mark: str) -> None:
    assert cldr.decimal_mark(language) == mark


@pytest.mark.parametrize(
    ("language", "expected"), [("en", True), ("ms", True), ("zh", False), ("ru", False)]
)
def test_the_script_of_a_language_is_known(language: str, expected: bool) -> None:  # noqa: FBT001
    assert cldr.is_latin(language) is expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_with_a_lexicon_has_places(language: str) -> None:
    assert cldr.places(language)


@given(st.sampled_from(["und", "xx", "", "zz-ZZ", "not a language", "e\u0301"]))
def test_a_language_without_tables_knows_nothing(language: str) -> None:
    assert not cldr.places(language)
    assert not cldr.months(language)
    assert not cldr.month_names(language)
    assert not cldr.weekdays(language)
    assert not cldr.currencies(language)
    assert cldr.puts_month_first(language) is None
    assert not cldr.magnitudes(language)
    assert cldr.decimal_mark(language) == "."
    assert cldr.is_latin(language)
