"""Does one system beat another? Paired bootstrap intervals (Efron & Tibshirani 1993, ch. 13)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

N_RESAMPLES = 10_000
SEED = 20_221_105
LEVEL = 0.95


class Interval(NamedTuple):
    """The mean of the paired differences and the percentile interval around it."""

    mean: float
    low: float
    high: float


def interval(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """Return the mean of `ours - theirs` over the same cases, with its 95 % interval.

    Cases are drawn with replacement, both scores of a case together; the seed is fixed.

    Raises:
        ValueError: the sequences differ in length or are empty.
    """
    differences = np.array([a - b for a, b in zip(ours, theirs, strict=True)])
    n = len(differences)
    if not n:
        raise ValueError("no cases to compare: give at least one")
    drawn = np.random.default_rng(SEED).integers(0, n, (N_RESAMPLES, n))
    tail = 50 * (1 - LEVEL)
    low, high = np.percentile(differences[drawn].mean(axis=1), [tail, 100 - tail])
    return Interval(float(differences.mean()), float(low), float(high))
