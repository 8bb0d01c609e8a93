import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import lexical
from summarizer.text.numerals import days, numbers


def values(text: str, language: str) -> list[str]:
    return [value for value, _ in numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,234.5", "en", "1234.5"),
        ("1.234,5", "es", "1234.5"),
        ("3.25", "es", "3.25"),
        ("3,250", "en", "3250"),
        ("3.250", "es", "3250"),
        ("1 234 567", "fr", "1234567"),
        ("1,234,567", "en", "1234567"),
        ("1.2 million", "en", "1200000"),
        ("1,2 millones", "es", "1200000"),
        ("180 ألف", "ar", "180000"),
        ("22萬", "zh", "22"),
        ("22万", "zh", "220000"),
        ("2,600亿欧元", "zh", "260000000000"),
        ("٣٫٧٥", "ar", "3.75"),
        ("२२८", "hi", "228"),
        ("15", "en", "15"),
        ("3300万", "ja", "33000000"),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text: str, language: str, value: str) -> None:
    assert values(text, language) == [value]


@given(st.integers(1, 10**9))
def test_every_script_s_digits_have_the_same_value(n: int) -> None:
    for zero in ("\u0660", "\u06f0", "\u0966", "\u09e6", "\uff10"):
        written = "".join(chr(ord(zero) + int(digit)) for digit in str(n))
        assert values(written, "en") == values(str(n), "en")


@given(st.integers(1_000, 10**12))
def test_grouped_digits_have_the_value_of_the_same_digits_alone(n: int) -> None:
    assert values(f"{n:,}", "en") == [f"{n:.12g}"]
    assert values(f"{n:,}".replace(",", "."), "es") == [f"{n:.12g}"]


def test_more_significant_digits_tell_more() -> None:
    weights = [weight for _, weight in numbers("7 and 70 and 73 and 738 and 7,386", "en")]
    assert weights == sorted(weights)
    assert weights[0] < weights[-1]


def test_years_and_small_counts_tell_little() -> None:
    year, count, amount = (weight for _, weight in numbers("2012, 14, 3,475", "en"))
    assert max(year, count) < amount


def test_nought_tells_nothing() -> None:
    assert values("0 and 000", "en") == []


def test_a_run_of_digits_that_is_no_amount_is_left_out() -> None:
    assert values("9" * 40, "en") == []


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(0 < weight <= 1 for _, weight in numbers(text, "fr"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on 12 September", "en"),
        ("on September 12, they", "en"),
        ("(12 Sep)", "ms"),
        ("9月12日", "zh"),
        ("9월 12일", "ko"),
        ("12 de septiembre", "es"),
        ("le 12 septembre", "fr"),
        ("12 сентября", "ru"),
    ],
)
def test_a_day_has_a_month_and_a_number_in_every_language(text: str, language: str) -> None:
    assert list(days(text, lexical.words(text), language)) == [(9, 12)]


@pytest.mark.parametrize("text", ["in September", "13月40日", "September 2021", "12 people"])
def test_what_names_no_day_gives_none(text: str) -> None:
    assert list(days(text, lexical.words(text), "en")) == []
