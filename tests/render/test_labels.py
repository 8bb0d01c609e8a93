import re
from dataclasses import fields
from typing import get_args

import pytest

from summarizer.render.labels import LANGUAGES, Labels, direction, labels
from summarizer.types import Change, ConflictKind, Use, Verdict

PLACEHOLDER = re.compile(r"\{\w+\}")
COUNTED_IN_WORDS = {"ar"}  # one and two are words of their own


def _flat(words: Labels) -> dict[str, str]:
    """Every word of the labels that is no counted one, by its path."""
    found = {}
    for field in fields(Labels):
        value = getattr(words, field.name)
        if isinstance(value, str):
            found[field.name] = value
        elif field.name != "counted":
            found |= {f"{field.name}.{key}": text for key, text in value.items()}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_filled_and_keeps_its_placeholders(language: str) -> None:
    words, english = _flat(labels(language)), _flat(labels("en"))

    assert words.pop("language") == language
    assert words.keys() == english.keys() - {"language"}
    for name, text in words.items():
        assert text.strip(), name
        assert text == text.strip() or name.startswith("punctuation."), name
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(english[name])), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_word_has_forms_that_hold_the_number(language: str) -> None:
    counted = labels(language).counted

    assert counted.keys() == labels("en").counted.keys()
    for name, forms in counted.items():
        spelled_out = forms[:2] if language in COUNTED_IN_WORDS else ()
        assert all(form.count("{n}") == 1 or form in spelled_out for form in forms), name


def test_all_that_can_be_said_has_a_word() -> None:
    words = labels("en")

    assert set(words.verdicts) == set(get_args(Verdict))
    assert set(words.meanings) == set(get_args(Verdict)) - {"verbatim"}
    assert set(words.changes) == set(get_args(Change))
    assert set(words.conflicts) == set(get_args(ConflictKind))
    assert set(words.counted) >= {*get_args(Verdict), *get_args(Use)}


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
