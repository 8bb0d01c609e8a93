import re
import unicodedata
from fractions import Fraction
from importlib import resources

import pytest

from summarizer.text.lexicon import LANGUAGES, dates, quantities, tables
from summarizer.text.lexicon.tables import Table

PACKAGES = ("summarizer.text.lexicon.quantities", "summarizer.text.lexicon.dates")
UNITS = {"percent", "percentage_point", "basis_point", "tenth"}
BOUNDS = {"about", "at_least", "more_than", "at_most", "less_than"}
AS_WRITTEN = {"clitics", "attached"}  # patterns, and units whose capitals count


def listed(package: str) -> list[str]:
    names = (file.name for file in resources.files(package).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


FILES = [(package, language) for package in PACKAGES for language in listed(package)]
every_file = pytest.mark.parametrize(("package", "language"), FILES)


def entries(package: str, language: str) -> list[str]:
    found: list[str] = []
    for name, value in tables.read(package, language).items():
        lists = value.values() if isinstance(value, dict) else [value]
        found += [
            word
            for words in lists
            if isinstance(words, tuple) and name not in AS_WRITTEN
            for word in words
            if isinstance(word, str)
        ]
    return found


@every_file
def test_files_are_of_known_languages(package: str, language: str) -> None:
    assert language in {*LANGUAGES, "und"}, package


@every_file
def test_entries_are_lower_case_nfc_with_single_spaces(package: str, language: str) -> None:
    for entry in entries(package, language):
        assert entry == unicodedata.normalize("NFC", entry.lower())
        assert re.fullmatch(r"\S+( \S+)*", entry)
        assert "\u2019" not in entry


@every_file
def test_no_word_stands_for_two_things_in_a_table(package: str, language: str) -> None:
    for value in tables.read(package, language).values():
        if isinstance(value, dict):
            words = [word for words in value.values() for word in words]
            assert sorted(words) == sorted(set(words))


def numbers(table: Table) -> list[Fraction]:
    return [Fraction(key) for key in table]


@pytest.mark.parametrize("language", [*LANGUAGES, "und"])
def test_keys_are_numbers_units_currencies_and_bounds(language: str) -> None:
    words = quantities.words(language)
    for table in (words.words, words.ones, words.scales, words.ordinals, words.parts):
        assert all(number >= 0 for number in numbers(table))
    assert all(0 < share < 1 for share in numbers(words.shares))
    assert set(words.units) <= UNITS
    assert {*words.before, *words.after} <= BOUNDS
    assert all(re.fullmatch("[A-Z]{3}", code) for code in {*words.currencies, *words.codes})


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_of_dates_are_in_range(language: str) -> None:
    words = dates.words(language)
    assert set(map(int, words.months)) <= set(range(1, 13))
    assert set(map(int, words.weekdays)) <= set(range(7))
    assert set(map(int, words.days)) <= {-2, -1, 0, 1, 2}
    assert all(re.fullmatch("(week|month|year) (-[12]|[01])", key) for key in words.periods)
    assert set(words.lengths) <= {"day", "week", "month", "year"}


def test_what_all_languages_share_comes_after_their_own() -> None:
    percent = quantities.words("en").units["percent"]
    assert percent[0] == "percent"
    assert "%" in percent


@pytest.mark.parametrize("language", ["xx", "", "../en", "en.toml"])
def test_a_language_without_a_file_has_what_all_share(language: str) -> None:
    assert quantities.words(language) == quantities.words("und")
    assert dates.words(language) == dates.DateWords()


def test_a_hyphen_in_a_word_is_a_space_where_words_are_looked_up() -> None:
    assert tables.flat({"0": ("segunda-feira",)}) == {"segunda feira": "0"}
