import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.inflection import fold, sought, written


def is_form(word: str, term: str, language: str) -> bool:
    return not written(word, language).isdisjoint(sought(term, language))


@pytest.mark.parametrize(
    ("term", "language", "forms"),
    [
        ("tariff", "en", "tariffs Tariffs TARIFF"),
        ("policy", "en", "policies"),
        ("strike", "en", "strikes striking"),
        ("stop", "en", "stops stopped stopping"),
        ("merge", "en", "merged merging merges"),
        ("tariff", "und", "tariffs"),
        ("Selenskyj", "de", "Selenskyjs"),
        ("Haus", "de", "Häuser"),
        ("élection", "fr", "élections Elections"),
        ("elección", "es", "elecciones"),
        ("voz", "es", "voces"),
        ("central", "pt", "centrais"),
        ("eleição", "pt", "eleições"),
        ("banka", "cs", "banky bance bankou"),
        ("Wybory", "pl", "wyborów wyborach"),
        ("Путин", "ru", "Путина Путину Путиным Путине"),
        ("Зеленский", "ru", "Зеленского Зеленским"),
        ("Зеленський", "uk", "Зеленського Зеленським"),
        ("الصين", "ar", "للصين والصين بالصين صين"),
        ("إيران", "ar", "لإيران وإيران ايران"),
        ("ירושלים", "he", "בירושלים ומירושלים"),
        ("젤렌스키", "ko", "젤렌스키는 젤렌스키의"),
        ("Erdogan", "tr", "Erdoğan"),
        ("Istanbul", "tr", "İstanbul"),
        ("Orbán", "hu", "Orbánnak Orban"),
        ("चुनाव", "hi", "चुनावों"),
        ("εκλογές", "el", "ΕΚΛΟΓΕΣ εκλογών"),
    ],
)
def test_a_term_finds_its_forms(term: str, language: str, forms: str) -> None:
    assert [form for form in forms.split() if not is_form(form, term, language)] == []


@pytest.mark.parametrize(
    ("word", "term", "language"),
    [
        ("new", "news", "en"),
        ("police", "policy", "en"),
        ("organisation", "organ", "en"),
        ("university", "universe", "en"),
        ("Malik", "Mali", "en"),
        ("ندا", "كندا", "ar"),
    ],
)
def test_a_word_that_only_looks_alike_is_no_form(word: str, term: str, language: str) -> None:
    assert not is_form(word, term, language)


@given(st.text(min_size=1, max_size=30), st.sampled_from(["en", "de", "ru", "ar", "ko", "xx"]))
def test_every_word_is_a_form_of_itself(word: str, language: str) -> None:
    assert is_form(word, word, language)


def test_signs_that_belong_to_the_letters_of_a_script_are_no_accents() -> None:
    assert fold("ガ") == "ガ"
    assert fold("की") == "की"
    assert fold("Čapek’S") == "capek’s"
