import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.limits import MAX_TITLE_CHARS
from summarizer.text.normalise import clean, derive_id, document, is_usable_id, moment

# Characters that normalisation has rules for, with letters around them, surrogates among them.
HOSTILE = (
    " \t\n\r\x00\x0b\x0c\x1c\x1f\x7f\x85\xa0\xad\u034f\u061c\u115f\u1680\u180e\u2003\u200b\u200c"
    "\u200d\u200e\u2028\u2029\u202e\u2060\u2066\u3000\u3164\ufdd0\ufe0f\ufeff\ufff9\uffff\ud800"
    "\udfff\U000e0041\U000e0100ab.e\u0301\u0308\u0316\u0344\u05b0\u064b\u0915\u094d\u1100\u1161"
    "\u2329\u2126\u263a\U0001f469\U0001f3fd"
)
texts = st.text(st.sampled_from(HOSTILE), max_size=30) | st.text(max_size=60)
single_lines = st.text(st.characters(categories=["L", "N", "P"]), max_size=20)


@given(texts)
@example("\u2329\u200c\u263a")  # NFC moves the bracket to another block
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(texts)
def test_clean_text_is_nfc(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))


@given(texts)
def test_clean_text_can_be_encoded(text: str) -> None:
    assert clean(text).encode().decode() == clean(text)


@given(texts)
def test_clean_text_holds_no_control_but_the_line_feed(text: str) -> None:
    assert all(c == "\n" or unicodedata.category(c) != "Cc" for c in clean(text))


@given(texts)
def test_only_a_joiner_between_letters_is_left_of_invisible_characters(text: str) -> None:
    left = {c for c in clean(text) if unicodedata.bidirectional(c) in {"LRE", "RLE", "PDF", "BN"}}
    assert left <= {"\u200c", "\u200d"}


@pytest.mark.parametrize(
    "hidden",
    [
        *"\u200b\u2060\ufeff\u00ad\u034f\u3164",
        *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        *"\ufe0f\U000e0001\U000e0041\U000e007f\U000e0100\ufff9\ufdd0\uffff",
        *"\x00\x01\x08\x0e\x1b\x1f\x7f\x80\x9f\u200c\u200d",
    ],
)
def test_hidden_character_inside_a_word_goes(hidden: str) -> None:
    assert clean(f"pay{hidden}ment") == "payment"


@pytest.mark.parametrize(
    "written",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, zero-width non-joiner
        "\u0915\u094d\u200d\u0937",  # Devanagari, zero-width joiner
        "\U0001f469\u200d\U0001f680",  # an emoji of two
    ],
)
def test_joiner_that_changes_the_reading_stays(written: str) -> None:
    assert clean(written) == written


@pytest.mark.parametrize(
    "line_end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028"]
)
def test_every_kind_of_line_end_becomes_a_line_feed(line_end: str) -> None:
    assert clean(f"one{line_end}two") == "one\ntwo"


def test_paragraph_separator_becomes_a_blank_line() -> None:
    assert clean("one\u2029two") == "one\n\ntwo"


@pytest.mark.parametrize("space", [" ", "\t", "\xa0", "\u2009", "\u202f", "\u3000", " \t\xa0 "])
def test_spaces_between_words_become_one(space: str) -> None:
    assert clean(f" one{space}two{space}") == "one two"


def test_at_most_one_blank_line_is_left_between_paragraphs() -> None:
    assert clean("one \n \n\n \t\n two") == "one\n\ntwo"


def test_lone_surrogate_becomes_a_replacement_character() -> None:
    assert clean("a\ud800b\udfffc") == "a\ufffdb\ufffdc"


def test_decomposed_letters_are_composed() -> None:
    assert clean("e\u0301 \u212b \u1112\u1161\u11ab") == "\u00e9 \u00c5 \ud55c"


# One pair of combining marks of each of these; a run in the wrong order is quadratic to sort.
MARKS = {
    "latin": "\u0301\u0316",
    "hebrew": "\u05c1\u05b0",
    "arabic": "\u0610\u0655",
    "koranic": "\u06d6\u06e3",
    "syriac": "\u0730\u0731",
    "nko": "\u07eb\u07f2",
    "devanagari": "\u0951\u0952",
    "thai": "\u0e48\u0e38",
    "tibetan": "\u0f72\u0f71",
    "half marks": "\ufe20\ufe27",
    "musical": "\U0001d185\U0001d165",
}


@pytest.mark.parametrize("pair", MARKS.values(), ids=MARKS)
def test_run_of_combining_marks_is_cut(pair: str) -> None:
    marks = [c for c in clean(f"a{pair * 500}") if unicodedata.combining(c)]
    assert len(marks) <= 8


def test_title_becomes_the_first_line_followed_by_a_blank_one() -> None:
    assert document("Body.", title=" The\u200b title ").text == "The title\n\nBody."


@given(single_lines, single_lines)
def test_title_stands_once_in_a_text_that_begins_with_it(title: str, body: str) -> None:
    once = document(body, title=title)
    assert document(once.text, title=once.title).text == once.text


def test_title_that_only_begins_the_first_line_is_put_before_it() -> None:
    assert document("Rates rise again today.", title="Rates rise").text.startswith("Rates rise\n\n")


def test_document_of_a_title_alone_is_its_title() -> None:
    assert document("", title="Rates rise").text == "Rates rise"


def test_title_of_several_lines_becomes_one() -> None:
    assert document("Body.", title="Rates\nrise").title == "Rates rise"


@given(texts, texts)
@example("Body.", "Rates\n\nrise")
def test_text_of_a_document_is_clean(text: str, title: str) -> None:
    made = document(text, title=title)
    assert made.text == clean(made.text)


@given(texts, single_lines)
def test_document_made_of_a_document_is_the_same(text: str, title: str) -> None:
    made = document(text, title=title)
    assert document(made.text, title=made.title).text == made.text


def test_title_too_long_for_a_headline_stays_in_the_text_only() -> None:
    title = "x" * (MAX_TITLE_CHARS + 1)
    made = document("Body.", title=title)
    assert (made.title, made.text) == ("", f"{title}\n\nBody.")


def test_id_is_sixteen_hexadecimal_digits() -> None:
    assert re.fullmatch("[0-9a-f]{16}", document("Body.").id)


def test_id_tells_text_url_source_and_date_apart() -> None:
    made = document("Body.", url="https://a.example/", source="A", published="2026-03-03")
    others = [
        replace(made, text="Body"),
        replace(made, url="https://b.example/"),
        replace(made, source="B"),
        replace(made, published="2026-03-04"),
    ]
    assert len({derive_id(each) for each in [made, *others]}) == 5


def test_id_is_of_the_text_as_cleaned() -> None:
    assert document("caf\u00e9\r\nbar ").id == document("cafe\u0301\n\u200bbar").id


def test_id_does_not_depend_on_language_or_kind() -> None:
    assert document("Body.", language="en").id == document("Body.", language="de", kind="x").id


def test_given_id_is_kept() -> None:
    assert document("Body.", id="wire-0.3_A").id == "wire-0.3_A"


@pytest.mark.parametrize("given_id", ["", "a b", "\u00e9", "x" * 65, "a/b", "a\n"])
def test_unusable_id_is_refused(given_id: str) -> None:
    assert not is_usable_id(given_id)
    with pytest.raises(InputError, match="id"):
        document("Body.", id=given_id)


def test_text_that_is_no_string_is_refused() -> None:
    with pytest.raises(InputError, match="bytes"):
        document(cast("Any", b"Body."))


@pytest.mark.parametrize(
    "url", ["/etc/passwd", "file:///a", "ftp://a.example/", "a.example", "https://", "http://a b"]
)
def test_url_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="url"):
        document("Body.", url=url)


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "HTTP://a.example"])
def test_web_address_is_kept(url: str) -> None:
    assert document("Body.", url=url).url == url


def test_language_is_detected_when_none_is_given() -> None:
    text = "Councillors voted on Wednesday to sell the old sugar refinery to the company."
    assert document(text).language == "en"


def test_given_language_is_reduced_to_its_code() -> None:
    assert document("Body.", language="pt-BR").language == "pt"


def test_kind_is_an_article_unless_it_is_named() -> None:
    assert (document("x", kind=" Opinion ").kind, document("x", kind="").kind) == (
        "opinion",
        "article",
    )


def test_source_is_one_clean_line() -> None:
    assert document("x", source=" Harbour\n\u200bPost ").source == "Harbour Post"


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        (None, None),
        (" ", None),
        ("2026-03-03", "2026-03-03"),
        (" 2026-03-03T06:00:00+01:00 ", "2026-03-03T06:00:00+01:00"),
        ("2026-03-03T06:00:00Z", "2026-03-03T06:00:00Z"),
        (date(2026, 3, 3), "2026-03-03"),
        (datetime(2026, 3, 3, 6, tzinfo=timezone(timedelta(hours=1))), "2026-03-03T06:00:00+01:00"),
    ],
)
def test_date_is_kept_as_written_with_its_zone(
    published: str | date | None, kept: str | None
) -> None:
    assert document("x", published=published).published == kept


@pytest.mark.parametrize("published", ["yesterday", "2026-13-01", "03/04/2026"])
def test_date_that_is_not_iso_8601_is_refused(published: str) -> None:
    with pytest.raises(InputError, match="ISO 8601"):
        document("x", published=published)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-12, 12))
def test_moment_does_not_depend_on_the_zone_it_is_written_in(when: datetime, hours: int) -> None:
    # Years at the ends of the calendar leave it when they change zones.
    when = when.replace(year=min(max(when.year, 2), 9998))
    elsewhere = when.astimezone(timezone(timedelta(hours=hours)))
    assert moment(elsewhere.isoformat()) == moment(when.isoformat())


def test_moment_without_a_zone_is_in_utc() -> None:
    assert moment("2026-03-03") == moment("2026-03-03T00:00:00Z") == 1_772_496_000


def test_moment_of_an_undated_document_is_unknown() -> None:
    assert moment(None) is None
