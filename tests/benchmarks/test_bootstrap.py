import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bootstrap import interval

scores = st.lists(st.floats(0, 100), min_size=1, max_size=30)


@given(scores, st.floats(-5, 5))
def test_constant_advantage_has_no_width(theirs: list[float], advantage: float) -> None:
    found = interval([score + advantage for score in theirs], theirs)
    assert found == pytest.approx((advantage, advantage, advantage), abs=1e-9)


@given(scores)
def test_swapping_the_systems_mirrors_the_interval(ours: list[float]) -> None:
    theirs = ours[::-1]
    mean, low, high = interval(ours, theirs)
    assert interval(theirs, ours) == pytest.approx((-mean, -high, -low), abs=1e-6)


@given(scores)
def test_interval_holds_the_mean_and_is_the_same_every_time(ours: list[float]) -> None:
    theirs = sorted(ours)
    mean, low, high = interval(ours, theirs)
    assert low - 1e-9 <= mean <= high + 1e-9
    assert interval(ours, theirs) == (mean, low, high)


def test_pairing_makes_the_interval_narrow() -> None:
    theirs = [float(10 * i) for i in range(40)]
    ours = [score + 1 + i % 2 for i, score in enumerate(theirs)]
    mean, low, high = interval(ours, theirs)
    assert mean == pytest.approx(1.5)
    assert 1 < low < high < 2


def test_no_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="no cases"):
        interval([], [])


def test_unequal_numbers_of_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        interval([1.0, 2.0], [1.0])
