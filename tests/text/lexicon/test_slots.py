import pytest

from summarizer.text.lexicon.slots import LANGUAGES, NAMES, slot_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_counts_the_killed_in_words_before_and_after_the_number(
    language: str,
) -> None:
    words = slot_words(language)
    assert words is not None
    assert tuple(words.slots) == NAMES
    assert words.slots["killed"].after
    assert words.slots["killed"].before
    assert words.slots["killed"].totals


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_are_lower_case(language: str) -> None:
    words = slot_words(language)
    assert words is not None
    entries = [e for cues in words.slots.values() for e in (*cues.after, *cues.before)]
    assert [entry for entry in entries if entry != entry.lower()] == []


def test_language_without_a_list_has_no_words() -> None:
    assert slot_words("und") is None
