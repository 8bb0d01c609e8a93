import tomllib
import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.facts import wording
from summarizer.text.facts.tokens import tokens
from summarizer.text.lexicon import LANGUAGES

FILES = sorted(
    file.name.removesuffix(".toml")
    for file in resources.files("summarizer.text.lexicon").joinpath("wording").iterdir()
    if file.name.endswith(".toml")
)


def spoken(text: str, language: str = "en") -> list[str]:
    found = tokens(text)
    return [
        text[found[s.first].start : found[s.last - 1].end]
        for s in wording.speakers(found, language)
    ]


def negators(text: str, language: str = "en") -> list[str]:
    words = [token.word for token in tokens(text)]
    return [" ".join(words[a:b]) for a, b in wording.negators(words, language)]


def test_every_file_is_of_a_language_of_the_lexicon() -> None:
    assert set(FILES) <= set(LANGUAGES)


@pytest.mark.parametrize("language", FILES)
def test_entries_are_lower_case_nfc_and_each_language_negates_and_hedges(language: str) -> None:
    file = resources.files("summarizer.text.lexicon").joinpath("wording", f"{language}.toml")
    text = file.read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    assert {"negators", "negating", "hedges", "hedging", "certainty", "because"} <= lists.keys()
    for entries in lists.values():
        assert entries == unicodedata.normalize("NFC", entries.lower())
    assert wording.wording(language).negators


def test_a_language_without_a_file_has_no_lists() -> None:
    assert wording.wording("xx") == wording.Wording()
    assert wording.wording("../wording/en") == wording.Wording()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “it broke” and 'left'.", ["it broke", "left"]),
        ('He said "it broke".', ["it broke"]),
        ("Er sagte: „Er brach“.", ["Er brach"]),
        ("Il a dit « il a cédé ».", [" il a cédé "]),
        ("他说「决堤了」。", ["决堤了"]),
        ("The dam's gate, the workers' plan", []),
        ("“a” ''", []),
        ('צה"ל ומנכ"ל', []),
    ],
)
def test_what_stands_between_quotation_marks_is_a_quotation(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in wording.quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said the dam broke.", ["The mayor"]),
        ("The dam broke, said the mayor.", ["the mayor"]),
        ("“It broke,” said Jana Holm.", ["Jana Holm"]),
        ("The dam broke, according to the board.", ["the board"]),
        ("The mayor, a former teacher, said prices rose.", ["The mayor, a former teacher,"]),
        ("According to whom.", ["whom"]),
        ("The dam broke.", []),
        ("It broke in the United States on Monday.", []),
        ("According to.", []),
        (", said.", []),
    ],
)
def test_who_says_so_is_the_speaker(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "قالت الشرطة ان السد انهار", ["الشرطة"]),
        ("zh", "马克龙表示，大坝决堤。", ["马克龙"]),
        ("de", "Der Damm brach, sagte die Betreiberin.", ["die Betreiberin"]),
        ("fr", "Selon la mairie, le barrage a cédé.", ["la mairie"]),
    ],
)
def test_speakers_of_other_languages_are_found(
    language: str, text: str, expected: list[str]
) -> None:
    assert spoken(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It did not break, no longer, and couldn't.", ["not", "no longer", "couldn't"]),
        ("en", "Not only that, it broke no later than noon.", []),
        ("zh", "不过大坝没有决堤。", ["没 有"]),
    ],
)
def test_words_that_negate_are_negators(language: str, text: str, expected: list[str]) -> None:
    assert negators(text, language) == expected


@given(st.text())
def test_quotations_slice_back(text: str) -> None:
    for mention in wording.quotations(text):
        assert mention.end - mention.start >= wording.MIN_QUOTED_CHARS
        assert mention.end < len(text)
