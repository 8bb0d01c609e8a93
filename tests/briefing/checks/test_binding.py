from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]

FORECASTS = (
    (
        "The economy will likely expand an annualised 1.4 per cent in July, less than the 2.0 per "
        "cent forecast in an August poll."
    ),
    "The projection for October was 1.9 per cent, versus the earlier poll's 2.2 per cent.",
)


def test_a_number_in_the_place_of_another_is_flagged(kinds: Kinds) -> None:
    wrong = "Economists now see annualised growth of 1.9 per cent in July."
    right = "Economists now see annualised growth of 1.4 per cent in July."
    assert "binding" in kinds(wrong, *FORECASTS)
    assert "binding" not in kinds(right, *FORECASTS)


def test_two_numbers_exchanged_are_flagged(kinds: Kinds) -> None:
    cited = "The flood killed 14 people and damaged 320 houses in the lower town."
    assert kinds("The flood killed 320 people and damaged 14 houses in the lower town.", cited)


ACCUSED = "Varrow's opposition accused Minister Holm of a lie, and Holm denied it on Monday."


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Biden met Putin in Geneva.", "Putin met Biden in Geneva."),
        (
            "After a long day in court, Novak sued Holm over the old gate.",
            "Holm sued Novak in March over the gate of the Orlen dam, the court said.",
        ),
        (
            "An aide to Holm offered condolences and said Novak was pained by her death.",
            (
                "An aide to Holm paid condolences, saying that Holm was pained by her death, while "
                "the district's Novak kept silent."
            ),
        ),
    ],
)
def test_names_in_each_others_place_are_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert "role" in kinds(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Holm was sued by Novak.", "Novak sued Holm."),
        ("In March Holm sued Novak over the gate.", "Holm sued Novak over the gate in March."),
        (
            "The new Pass is meant for talent earning much, on a par with the top of EP holders.",
            (
                "A new Overseas Expertise Pass (ONE Pass) for talent earning much, comparable to "
                "the top of Employment Pass (EP) holders."
            ),
        ),
    ],
)
def test_names_in_their_own_places_are_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert "role" not in kinds(claim, cited)


def test_names_of_little_known_languages_are_compared_by_sides_alone(kinds: Kinds) -> None:
    cited = "Holm a invité Novak à Kessel lundi soir."
    assert "role" in kinds("Novak a invité Holm à Kessel lundi soir.", cited, language="fr")
    assert kinds("Lundi soir, Holm a invité Novak.", cited, language="fr") == set()
