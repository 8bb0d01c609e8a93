"""Chance that is the same in every run, whatever the order of the threads that ask."""

from hashlib import sha256
from statistics import NormalDist

_NORMAL = NormalDist()
_SMALLEST = 2.0**-53


def share(*parts: object) -> float:
    """Return a number in (0, 1) that depends on `parts` alone."""
    digest = sha256("\x00".join(map(str, parts)).encode("utf-8", "replace")).digest()
    return max(_SMALLEST, int.from_bytes(digest[:8], "big") / 2.0**64)


def normal(*parts: object) -> float:
    """Return a standard normal number that depends on `parts` alone."""
    return _NORMAL.inv_cdf(min(share(*parts), 1 - _SMALLEST))
