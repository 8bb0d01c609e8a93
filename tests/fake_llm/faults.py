"""All faults by name, and when the endpoint plays them.

The table is the union of five: what the status says, how bytes travel, the envelope, how the answer
is written, and what it says.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tests.fake_llm.chance import share
from tests.fake_llm.fault import Fault
from tests.fake_llm.faulty_answers import ANSWERS
from tests.fake_llm.faulty_completions import COMPLETIONS
from tests.fake_llm.faulty_statuses import STATUSES
from tests.fake_llm.faulty_texts import TEXTS
from tests.fake_llm.faulty_wires import WIRES
from tests.fake_llm.prompt import TASKS, Prompt, Task

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {**STATUSES, **WIRES, **COMPLETIONS, **TEXTS, **ANSWERS}
)
RANDOM_SHARE = 0.3

_MODE = re.compile(r"once|always|random|x(\d{1,6})|(\d{1,3})%")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which fault is played, for which calls."""

    fault: str
    task: Task | Literal["any"] = "any"
    first: int | None = None  # the first so many calls; None: no end
    share: float = 1.0  # of the calls, drawn by chance
    contains: str = ""  # only calls whose user message holds this text
    seed: int = 0

    def __post_init__(self) -> None:
        if self.fault not in FAULTS:
            raise ValueError(f"fault {self.fault!r} is not known: give one of {', '.join(FAULTS)}")


class Playing:
    """A plan at work: it knows which calls it has struck."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._n_played = 0
        self._lock = threading.Lock()

    def strikes(self, prompt: Prompt, attempt: int, *, is_stream: bool) -> bool:
        """Say whether the plan plays its fault on this call; `attempt` counts equal prompts."""
        plan = self.plan
        if plan.task not in {"any", prompt.task} or plan.contains not in prompt.user:
            return False
        if FAULTS[plan.fault].needs_stream and not is_stream:
            return False
        if share(plan.seed, plan.fault, prompt.digest, attempt) > plan.share:
            return False
        with self._lock:
            self._n_played += 1
            return plan.first is None or self._n_played <= plan.first


def parse(text: str, seed: int = 0) -> Plan:
    """Read "truncated", "truncated:write" or "truncated:write:MODE".

    MODE is once, always (if not given), random (3 calls of 10), N% or xN (the first N calls).

    Raises:
        ValueError: the fault, the task or the mode is not known.
    """
    fault, _, rest = text.partition(":")
    name, _, mode = rest.partition(":")
    task = next((task for task in (*TASKS, "any") if task == (name or "any")), None)
    match = _MODE.fullmatch(mode or "always")
    if task is None or match is None:
        raise ValueError(f"fault {text!r} is not known: give FAULT[:TASK[:MODE]]")
    first = 1 if mode == "once" else int(match[1]) if match[1] else None
    part = RANDOM_SHARE if mode == "random" else int(match[2]) / 100 if match[2] else 1.0
    return Plan(fault, task, first, part, seed=seed)  # type: ignore[arg-type] # one of TASKS or "any"
