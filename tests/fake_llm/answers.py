"""What a model answers, as a value, and the two forms it may be written in."""

import json
from dataclasses import dataclass
from typing import Literal

from tests.fake_llm.prompt import Task


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer."""

    cites: tuple[str, ...]
    text: str
    k: int | None = None  # of a repair: which failed sentence it replaces
    truth: str | None = None  # in place of a lie, what is true; empty where nothing should stand


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model thinks of one claim."""

    k: int
    verdict: Literal["supported", "partly", "unsupported", "contradicted"]
    wrong_span: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to any task; the fields that the task does not know stay empty."""

    task: Task
    status: Literal["ok", "insufficient"] = "ok"
    headline: Line | None = None
    lines: tuple[Line, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    relation: tuple[str, str] | None = None  # of two sentences, and why
    prose: str | None = None  # printed in place of all others

    @property
    def lies(self) -> tuple[tuple[str, str], ...]:
        """Return what is said and what would have been true, for each lie."""
        told = (*((self.headline,) if self.headline else ()), *self.lines)
        return tuple((line.text, line.truth) for line in told if line.truth is not None)


def as_json(answer: Answer) -> str:
    """Write the answer as the JSON object its task asks for."""
    if answer.prose is not None:
        return answer.prose
    return json.dumps(_object(answer), ensure_ascii=False)


def as_lines(answer: Answer) -> str:
    """Write the answer as plain lines: `# [A1] headline`, `[A1, B2] sentence`, `1 [A1] repair`."""
    if answer.prose is not None:
        return answer.prose
    if answer.status == "insufficient":
        return "insufficient"
    if answer.relation is not None:
        return ": ".join(answer.relation)
    lines = [f"# {_line(answer.headline)}"] if answer.headline else []
    lines += [_line(line) for line in answer.lines]
    lines += [f"{opinion.k} {opinion.verdict}" for opinion in answer.opinions]
    return "\n".join(lines)


def _object(answer: Answer) -> dict[str, object]:
    lines = [_cited(line) for line in answer.lines]
    if answer.task == "write":
        headline = _cited(answer.headline or Line((), ""))
        return {"status": answer.status, "headline": headline, "sentences": lines}
    if answer.task == "verify":
        return {
            "items": [
                {"k": opinion.k, "verdict": opinion.verdict, "wrong_span": opinion.wrong_span}
                for opinion in answer.opinions
            ]
        }
    if answer.task == "adjudicate":
        relation, why = answer.relation or ("different", "")
        return {"relation": relation, "why": why}
    if answer.task == "extract":
        return {"sentences": [{"cites": list(line.cites)} for line in answer.lines]}
    return {"lead" if answer.task == "lead" else "sentences": lines}


def _cited(line: Line) -> dict[str, object]:
    number = {} if line.k is None else {"k": line.k}
    return {**number, "cites": list(line.cites), "text": line.text}


def _line(line: Line) -> str:
    number = "" if line.k is None else f"{line.k} "
    return f"{number}[{', '.join(line.cites)}] {' '.join(line.text.split())}"
