"""What a run may spend: tokens, money and calls a minute, never exceeded, also under concurrency.

A call first reserves the most it can cost and settles what it did cost afterwards, so that any
number of threads together stay below the caps. What others hold is waited for: a cap is reached
when what was spent leaves no room, not because many ask at once.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from summarizer.errors import ModelError
from summarizer.models.base import Answer
from summarizer.types import Usage

_MINUTE_S = 60.0
_MILLION = 1_000_000
_NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in US dollars."""

    input_usd: float
    output_usd: float

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """Return the cost of one call in US dollars."""
        return (input_tokens * self.input_usd + output_tokens * self.output_usd) / _MILLION


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one run; None: no limit."""

    tokens: int | None = None  # input and output together
    usd: float | None = None  # a model without a price cannot be used under this cap
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """The most one call can cost, held until it is settled."""

    model: str
    input_tokens: int
    output_tokens: int
    usd: float | None

    @property
    def tokens(self) -> int:
        """Input and output together."""
        return self.input_tokens + self.output_tokens


@dataclass(slots=True)
class _Spent:
    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    usd: float = 0.0
    is_priced: bool = True


class Budget:
    """Counts what models cost, thread-safe.

    Args:
        caps: what may be spent.
        prices: by the name of the model.
        before: what the run has spent already, in a process that was ended.
        clock: seconds, monotonic.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        caps: Caps,
        prices: Mapping[str, Price],
        before: Usage = _NOTHING,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._caps = caps
        self._prices = prices
        self._clock = clock
        self._sleep = sleep
        self._settled = threading.Condition()
        self._spent = _Spent(
            calls=before.calls,
            cached_calls=before.cached_calls,
            input_tokens=before.input_tokens,
            output_tokens=before.output_tokens,
            estimated=before.estimated,
            usd=before.cost_usd or 0.0,
            is_priced=before.cost_usd is not None,
        )
        self._held: list[Reservation] = []
        self._recent: deque[tuple[float, int]] = deque()  # when, tokens: the last minute's calls

    def reserve(
        self, model: str, input_tokens: int, output_tokens: int, *, timeout_s: float
    ) -> Reservation:
        """Hold what a call can cost at most, and wait for its turn in the minute.

        Raises:
            ModelError: `budget` when a cap would be passed or no turn comes within `timeout_s`.
        """
        price = self._prices.get(model)
        usd = None if price is None else price.of(input_tokens, output_tokens)
        wanted = Reservation(model, input_tokens, output_tokens, usd)
        ends_at = self._clock() + timeout_s
        with self._settled:
            while (refusal := self._refusal(wanted)) is not None:
                if not self._held:
                    raise refusal
                if not self._settled.wait(min(timeout_s, threading.TIMEOUT_MAX)):
                    raise _no_time()
            self._held.append(wanted)
        try:
            self._wait(wanted.tokens, ends_at)
        except BaseException:
            self.release(wanted)
            raise
        return wanted

    def settle(self, reservation: Reservation, answer: Answer) -> None:
        """Replace what was held by what the call did cost."""
        price = self._prices.get(reservation.model)
        with self._settled:
            spent = self._spent
            spent.calls += 1
            spent.input_tokens += answer.input_tokens
            spent.output_tokens += answer.output_tokens
            spent.estimated |= answer.estimated
            spent.is_priced &= price is not None
            if price is not None:
                spent.usd += price.of(answer.input_tokens, answer.output_tokens)
            self._let_go(reservation)

    def forfeit(self, reservation: Reservation) -> None:
        """Count a call that failed on the way at the most it can have cost: it may be billed."""
        n_in, n_out = reservation.input_tokens, reservation.output_tokens
        self.settle(reservation, Answer("", n_in, n_out, estimated=True))

    def release(self, reservation: Reservation) -> None:
        """Give back what was held for a call that was not made."""
        with self._settled:
            self._let_go(reservation)

    def cost_usd(self, model: str, input_tokens: int, output_tokens: int) -> float | None:
        """Return what so many tokens of a model cost; None when no price is known."""
        price = self._prices.get(model)
        return None if price is None else price.of(input_tokens, output_tokens)

    def count_cached(self) -> None:
        """Count an answer that was on record."""
        with self._settled:
            self._spent.cached_calls += 1

    @property
    def usage(self) -> Usage:
        """What was spent until now."""
        with self._settled:
            spent = self._spent
            return Usage(
                calls=spent.calls,
                cached_calls=spent.cached_calls,
                input_tokens=spent.input_tokens,
                output_tokens=spent.output_tokens,
                estimated=spent.estimated,
                cost_usd=round(spent.usd, 6) if spent.is_priced else None,
            )

    def _let_go(self, reservation: Reservation) -> None:
        self._held.remove(reservation)
        self._settled.notify_all()

    def _refusal(self, wanted: Reservation) -> ModelError | None:
        """Say why a call cannot be made besides those under way, if so."""
        spent, caps = self._spent, self._caps
        held_tokens = sum(held.tokens for held in self._held)
        used = spent.input_tokens + spent.output_tokens + held_tokens
        if caps.tokens is not None and used + wanted.tokens > caps.tokens:
            return ModelError(f"budget of {caps.tokens:,} tokens reached", "budget")
        if caps.usd is None:
            return None
        if wanted.usd is None:
            return ModelError(
                f"no price is known for {wanted.model}: set it in prices, or leave out the budget "
                "in dollars",
                "budget",
            )
        held_usd = sum(held.usd or 0.0 for held in self._held)
        if spent.usd + held_usd + wanted.usd > caps.usd:
            return ModelError(f"budget of {caps.usd:g} US dollars reached", "budget")
        return None

    def _wait(self, tokens: int, ends_at: float) -> None:
        """Wait for a turn within the calls and tokens of a minute."""
        most = self._caps.tokens_per_minute
        if most is not None and tokens > most:
            raise ModelError(
                f"one call may take {tokens:,} tokens: more than {most:,} a minute", "budget"
            )
        while (wait_s := self._turn(tokens)) > 0:
            if self._clock() + wait_s > ends_at:
                raise _no_time()
            self._sleep(wait_s)

    def _turn(self, tokens: int) -> float:
        """Take the turn and return 0, or return the seconds until it may come."""
        caps = self._caps
        with self._settled:
            now = self._clock()
            # The same sum as below: rounded otherwise, a wait of 0 would be taken for a turn.
            while self._recent and self._recent[0][0] + _MINUTE_S <= now:
                self._recent.popleft()
            n_tokens = tokens + sum(n for _, n in self._recent)
            is_full = (
                caps.requests_per_minute is not None
                and len(self._recent) >= caps.requests_per_minute
            ) or (caps.tokens_per_minute is not None and n_tokens > caps.tokens_per_minute)
            if is_full:
                return self._recent[0][0] + _MINUTE_S - now if self._recent else _MINUTE_S
            self._recent.append((now, tokens))
            return 0.0


def _no_time() -> ModelError:
    return ModelError("the limits of the budget leave no time for the call", "budget")
