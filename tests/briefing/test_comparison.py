"""Two sentences of different days: the same, changed, or something else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import comparison
from summarizer.briefing.comparison import Relation

MONDAY = date(2026, 3, 2)


def relate(old: str, new: str, language: str = "en") -> Relation:
    first = comparison.read(old, language, MONDAY)
    second = comparison.read(new, language, MONDAY)
    return comparison.relate(second, first, comparison.weigh([first, second]))


@given(st.text(max_size=80))
def test_sentence_is_identical_with_itself(text: str) -> None:
    assert relate(text, text).kind == "identical"


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_only_a_change_has_something_previous(a: str, b: str) -> None:
    relation = relate(a, b)
    assert 0.0 <= relation.likeness <= 1.01
    assert (relation.previous is not None) == (relation.kind == "changed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "The order covered three villages downstream of the dam.",
            "Three villages downstream of the dam are covered by the order.",
        ),
        (
            "Prosecutors have questioned the captain of the ferry, Tomas Reyl.",
            "The captain of the ferry, Tomas Reyl, has been questioned by prosecutors.",
        ),
        (
            "The death toll of the ferry stands at 14, the coastguard said.",
            "The coastguard said 14 people were killed on the ferry.",
        ),
    ],
)
def test_reworded_sentence_says_the_same(old: str, new: str) -> None:
    assert relate(old, new).kind in {"identical", "same"}


@pytest.mark.parametrize(
    ("old", "new", "was", "language"),
    [
        (
            "The reservoir is 91% full, officials in Kessel said.",
            "Officials in Kessel said the reservoir was 95% full.",
            "91%",
            "en",
        ),
        (
            "The ferry disaster off Kessel killed 14 people.",
            "Death toll in Kessel ferry disaster rises to 21",
            "14",
            "en",
        ),
        (
            "Some 12 people were injured and 140 shops recalled the cheese.",
            "Some 12 people were injured and 225 shops recalled the cheese.",
            "140",
            "en",
        ),
        (
            "At least 14 people were killed when the ferry capsized off Kessel.",
            "The number of dead rose overnight to 21 after divers searched the wreck.",
            "14",
            "en",
        ),
        ("Fifteen people are missing.", "Eight people are still missing.", "fifteen", "en"),
        (
            "Der Stausee ist zu 91 % gefüllt, teilte die Behörde in Kessel mit.",
            "Der Stausee ist zu 95 % gefüllt, teilte die Behörde in Kessel mit.",
            "91 %",
            "de",
        ),
        ("水库蓄水量为91%,水务局说。", "水库蓄水量为95%,水务局说。", "91%", "zh"),
        (
            "The ferry will leave Halvern for Ostrand on 5 March 2026.",
            "The ferry will leave Halvern for Ostrand on 9 March 2026.",
            "5 March 2026",
            "en",
        ),
        (
            "The bridge over the Orlen may be closed in the evening.",
            "The bridge over the Orlen was closed in the evening.",
            "may be",
            "en",
        ),
        (
            "The mayor of Tolmar was not told of the leak.",
            "The mayor of Tolmar was told of the leak.",
            "The mayor of Tolmar was not told of the leak.",
            "en",
        ),
    ],
)
def test_changed_value_is_told_as_the_older_sentence_has_it(
    old: str, new: str, was: str, language: str
) -> None:
    relation = relate(old, new, language)
    assert relation.kind == "changed"
    assert relation.previous is not None
    assert relation.previous.endswith(was)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Divers found the wreck of the ferry off Kessel.",
            "The cheese was recalled from shops in Tolmar.",
        ),
        (
            "The ferry disaster off Kessel killed 14 people.",
            "In another disaster off Halvern, 900 people were killed in 1912.",
        ),
        (
            "The council of Tolmar voted for the plant.",
            "The council of Tolmar voted 17 to six for the plant.",
        ),
        (
            "No train of Varrow Railways will stop at the old station of Kessel today.",
            "Trains stop at the old Kessel station of Varrow Railways, a speaker said today.",
        ),
    ],
)
def test_other_statement_is_something_else(old: str, new: str) -> None:
    assert relate(old, new).kind == "other"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Trains between Kessel and Halvern stopped in 2025 after the storm.",
            "Trains between Kessel and Halvern stopped in 2026 after the storm.",
        ),
        (
            "The plan to close the school was praised by Edvin Sorrel in parliament.",
            "The plan to close the school was praised by Edvin Marwik in parliament.",
        ),
    ],
)
def test_sentence_with_another_day_or_name_is_not_identical(old: str, new: str) -> None:
    assert relate(old, new).kind == "same"


def test_number_counts_as_equal_however_it_is_written() -> None:
    old = "The evacuation of the valley covers 3,200 people, officials said."
    assert relate(old, old.replace("3,200", "3200")).kind == "identical"


@pytest.mark.parametrize(
    ("old", "new", "stretch"),
    [
        ("The dam broke on Monday.", "The dam broke on Tuesday.", "Monday."),
        ("The dam broke.", "The dam broke.", "The dam broke."),
        ("The dam broke.", "The old dam broke.", "The dam broke."),
        ("", "It broke.", ""),
    ],
)
def test_stretch_is_the_shortest_that_holds_all_differences(
    old: str, new: str, stretch: str
) -> None:
    assert comparison.stretch(new, old) == stretch


@given(st.lists(st.sampled_from("ab"), max_size=30), st.lists(st.sampled_from("ab"), max_size=30))
def test_stretch_is_a_part_of_the_older_text(a: list[str], b: list[str]) -> None:
    old, new = " ".join(a), " ".join(b)
    assert comparison.stretch(new, old) in old


def test_value_at_the_start_of_a_sentence_is_told_without_its_capital() -> None:
    old = comparison.read("Fourteen people were killed in the ferry off Kessel.", "en", None)
    new = comparison.read("The ferry off Kessel killed 21 people.", "en", None)
    assert comparison.relate(new, old, comparison.weigh([new, old])).previous == "fourteen"
