import re
import tomllib
import unicodedata
from dataclasses import asdict, fields
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.lexicon import LANGUAGES, Lexicon, lexicon

UNSPACED = {"ja", "th", "zh"}
CLASSES = [field.name for field in fields(Lexicon)]
every_language = pytest.mark.parametrize("language", LANGUAGES)


def written(language: str) -> dict[str, list[str]]:
    """Return the entries of a language as its file has them, repetitions included."""
    file = resources.files("summarizer.text.lexicon").joinpath(f"{language}.toml")
    classes = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: [entry.strip() for line in text.strip().splitlines() for entry in line.split(",")]
        for name, text in classes.items()
    }


def test_languages_are_those_that_have_a_file() -> None:
    files = resources.files("summarizer.text.lexicon").iterdir()
    assert sorted(f.name for f in files if f.name.endswith(".toml")) == [
        f"{language}.toml" for language in LANGUAGES
    ]


@every_language
def test_file_has_every_class_and_no_other(language: str) -> None:
    named = [name for name in written(language) if name != "time"]
    assert [*named, "time"] == CLASSES


@every_language
def test_entries_are_read_as_they_are_written(language: str) -> None:
    read = {name: entries for name, entries in asdict(lexicon(language)).items() if entries}
    assert read == {name: frozenset(entries) for name, entries in written(language).items()}


@every_language
def test_entries_are_lower_case_nfc_with_single_spaces(language: str) -> None:
    for entries in written(language).values():
        for entry in entries:
            assert entry == unicodedata.normalize("NFC", entry.lower())
            assert re.fullmatch(r"\S+( \S+)*", entry)


@every_language
def test_entries_have_only_letters_marks_hyphens_and_plain_apostrophes(language: str) -> None:
    for entry in "".join(lexicon(language).stop | lexicon(language).connectives):
        assert entry in " -'\u200c" or unicodedata.category(entry)[0] in "LM"


@every_language
def test_no_entry_is_written_twice_in_a_class(language: str) -> None:
    for entries in written(language).values():
        assert sorted(entries) == sorted(set(entries))


@every_language
def test_classes_have_a_useful_size(language: str) -> None:
    words = lexicon(language)
    scripts = 2 if language == "sr" else 1
    assert 100 <= len(words.stop) <= 225 * scripts
    assert 8 <= len(words.pronouns) <= 45 * scripts
    assert 35 <= len(words.connectives) <= 110
    assert 18 <= len(words.reporting) <= 38


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - UNSPACED))
def test_pronouns_of_one_word_are_stop_words(language: str) -> None:
    words = lexicon(language)
    assert {word for word in words.pronouns if " " not in word} <= words.stop


@every_language
def test_a_reporting_verb_is_a_stop_word(language: str) -> None:
    assert lexicon(language).stop & lexicon(language).reporting


@pytest.mark.parametrize(
    ("language", "stop", "pronoun", "connective", "reporting"),
    [
        ("en", "don't", "they", "however", "said"),
        ("de", "über", "dieser", "außerdem", "erklärte"),
        ("fr", "qu", "celui", "en revanche", "déclaré"),
        ("es", "según", "ellos", "sin embargo", "dijo"),
        ("it", "dell", "questo", "nel frattempo", "dichiarato"),
        ("pt", "pelo", "eles", "além disso", "disse"),
        ("nl", "het", "deze", "bovendien", "zei"),
        ("pl", "przez", "jego", "natomiast", "powiedział"),
        ("ru", "ещё", "она", "кроме того", "заявил"),
        ("tr", "için", "onlar", "ancak", "dedi"),
        ("ar", "التي", "هذه", "وأضاف", "قال"),
        ("fa", "می\u200cشود", "آن\u200cها", "با این حال", "گفت"),
        ("hi", "में", "उन्होंने", "हालांकि", "कहा"),
        ("vi", "của", "ông ấy", "tuy nhiên", "cho biết"),
        ("zh", "的", "他们", "此外", "表示"),
        ("ja", "した", "彼は", "しかし", "述べた"),
        ("ko", "있다", "그는", "하지만", "말했다"),
        ("th", "ที่", "เขา", "อย่างไรก็ตาม", "กล่าวว่า"),
    ],
)
def test_common_words_stand_in_their_class(
    language: str, stop: str, pronoun: str, connective: str, reporting: str
) -> None:
    words = lexicon(language)
    assert stop in words.stop
    assert pronoun in words.pronouns
    assert connective in words.connectives
    assert reporting in words.reporting


@pytest.mark.parametrize("language", ["fa", "ur"])
def test_persian_and_urdu_do_not_use_arabic_yeh_and_kaf(language: str) -> None:
    letters = {letter for entries in written(language).values() for letter in "".join(entries)}
    assert not letters & {"\u064a", "\u0643"}


@pytest.mark.parametrize("word", ["us", "who"])
def test_english_keeps_the_country_but_not_the_relative_pronoun(word: str) -> None:
    assert (word in lexicon("en").stop) == (word == "who")


@pytest.mark.parametrize(
    ("language", "article"), [("de", "der"), ("nl", "het"), ("sv", "den"), ("da", "de")]
)
def test_words_that_mostly_open_a_sentence_as_articles_are_no_pronouns(
    language: str, article: str
) -> None:
    assert article in lexicon(language).stop
    assert article not in lexicon(language).pronouns


def test_serbian_has_both_scripts() -> None:
    assert {"који", "koji"} <= lexicon("sr").stop


def test_a_language_is_read_once() -> None:
    assert lexicon("en") is lexicon("en")


@given(st.text().filter(lambda language: language not in LANGUAGES))
def test_unknown_language_has_an_empty_lexicon(language: str) -> None:
    assert lexicon(language) == Lexicon()


@pytest.mark.parametrize("language", ["", "und", "EN", "en.toml", "../lexicon/en", "nb"])
def test_only_exact_codes_are_known(language: str) -> None:
    assert lexicon(language) == Lexicon()
