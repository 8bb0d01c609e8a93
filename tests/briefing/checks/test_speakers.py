from collections.abc import Callable

import pytest

from summarizer.briefing.checks.flags import Flag

Find = Callable[..., list[Flag]]
Kinds = Callable[..., set[str]]

LAWYER = (
    (
        "His lawyer Shafee Abdullah told the judge on Monday that Holm was undergoing medical "
        "tests every day because of his blood pressure."
    ),
    "The prosecutor asked for the hearing to be adjourned.",
)


def test_somebody_else_who_says_so_is_flagged(find: Find) -> None:
    claim = "Holm was undergoing medical tests because of his blood pressure, the prosecutor said."
    reasons = [flag.reason for flag in find(claim, *LAWYER) if flag.kind == "speaker"]
    assert reasons == ["in the cited text it is “His lawyer Shafee Abdullah” who says so"]


def test_who_says_so_in_the_source_is_not(kinds: Kinds) -> None:
    claim = "Holm was undergoing medical tests because of his blood pressure, his lawyer said."
    assert "speaker" not in kinds(claim, *LAWYER)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        (
            "Doctors said the gate was closed on Monday.",
            "Police said the gate was closed on Monday.",
        ),
        ("The gate was closed, experts said.", "The gate was closed, officials said."),
        ("The gate was shut, Novak said.", "The gate was shut, Holm said."),
    ],
)
def test_another_speaker_of_the_same_words_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert kinds(claim, cited) & {"speaker", "name"}


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        (
            "Ms Fu said the island could face floods and drought in summer.",
            "The island could be facing floods and drought in summer, she added.",
        ),
        (
            "Officials of Varrow said the old gate of the dam was closed at night by engineers.",
            "Engineers had closed the gate of the old dam that night, the radio of Varrow said.",
        ),
        (
            "The agency said the quake had a depth of some ten miles near the town.",
            "The agency measured ten miles, the radio said of the quake near the town.",
        ),
    ],
)
def test_a_speaker_who_may_be_the_same_is_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert "speaker" not in kinds(claim, cited)


def test_a_courtesy_title_is_not_the_speaker(kinds: Kinds) -> None:
    cited = "The new code turns good water safety into steps for others to take, Dr Holm said."
    claim = "Dr Novak said the new code turns good water safety into steps for others to take."
    assert kinds(claim, cited) & {"speaker"}
