from dataclasses import fields

import pytest

from summarizer.render.labels import Labels, direction, labels

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "zh", "ja")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_filled_and_keeps_its_placeholder(language: str) -> None:
    words = labels(language)

    assert words.language == language
    for field in fields(Labels):
        text, english = getattr(words, field.name), getattr(labels("en"), field.name)
        assert text.strip() == text != "", field.name
        for placeholder in ("{n}", "{source}"):
            assert (placeholder in text) == (placeholder in english), field.name


@pytest.mark.parametrize(("code", "language"), [("pt-BR", "pt"), ("zh_Hant", "zh"), ("DE", "de")])
def test_a_region_or_a_script_does_not_change_the_labels(code: str, language: str) -> None:
    assert labels(code) == labels(language)


@pytest.mark.parametrize("code", ["sw", "und", ""])
def test_a_language_without_labels_gets_english_ones(code: str) -> None:
    assert labels(code) == labels("en")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("yi", "rtl"),
        ("en", "ltr"),
        ("zh", "ltr"),
        ("und", "auto"),
    ],
)
def test_direction_follows_the_language(code: str, expected: str) -> None:
    assert direction(code) == expected
