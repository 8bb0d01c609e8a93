from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]

LONG = (
    "After the flood on Monday the operator of the dam, a firm from Kessel that has run it since "
    "the war, {} replace the old gate before summer, its director told the district council."
)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The dam did not break on Monday.", "The dam did break on Monday."),
        ("The dam did break on Monday.", "The dam did not break on Monday."),
        ("Nobody was hurt in the town of Kessel.", "Residents were hurt in the town of Kessel."),
        ("The council will never pay for it.", "The council will pay for it."),
        ("The operator refused the offer.", "The operator accepted the offer."),
    ],
)
def test_negation_added_or_dropped_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert kinds(claim, cited) & {"negation", "contrast"}


def test_negation_is_seen_in_a_sentence_written_anew(kinds: Kinds) -> None:
    plans, does_not = LONG.format("will"), LONG.format("will not")
    assert "negation" in kinds("The dam's old gate will not be replaced.", plans)
    assert "negation" in kinds("The operator will replace the old gate of the dam.", does_not)
    assert "negation" not in kinds("The operator will not replace the dam's gate.", does_not)


def test_a_negator_needs_one_somewhere_when_nothing_else_is_shared(kinds: Kinds) -> None:
    assert "negation" in kinds("It was never so.", "The dam broke.")
    assert "negation" not in kinds("It was never so.", "The dam did not break.")


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The accused were acquitted on Monday.", "The accused were found not guilty on Monday."),
        ("A repair is not possible this year.", "A repair is impossible this year."),
        ("Nothing but rain fell.", "Only rain fell."),
        ("The gate was not closed in time.", "The gate was open, and not closed in time."),
    ],
)
def test_a_denial_in_other_words_is_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert "negation" not in kinds(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Prices fell in March, the bank said.", "Prices rose in March, the bank said."),
        ("In March, the bank told us, prices fell by far.", "The bank said prices rose in March."),
        (
            "The lawyer spoke to the court on Monday.",
            "The prosecutor spoke to the court on Monday.",
        ),
        ("All residents left the town.", "Some residents left the town."),
        ("The boat was uncrewed, a report of the board says.", "The report: a crewed boat sank."),
        ("A manned craft, the report of the board says.", "The board's report: an unmanned craft."),
    ],
)
def test_a_word_that_excludes_the_one_of_the_source_is_flagged(
    kinds: Kinds, claim: str, cited: str
) -> None:
    assert "contrast" in kinds(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Prices climbed in March, the bank said.", "Prices rose in March, the bank said."),
        ("Prices did not fall in March.", "Prices rose in March."),
        ("Prices fell and rose in March.", "Prices rose in March and fell."),
        ("Sales of cars fell in spring.", "Rents rose last year."),
    ],
)
def test_words_that_go_together_are_not(kinds: Kinds, claim: str, cited: str) -> None:
    assert "contrast" not in kinds(claim, cited)


@pytest.mark.parametrize(
    ("language", "claim", "cited"),
    [
        ("de", "Der Damm ist am Montag nicht gebrochen.", "Der Damm ist am Montag gebrochen."),
        ("fr", "Le barrage n'a pas cédé lundi matin.", "Le barrage a cédé lundi matin."),
        ("es", "La presa no se rompió el lunes.", "La presa se rompió el lunes."),
        ("ru", "Плотина не прорвалась в понедельник.", "Плотина прорвалась в понедельник."),
        ("zh", "大坝周一没有决堤。", "大坝周一决堤。"),
        ("ar", "لم ينهر السد يوم الاثنين.", "ينهر السد يوم الاثنين."),
        ("hi", "बांध सोमवार को नहीं टूटा।", "बांध सोमवार को टूटा।"),
    ],
)
def test_negation_is_seen_in_other_languages(
    kinds: Kinds, language: str, claim: str, cited: str
) -> None:
    assert "negation" in kinds(claim, cited, language=language)
    assert "negation" in kinds(cited, claim, language=language)
    assert kinds(claim, claim, language=language) == set()


def test_a_word_that_only_looks_like_a_negator_is_none(kinds: Kinds) -> None:
    assert kinds("不过大坝周一决堤。", "大坝周一决堤。", language="zh") == set()


def test_a_negator_of_two_words_is_dropped_when_one_is(kinds: Kinds) -> None:
    cited = "The ministry of the district in Kessel could not be immediately reached for comment."
    claim = "The water board of Varrow and Kessel could be immediately reached for comment."
    assert "negation" in kinds(claim, cited)
