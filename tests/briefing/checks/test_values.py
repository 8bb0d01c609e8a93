from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]

CITED = "The Ministry of Works opened two gates of the dam in Kessel with Brian Doe on 3 March."
TITLE = "Gates open in April, says Varrow of the Lowland Water Board"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Works", "April"),  # a month for a name
        ("3 March", "3 Varrow"),  # a name for a month
        ("Kessel", "The"),
        ("Kessel", "Varrow"),
        ("two", "nine"),
        ("3 March", "9 March"),
    ],
)
def test_a_value_in_the_place_of_another_is_flagged(kinds: Kinds, was: str, now: str) -> None:
    assert kinds(CITED.replace(was, now), CITED, title=TITLE)


def test_a_function_word_that_ends_as_a_name_does_is_no_name(kinds: Kinds) -> None:
    claim = CITED.replace("Brian Doe", "him")
    assert kinds(claim, CITED, title=TITLE) == set()


@pytest.mark.parametrize(
    ("cited", "claim"),
    [
        (
            "The firm halted its work in Venezuela as it had no raw material for the plant.",
            "The firm halted its work in Venezuelans as it had no raw material for the plant.",
        ),
        (
            "It was a rare act of public anger in China, and the police of the city stood by.",
            "It was a rare act of public anger in Chinese, and the police of the city stood by.",
        ),
    ],
)
def test_a_people_does_not_stand_for_its_country(kinds: Kinds, cited: str, claim: str) -> None:
    assert "role" in kinds(claim, cited)


@pytest.mark.parametrize(
    ("was", "now"), [("Kenyan", "Kenya"), ("Kenyan", "Kenya's"), ("Kenyan", "Kenyans'")]
)
def test_before_a_noun_either_will_do(kinds: Kinds, was: str, now: str) -> None:
    cited = "Counting of Kenyan election results has slowed down because of broken machines."
    assert kinds(cited.replace(was, now), cited) == set()


def test_another_name_for_one_with_its_clause_is_flagged(kinds: Kinds) -> None:
    cited = (
        "The council already considers Kessel and Doral, which together make up the valley that "
        "the river flooded in spring, to be safe towns."
    )
    claim = "The council already considers Kessel and Varrow to be safe towns."
    assert "role" in kinds(claim, cited, title="Varrow votes on its dam")
    assert kinds(claim.replace("Varrow", "Doral"), cited) == set()


def test_initials_of_some_words_of_a_long_name_are_the_same(kinds: Kinds) -> None:
    cited = "The US Lowland Flood Warning Center issued a warning for all towns of the valley."
    claim = "The LFWC issued a warning for all towns of the valley."
    assert kinds(claim, cited) == set()


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Forward Singapore", "Singaporeans"),
        ("Chinese", "China Vanke"),  # a firm
        ("Chinese", "Beijing"),
        ("Bayfront Ave", "Avenue"),
        ("Chinese port", "Chinese Vanke port"),
        ("Flight 447", "Flight 450"),
        ("18,387", "18,390"),
    ],
)
def test_what_only_shares_a_part_with_a_name_or_number_is_flagged(
    kinds: Kinds, was: str, now: str
) -> None:
    cited = (
        "A Forward Singapore forum on Bayfront Ave saw 18,387 people, of whom some had come with "
        "Flight 447 from a Chinese port on the day before."
    )
    assert kinds(cited.replace(was, now), cited, title="China Vanke and Beijing")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Anna Karlsson", "Karlsson"),
        ("United Kingdom", "Britain"),
        ("447 boats", "450 boats"),
        ("18,387", "18,400"),
    ],
)
def test_part_of_a_name_or_a_rounded_number_says_the_same(kinds: Kinds, was: str, now: str) -> None:
    cited = (
        "On the day before, Anna Karlsson of the United Kingdom had counted 447 boats, with which "
        "18,387 people had come to the port."
    )
    assert kinds(cited.replace(was, now), cited) == set()
