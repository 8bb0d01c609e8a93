from collections.abc import Callable

import pytest

from summarizer.briefing.checks import edits
from summarizer.briefing.checks.reading import gather, read

Kinds = Callable[..., set[str]]

CITED = "On Monday engineers of the district opened two gates of the old dam near Kessel."


def changes(claim: str, *cited: str, language: str = "en") -> list[tuple[str, str]] | None:
    ours = read(claim, language, None)
    source = gather(ours, [read(text, language, None) for text in cited], [])
    found = edits.find(ours, source)
    return None if found is None else [(edit.before, edit.now) for edit in found]


def test_changed_words_are_found_with_what_stood_there() -> None:
    claim = CITED.replace("opened two", "closed three")
    assert changes(claim, CITED) == [("opened two", "closed three")]


def test_a_copy_has_no_changes() -> None:
    assert changes(CITED, "Rain fell.", CITED) == []


def test_a_sentence_written_anew_is_no_copy() -> None:
    assert changes("Two gates were opened by district engineers.", CITED) is None
    assert changes("", CITED) is None
    assert changes("word " * 1_000, "word " * 1_000) is None


def test_a_copy_of_two_sentences_is_compared_with_both() -> None:
    after = "They closed them at night."
    claim = f"{CITED[:-1]}; they closed them at dawn."
    assert changes(claim, CITED, after) == [("night", "dawn")]


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


def test_characters_are_compared_where_words_are_not_spaced() -> None:
    found = changes("警方周二逮捕了三名男子。", "警方周二释放了三名男子。", language="zh")
    assert found == [("释 放", "逮捕")]
