import pytest

from summarizer.text.lexicon.particulars import LANGUAGES, particular_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_magnitudes_and_votes(language: str) -> None:
    words = particular_words(language)
    assert words is not None
    assert words.magnitude_before
    assert words.magnitude_after
    assert words.quakes
    assert words.votes
    assert words.against


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_purposes_events_and_roles_can_name_a_group(language: str) -> None:
    words = particular_words(language)
    assert words is not None
    names = [*words.purposes, *words.charges, *words.events, *words.roles]
    assert [name for name in names if not name.isidentifier()] == []


def test_verbs_of_a_purpose_belong_to_one_that_has_nouns() -> None:
    words = particular_words("en")
    assert words is not None
    assert words.charges.keys() <= words.purposes.keys()


def test_language_without_a_list_has_no_words() -> None:
    assert particular_words("und") is None
