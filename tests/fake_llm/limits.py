"""Requests and tokens per minute as token buckets, told in the headers that real servers send."""

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a call may go on, and what its headers say."""

    is_allowed: bool
    headers: Mapping[str, str]
    retry_after_s: float | None = None  # None also for a call that no waiting makes possible
    message: str = ""


class Bucket:
    """What is left of a limit; it fills up again evenly over a minute."""

    def __init__(self, kind: str, per_minute: int, now: float) -> None:
        self.kind = kind  # "requests" or "tokens"
        self.per_minute = per_minute
        self._level = float(per_minute)
        self._at = now

    def fill(self, now: float) -> None:
        """Add what time has brought."""
        gained = (now - self._at) * self.per_minute / MINUTE
        self._level = min(float(self.per_minute), self._level + max(0.0, gained))
        self._at = now

    def wait_s(self, amount: int) -> float:
        """Return the seconds until `amount` is there; infinite when it never is."""
        if amount > self.per_minute:
            return math.inf
        # Adding up fractions of a minute must not keep a caller out who waited as told.
        missing = amount - self._level
        return missing * MINUTE / self.per_minute if missing > 1e-6 else 0.0

    def take(self, amount: int) -> None:
        """Take `amount` out."""
        self._level -= amount

    def headers(self) -> dict[str, str]:
        """Return limit, remainder and the time until the bucket is full."""
        full_s = (self.per_minute - self._level) * MINUTE / self.per_minute
        return {
            f"x-ratelimit-limit-{self.kind}": str(self.per_minute),
            f"x-ratelimit-remaining-{self.kind}": str(max(0, math.floor(self._level + 1e-6))),
            f"x-ratelimit-reset-{self.kind}": duration(full_s),
        }


class Limits:
    """The limits of one account."""

    def __init__(self, *, rpm: int | None = None, tpm: int | None = None, now: float) -> None:
        limits = {"requests": rpm, "tokens": tpm}
        self._buckets = [Bucket(kind, n, now) for kind, n in limits.items() if n is not None]
        self._lock = threading.Lock()

    def rule(self, now: float, tokens: int) -> Ruling:
        """Let one call of `tokens` pass and charge it, or say when to come again."""
        with self._lock:
            amounts = {"requests": 1, "tokens": tokens}
            for bucket in self._buckets:
                bucket.fill(now)
            headers = {k: v for bucket in self._buckets for k, v in bucket.headers().items()}
            waits = {b: b.wait_s(amounts[b.kind]) for b in self._buckets}
            short = max(waits, key=lambda bucket: waits[bucket], default=None)
            if short is not None and waits[short] > 0:
                return _refusal(short, amounts[short.kind], waits[short], headers)
            for bucket in self._buckets:
                bucket.take(amounts[bucket.kind])
            return Ruling(
                is_allowed=True,
                headers={k: v for bucket in self._buckets for k, v in bucket.headers().items()},
            )


def _refusal(bucket: Bucket, amount: int, wait_s: float, headers: dict[str, str]) -> Ruling:
    unit = "requests per min (RPM)" if bucket.kind == "requests" else "tokens per min (TPM)"
    limit = f"on {unit}: Limit {bucket.per_minute}, Requested {amount}."
    if math.isinf(wait_s):
        return Ruling(
            is_allowed=False, headers=headers, message=f"Request too large for this model {limit}"
        )
    # Whole seconds, rounded up, so that a client that waits as told is let in.
    seconds = math.ceil(wait_s)
    return Ruling(
        is_allowed=False,
        headers=headers | {"retry-after": str(seconds)},
        retry_after_s=float(seconds),
        message=f"Rate limit reached {limit} Please try again in {duration(wait_s)}.",
    )


def duration(seconds: float) -> str:
    """Write seconds as the rate-limit headers do: "120ms", "7.66s", "1m0s"."""
    if seconds < 1:
        return f"{math.ceil(seconds * 1000)}ms"
    if seconds < MINUTE:
        return f"{seconds:.2f}".rstrip("0").rstrip(".") + "s"
    whole = math.ceil(seconds)
    return f"{whole // 60}m{whole % 60}s"
