"""What can be wrong with a sentence, and which verdict that makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.types import Verdict

Kind = Literal[
    "number", "unit", "value", "binding", "date", "name", "role", "quotation", "address",
    "negation", "contrast", "hedge", "status", "certainty", "speaker", "detail", "cause",
]  # fmt: skip

# The cited text says otherwise; of the other kinds it only does not say what the sentence says.
CONTRADICTING: frozenset[Kind] = frozenset(
    {"value", "binding", "role", "negation", "contrast", "unit"}
)


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that a sentence says and its cited text does not, in words for a reader."""

    kind: Kind
    reason: str


def verdict(found: Sequence[Flag]) -> Verdict:
    """Return what the flags of a sentence make of it."""
    if not found:
        return "supported"
    return "contradicted" if any(f.kind in CONTRADICTING for f in found) else "unsupported"


def quoted(text: str) -> str:
    """Put a text into quotation marks for a reason."""
    return f"\u201c{text}\u201d"
