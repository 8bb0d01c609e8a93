from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("COVID-22 closed the school.", "COVID-19 closed the school."),
        ("Covid22 closed the school.", "Covid19 closed the school."),
        ("The law covers cars of 4,600cc.", "The law covers cars of 1,600cc."),
        ("A Boeing 737 and an A330 met.", "A Boeing 737 and an A320 met."),
        ("The G8 met in Kessel.", "The G7 met in Kessel with 8 guests."),
        ("The council paid Â£453 for it.", "The council paid Â£450 for it."),
    ],
)
def test_digits_of_a_name_or_a_size_must_be_those_of_the_source(
    kinds: Kinds, claim: str, cited: str
) -> None:
    assert "number" in kinds(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("COVID 19 closed the school.", "COVID-19 closed the school."),
        ("Covid-19 closed the school.", "COVID19 closed the school."),
        ("Two F-16s landed in Kessel.", "Two F-16 jets landed in Kessel."),
        ("The law covers cars of 1600cc.", "The law covers cars of 1,600 cc."),
        ("The G7 met in Kessel.", "The G7 leaders met in Kessel."),
        ("In the 1990s the school closed.", "The school closed in the 1990s."),
    ],
)
def test_the_same_digits_written_in_another_way_are_no_matter(
    kinds: Kinds, claim: str, cited: str
) -> None:
    assert "number" not in kinds(claim, cited)
