"""How an attempt to deliver may end, and when the next one is made."""

from datetime import datetime, timedelta
from typing import Literal

from summarizer.errors import SummarizerError

Fate = Literal["refused", "later", "unknown", "unwanted"]

WAITS_MIN = (1, 5, 15, 60, 120, 240, 480)  # before the second attempt, the third, ...: 15 hours
MAX_ATTEMPTS = len(WAITS_MIN) + 1


class DeliveryError(SummarizerError):
    """Something that was not delivered, or of which that is not known.

    `fate` tells: "refused" for good, "later" it may work, "unknown" whether the other side took it,
    "unwanted" by its reader.
    """

    code = "delivery"

    def __init__(self, message: str, fate: Fate) -> None:
        super().__init__(message)
        self.fate: Fate = fate


def next_attempt(n_made: int, now: datetime) -> datetime | None:
    """Return when to try again after so many attempts; None when it is no use."""
    if n_made >= MAX_ATTEMPTS:
        return None
    return now + timedelta(minutes=WAITS_MIN[max(n_made, 1) - 1])
