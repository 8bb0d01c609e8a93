"""Every fault of the endpoint in a whole briefing: is all kept, and is all that failed declared?"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import cast

from benchmarks.briefed import runs
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.errors import ModelError
from summarizer.models.judging import Judge
from summarizer.types import Briefing, Document
from tests.fake_llm import brains, faults
from tests.fake_llm.answers import Answer
from tests.fake_llm.endpoint import Setup
from tests.fake_llm.ledger import Ledger
from tests.fake_llm.prompt import Prompt, Task
from tests.fake_llm.server import serving

Figures = Mapping[str, float]

FAULTS = tuple(name for name, fault in faults.FAULTS.items() if not fault.needs_stream)
TASKS: tuple[Task, ...] = ("write", "repair", "lead")
MODES = ("once", "always", "random")
OPTIONS = Options(words=400, stories=6)
TURN_S, DEADLINE_S, LEEWAY_S = 0.5, 3.0, 1.0
N_AT_ONCE = 4  # runs, which mostly wait
_COUNTED = re.compile(r"(?:refused sentences of )?(\d+) of \d+ stories")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is wrong with one run; all False when nothing is."""

    name: str
    is_undeclared: bool
    has_lost_a_source: bool
    has_part_of_an_answer: bool
    is_late: bool
    is_impatient: bool  # a wait that the endpoint asked for was not kept


class _Speaker:
    """Tells one lie in three, so that there is something to correct, and remembers all it said."""

    def __init__(self) -> None:
        self.said: set[str] = set()
        self._brain = brains.liar(3)

    def answer(self, prompt: Prompt) -> Answer:
        """Answer a prompt."""
        answer = self._brain(prompt)
        told = (*((answer.headline,) if answer.headline else ()), *answer.lines)
        self.said |= {runs.one_line(line.text) for line in told}
        return answer


class _Lead:
    """Judges as a judge does, and remembers whether it could."""

    def __init__(self, judge: Judge | None) -> None:
        assert judge is not None
        self._judge = judge
        self.n_failed = 0

    def lead(self, sentences: Sequence[str], day: str | None) -> list[int]:
        """Choose the lead as the judge does."""
        try:
            return self._judge.lead(sentences, day)
        except ModelError:
            self.n_failed += 1
            raise


def matrix(documents: Sequence[Document], names: Sequence[str] = FAULTS) -> list[Outcome]:
    """Play every fault in every task, once, always and by chance."""
    cells = [f"{name}:{task}:{mode}" for name in names for task in TASKS for mode in MODES]
    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        return list(pool.map(lambda cell: play(documents, cell), cells))


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Count what went wrong."""
    return {
        "runs": len(outcomes),
        "not declared": sum(o.is_undeclared for o in outcomes),
        "with a source lost": sum(o.has_lost_a_source for o in outcomes),
        "with part of an answer printed": sum(o.has_part_of_an_answer for o in outcomes),
        "over the deadline": sum(o.is_late for o in outcomes),
        "impatient": sum(o.is_impatient for o in outcomes),
    }


def play(documents: Sequence[Document], cell: str) -> Outcome:
    """Brief with one fault."""
    speaker = _Speaker()
    setup = Setup(brain=speaker.answer, plans=[faults.parse(cell)])
    with serving(setup) as server:
        limits = {"call_timeout_s": TURN_S, "deadline_s": DEADLINE_S}
        with runs.staffed(server, concurrency=4, **limits) as staff:
            assert staff is not None
            engine, lead = runs.Recording(staff.engine), _Lead(staff.judge)
            watched = replace(staff, engine=engine, judge=cast("Judge", lead))
            began = time.monotonic()
            briefing = pipeline.brief(documents, OPTIONS, staff=watched)
            took_s = time.monotonic() - began
        n_failed = (len(engine.failures), len(engine.uncorrected), lead.n_failed)
        return Outcome(
            name=cell,
            is_undeclared=not _is_declared(briefing, n_failed),
            has_lost_a_source=_has_lost(briefing, documents),
            has_part_of_an_answer=any(_foreign(briefing, speaker.said)),
            is_late=took_s > DEADLINE_S + LEEWAY_S,
            is_impatient=not _is_patient(server.ledger),
        )


def _is_declared(briefing: Briefing, n_failed: tuple[int, int, int]) -> bool:
    """Tell whether status and notes say what failed, in how many stories."""
    said = [note.message for note in briefing.notes if note.code.startswith(("llm_", "budget"))]
    counts = [int(found[1]) for message in said if (found := _COUNTED.match(message))]
    is_said = sum(counts) == sum(n_failed[:2]) and len(said) - len(counts) == n_failed[2]
    return is_said and (briefing.status == "degraded") == any(n_failed)


def _has_lost(briefing: Briefing, documents: Sequence[Document]) -> bool:
    return sorted(entry.id for entry in briefing.documents) != sorted(d.id for d in documents)


def _foreign(briefing: Briefing, said: set[str]) -> Iterator[str]:
    """Yield claims that are neither a source's sentence nor one that the model finished."""
    texts = {entry.id: entry.text for entry in briefing.documents}
    for claim in runs.claims(briefing):
        quotes = [texts[c.document][c.start : c.end] for c in claim.citations]
        if claim.text not in said and claim.text not in quotes:
            yield claim.text


def _is_patient(ledger: Ledger) -> bool:
    return ledger.respected_retry_after() and ledger.no_identical_retry_after_truncation()
