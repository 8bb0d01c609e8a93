import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import slots
from summarizer.text.lexicon.slots import LANGUAGES


def read(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(slot.name, text[slot.start : slot.end]) for slot in slots.find(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 people were killed and 30 injured.", [("killed", "14"), ("injured", "30")]),
        ("The blast killed 14 people and wounded 30.", [("killed", "14"), ("injured", "30")]),
        ("The death toll from the 6.4 quake rose to 21.", [("killed", "21")]),
        ("Fourteen people lost their lives.", [("killed", "Fourteen")]),
        ("The fire left 14 dead.", [("killed", "14")]),
        ("The storm claimed the lives of 14 people.", [("killed", "14")]),
        ("14 people on board the ferry were killed.", [("killed", "14")]),
        ("14 people, including 3 children, were killed.", [("killed", "14")]),
        ("Seven people are still missing.", [("missing", "Seven")]),
        ("Police arrested 12 people.", [("arrested", "12")]),
        ("12 people were taken into custody.", [("arrested", "12")]),
        ("Crews rescued 40 people.", [("rescued", "40")]),
        ("4,800 residents were told to evacuate.", [("evacuated", "4,800")]),
    ],
)
def test_number_is_bound_to_what_became_of_those_counted(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Three of the dead were children.",
        "Among them were 14 people.",
        "It killed 14 more people.",
        "Two others were killed as well.",
        "The attack killed or injured 40 people.",
        "40 people were killed or injured.",
        "The bomb could have killed 14 people.",
        "14 people were feared dead.",
        "He was killed 14 years ago.",
        "She was arrested in 2014.",
        "A 14-year-old boy was killed.",
        "14 militants killed a soldier.",
        "Unemployment killed 14 % of demand.",
        "The dead were taken to 14 hospitals.",
        "14 people: nobody was killed.",
        "Nothing of the kind in 14 words.",
    ],
)
def test_number_whose_binding_is_not_sure_fills_no_slot(text: str) -> None:
    assert read(text) == []


def test_verb_with_an_object_does_not_count_its_subject() -> None:
    assert read("14 militants killed three soldiers.") == [("killed", "three")]


def test_number_reached_is_the_total_not_the_number_before() -> None:
    (slot,) = slots.find("The death toll climbed to 21 on Monday.", "en")
    assert slot.is_total
    assert slot.low == slot.high == 21


def test_bound_is_part_of_the_number_as_written() -> None:
    text = "The blast killed at least 14 people."
    (slot,) = slots.find(text, "en")
    assert text[slot.start : slot.end] == "at least 14"
    assert slot.interval[0] == 14
    assert slot.bound == "at_least"


def test_kind_of_people_counted_is_kept() -> None:
    (slot,) = slots.find("More than 20 police officers were injured.", "en")
    assert slot.who == ("police", "officers")
    assert slot.is_part


def test_number_of_anybody_names_nobody() -> None:
    (slot,) = slots.find("20 people were injured.", "en")
    assert slot.who == ()
    assert not slot.is_part


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("14 people died.", "14 people died.", True),
        ("14 people died.", "21 people died.", False),
        ("At least 14 people died.", "21 people died.", True),
        ("At least 24 people died.", "21 people died.", False),
        ("Up to 30 people died.", "21 people died.", True),
        ("About 100 people died.", "104 people died.", True),
        ("88 people died.", "90 people died.", False),
        ("4,800 people died.", "4,812 people died.", True),
    ],
)
def test_bounds_and_rounding_say_whether_one_number_can_be_meant(
    first: str, second: str, *, expected: bool
) -> None:
    (a,), (b,) = slots.find(first, "en"), slots.find(second, "en")
    assert a.may_equal(b) is expected
    assert b.may_equal(a) is expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Mindestens 14 Menschen wurden getötet und 30 verletzt.", [14, 30]),
        ("de", "Die Zahl der Toten stieg auf 21.", [21]),
        ("fr", "L'attentat a fait 14 morts et 30 blessés.", [14, 30]),
        ("fr", "Au moins 12 personnes ont été interpellées.", [12]),
        ("es", "El atentado dejó 14 muertos y 30 heridos.", [14, 30]),
        ("es", "La policía detuvo a 12 personas.", [12]),
        ("pt", "Pelo menos 14 pessoas morreram e 30 ficaram feridas.", [14, 30]),
        ("ru", "Погибли 14 человек, ещё 30 пострадали.", [14, 30]),
        ("ru", "Число погибших выросло до 21.", [21]),
        ("ar", "مقتل 14 شخصا وإصابة 30 آخرين في انفجار.", [14, 30]),
        ("ar", "ارتفع عدد القتلى إلى 21.", [21]),
        ("zh", "事故造成至少14人死亡，30人受伤。", [14, 30]),
        ("zh", "死亡人数升至21人。", [21]),
    ],
)
def test_slots_are_found_in_other_languages(language: str, text: str, expected: list[int]) -> None:
    assert [slot.low for slot in slots.find(text, language)] == expected


def test_total_that_rose_to_a_number_is_no_upper_bound() -> None:
    (slot,) = slots.find("Число погибших выросло до 21.", "ru")
    assert slot.bound == "exact"


def test_language_without_words_has_no_slots() -> None:
    assert slots.find("14 people were killed.", "und") == ()


@given(st.text(), st.sampled_from([*LANGUAGES, "und"]))
def test_spans_lie_in_the_text_in_order(text: str, language: str) -> None:
    end = 0
    for slot in slots.find(f"{text} 14 people were killed", language):
        assert end <= slot.start < slot.end
        end = slot.end


@pytest.mark.parametrize("character", ["\u0301", "\u202e", " ", "4", "killed ", "14 "])
def test_hostile_text_takes_no_quadratic_time(character: str) -> None:
    slots.find(f"killed {character * 5_000}", "en")
