import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_llm.limits import Limits, duration


def test_without_limits_everything_passes_and_nothing_is_told() -> None:
    ruling = Limits(now=0).rule(0, 10**9)
    assert ruling.is_allowed
    assert ruling.headers == {}


def test_headers_count_down() -> None:
    limits = Limits(rpm=60, tpm=6000, now=0)
    headers = limits.rule(0, 600).headers
    assert headers["x-ratelimit-limit-requests"] == "60"
    assert headers["x-ratelimit-remaining-requests"] == "59"
    assert headers["x-ratelimit-reset-requests"] == "1s"
    assert headers["x-ratelimit-remaining-tokens"] == "5400"
    assert headers["x-ratelimit-reset-tokens"] == "6s"


@given(st.integers(1, 60), st.lists(st.floats(0, 30), max_size=8))
def test_who_waits_as_told_is_let_in(rpm: int, pauses: list[float]) -> None:
    now = 0.0
    limits = Limits(rpm=rpm, now=now)
    while limits.rule(now, 1).is_allowed:
        pass
    for pause in pauses:
        now += pause
        ruling = limits.rule(now, 1)
        if not ruling.is_allowed:
            assert ruling.retry_after_s is not None
            assert ruling.headers["retry-after"] == str(int(ruling.retry_after_s))
            now += ruling.retry_after_s
            assert limits.rule(now, 1).is_allowed


@given(st.lists(st.tuples(st.floats(0, 20), st.integers(1, 400)), max_size=60))
def test_no_more_passes_than_the_bucket_held_and_gained(calls: list[tuple[float, int]]) -> None:
    limits = Limits(tpm=600, now=0)
    now, passed = 0.0, 0
    for pause, tokens in calls:
        now += pause
        passed += tokens if limits.rule(now, tokens).is_allowed else 0
        assert passed <= 600 + 10 * now + 1e-3


def test_refused_call_is_not_charged() -> None:
    limits = Limits(rpm=10, tpm=100, now=0)
    assert limits.rule(0, 100).is_allowed
    refused = limits.rule(0, 50)
    assert not refused.is_allowed
    assert refused.retry_after_s == 30
    assert refused.headers["x-ratelimit-remaining-requests"] == "9"
    assert "tokens per min (TPM): Limit 100, Requested 50" in refused.message


def test_call_larger_than_the_limit_is_told_no_time() -> None:
    ruling = Limits(tpm=100, now=0).rule(0, 101)
    assert not ruling.is_allowed
    assert ruling.retry_after_s is None
    assert "retry-after" not in ruling.headers
    assert ruling.message.startswith("Request too large")


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0ms"), (0.12, "120ms"), (7.66, "7.66s"), (20, "20s"), (60, "1m0s"), (361.2, "6m2s")],
)
def test_duration_is_written_as_real_servers_do(seconds: float, written: str) -> None:
    assert duration(seconds) == written
