import pytest

from summarizer.text.lexicon.facets import LANGUAGES, facet_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_phrases_for_each_facet(language: str) -> None:
    words = facet_words(language)
    assert words is not None
    assert words.open
    assert words.next
    assert words.why


def test_language_without_a_list_has_no_phrases() -> None:
    assert facet_words("und") is None
