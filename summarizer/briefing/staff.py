"""Who writes and judges a briefing when a language model does: what the pipeline is handed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from summarizer.errors import ModelError
from summarizer.models.budget import Budget, Caps
from summarizer.models.engine import Engine
from summarizer.models.judging import Judge
from summarizer.types import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A model engine and what goes with it; the embedded engine takes over where it fails."""

    engine: Engine
    judge: Judge | None = None  # chooses the lead
    second: Judge | None = None  # gives a second opinion on claims the rules doubt
    budget: Budget = field(default_factory=lambda: Budget(Caps(), {}))
    prompts: Mapping[str, str] = field(default_factory=dict)  # name -> digest
    concurrency: int = 1  # stories written at a time


def declared(message: str, errors: Iterable[ModelError | None]) -> Iterator[Note]:
    """Yield a note for each kind of failure: `message`, their number for #, the first one."""
    given = [error for error in errors if error is not None]
    for code, n in Counter(error.code for error in given).items():
        first = next(error for error in given if error.code == code)
        yield Note(code, f"{message.replace('#', str(n))}: {first}")
