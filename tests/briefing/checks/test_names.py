from collections.abc import Callable

import pytest

from summarizer.briefing.checks.flags import Flag

Find = Callable[..., list[Flag]]
Kinds = Callable[..., set[str]]


def test_a_name_that_the_source_does_not_have_is_named(find: Find) -> None:
    (flag,) = find(
        "The bridge was opened again by Jana Holm.", "The bridge was opened again by Petr Novak."
    )[:1]
    assert flag.reason == "Jana Holm does not occur in the cited text"


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Holm opened the bridge.", "Novak opened the bridge."),
        ("Ruritania's minister left.", "The minister of Varrow left."),
        ("Macron has met Scholz.", "Biden has met Scholz."),
        ("John Brown met reporters.", "John Smith met Peter Brown and reporters."),
        ("Portugal sold gas.", "China sold gas."),
        ("Mrs. Stone won.", "Mrs. Hill won."),
        ("NATO sent aid.", "The World Food Programme sent aid."),
    ],
)
def test_another_name_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert kinds(claim, cited) & {"name", "role", "speaker"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The WHO sent aid.", "The World Health Organization sent aid."),
        ("The World Health Organization sent aid.", "The WHO sent aid."),
        ("The UN's SDGs are goals.", "The UN's sustainable development goals are goals."),
        ("A Brazilian delegation came.", "A delegation from Brazil came."),
        ("The French minister came.", "The minister of France came."),
        ("Mr Holm came.", "Holm came."),
        ("Himachal Pradesh votes.", "Himachal Preadesh votes."),
        ("Heavy rain fell.", "It rained: heavy rain fell."),
        ("Rain has fallen.", "It has rained."),
        ("Doctor Holm came.", "Dr Holm came."),
        ("Canterbury's Justin Welby came.", "Justin Welby of Canterbury came."),
    ],
)
def test_the_same_name_in_another_form_is_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert not kinds(claim, cited) & {"name", "role"}


def test_german_nouns_at_the_start_are_no_names(kinds: Kinds) -> None:
    assert kinds("Regen war gefallen.", "Es war Regen gefallen.", language="de") == set()


def test_a_name_of_the_title_is_known(kinds: Kinds) -> None:
    cited = "The mayor opened the bridge."
    assert kinds("The mayor Jana Holm opened the bridge.", cited, title="Jana Holm opens") == set()


def test_a_name_in_full_beside_its_initials_is_another_one(kinds: Kinds) -> None:
    cited = "The LWB told Varrow to pay."
    assert "name" in kinds("The LWB told Lowland Water Board to pay.", cited)


@pytest.mark.parametrize(
    "claim",
    [
        "The Lowland Water Board told Varrow to pay.",
        "The Lowland Water Board (LWB) told Varrow to pay.",
        "The LWB (Lowland Water Board) told Varrow to pay.",
    ],
)
def test_a_name_in_full_for_its_initials_is_the_same(kinds: Kinds, claim: str) -> None:
    assert "name" not in kinds(claim, "The LWB told Varrow to pay.")


def test_one_of_two_initials_may_be_told_in_full(kinds: Kinds) -> None:
    cited = "The LWB told Varrow to pay, and Varrow told the LWB to wait."
    claim = "The Lowland Water Board told Varrow to pay, and Varrow told the LWB to wait."
    assert "name" not in kinds(claim, cited)


def test_a_word_that_begins_with_the_initials_of_a_name_is_not_its_abbreviation(
    kinds: Kinds,
) -> None:
    assert kinds("Wigan Athletic lashed out.", "Waghorn lashed out.") & {"name", "role"}
