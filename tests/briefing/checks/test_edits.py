from collections.abc import Callable

import pytest

Kinds = Callable[..., set[str]]

CITED = "On Monday engineers of the district opened two gates of the old dam near Kessel."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (CITED.replace("opened", "did not open"), "negation"),
        (CITED.replace("opened", "closed"), "contrast"),
        (CITED.replace("opened", "will open"), "status"),
        (CITED.replace("opened", "definitely opened"), "certainty"),
        (CITED.replace("Kessel", "Varrow"), "role"),
        (CITED.replace("two", "nine"), "binding"),
        (CITED.replace("Monday", "Friday"), "date"),
    ],
)
def test_each_change_is_judged_by_itself(kinds: Kinds, claim: str, kind: str) -> None:
    assert kind in kinds(claim, CITED)


def test_a_negation_that_was_only_moved_is_none(kinds: Kinds) -> None:
    cited = "The authorities of the district have not found any evidence of a fault of the gate."
    claim = "The authorities of the district have found no evidence of a fault of the gate."
    assert kinds(claim, cited) == set()


def test_words_moved_to_another_place_are_no_exchange(kinds: Kinds) -> None:
    claim = "Engineers of the district opened two gates of the old dam near Kessel on Monday."
    assert kinds(claim, CITED) == set()


def test_two_names_that_change_places_are(kinds: Kinds) -> None:
    cited = "The council of Kessel sent its best engineers to Varrow on Monday night."
    claim = "The council of Varrow sent its best engineers to Kessel on Monday night."
    assert "role" in kinds(claim, cited)


def test_an_abbreviated_name_is_the_same(kinds: Kinds) -> None:
    cited = "On Monday the World Health Organization opened two offices near the old dam."
    claim = "On Monday the WHO opened two offices near the old dam."
    assert kinds(claim, cited) == set()
    assert kinds(cited, claim) == set()


def test_a_hedge_of_a_clause_left_out_is_no_matter(kinds: Kinds) -> None:
    cited = "Engineers, who may have been late, opened two gates of the old dam near Kessel."
    claim = "Engineers opened two gates of the old dam near Kessel."
    assert kinds(claim, cited) == set()
    dropped = "Engineers may have opened two gates of the old dam near Kessel."
    assert "hedge" in kinds(claim, dropped)


def test_a_negation_is_not_put_back_by_a_clause_that_was_left_out(kinds: Kinds) -> None:
    cited = "The plant was hit by a second flood in July, although no workers were hurt there."
    assert "negation" in kinds("The plant was not hit by a second flood in July.", cited)
    assert kinds("The plant was hit by a second flood in July.", cited) == set()


def test_a_not_before_an_only_that_was_there_denies(kinds: Kinds) -> None:
    cited = "They live in four groups, one of which was only found in Kessel this spring."
    assert "negation" in kinds(cited.replace("was only", "was not only"), cited)
    assert "negation" in kinds(cited, cited.replace("was only", "was not only"))
