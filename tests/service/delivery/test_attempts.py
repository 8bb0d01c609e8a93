from datetime import UTC, datetime, timedelta

from summarizer.service.delivery.attempts import MAX_ATTEMPTS, WAITS_MIN, next_attempt

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)


def test_each_wait_is_longer_than_the_one_before() -> None:
    assert list(WAITS_MIN) == sorted(set(WAITS_MIN))
    assert next_attempt(1, NOW) == NOW + timedelta(minutes=1)


def test_after_the_last_attempt_there_is_no_other() -> None:
    assert next_attempt(MAX_ATTEMPTS - 1, NOW) is not None
    assert next_attempt(MAX_ATTEMPTS, NOW) is None
    assert next_attempt(MAX_ATTEMPTS + 5, NOW) is None


def test_all_attempts_are_made_within_a_day() -> None:
    assert timedelta(minutes=sum(WAITS_MIN)) <= timedelta(hours=24)
