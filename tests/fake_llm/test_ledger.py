from dataclasses import replace

import pytest

from tests.fake_llm.clock import EPOCH, VirtualClock
from tests.fake_llm.ledger import Call, Ledger, key_hash, told_wait_s

ARRIVED = Call(
    host="h",
    key_hash=None,
    task="write",
    digest="d",
    model="m",
    max_tokens=100,
    is_stream=False,
    tokens_in=10,
)


def at(ledger: Ledger, clock: VirtualClock, **fields: object) -> int:
    """Record a call that ends one second after it came."""
    n = ledger.open(replace(ARRIVED, **fields))  # type: ignore[arg-type]
    clock.advance(1)
    ledger.close(n, n_bytes=5, is_whole=True)
    return n


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def ledger(clock: VirtualClock) -> Ledger:
    return Ledger(clock)


def test_empty_ledger_has_nothing_to_say(ledger: Ledger) -> None:
    assert ledger.calls() == []
    assert (ledger.max_in_flight, ledger.max_attempts(), ledger.tokens) == (0, 0, (0, 0))
    assert ledger.respected_retry_after()
    assert ledger.no_identical_retry_after_truncation()
    assert ledger.calls_after_denial() == 0


def test_calls_keep_their_times_and_tasks(ledger: Ledger, clock: VirtualClock) -> None:
    at(ledger, clock)
    at(ledger, clock, task="lead")
    assert [call.task for call in ledger.calls()] == ["write", "lead"]
    (lead,) = ledger.calls("lead")
    assert (lead.n, lead.at, lead.ended_at) == (1, EPOCH + 1, EPOCH + 2)
    assert ledger.tokens == (20, 0)


def test_in_flight_counts_calls_that_have_not_ended(ledger: Ledger, clock: VirtualClock) -> None:
    first = ledger.open(ARRIVED)
    at(ledger, clock, digest="other")
    ledger.close(first, n_bytes=0, is_whole=False)
    ledger.close(first, n_bytes=0, is_whole=False)
    at(ledger, clock)
    assert [call.in_flight for call in ledger.calls()] == [1, 2, 1]
    assert ledger.max_in_flight == 2


@pytest.mark.parametrize(("pause", "is_respected"), [(0, False), (1.9, False), (2, True)])
def test_retry_after_counts_from_the_end_of_the_reply(
    ledger: Ledger,
    clock: VirtualClock,
    pause: float,
    is_respected: bool,  # noqa: FBT001 - a case
) -> None:
    n = at(ledger, clock)
    ledger.note(n, status=429, told_wait_s=2.0)
    at(ledger, clock, digest="another prompt need not wait")
    clock.advance(pause - 1)
    at(ledger, clock)
    assert ledger.respected_retry_after() is is_respected


@pytest.mark.parametrize(("max_tokens", "is_sound"), [(100, False), (200, True), (None, True)])
def test_cut_off_prompt_comes_back_with_another_cap(
    ledger: Ledger,
    clock: VirtualClock,
    max_tokens: int | None,
    is_sound: bool,  # noqa: FBT001 - a case
) -> None:
    ledger.note(at(ledger, clock), finish="length")
    at(ledger, clock, digest="other")
    at(ledger, clock, max_tokens=max_tokens)
    assert ledger.no_identical_retry_after_truncation() is is_sound


def test_fallback_model_is_no_repeat(ledger: Ledger, clock: VirtualClock) -> None:
    ledger.note(at(ledger, clock), finish="length", told_wait_s=60.0)
    at(ledger, clock, model="another")
    assert ledger.no_identical_retry_after_truncation()
    assert ledger.respected_retry_after()


@pytest.mark.parametrize(
    ("fields", "is_final"),
    [
        ({"status": 401}, True),
        ({"status": 429, "fault": "quota"}, True),
        ({"status": 429}, False),
        ({"status": 503}, False),
    ],
)
def test_denial_is_final(
    ledger: Ledger,
    clock: VirtualClock,
    fields: dict[str, object],
    is_final: bool,  # noqa: FBT001 - a case
) -> None:
    ledger.note(at(ledger, clock), **fields)
    assert ledger.calls_after_denial() == 0
    at(ledger, clock, digest="other")
    assert ledger.calls_after_denial() == is_final


def test_attempts_are_counted_by_prompt(ledger: Ledger, clock: VirtualClock) -> None:
    for digest in ("a", "b", "a", "c", "a"):
        at(ledger, clock, digest=digest)
    assert ledger.max_attempts() == 3


def test_keys_are_kept_as_hashes() -> None:
    first = key_hash({"authorization": "Bearer secret"})
    assert first is not None
    assert "secret" not in first
    assert first != key_hash({"api-key": "other"})
    assert key_hash({}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "7", "retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "Wed, 04 Mar 2026 06:00:09 GMT"}, 9),
        ({"retry-after": "Wed, 04 Mar 2020 06:00:09 GMT"}, 0),
        ({"retry-after": "soon; -1"}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert told_wait_s(headers, EPOCH) == seconds


def test_call_on_its_way_when_the_denial_comes_is_not_held_against_it(
    ledger: Ledger,
) -> None:
    denied, other = ledger.open(ARRIVED), ledger.open(ARRIVED)
    ledger.note(denied, status=401)
    for n in (denied, other):
        ledger.close(n, n_bytes=0, is_whole=True)
    assert ledger.calls_after_denial() == 0
