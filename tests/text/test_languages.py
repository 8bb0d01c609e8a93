"""What holds in every language that the project promises."""

import tomllib
import unicodedata
from pathlib import Path

import pytest

from summarizer.render.labels import direction
from summarizer.text import language, lexical, prose, sentences
from summarizer.text.lexicon import lexicon

REPORTS = tomllib.loads(Path(__file__).parent.parent.joinpath("languages.toml").read_text("utf-8"))
LANGUAGES = [
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "cs", "ru", "uk", "el", "tr", "ar",
    "fa", "he", "hi", "bn", "th", "vi", "id", "zh", "ja", "ko",
]  # fmt: skip
GLUE = {"ja": "", "th": "\n", "zh": ""}  # between sentences; a space elsewhere
each_language = pytest.mark.parametrize("code", LANGUAGES)
each_report = pytest.mark.parametrize("report", ["flood", "again", "bank"])
stemmed = pytest.mark.parametrize("code", [c for c in LANGUAGES if "forms" in REPORTS[c]])


def text(code: str, report: str) -> str:
    return GLUE.get(code, " ").join(REPORTS[code][report])


def test_every_promised_language_has_its_reports() -> None:
    assert list(REPORTS) == LANGUAGES


@each_report
@each_language
def test_report_is_cut_into_the_sentences_it_was_written_in(code: str, report: str) -> None:
    found = sentences.split(text(code, report), language=code)
    assert [sentence.text for sentence in found] == REPORTS[code][report]


@each_report
@each_language
def test_language_of_a_report_is_detected(code: str, report: str) -> None:
    assert language.detect(text(code, report)) == code


@each_language
def test_only_arabic_hebrew_and_persian_run_from_right_to_left(code: str) -> None:
    assert (direction(code) == "rtl") == (code in {"ar", "fa", "he"})


@each_language
def test_no_letter_or_mark_of_a_report_is_lost_in_its_words(code: str) -> None:
    written = text(code, "flood").lower()
    kept = set("".join(lexical.words(written)))
    assert {sign for sign in written if unicodedata.category(sign)[0] in "LM"} <= kept


@pytest.mark.parametrize("code", ["ja", "th", "zh"])
def test_words_of_a_script_without_spaces_are_pairs(code: str) -> None:
    found = [w for w in lexical.words(text(code, "flood")) if lexical.is_unspaced(w)]
    assert len(found) > 50
    assert {len(word) for word in found} <= {1, 2}


@pytest.mark.parametrize("code", [c for c in LANGUAGES if c not in GLUE])
def test_words_are_counted_between_spaces(code: str) -> None:
    first = REPORTS[code]["bank"][0]
    assert lexical.count_words(first) == len(first.replace(" %", "").split())


@pytest.mark.parametrize(("code", "n_words"), [("zh", 9), ("ja", 13), ("th", 16)])
def test_words_without_spaces_are_counted_by_characters(code: str, n_words: int) -> None:
    assert lexical.count_words(REPORTS[code]["bank"][0]) == n_words


@each_language
def test_common_function_words_are_stop_words(code: str) -> None:
    assert set(REPORTS[code]["stop"]) <= lexicon(code).stop


@stemmed
def test_forms_of_a_word_have_one_stem(code: str) -> None:
    first, second = REPORTS[code]["forms"]
    assert first != second
    assert lexical.stems([first], code) == lexical.stems([second], code)


@each_report
@each_language
def test_every_sentence_of_a_report_can_be_printed(code: str, report: str) -> None:
    assert [s for s in REPORTS[code][report] if not prose.is_prose(s, code)] == []


@each_report
@each_language
def test_no_sentence_of_a_report_leans_on_another(code: str, report: str) -> None:
    assert [s for s in REPORTS[code][report] if prose.is_dangling(s, code)] == []


@each_language
def test_titles_can_head_a_story(code: str) -> None:
    titles = [REPORTS[code][f"{report}_title"] for report in ("flood", "again", "bank")]
    assert [title for title in titles if not prose.is_headline(title)] == []
