from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import particulars
from summarizer.briefing.particulars import Particular
from summarizer.text.facts import dates
from summarizer.text.lexicon.particulars import LANGUAGES

WEDNESDAY = date(2025, 3, 5)


def found(text: str, language: str = "en") -> tuple[Particular, ...]:
    return particulars.find(text, language, dates.find(text, language, WEDNESDAY), WEDNESDAY)


def read(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(each.name, text[each.start : each.end]) for each in found(text, language)]


def one(text: str, language: str = "en") -> Particular:
    (particular,) = found(text, language)
    return particular


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A 6.1-magnitude quake hit Kessel.", "en"),
        ("An earthquake measuring 6.1 on the Richter scale hit Kessel.", "en"),
        ("Ein Erdbeben der Stärke 6,1 hat Kessel getroffen.", "de"),
        ("Un séisme de magnitude 6,1 a frappé Kessel.", "fr"),
        ("Un terremoto de 6,1 grados en la escala de Richter sacudió Kessel.", "es"),
        ("Um sismo de magnitude 6,1 atingiu Kessel.", "pt"),
        ("Землетрясение магнитудой 6,1 произошло в Кесселе.", "ru"),
        ("ضرب زلزال بقوة 6.1 درجات على مقياس ريختر الجزيرة", "ar"),
        ("发生6.1级地震。", "zh"),
    ],
)
def test_magnitude_is_read_in_every_language(text: str, language: str) -> None:
    particular = one(text, language)
    assert (particular.name, particular.value) == ("magnitude", (6.1,))


@pytest.mark.parametrize(
    "text",
    [
        "An aftershock of magnitude 6.1 followed the earthquake.",
        "Houses must withstand earthquakes of magnitude 5 or more.",
        "A problem of magnitude 6.1 faces the board.",
        "The earthquake killed 6 people at a depth of 7 kilometres.",
        "The firm could face a fine of $5 million.",
        "The firm paid a fine of up to $5 million.",
        "The firm paid a fine of $5 million each.",
        "Pupils aged 12-16 voted for the colour.",
        "A 60-vote majority is needed.",
        "She resigned from the board in March.",
        "He will be in Kessel when the ferry, built on Monday, arrives.",
        "Former Kessel mayor Otto Lind resigned.",
        "Deputy Kessel mayor Otto Lind spoke.",
        "President Ada Brenn spoke.",
        "The Kessel mayor spoke.",
        "They won a 3-1 win over nobody at all.",
    ],
)
def test_value_of_something_else_is_not_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("The council voted 51-48 to build it.", "en", (51, 48)),
        ("The plan was rejected by a vote of 48 to 51.", "en", (51, 48)),
        ("It passed by 51 votes to 48.", "en", (51, 48)),
        ("A 48-51 vote ended it.", "en", (51, 48)),
        ("Das Parlament stimmte mit 51 gegen 48 Stimmen zu.", "de", (51, 48)),
        ("Il fut adopté par 51 voix contre 48.", "fr", (51, 48)),
        ("Fue aprobado por 51 votos a favor y 48 en contra.", "es", (51, 48)),
        ("Foi aprovado por 51 votos a 48.", "pt", (51, 48)),
        ("51 голосом против 48 было решено.", "ru", (51, 48)),
        ("以51票对48票通过", "zh", (51, 48)),
    ],
)
def test_vote_is_read_as_more_against_fewer(
    text: str, language: str, value: tuple[int, int]
) -> None:
    particular = one(text, language)
    assert (particular.name, particular.value) == ("vote", value)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("He paid a fine of about $5 million.", "en", ("money: fine", "about $5 million")),
        ("The court fined the old firm $5 million.", "en", ("money: fine", "$5 million")),
        ("Bail was set at $5 million.", "en", ("money: bail", "$5 million")),
        ("They sent $5 million in aid.", "en", ("money: aid", "$5 million")),
        ("Er zahlt eine Geldstrafe von 5 Millionen Euro.", "de", ("money: Geldstrafe",)),
        ("Una multa de 5 millones de euros.", "es", ("money: multa",)),
        ("Штраф в размере 5 млн рублей.", "ru", ("money: штраф",)),
    ],
)
def test_sum_has_its_purpose(text: str, language: str, expected: tuple[str, ...]) -> None:
    ((name, written),) = read(text, language)
    assert (name, written)[: len(expected)] == expected


def test_sum_converted_in_brackets_is_left_out() -> None:
    assert read("He paid a fine of €5 million ($6 million fine).") == [
        ("money: fine", "€5 million")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kessel Rovers beat Orlen United 3-1.",
        "Kessel Rovers celebrated a 3-1 win over Orlen United.",
    ],
)
def test_score_has_both_sides_in_order(text: str) -> None:
    particular = one(text)
    assert (particular.name, particular.value) == ("score", (3, 1))
    assert particular.of == {"kessel", "rovers"}
    assert particular.over == {"orlen", "united"}


def test_score_without_a_winner_is_left_out() -> None:
    assert read("a 3-1 win over Orlen United") == []


def test_past_day_right_after_an_event_is_read() -> None:
    assert one("The ferry sank early on Monday off Kessel.").value == ("2025-03-03",)


def test_day_to_come_is_not_read() -> None:
    assert read("The gallery opened on 9 March 2025.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kessel mayor Ada Brenn spoke.", "Ada Brenn"),
        ("The mayor of Kessel, Ada de la Brenn, spoke.", "Ada de la Brenn"),
        ("Kessel Mayor Ada M. Brenn Tuesday spoke.", "Ada M. Brenn"),
    ],
)
def test_holder_of_an_office_has_a_place_and_a_family_name(text: str, name: str) -> None:
    particular = one(text)
    assert text[particular.start : particular.end] == name
    assert (particular.name, particular.value) == ("role: mayor", ("brenn",))
    assert particular.of == {"kesse"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("A magnitude 6.1 quake hit.", "A magnitude 6.4 quake hit.", True),
        ("A magnitude 6.1 quake hit.", "A magnitude 7.4 quake hit.", False),
        ("The firm paid a fine of $5.", "The firm paid a fine of €5.", False),
        ("The firm paid a fine of $5.", "The firm paid a fine of $50.", False),
        ("The firm paid a fine of $5.", "The firm got a loan of $5.", False),
        ("The Senate voted 51-48.", "The House voted 51-48.", False),
        ("The Senate voted 51-48.", "A 50-49 vote ended it.", True),
        ("They voted 51-48.", "They voted 219-197.", False),
        ("Rovers beat Orlen United 3-1.", "Rovers beat United 2-1.", True),
        ("Rovers beat Orlen United 3-1.", "Rovers beat Tarvik 2-1.", False),
        ("Kessel mayor Ada Brenn spoke.", "Kessel mayor Otto Lind spoke.", True),
        ("Kessel mayor Ada Brenn spoke.", "Kessel mayor Ada Brennan spoke.", False),
        ("Kessel mayor Ada Brenn spoke.", "Kessel mayor Ada Lind spoke.", False),
        ("Kessel mayor Ada Brenn spoke.", "South Kessel mayor Otto Lind spoke.", False),
    ],
)
def test_only_values_that_may_be_meant_for_one_thing_are_alike(
    first: str, second: str, *, expected: bool
) -> None:
    assert one(first).is_alike(one(second)) is expected


@pytest.mark.parametrize(
    ("first", "second", "is_rounded", "may_equal"),
    [
        ("about $3 billion", "$2.9 billion", True, True),
        ("$3 billion", "$2.9 billion", True, True),
        ("$3 billion", "$3.4 billion", False, False),
        ("$35 million", "$40 million", False, False),
        ("$143 billion", "$158 billion", False, False),
        ("more than $2 billion", "$2.9 billion", False, True),
        ("at least $3.5 billion", "$2.9 billion", False, False),
    ],
)
def test_rounding_and_bounds_reconcile_sums(
    first: str, second: str, *, is_rounded: bool, may_equal: bool
) -> None:
    a, b = (one(f"They got a loan of {amount}.") for amount in (first, second))
    assert a.is_rounded(b) is is_rounded
    assert a.may_equal(b) is b.may_equal(a) is may_equal


def test_upper_bound_is_not_read_as_a_sum() -> None:
    assert read("They got a loan of at most $5 million.") == []


def test_votes_are_equal_or_not() -> None:
    a, b = one("They voted 51-48."), one("They voted 50-49.")
    assert a.may_equal(a)
    assert not a.may_equal(b)
    assert not a.is_rounded(b)


def test_language_without_words_has_no_particulars() -> None:
    assert found("A magnitude 6.1 earthquake", "und") == ()
    assert particulars.kinds("A magnitude 6.1 earthquake", "und") == frozenset()


@given(
    st.lists(
        st.sampled_from(
            [
                "Kessel",
                "mayor",
                "of",
                "beat",
                "3-1",
                "win over",
                "voted",
                "$5",
                "fine",
                "sank",
                "on Monday",
                "magnitude",
                "6.1",
                "quake",
                "Ada",
                "票",
                "级地震",
                "\u202e",
            ]
        ),
        max_size=12,
    ),
    st.sampled_from(LANGUAGES),
)
def test_spans_are_in_the_text_and_in_order(words: list[str], language: str) -> None:
    text = " ".join(words)
    particulars_found = found(text, language)
    assert [p.start for p in particulars_found] == sorted(p.start for p in particulars_found)
    assert all(0 <= p.start < p.end <= len(text) and p.value for p in particulars_found)


@pytest.mark.parametrize(
    "text",
    [
        "Aa " * 30_000 + "beat 3-1 mayor vote fine $5",
        "Kessel mayor Ada 3-1 win over " * 3_000,
        "A" * 90_000 + " quake fine 3-1",
        "vote 1 to " * 9_000,
    ],
)
def test_long_text_is_read_in_linear_time(text: str) -> None:
    assert len(found(text)) <= len(text)
