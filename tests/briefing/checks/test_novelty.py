from collections.abc import Callable

import pytest

from summarizer.briefing.checks.flags import Flag

Find = Callable[..., list[Flag]]
Kinds = Callable[..., set[str]]

CITED = "Prince Karl laid a wreath on behalf of the nation and met the families of the victims."


def test_a_new_phrase_is_named(find: Find) -> None:
    claim = "Prince Karl laid a wreath and recited moving verses written by schoolchildren."
    (flag,) = find(claim, CITED)
    assert flag.kind == "detail"
    assert "moving verses written by schoolchildren" in flag.reason


def test_a_new_word_alone_is_not_flagged(kinds: Kinds) -> None:
    assert kinds("Prince Karl laid a wreath for the grieving nation.", CITED) == set()


def test_new_words_in_different_phrases_are_not_flagged(kinds: Kinds) -> None:
    assert "detail" not in kinds("Karl solemnly laid a wreath, quietly met families.", CITED)


def test_a_sentence_of_which_much_is_new_is_flagged(kinds: Kinds) -> None:
    claim = "Karl baked bread, the wreath burned, victims danced, families vanished."
    assert "detail" in kinds(claim, CITED)


def test_a_long_text_leaves_more_room(kinds: Kinds) -> None:
    texts = [CITED, "It rained.", "The bells rang.", "The crowd left."]
    claim = "Prince Karl laid a wreath and recited moving verses."
    assert "detail" in kinds(claim.replace("verses", "verses loudly"), CITED)
    assert "detail" not in kinds(claim, *texts)


def test_characters_of_known_pairs_are_not_new(kinds: Kinds) -> None:
    cited = "目前并不清楚制裁包含什么内容以及如何实施这些制裁。"
    claim = "目前尚不清楚制裁包含哪些内容、如何实施。"
    assert kinds(claim, cited, language="zh") == set()
    made_up = "目前尚不清楚制裁包含香蕉芒果葡萄西瓜。"
    assert "detail" in kinds(made_up, cited, language="zh")


@pytest.mark.parametrize(
    ("claim", "is_flagged"),
    [
        ("He would stay away because of illness.", True),
        ("He would stay away because of the wreath.", False),
        ("He would stay away because of it.", False),
    ],
)
def test_a_cause_that_the_source_has_no_word_of_is_flagged(
    kinds: Kinds, claim: str, *, is_flagged: bool
) -> None:
    cited = "It emerged that he would not come to lay the wreath and would stay away."
    assert ("cause" in kinds(claim, cited)) == is_flagged
