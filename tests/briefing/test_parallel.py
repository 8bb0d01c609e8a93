import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.parallel import in_threads


@given(st.lists(st.integers(), max_size=20), st.integers(1, 5))
def test_every_item_is_worked_on_once(items: list[int], n_threads: int) -> None:
    results = dict(in_threads(lambda n: n + 1, items, n_threads))
    assert [results[i] for i in range(len(items))] == [n + 1 for n in items]


def test_as_many_items_as_threads_are_worked_on_at_a_time() -> None:
    together = threading.Barrier(3, timeout=10)
    assert len(list(in_threads(lambda _: together.wait(), range(3), 3))) == 3


def test_one_thread_is_the_callers_own() -> None:
    here = threading.get_ident()
    assert [who for _, who in in_threads(lambda _: threading.get_ident(), range(2), 1)] == [
        here,
        here,
    ]


@pytest.mark.parametrize("n_threads", [1, 2])
def test_error_of_the_work_is_raised_and_ends_it(n_threads: int) -> None:
    begun = []

    def work(n: int) -> int:
        begun.append(n)
        return 1 // n

    with pytest.raises(ZeroDivisionError):
        list(in_threads(work, [0, *range(1, 1_000)], n_threads))
    assert 0 in begun
