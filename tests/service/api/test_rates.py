"""Buckets that fill evenly."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.api.rates import Rates


@given(
    st.integers(min_value=1, max_value=600),
    st.lists(st.floats(min_value=0, max_value=120), min_size=1, max_size=300),
)
def test_no_minute_lets_more_through_than_its_requests_and_one_burst(
    per_minute: int, times: list[float]
) -> None:
    rates = Rates(per_minute)
    passed = [at for at in sorted(times) if rates.wait_s("a", at) == 0]
    for start in passed:
        n = sum(start <= at < start + 60 for at in passed)
        assert n <= per_minute + per_minute // 6 + 1


@given(st.integers(min_value=1, max_value=600), st.integers(min_value=1, max_value=300))
def test_who_waits_as_long_as_told_is_let_through(per_minute: int, n: int) -> None:
    rates, now = Rates(per_minute), 1_000.0
    for _ in range(n):
        wait_s = rates.wait_s("a", now)
        if wait_s:
            now += wait_s
            assert rates.wait_s("a", now) == 0


def test_owners_do_not_wait_for_each_other() -> None:
    rates = Rates(1)
    assert rates.wait_s("a", 0.0) == 0
    assert rates.wait_s("a", 0.0) == 60
    assert rates.wait_s("b", 0.0) == 0
