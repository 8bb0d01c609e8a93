from collections.abc import Callable

import pytest

from summarizer.briefing.checks.flags import Flag

Find = Callable[..., list[Flag]]
Kinds = Callable[..., set[str]]


def test_a_number_that_the_source_does_not_have_is_named(find: Find) -> None:
    (flag,) = find("The storm tore down 15.", "The storm tore down trees in Kessel.")
    assert flag.reason == "15 does not occur in the cited text"


def test_the_number_of_the_source_is_named_where_it_counts_the_same(find: Find) -> None:
    flags = find(
        "In the end 15 people were killed when the old dam gave way.",
        "When the dam broke 14 people lost their lives, officials said.",
    )
    assert "the cited text says 14, not 15" in [flag.reason for flag in flags]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Profit rose to $5 million.", "Profit rose to 5 million euros."),
        ("Profit rose 5 percent.", "Profit rose to 5 million euros."),
        ("Prices rose 5 per cent.", "Prices rose 5 percentage points."),
        ("Some 990 people came.", "Some 1,000 people came."),
        ("Debt was 5.2 million euros.", "Debt was 5 million euros."),
        ("It took 14 days.", "It took 14 weeks."),
        ("The trip is 80 miles long.", "The trip is 80 kilometres long."),
    ],
)
def test_another_value_or_unit_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert kinds(claim, cited) & {"number", "value", "unit", "binding", "contrast"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("About 1.5 million people came.", "Exactly 1,496,210 people came."),
        ("It took three days.", "It took 72 hours."),
        ("Half of the members left.", "50 per cent of the members left."),
        ("Growth was 2.0 and 2.2 per cent.", "Growth was 2.0 per cent and then 2.2 per cent."),
        ("The first train left.", "The train left."),
        ("In all 1901 came.", "They came in 1901."),
        ("The A380 landed.", "An A380 landed."),
    ],
)
def test_the_same_value_in_another_form_is_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert not kinds(claim, cited) & {"number", "value", "unit"}


def test_a_number_of_the_title_is_stated_too(kinds: Kinds) -> None:
    claim = "The storm killed 21 people."
    assert kinds(claim, "The storm killed people.", title="Toll of storm rises to 21") == set()


def test_a_number_far_from_what_is_told_does_not_count_in_a_long_text(kinds: Kinds) -> None:
    cited = [
        "The gate of the dam broke on Monday.",
        "The lower town of Kessel was flooded.",
        "The mayor asked for help.",
        "A cinema showed 15 films.",
    ]
    assert "number" in kinds("The broken gate of the dam flooded 15 streets of Kessel.", *cited)


def test_a_range_of_years_is_compared_at_both_ends(kinds: Kinds) -> None:
    cited = "Offenders can be jailed for between two and 10 years."
    assert kinds("Offenders can be jailed for between two and 13 years.", cited)
    assert kinds("Offenders can be jailed for between 24 and 120 months.", cited) == set()
