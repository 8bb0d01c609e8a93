import random  # noqa: TID251 - the type of what the generator takes

from hypothesis import given
from hypothesis import strategies as st

from benchmarks import conflicts, planted_particulars
from benchmarks.planted_particulars import TOPICS

N_STORIES = 24


@given(st.integers(0, 1_000))
def test_same_seed_makes_the_same_story(seed: int) -> None:
    first, second = (planted_particulars.story(random.Random(seed)) for _ in range(2))  # noqa: S311
    assert first == second


@given(st.integers(0, 1_000))
def test_planted_values_are_in_the_documents(seed: int) -> None:
    made = planted_particulars.story(random.Random(seed))  # noqa: S311
    text = " ".join(document.text for document in made.documents).replace(" votes to ", "-")
    for each in made.planted:
        assert each.about in {topic.about for topic in TOPICS}
        assert len(each.values) == 2
        assert all(value in text for value in each.values)


def test_nothing_but_planted_particulars_is_found_and_most_of_them_are() -> None:
    figures = conflicts.measure(N_STORIES, 7, planted_particulars.story)
    assert figures.precision >= conflicts.MIN_PRECISION
    assert figures.recall >= conflicts.MIN_RECALL
