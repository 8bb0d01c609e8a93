"""How long the fake model takes: not at all, always the same, or log-normally distributed."""

import math
from dataclasses import dataclass
from typing import Literal

from tests.fake_llm.chance import normal

DEFAULT_SIGMA = 0.5  # of the logarithm: one call in twenty takes more than 2.3 times the median


@dataclass(frozen=True, slots=True)
class Latency:
    """A distribution of the seconds from a request to the end of its answer."""

    kind: Literal["none", "constant", "lognormal"] = "none"
    median_s: float = 0.0
    sigma: float = DEFAULT_SIGMA
    seed: int = 0

    def draw(self, *call: object) -> float:
        """Return the seconds that the call named by `call` takes, the same whenever asked."""
        if self.kind == "none":
            return 0.0
        if self.kind == "constant":
            return self.median_s
        return self.median_s * math.exp(self.sigma * normal(self.seed, "latency", *call))


def parse(text: str, seed: int = 0) -> Latency:
    """Read "none", "constant:0.5", "lognormal:2" or "lognormal:2:0.8" (median, sigma).

    Raises:
        ValueError: it is none of these.
    """
    kind, *numbers = text.split(":")
    if kind == "none" and not numbers:
        return Latency()
    try:
        values = [float(number) for number in numbers]
    except ValueError:
        values = []
    if all(math.isfinite(value) and value >= 0 for value in values):
        if kind == "constant" and len(values) == 1:
            return Latency("constant", values[0])
        if kind == "lognormal" and len(values) in {1, 2}:
            return Latency("lognormal", values[0], values[1] if values[1:] else DEFAULT_SIGMA, seed)
    raise ValueError(
        f"latency {text!r} is not known: give none, constant:SECONDS or lognormal:MEDIAN[:SIGMA]"
    )
