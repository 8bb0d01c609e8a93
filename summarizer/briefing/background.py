"""How many documents of earlier days hold each term: what makes a word of today rare or common.

Without it a day is judged by its own frequencies, smoothed towards a constant (`stories`). No table
is shipped: general word frequencies changed no BCubed figure of `benchmarks.stories` beyond noise.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from summarizer.errors import InputError
from summarizer.text import lexical
from summarizer.types import Document


@dataclass(frozen=True, slots=True)
class Background:
    """Document frequencies of earlier days.

    Raises:
        InputError: a frequency is below 1 or above `n_documents`.
    """

    n_documents: int = 0
    frequency: Mapping[str, int] = field(default_factory=dict)  # documents that hold each stem

    def __post_init__(self) -> None:
        """Refuse frequencies that no documents can have."""
        if not all(1 <= n <= self.n_documents for n in self.frequency.values()):
            raise InputError(
                f"a background of {self.n_documents} documents has frequencies of 1 to "
                f"{self.n_documents}: count it with summarizer.briefing.background.count"
            )

    @property
    def digest(self) -> str:
        """SHA-256 of the table, hexadecimal."""
        lines = [str(self.n_documents), *(f"{t} {n}" for t, n in sorted(self.frequency.items()))]
        return sha256("\n".join(lines).encode()).hexdigest()


NO_BACKGROUND = Background()


def count(documents: Iterable[Document]) -> Background:
    """Count the documents that hold each content stem."""
    frequency: Counter[str] = Counter()
    n_documents = 0
    for document in documents:
        stems = lexical.content_stems(lexical.words(document.text), document.language)
        frequency.update(set(stems))
        n_documents += 1
    return Background(n_documents, dict(frequency))


def add(*parts: Background) -> Background:
    """Return what counting all documents of `parts` at once would have returned."""
    frequency: Counter[str] = Counter()
    for part in parts:
        frequency.update(part.frequency)
    return Background(sum(part.n_documents for part in parts), dict(frequency))
