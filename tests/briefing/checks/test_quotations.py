from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]

SAID = "The mayor said the gate “was quite bad and didn’t hold” last year."


@pytest.mark.parametrize(
    "claim",
    [
        "The mayor said the gate “was very bad”.",
        "The mayor called the gate 'utterly bad'.",
        "The mayor said “bad and quite”.",
        "The mayor said «quite bad, but it held».",
    ],
)
def test_altered_words_between_quotation_marks_are_flagged(kinds: Kinds, claim: str) -> None:
    assert "quotation" in kinds(claim, SAID)


@pytest.mark.parametrize(
    "claim",
    [
        "The mayor said the gate “was quite bad”.",
        'The mayor said the gate "was quite bad," last year.',
        "The mayor said the gate “was ... bad” last year.",
        "The mayor said the gate “did not hold” last year.",
        "The mayor said the gate “was quite bad and [it] didn't hold” last year.",
    ],
)
def test_words_of_the_source_between_quotation_marks_are_not(kinds: Kinds, claim: str) -> None:
    assert "quotation" not in kinds(claim, SAID)


def test_a_quotation_may_not_begin_inside_a_word(kinds: Kinds) -> None:
    assert "quotation" in kinds("They “ate quite bad”.", "The gate quite bad.")


@pytest.mark.parametrize("address", ["https://a.example/x", "www.a.example", "a.b@c.example"])
def test_an_address_that_the_source_does_not_have_is_flagged(kinds: Kinds, address: str) -> None:
    assert "address" in kinds(f"More is at {address}.", "More is there.")
    assert kinds(f"More is at {address}.", f"More is at {address}, too.") == set()
