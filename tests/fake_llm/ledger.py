"""A record of every call, and what tests ask of it."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from hashlib import sha256

from tests.fake_llm.clock import Clock
from tests.fake_llm.prompt import Task

TOLERANCE_S = 0.01  # of a wait that was measured by two clocks
DENIALS = frozenset({400, 401, 403, 404})  # and a quota: no retry can help


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request and what became of it."""

    n: int = 0  # in order of arrival, from 0; the ledger knows it, and the next two
    at: float = 0.0  # seconds since 1970
    in_flight: int = 0  # calls under way at its arrival, itself included
    host: str  # that the client wrote to
    key_hash: str | None  # of the authorization header, None without one
    task: Task
    digest: str  # of the prompt
    model: str
    max_tokens: int | None
    is_stream: bool
    tokens_in: int
    tokens_out: int = 0
    fault: str | None = None
    status: int = 0
    finish: str | None = None
    told_wait_s: float | None = None  # Retry-After of the reply
    lies: tuple[tuple[str, str], ...] = ()  # said, and what is true in its place or ""
    ended_at: float | None = None  # None: it goes on
    n_until_end: int = 0  # calls that had arrived when it ended
    n_bytes: int = 0  # of the body
    is_whole: bool = False  # the client took all that there was to send

    @property
    def is_denied(self) -> bool:
        """Say whether no later call can fare better."""
        return self.status in DENIALS or self.fault == "quota"


class Ledger:
    """All calls of one endpoint, in order of arrival. Safe for many threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: list[Call] = []
        self._n_open = 0
        self._lock = threading.Lock()

    def open(self, call: Call) -> int:
        """Record the arrival of a call and return its number."""
        with self._lock:
            self._n_open += 1
            n, at = len(self._calls), self._clock.now()
            self._calls.append(replace(call, n=n, at=at, in_flight=self._n_open))
            return n

    def note(self, n: int, **fields: object) -> Call:
        """Add what is known of a call by now, and return all that is."""
        with self._lock:
            self._calls[n] = replace(self._calls[n], **fields)  # type: ignore[arg-type]
            return self._calls[n]

    def close(self, n: int, *, n_bytes: int, is_whole: bool) -> None:
        """Record the end of a call; said twice, the later word counts."""
        with self._lock:
            self._n_open -= self._calls[n].ended_at is None
            n_until_end = len(self._calls)
        now = self._clock.now()
        self.note(n, ended_at=now, n_until_end=n_until_end, n_bytes=n_bytes, is_whole=is_whole)

    def calls(self, task: Task | None = None) -> list[Call]:
        """Return the calls of one task, or all."""
        with self._lock:
            return [call for call in self._calls if task in {None, call.task}]

    @property
    def max_in_flight(self) -> int:
        """Return the most calls that were under way at once."""
        return max((call.in_flight for call in self.calls()), default=0)

    @property
    def tokens(self) -> tuple[int, int]:
        """Return the tokens of all calls, in and out."""
        calls = self.calls()
        return sum(call.tokens_in for call in calls), sum(call.tokens_out for call in calls)

    @property
    def keys(self) -> set[str | None]:
        """Return the hashes of all keys that were shown, None for a call without one."""
        return {call.key_hash for call in self.calls()}

    @property
    def lies(self) -> list[tuple[str, str]]:
        """Return every lie told, with the truth beside it."""
        return [lie for call in self.calls() for lie in call.lies]

    def max_attempts(self) -> int:
        """Return how often the most repeated prompt was sent."""
        return max(Counter(call.digest for call in self.calls()).values(), default=0)

    def respected_retry_after(self) -> bool:
        """Say whether no prompt came back before the time that its reply had named."""
        return not any(
            later.at + TOLERANCE_S < (call.ended_at or call.at) + call.told_wait_s
            for call in self.calls()
            if call.told_wait_s is not None
            for later in self._repeats(call)
        )

    def no_identical_retry_after_truncation(self) -> bool:
        """Say whether no prompt that was cut off at its cap came back with the same cap."""
        return not any(
            later.max_tokens == call.max_tokens
            for call in self.calls()
            if call.finish == "length"
            for later in self._repeats(call)
        )

    def calls_after_denial(self) -> int:
        """Count what arrived once a reply had said that no retry can help.

        Of a client with several threads, all but one may have a call on its way just then.
        """
        calls = self.calls()
        known = [call.n_until_end for call in calls if call.is_denied and call.ended_at is not None]
        return len(calls) - min(known, default=len(calls))

    def _repeats(self, call: Call) -> list[Call]:
        return [
            c
            for c in self.calls()[call.n + 1 :]
            if (c.digest, c.model) == (call.digest, call.model)
        ]


def key_hash(headers: Mapping[str, str]) -> str | None:
    """Return a name for the key in a request's headers."""
    key = headers.get("authorization") or headers.get("api-key")
    return sha256(key.encode()).hexdigest()[:16] if key else None


def told_wait_s(headers: Mapping[str, str], now: float) -> float | None:
    """Read how long a reply tells its client to wait; None when it says nothing sensible."""
    unit_s = 0.001 if "retry-after-ms" in headers else 1.0
    told = headers.get("retry-after-ms") or headers.get("retry-after")
    if told is None:
        return None
    if told.isdecimal():
        return float(told) * unit_s
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - now)
    except ValueError:
        return None
