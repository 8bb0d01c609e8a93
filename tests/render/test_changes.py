from dataclasses import replace

import pytest

from summarizer.render.changes import MAX_PREVIOUS_CHARS, remark, remark_within, tag
from summarizer.render.labels import LANGUAGES, labels
from summarizer.types import Briefing, Change, Claim

WORDS = labels("en")


def _claim(briefing: Briefing, text: str, change: Change | None, previous: str | None) -> Claim:
    claim = briefing.stories[0].claims[0]
    return replace(claim, text=text, change=change, previous=previous)


@pytest.mark.parametrize(
    ("text", "previous", "expected"),
    [
        ("The toll rose to 21.", "14", "was 14, now 21"),
        ("Prices rose 5% in 12 towns.", "4%", "was 4%, now 5%"),
        ("Of 30 aboard, 21 died.", "14", "was 14"),  # either could be meant
        ("The toll rose.", "14", "was 14"),
        ("The toll rose to 21.", "at least 14", "was “at least 14”, now 21"),
        ("It costs too much.", "$3.5 million", "was $3.5 million"),
        ("The road is closed.", "may be closed", "was “may be closed”"),
        ("The road is closed.", "x" * (MAX_PREVIOUS_CHARS + 1), "updated"),
        ("The road is closed.", None, "updated"),
    ],
)
def test_an_updated_claim_tells_the_earlier_value_and_the_new_one_where_it_is_certain(
    text: str, previous: str | None, expected: str, briefing: Briefing
) -> None:
    assert remark(_claim(briefing, text, "updated", previous), "en", WORDS) == expected


def test_a_corrected_claim_is_called_so_and_tells_what_it_was(briefing: Briefing) -> None:
    assert remark(_claim(briefing, "It was 12.", "corrected", "14"), "en", WORDS) == (
        "corrected: was 14, now 12"
    )


def test_without_earlier_briefings_nothing_is_said(briefing: Briefing) -> None:
    assert remark(_claim(briefing, "It was 12.", None, None), "en", WORDS) == ""
    assert tag(briefing.stories[0], WORDS) == ""


def test_that_a_claim_is_new_is_said_only_beside_claims_that_are_not(second_day: Briefing) -> None:
    story = second_day.stories[0]
    new = story.claims[1]
    news = tuple(claim for claim in story.claims if claim.change != "ongoing")

    assert remark_within(story, new, "en", WORDS) == "new"
    assert remark_within(replace(story, claims=news), new, "en", WORDS) == ""


def test_what_goes_on_is_tagged_only_where_no_story_says_so(second_day: Briefing) -> None:
    story, ongoing = second_day.stories[0], second_day.in_brief[0].claim

    assert remark_within(story, ongoing, "en", WORDS) == ""
    assert remark(ongoing, "en", WORDS) == "ongoing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_values_stand_in_every_language(language: str, briefing: Briefing) -> None:
    said = remark(_claim(briefing, "It is 21.", "updated", "14"), "en", labels(language))

    assert said.index("14") < said.index("21")
