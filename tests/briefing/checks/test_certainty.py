from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]

ANEW = (
    "Because of the flood on Monday, engineers of the district {} replace the old gate of the dam, "
    "which was built before the war and has been mended twice since then."
)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The gate was faulty.", "The gate may have been faulty."),
        ("The gate was faulty, the board said.", "The gate was probably faulty, the board said."),
        ("The board knows the gate was faulty.", "The board believes the gate was faulty."),
    ],
)
def test_a_hedge_left_out_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert "hedge" in kinds(claim, cited)


def test_hedges_are_seen_in_a_sentence_written_anew(kinds: Kinds) -> None:
    cited = ANEW.format("are expected to")
    assert kinds("The dam's old gate gets replaced by district engineers.", cited) & {"hedge"}
    assert "hedge" not in kinds("District engineers are likely to replace the gate.", cited)
    assert "hedge" not in kinds("District engineers are expected to replace it.", cited)


def test_a_hedge_behind_what_it_hedges_is_seen(kinds: Kinds) -> None:
    cited = "The agency, which had measured it, said local damage near the coast was possible."
    assert "hedge" in kinds("There was local damage near the coast.", cited)
    assert "hedge" not in kinds("There may be local damage near the coast.", cited)


def test_what_is_to_come_may_not_be_told_as_done(kinds: Kinds) -> None:
    cited = ANEW.format("will")
    assert "status" in kinds("District engineers have replaced the old gate.", cited)
    assert "status" not in kinds("District engineers will replace the old gate.", cited)
    assert "status" in kinds("Engineers replaced the gate.", "Engineers will replace the gate.")


def test_what_is_done_may_not_be_told_as_to_come(kinds: Kinds) -> None:
    cited = ANEW.format("managed in one night to")
    done = cited.replace("to replace", "and replaced")
    assert "status" in kinds("Soon the old gate of the dam will be mended, they say.", done)
    assert "status" in kinds("Engineers will replace the gate.", "Engineers replaced the gate.")


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The gate was certainly faulty.", "The gate was faulty."),
        ("It is proven that the old gate was at fault.", "The board looked at the old gate."),
    ],
)
def test_a_certainty_put_in_is_flagged(kinds: Kinds, claim: str, cited: str) -> None:
    assert "certainty" in kinds(claim, cited)


def test_a_certainty_that_is_denied_is_none(kinds: Kinds) -> None:
    assert "certainty" not in kinds("There is no proof of a fault.", "Nobody found evidence.")


@pytest.mark.parametrize(
    ("language", "claim", "cited"),
    [
        ("de", "Der Damm ist gebrochen.", "Der Damm ist möglicherweise gebrochen."),
        ("fr", "Le barrage a cédé lundi.", "Le barrage a peut-être cédé lundi."),
        ("es", "La presa se rompió.", "La presa posiblemente se rompió."),
        ("zh", "大坝周一决堤。", "大坝周一可能决堤。"),
    ],
)
def test_hedges_are_seen_in_other_languages(
    kinds: Kinds, language: str, claim: str, cited: str
) -> None:
    assert "hedge" in kinds(claim, cited, language=language)
