import math
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.similarity import Space, bag, cosine
from summarizer.models.engine import Evidence

words = st.lists(st.sampled_from(["dam", "gate", "town", "flood", "the"]), max_size=8)


def test_sentence_is_most_like_itself(evidence: Sequence[Evidence]) -> None:
    vectors = Space(evidence).vectors
    for i, vector in enumerate(vectors):
        assert math.isclose(cosine(vector, vector), 1.0)
        assert all(cosine(vector, other) <= 1.0 + 1e-9 for other in vectors[i + 1 :])


def test_rare_word_weighs_more_than_a_common_one(evidence: Sequence[Evidence]) -> None:
    space = Space(evidence)
    assert space.weight(["household"]) > space.weight(["kessel"]) > 0


def test_unknown_word_weighs_nothing(evidence: Sequence[Evidence]) -> None:
    assert Space(evidence).weight(["unheard"]) == 0


@given(words, words)
def test_cosine_does_not_depend_on_the_order(a: list[str], b: list[str]) -> None:
    space = Space(())
    first, second = space.vector(bag(a, "en")), space.vector(bag(b, "en"))
    assert cosine(first, second) == cosine(second, first)
