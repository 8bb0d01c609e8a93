import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts.quantities import Quantity, find
from summarizer.text.lexicon import LANGUAGES

SCRIPTS = ("0", "\u0660", "\u06f0", "\u0966", "\u09e6", "\uff10")
LISTED = (*LANGUAGES, "und", "xx", "")


def values(text: str, language: str = "en") -> list[tuple[float, str]]:
    return [(q.low, q.unit) for q in find(text, language)]


def only(text: str, language: str = "en") -> Quantity:
    (found,) = find(text, language)
    return found


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,200", "en", 1_200),
        ("1.200", "de", 1_200),
        ("1 200", "fr", 1_200),
        ("1\u00a0200", "ru", 1_200),
        ("1'200", "de", 1_200),
        ("1\u2019200", "de", 1_200),
        ("12,34,567", "en", 1_234_567),
        ("1.234.567,5", "es", 1_234_567.5),
        ("12,5", "fr", 12.5),
        ("12.5", "de", 12.5),
        ("3,250", "fr", 3_250),  # nobody writes 3.25 like this
        ("0,125", "en", 0.125),
        ("2½", "en", 2.5),
        ("٣٫٧٥", "ar", 3.75),
        ("१२", "hi", 12),
        ("１２", "zh", 12),
    ],
)
def test_digits_have_one_value_however_they_are_grouped(
    text: str, language: str, value: float
) -> None:
    assert values(text, language) == [(value, "plain")]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.5 million", "en", 1_500_000),
        ("200k", "en", 200_000),
        ("2 million 300 thousand", "en", 2_300_000),
        ("1,5 Millionen", "de", 1_500_000),
        ("5 mil millones", "es", 5_000_000_000),
        ("2,3 млн", "ru", 2_300_000),
        ("180 ألف", "ar", 180_000),
        ("3.2亿", "zh", 320_000_000),
        ("3万5千", "zh", 35_000),
        ("5亿3000万", "zh", 530_000_000),
        ("3억 5천만", "ko", 350_000_000),
        ("5 लाख", "hi", 500_000),
        ("3,5 εκατ.", "el", 3_500_000),
    ],
)
def test_scales_multiply_digits(text: str, language: str, value: float) -> None:
    assert values(text, language) == [(value, "plain")]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("two hundred fifty", "en", 250),
        ("Two Hundred and Fifty", "en", 250),
        ("twenty-one", "en", 21),
        ("a million", "en", 1_000_000),
        ("half a million", "en", 500_000),
        ("half million", "en", 500_000),
        ("two and a half million", "en", 2_500_000),
        ("twenty-five hundred", "en", 2_500),
        ("two dozen", "en", 24),
        ("zweihundertfünfzig", "de", 250),
        ("einundzwanzig", "de", 21),
        ("hunderttausend", "de", 100_000),
        ("eine Million", "de", 1_000_000),
        ("quatre-vingt-douze", "fr", 92),
        ("soixante et onze", "fr", 71),
        ("deux cent mille", "fr", 200_000),
        ("un million et demi", "fr", 1_500_000),
        ("une vingtaine", "fr", 20),
        ("dos mil trescientos", "es", 2_300),
        ("treinta y uno", "es", 31),
        ("duecentocinquanta", "it", 250),
        ("ventuno", "it", 21),
        ("cento e vinte e três", "pt", 123),
        ("drieëntwintig", "nl", 23),
        ("двухсот пятидесяти тысяч", "ru", 250_000),
        ("полтора миллиона", "ru", 1_500_000),
        ("ثلاثة آلاف وخمسمائة", "ar", 3_500),
        ("خمسة وعشرون", "ar", 25),
        ("وثلاثة عشر", "ar", 13),
        ("三百二十", "zh", 320),
        ("两万", "zh", 20_000),
        ("两百三十万", "zh", 2_300_000),
        ("दो करोड़", "hi", 20_000_000),
        ("dua puluh lima", "id", 25),
    ],
)
def test_number_words_have_the_value_of_their_digits(
    text: str, language: str, value: float
) -> None:
    assert values(text, language) == [(value, "plain")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two hundred and three hundred", [200, 300]),
        ("in 2012 300 people", [2012, 300]),
        ("2 million 300 people", [2_000_000, 300]),
        ("ten, twenty", [10, 20]),
        ("twenty thirty", [20, 30]),
        ("two fifty-one", [2, 51]),
        ("a 3-2 win", [3, 2]),
        ("won 3:2", [3, 2]),
        ("from 10 to 15", [10, 15]),
        ("9 out of 10", [9, 10]),
    ],
)
def test_neighbours_that_state_two_numbers_stay_two(text: str, expected: list[float]) -> None:
    assert [value for value, _ in values(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "one man and a woman",
        "the second quarter of the day",
        "half an hour",
        "tens of thousands",
        "several dozen",
        "often the weight is written",
        "G7, COVID-19, Covid-19, 5G and the 1990s",
        "555-123-4567 or 192.168.10.1",
        "9" * 40,
        "1,2,3",
        "12.34,5",
        "1,234,567,891,234,567,891",
        "no one",
    ],
)
def test_what_states_no_amount_gives_none(text: str) -> None:
    assert [q for q in find(text, "en") if q.unit != "plain" or text[q.start] != "d"] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mehrere hundert", "de"),
        ("数百人", "zh"),
        ("统一的一个", "zh"),
        ("二〇二二", "zh"),
        ("三亚", "zh"),
    ],
)
def test_vague_and_borrowed_numerals_are_none(text: str, language: str) -> None:
    assert find(text, language) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("half of them", "en"),
        ("fifty per cent", "en"),
        ("50%", "en"),
        ("50 pct", "en"),
        ("one in two", "en"),
        ("1/2", "en"),
        ("die Hälfte", "de"),
        ("50 Prozent", "de"),
        ("la moitié", "fr"),
        ("50 % ", "fr"),
        ("cincuenta por ciento", "es"),
        ("la mitad", "es"),
        ("половина", "ru"),
        ("نصف السكان", "ar"),
        ("50٪", "ar"),
        ("خمسين في المئة", "ar"),
        ("一半", "zh"),
        ("百分之五十", "zh"),
        ("二分之一", "zh"),
        ("五成", "zh"),
        ("yüzde 50", "tr"),
    ],
)
def test_half_is_fifty_percent_in_all_words(text: str, language: str) -> None:
    assert values(text, language) == [(50, "percent")]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("two-thirds", "en", 66.67),
        ("a third of", "en", 33.33),
        ("zwei Drittel", "de", 66.67),
        ("deux tiers", "fr", 66.67),
        ("две трети", "ru", 66.67),
        ("三分之二", "zh", 66.67),
        ("三分の二", "ja", 66.67),
        ("one in five", "en", 20),
        ("3 de cada 10", "es", 30),
    ],
)
def test_fractions_are_shares(text: str, language: str, value: float) -> None:
    found = only(text, language)
    assert (round(found.low, 2), found.unit, found.digits) == (value, "percent", 1)


def test_a_share_of_days_is_none() -> None:
    assert values("seven in 10 days") == [(7, "plain"), (10, "plain")]
    assert values("7 in 13") == [(7, "plain"), (13, "plain")]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("2 percentage points", "en", 2),
        ("25 basis points", "en", 0.25),
        ("zwei Prozentpunkte", "de", 2),
        ("2 points de pourcentage", "fr", 2),
        ("2 процентных пункта", "ru", 2),
        ("2个百分点", "zh", 2),
        ("2%포인트", "ko", 2),
    ],
)
def test_percentage_points_are_no_percent(text: str, language: str, value: float) -> None:
    assert values(text, language) == [(value, "percentage_point")]


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("$5", "en", 5, "USD"),
        ("5 dollars", "en", 5, "USD"),
        ("a dollar", "en", 1, "USD"),
        ("USD 5", "en", 5, "USD"),
        ("5 USD", "en", 5, "USD"),
        ("A$5", "en", 5, "AUD"),
        ("HK$5", "en", 5, "HKD"),
        ("5 Canadian dollars", "en", 5, "CAD"),
        ("£4m", "en", 4_000_000, "GBP"),
        ("a 100-million-dollar deal", "en", 100_000_000, "USD"),
        ("$2-billion", "en", 2_000_000_000, "USD"),
        ("$5 million dollars", "en", 5_000_000, "USD"),
        ("RM50", "ms", 50, "MYR"),
        ("1,5 Mrd. Euro", "de", 1_500_000_000, "EUR"),
        ("5 €", "fr", 5, "EUR"),
        ("2 millions de dollars canadiens", "fr", 2_000_000, "CAD"),
        ("5 млрд долларов США", "ru", 5_000_000_000, "USD"),
        ("3 مليارات دولار", "ar", 3_000_000_000, "USD"),
        ("3.2亿美元", "zh", 320_000_000, "USD"),
        ("5元", "zh", 5, "CNY"),
        ("3億円", "ja", 300_000_000, "JPY"),
        ("R$ 2,5 bilhões", "pt", 2_500_000_000, "BRL"),
    ],
)
def test_currencies_have_one_class_by_sign_code_and_name(
    text: str, language: str, value: float, unit: str
) -> None:
    assert values(text, language) == [(value, unit)]


@pytest.mark.parametrize("text", ["try 5", "4m high", "5 $10"])
def test_what_only_looks_like_a_currency_is_none(text: str) -> None:
    assert values(text)[0][1] == "plain"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("-5", "en"),
        ("(-5", "en"),
        ("\u22125", "en"),
        ("minus 5", "en"),
        ("moins 5", "fr"),
        ("负5", "zh"),
    ],
)
def test_signs_count(text: str, language: str) -> None:
    found = only(text, language)
    assert found.low == -5
    assert found.end == len(text)


def test_a_hyphen_after_a_word_is_no_sign() -> None:
    assert values("mid-5") == [(5, "plain")]
    assert values("(4)-5")[-1] == (5, "plain")


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "unit"),
    [
        ("10 to 15 percent", "en", 10, 15, "percent"),
        ("10-15", "en", 10, 15, "plain"),
        ("10\u201315", "en", 10, 15, "plain"),
        ("between 10 and 15", "en", 10, 15, "plain"),
        ("$10-15 million", "en", 10e6, 15e6, "USD"),
        ("$15-20m", "en", 15e6, 20e6, "USD"),
        ("$5 million to $10 million", "en", 5e6, 10e6, "USD"),
        ("zwischen 10 und 15", "de", 10, 15, "plain"),
        ("10 bis 15 Prozent", "de", 10, 15, "percent"),
        ("entre 10 et 15", "fr", 10, 15, "plain"),
        ("entre 10 y 15", "es", 10, 15, "plain"),
        ("от 10 до 15", "ru", 10, 15, "plain"),
        ("بين 10 و15", "ar", 10, 15, "plain"),
        ("10至15", "zh", 10, 15, "plain"),
        ("三至五人", "zh", 3, 5, "plain"),
    ],
)
def test_both_ends_of_a_range_are_one_quantity(
    text: str, language: str, low: float, high: float, unit: str
) -> None:
    found = only(text, language)
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("5", "en", "exact"),
        ("at least 5", "en", "at_least"),
        ("5 or more", "en", "at_least"),
        ("5+", "en", "at_least"),
        ("more than $5", "en", "more_than"),
        ("up to 5", "en", "at_most"),
        ("less than 5", "en", "less_than"),
        ("nearly 5", "en", "about"),
        ("mindestens 5", "de", "at_least"),
        ("mehr als 5", "de", "more_than"),
        ("au moins 5", "fr", "at_least"),
        ("al menos 5", "es", "at_least"),
        ("не менее 5", "ru", "at_least"),
        ("على الأقل 5", "ar", "at_least"),
        ("至少5", "zh", "at_least"),
        ("超过5", "zh", "more_than"),
        ("50多人", "zh", "more_than"),
        ("50人以上", "ja", "at_least"),
    ],
)
def test_bounds_are_told_apart(text: str, language: str, bound: str) -> None:
    assert only(text, language).bound == bound


def test_the_bound_stands_outside_the_span_and_the_sign_inside() -> None:
    found = only("more than $1.5 million.")
    assert "more than $1.5 million."[found.start : found.end] == "$1.5 million"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("the 3rd", "en", 3),
        ("third", "en", 3),
        ("a third person", "en", 3),
        ("twenty-first", "en", 21),
        ("dritte", "de", 3),
        ("troisième", "fr", 3),
        ("3e", "fr", 3),
        ("третий", "ru", 3),
        ("第三", "zh", 3),
        ("第3", "ja", 3),
    ],
)
def test_ordinals_are_a_class_of_their_own(text: str, language: str, value: float) -> None:
    assert values(text, language) == [(value, "ordinal")]


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("18:30", "en", 1110),
        ("6.30pm", "en", 1110),
        ("12 a.m", "en", 0),
        ("18.30 Uhr", "de", 1110),
        ("18h30", "fr", 1110),
        ("9点30分", "zh", 570),
    ],
)
def test_times_of_day_are_minutes(text: str, language: str, minutes: float) -> None:
    assert values(text, language) == [(minutes, "clock")]


@pytest.mark.parametrize(
    ("text", "digits"),
    [("1,200", 2), ("1.20", 3), ("two hundred fifty", 2), ("0", 1), ("120 million", 2)],
)
def test_significant_digits_are_those_written(text: str, digits: int) -> None:
    assert only(text).digits == digits


@given(st.integers(1, 10**15), st.sampled_from(SCRIPTS))
def test_every_script_s_digits_have_the_same_value(n: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(n))
    assert values(written, "en") == [(float(n), "plain")]


@given(st.integers(1_000, 10**12))
def test_grouped_digits_have_the_value_of_the_same_digits_alone(n: int) -> None:
    assert values(f"{n:,}", "en") == [(float(n), "plain")]
    assert values(f"{n:,}".replace(",", "."), "de") == [(float(n), "plain")]
    assert values(f"{n:,}".replace(",", " "), "fr") == [(float(n), "plain")]


_PIECES = st.sampled_from(
    [
        "two ",
        "hundred ",
        "and ",
        "5",
        ",",
        ".",
        "-",
        "%",
        "$",
        "half ",
        "a ",
        "third ",
        " to ",
        "三",
        "万",
        "و",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)), st.sampled_from(LISTED))
def test_spans_are_in_order_within_any_text_and_do_not_overlap(text: str, language: str) -> None:
    at = 0
    for found in find(text, language):
        assert at <= found.start < found.end <= len(text)
        assert found.low <= found.high
        at = found.end


@pytest.mark.parametrize(
    "piece", ["9", "two ", "a ", "$", "-", "1-", "1,", "百", "one in ", "1/", "\u0301", "half "]
)
@pytest.mark.parametrize("language", ["en", "de", "zh", "ar"])
def test_hostile_repetition_takes_linear_time(piece: str, language: str) -> None:
    started = time.process_time()
    find(piece * (30_000 // len(piece)), language)
    assert time.process_time() - started < 3
