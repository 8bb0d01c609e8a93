import tomllib
import unicodedata
from importlib import resources

import pytest

from summarizer.text.facts.senses import Senses, senses
from summarizer.text.lexicon import LANGUAGES

FILES = sorted(
    file.name.removesuffix(".toml")
    for file in resources.files("summarizer.text.lexicon").joinpath("senses").iterdir()
    if file.name.endswith(".toml")
)


def keys(word: str, stem: str = "", language: str = "en") -> frozenset[str]:
    return frozenset(f"#{n}" for n in senses(language).of(word, stem or word))


def test_every_file_is_of_a_language_of_the_lexicon() -> None:
    assert set(FILES) <= set(LANGUAGES)


@pytest.mark.parametrize("language", FILES)
def test_lines_hold_lower_case_words_parted_by_commas_and_bars(language: str) -> None:
    file = resources.files("summarizer.text.lexicon").joinpath("senses", f"{language}.toml")
    text = tomllib.loads(file.read_text(encoding="utf-8"))["senses"]
    assert text == unicodedata.normalize("NFC", text.lower())
    for line in filter(None, text.splitlines()):
        sides = [[word.strip() for word in side.split(",")] for side in line.split("|")]
        assert all(word for side in sides for word in side), line
        assert len({tuple(side) for side in sides}) == len(sides), line
    assert senses(language).opposed


def test_words_of_a_side_share_a_sense() -> None:
    assert keys("rose") & keys("climbing", "climb")


def test_words_of_two_sides_exclude_each_other() -> None:
    assert senses("en").opposing(keys("rose")) & keys("fell")
    assert not senses("en").opposing(keys("rose")) & keys("climb")


def test_a_phrase_has_the_sense_of_its_words_together() -> None:
    assert keys("united states") & keys("us")
    assert ("united", "states") in senses("en").phrases["united"]


def test_keys_that_are_no_senses_oppose_nothing() -> None:
    assert senses("en").opposing(frozenset({"#", "#x", "rise", "^rise"})) == frozenset()


def test_a_language_without_a_file_has_no_senses() -> None:
    assert senses("xx") == Senses()
    assert senses("xx").of("rose", "rose") == frozenset()
