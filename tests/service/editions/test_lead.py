"""How long before it is due a run begins."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.editions.lead import FIRST, MARGIN, MOST, N_RUNS, lead
from summarizer.service.store.run import Run

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)


def run(seconds: float | None) -> Run:
    """Return a run that took so long; None: it never began."""
    return Run(
        id="r",
        owner="local",
        status="done",
        request=None,
        edition="morning",
        day="2026-03-04",
        due=NOW,
        scheduled=True,
        outcome="briefing",
        executor=None,
        error_code=None,
        error=None,
        notes=(),
        created=NOW,
        started=None if seconds is None else NOW,
        finished=NOW + timedelta(seconds=seconds or 0),
        briefing=None,
        title=None,
        n_takeovers=0,
    )


@given(st.lists(st.none() | st.floats(-60, 10_000), max_size=30))
def test_lead_is_between_the_margin_and_the_most(seconds: list[float | None]) -> None:
    assert MARGIN <= lead(map(run, seconds)) <= MOST


@given(st.lists(st.none(), max_size=3))
def test_lead_of_the_first_run_is_a_guess(seconds: list[None]) -> None:
    assert lead(map(run, seconds)) == FIRST


def test_one_slow_run_of_ten_is_not_counted() -> None:
    assert lead(map(run, [600, *[30] * (N_RUNS - 1)])) == timedelta(seconds=30) + MARGIN
    assert lead(map(run, [600, 600, *[30] * (N_RUNS - 2)])) == timedelta(seconds=600) + MARGIN


def test_only_the_last_ten_that_began_are_counted() -> None:
    seconds = [None, *[30] * N_RUNS, *[600] * 5]
    assert lead(map(run, seconds)) == timedelta(seconds=30) + MARGIN
