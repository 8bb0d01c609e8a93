from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.transliterate import STEM_CHARS, cognate_stem, latin, skeleton, spelling

SOUNDS = frozenset("bdfkmnrst")  # one letter for each class of consonants


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Kolvik", ("كولفيك", "Колвик", "Κόλβικ")),
        ("Putin", ("Путин", "Πούτιν", "بوتين")),
        ("Washington", ("Вашингтон", "Вашінгтон")),
        ("Graner", ("גרנר", "ग्रैनर", "Гранер")),
        ("Obama", ("Обама", "Ομπάμα", "ओबामा")),
        ("Musk", ("マスク", "Маск")),
    ],
)
def test_a_name_has_one_skeleton_in_several_scripts(name: str, others: tuple[str, ...]) -> None:
    assert {skeleton(other) for other in others} == {skeleton(name)}


def test_names_that_differ_in_a_consonant_have_different_skeletons() -> None:
    assert skeleton("Kolvik") != skeleton("Kolmik")


def test_han_characters_give_their_mandarin_reading() -> None:
    assert latin("北京") == "beijing"


@given(st.text())
def test_a_skeleton_has_consonant_classes_and_no_doublings(word: str) -> None:
    found = skeleton(word)
    assert set(found) <= SOUNDS
    assert all(a != b for a, b in pairwise(found))


@given(st.text())
def test_a_skeleton_does_not_depend_on_case_or_doubled_letters(word: str) -> None:
    ascii_word = latin(word)
    assert skeleton(ascii_word.upper()) == skeleton(ascii_word)


@given(st.text())
def test_latin_letters_stay_what_they_are(word: str) -> None:
    letters = latin(word)
    assert latin(letters) == letters
    assert letters.isascii()
    assert not letters or letters.isalpha()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zelenskyy", "Zelensky"), ("Škoda", "Skoda"), ("Shopee", "Shope"), ("Marx", "Marks")],
)
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(
    "words",
    [("inflation", "inflación", "inflasi"), ("economy", "ekonomi"), ("telephone", "teléfono")],
)
def test_cognates_share_a_stem(words: tuple[str, ...]) -> None:
    stems = {cognate_stem(word) for word in words}
    assert len(stems) == 1
    assert all(len(stem) <= STEM_CHARS for stem in stems)
