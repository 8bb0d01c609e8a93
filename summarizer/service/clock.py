"""The clock on the wall: read at the edge and handed in, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
