import random  # noqa: TID251 - the type of what the generator takes

from hypothesis import given
from hypothesis import strategies as st

from benchmarks import planted
from benchmarks.conflicts import measure


@given(st.integers(0, 1_000))
def test_same_seed_makes_the_same_story(seed: int) -> None:
    first, second = (planted.story(random.Random(seed)) for _ in range(2))  # noqa: S311
    assert first == second


@given(st.integers(0, 1_000))
def test_planted_numbers_are_in_the_documents(seed: int) -> None:
    made = planted.story(random.Random(seed))  # noqa: S311
    text = " ".join(document.text for document in made.documents)
    for each in made.planted:
        assert len(each.values) == 2
        assert all(_is_in(int(value), text) for value in each.values)


def _is_in(number: int, text: str) -> bool:
    word = planted.NUMBERS[number] if number < len(planted.NUMBERS) else str(number)
    return str(number) in text or word in text.lower()


@given(st.integers(0, 1_000))
def test_only_an_update_is_told_on_two_days(seed: int) -> None:
    made = planted.story(random.Random(seed))  # noqa: S311
    days = {document.published for document in made.documents}
    assert (len(days) > 1) == any(each.kind == "update" for each in made.planted)


def test_no_stories_have_no_figures_to_divide_by() -> None:
    assert measure(0, seed=1) == (0, 0, 0, 0, 0)
