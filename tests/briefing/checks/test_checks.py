"""What the checks as a whole let pass."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.briefing.checks.flags import Flag

Find = Callable[..., list[Flag]]

SENTENCES = (
    "Engineers of the Orlen dam opened two gates on Tuesday after 14 people were evacuated.",
    'The mayor of Kessel, Jana Holm, said the gate "may have been faulty for years".',
    "Der Damm wurde am Dienstag nicht geöffnet, sagte die Betreiberin.",
    "Selon la mairie, aucun habitant n'a été blessé mardi à Kessel.",
    "警方表示，三名男子周二没有受伤。",
    "قالت الشرطة إن ثلاثة رجال لم يصابوا يوم الثلاثاء.",
)
LANGUAGES = ("en", "en", "de", "fr", "zh", "ar")

anything = st.text(max_size=60)
any_language = st.sampled_from(["en", "de", "zh", "ar", "hi", "und", ""])


@pytest.mark.parametrize(("sentence", "language"), list(zip(SENTENCES, LANGUAGES, strict=True)))
def test_a_copy_of_its_source_has_no_flag(find: Find, sentence: str, language: str) -> None:
    assert find(sentence, sentence, language=language) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(anything, st.lists(anything, max_size=4), any_language)
def test_any_text_can_be_checked(find: Find, claim: str, cited: list[str], language: str) -> None:
    assert all(flag.reason for flag in find(claim, *cited, language=language))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(anything, any_language)
def test_any_text_supports_itself(find: Find, text: str, language: str) -> None:
    assert find(text, text, language=language) == []


@pytest.mark.parametrize(
    "text",
    ["9" * 20_000, "a" * 200_000, "\u0301" * 20_000, '"' * 20_000, "A " * 4_000, "\u202e" * 9_000],
)
def test_long_runs_of_one_character_take_no_longer_than_they_must(find: Find, text: str) -> None:
    assert find("The dam broke on Tuesday.", text) != []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        (
            "Two gates of the dam were opened by engineers on Tuesday.",
            "On Tuesday engineers opened two gates of the dam.",
        ),
        (
            "The United Transport Workers' strike ended on 3 March 2026.",
            "The strike of the UTW ended on March 3, 2026.",
        ),
        ("About 12,000 households had no power.", "Roughly 12 thousand households had no power."),
        ("The U.S. Navy sent a ship.", "The United States Navy sent a ship."),
        (
            "It is not possible to reopen the bridge, the city said.",
            "It is impossible to reopen the bridge, the city said.",
        ),
        ("The operator failed to replace the gate.", "The operator did not replace the gate."),
    ],
)
def test_the_same_in_other_words_has_no_flag(find: Find, claim: str, cited: str) -> None:
    assert find(claim, cited) == []


def test_two_sentences_joined_have_no_flag(find: Find) -> None:
    first = "Divers searched the wreck on Monday."
    second = "They found no survivors, the coastguard said."
    joined = "Divers searched the wreck on Monday; they found no survivors, the coastguard said."
    assert find(joined, first, second) == []
    assert find(joined, second, first) == []


def test_a_clause_left_out_has_no_flag(find: Find) -> None:
    cited = "The mayor, who was not in office then, ordered the gate closed on Monday."
    assert find("The mayor ordered the gate closed on Monday.", cited) == []
