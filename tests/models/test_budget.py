import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from random import Random  # noqa: TID251 - seeded

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelError
from summarizer.models.base import Answer
from summarizer.models.budget import Budget, Caps, Price
from summarizer.types import Usage
from tests.models.scripted import NO_CAPS, Time

PRICE = Price(1.0, 4.0)  # US dollars a million tokens
TIMEOUT_S = 600.0


def budget(caps: Caps = NO_CAPS, time: Time | None = None) -> Budget:
    time = time or Time()
    return Budget(caps, {"priced": PRICE}, clock=time.clock, sleep=time.sleep)


def code_of(made: Budget, model: str = "priced", n_in: int = 10, n_out: int = 10) -> str:
    with pytest.raises(ModelError) as caught:
        made.reserve(model, n_in, n_out, timeout_s=TIMEOUT_S)
    return caught.value.code


def test_what_a_call_did_cost_replaces_what_was_held() -> None:
    made = budget(Caps(tokens=100))
    held = made.reserve("priced", 40, 60, timeout_s=TIMEOUT_S)
    made.settle(held, Answer("", 30, 20))
    assert made.usage == Usage(1, 0, 30, 20, False, 0.00011)  # noqa: FBT003 - a field
    made.reserve("priced", 25, 25, timeout_s=TIMEOUT_S)


def test_call_that_was_not_made_costs_nothing() -> None:
    made = budget(Caps(tokens=100))
    made.release(made.reserve("priced", 40, 60, timeout_s=TIMEOUT_S))
    made.reserve("priced", 40, 60, timeout_s=TIMEOUT_S)
    assert made.usage == Usage()


def test_call_that_was_lost_costs_the_most_it_can() -> None:
    made = budget(Caps(tokens=100))
    made.forfeit(made.reserve("priced", 40, 60, timeout_s=TIMEOUT_S))
    assert (made.usage.input_tokens, made.usage.output_tokens) == (40, 60)
    assert made.usage.estimated
    assert code_of(made, n_in=1, n_out=0) == "budget"


def test_model_without_a_price_cannot_be_used_under_a_cap_on_money() -> None:
    assert code_of(budget(Caps(usd=1.0)), "unpriced") == "budget"


def test_cost_is_unknown_once_a_price_was() -> None:
    made = budget()
    made.settle(made.reserve("unpriced", 1, 1, timeout_s=TIMEOUT_S), Answer("", 1, 1))
    assert made.usage.cost_usd is None


def test_recorded_answers_are_counted_apart() -> None:
    made = budget()
    made.count_cached()
    assert (made.usage.calls, made.usage.cached_calls) == (0, 1)


def test_negative_and_empty_caps_let_nothing_pass() -> None:
    for caps in (Caps(tokens=0), Caps(tokens=-1), Caps(usd=0.0), Caps(tokens_per_minute=0)):
        assert code_of(budget(caps)) == "budget"
    assert code_of(budget(Caps(requests_per_minute=0))) == "budget"


def test_call_larger_than_a_minute_is_refused_at_once() -> None:
    time = Time()
    assert code_of(budget(Caps(tokens_per_minute=19), time)) == "budget"
    assert time.slept == []


def test_turn_that_comes_too_late_is_not_waited_for() -> None:
    time = Time()
    made = budget(Caps(requests_per_minute=1, tokens=20), time)
    made.release(made.reserve("priced", 10, 10, timeout_s=TIMEOUT_S))
    with pytest.raises(ModelError, match="no time"):
        made.reserve("priced", 10, 10, timeout_s=59.0)
    assert time.slept == []
    made.reserve("priced", 10, 10, timeout_s=61.0)  # what the refused call held is free again
    assert sum(time.slept) == pytest.approx(60)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.floats(0, 30)), max_size=40),
    st.integers(1, 5),
    st.integers(100, 300),
)
def test_no_minute_sees_more_than_its_calls_and_tokens(
    calls: list[tuple[int, float]], rpm: int, tpm: int
) -> None:
    time = Time()
    made = budget(Caps(requests_per_minute=rpm, tokens_per_minute=tpm), time)
    taken: list[tuple[float, int]] = []
    for n_tokens, pause_s in calls:
        time.now_s += pause_s
        made.reserve("priced", n_tokens, n_tokens, timeout_s=1e6)
        taken.append((time.now_s, 2 * n_tokens))
    for at, _ in taken:
        minute = [n for when, n in taken if at <= when < at + 59.999]
        assert len(minute) <= rpm
        assert sum(minute) <= tpm
    assert all(a <= b for (a, _), (b, _) in pairwise(taken))


def test_cap_is_reached_by_what_was_spent_and_not_by_what_is_held() -> None:
    made = Budget(Caps(tokens=100), {})
    held = made.reserve("m", 40, 40, timeout_s=TIMEOUT_S)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(made.reserve, "m", 40, 40, timeout_s=TIMEOUT_S)
        made.settle(held, Answer("", 5, 5))
        assert waiting.result(timeout=30).tokens == 80


def test_others_are_not_waited_for_longer_than_there_is_time() -> None:
    made = Budget(Caps(tokens=100), {})
    made.reserve("m", 40, 40, timeout_s=TIMEOUT_S)
    with pytest.raises(ModelError, match="no time"):
        made.reserve("m", 40, 40, timeout_s=0.01)


def spend(chance: Random, n_threads: int) -> None:
    """Spend a random budget from many threads and check that nothing was ever passed."""
    caps = Caps(
        tokens=chance.choice([None, chance.randrange(20_000)]),
        usd=chance.choice([None, chance.random() / 20]),
        requests_per_minute=chance.choice([None, 1 + chance.randrange(40)]),
        tokens_per_minute=chance.choice([None, 400 + chance.randrange(5_000)]),
    )
    time, turn = Time(), threading.local()

    def clock() -> float:
        """Tell the time, and remember when this thread was told it last: at its turn."""
        turn.at = time.clock()
        return float(turn.at)

    made = Budget(caps, {"priced": PRICE}, clock=clock, sleep=time.sleep)
    asks = [
        (chance.randrange(1, 200), chance.randrange(1, 200), chance.random()) for _ in range(64)
    ]
    started: list[tuple[float, int]] = []
    refusals: set[str] = set()
    lock = threading.Lock()

    def work(ask: tuple[int, int, float]) -> None:
        n_in, n_out, share = ask
        try:
            held = made.reserve("priced", n_in, n_out, timeout_s=300)
        except ModelError as error:
            refusals.add(error.code)
            return
        with lock:
            started.append((turn.at, held.tokens))
        if share < 0.2:
            made.release(held)
        elif share < 0.4:
            made.forfeit(held)
        else:
            made.settle(held, Answer("", int(n_in * share), int(n_out * share)))

    with ThreadPoolExecutor(n_threads) as pool:
        list(pool.map(work, asks))
    usage = made.usage
    assert refusals <= {"budget"}
    assert caps.tokens is None or usage.input_tokens + usage.output_tokens <= caps.tokens
    assert caps.usd is None or (usage.cost_usd or 0.0) <= caps.usd + 1e-6
    for first, _ in started:
        minute = [n for at, n in started if first <= at < first + 59.999]
        assert caps.requests_per_minute is None or len(minute) <= caps.requests_per_minute
        assert caps.tokens_per_minute is None or sum(minute) <= caps.tokens_per_minute


@pytest.mark.parametrize("seed", range(10))
def test_no_cap_is_passed_by_sixteen_threads(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a seeded choice of cases
    for _ in range(100):
        spend(chance, 16)
