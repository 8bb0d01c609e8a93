"""Who writes and judges a briefing when a language model does: what the pipeline is handed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.models.budget import Budget, Caps
from summarizer.models.judging import Judge
from summarizer.types import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A model engine and what goes with it; the embedded engine takes over where it fails."""

    engine: Engine
    judge: Judge | None = None  # chooses the lead
    second: Judge | None = None  # gives a second opinion on claims the rules doubt
    budget: Budget = field(default_factory=lambda: Budget(Caps(), {}))
    prompts: Mapping[str, str] = field(default_factory=dict)  # name -> digest
    concurrency: int = 1  # stories written at a time
