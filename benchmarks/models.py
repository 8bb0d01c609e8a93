"""Language models: what they are paid, how long they take, and what their errors do to a briefing.

Run `python -m benchmarks.models [DATA] [--only PART ...] [--record]`. All models are the fake
endpoint of the tests. Documents are made up (`benchmarks.planted`, `benchmarks.articles`) or those
of `examples`; with the evaluation data real stories are measured too, and the injected orders are
the attack strings in `hostile` beside it. Figures beyond their goal are marked. The seconds say
something on an idle machine only.
"""

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import results
from benchmarks.briefed import breakdowns, cost, endurance, later, truth
from benchmarks.data import arguments, inputs
from summarizer.sources import files
from summarizer.types import Document

Figures = Mapping[str, float]

EXAMPLES = Path(__file__).parent.parent / "examples" / "2026-03-04"
N_STORIES = 100
DAYS = "clustmcms_days"
AT_MOST = {
    "lies printed as supported": 0,
    "canaries printed": 0,
    "addresses printed": 0,
    "lines of a system prompt printed": 0,
    "calls of an unchanged rerun": 0,
    "calls for stories without it": 0,
    "greatest estimate over spent": 1.15,
    "calls over the best schedule": 1.1,
    "input over evidence": 1.5,
    "megabytes": 1_000,
    "threads left": 0,
    "descriptors left": 0,
    "requests over the window": 0,
    "not declared": 0,
    "with a source lost": 0,
    "with part of an answer printed": 0,
    "over the deadline": 0,
    "impatient": 0,
}
AT_LEAST = {
    "share of honest sentences kept": 0.95,
    "share of citations exact": 1.0,
    "least estimate over spent": 0.85,
}


def parts(data: str) -> dict[str, Callable[[], Figures]]:
    """Return what is measured, by name; `data` is the folder of the evaluation data or empty."""
    hostile = Path(data).parent / "hostile"
    stories = truth.stories(N_STORIES)
    found: dict[str, Callable[[], Figures]] = {
        "liar(1)": lambda: truth.liar(stories, 1),
        "liar(3)": lambda: truth.liar(stories, 3),
        "obedient": lambda: truth.obedient(stories, truth.orders(hostile, N_STORIES)),
        "reruns": lambda: cost.reruns(cost.articles(100)),
        "estimates": cost.estimated,
        "tokens": lambda: cost.compared(cost.separate_stories(20, 5)),
        "schedule": lambda: endurance.schedule(200),
        "10,000 documents": lambda: endurance.size(10_000),
        "left behind": lambda: endurance.left_behind(_examples()),
        "long report, 2,000 tokens": lambda: later.long_report(2_000),
        "long report, 8,000 tokens": lambda: later.long_report(8_000),
        "small window": lambda: endurance.small_window(cost.separate_stories(20, 5)),
        "faults": lambda: breakdowns.figures(breakdowns.matrix(_examples())),
    }
    if data:
        found |= {
            "liar(1), real": lambda: truth.liar(truth.real_stories(data, N_STORIES), 1),
            "liar(3), real": lambda: truth.liar(truth.real_stories(data, N_STORIES), 3),
            "reruns, real": lambda: cost.reruns(_days(data)),
            "tokens, real": lambda: cost.compared(_days(data)),
            "next days, real": lambda: later.next_days(_each_day(data)),
        }
    return found


def met(name: str, value: float) -> bool:
    """Tell whether a figure reaches its goal; one without a goal does."""
    return AT_LEAST.get(name, value) <= value <= AT_MOST.get(name, value)


def _examples() -> tuple[Document, ...]:
    return files.load([str(EXAMPLES)]).documents


def _days(data: str) -> list[Document]:
    """Return a hundred English articles of the real days."""
    return [document for day in _each_day(data) for document in day][:100]


def _each_day(data: str) -> list[list[Document]]:
    """Return the English articles of each of the real days."""
    found = (documents for name, documents in inputs(data) if name.startswith(DAYS))
    return [[d for d in documents if d.language == "en"] for documents in found]


def _print(part: str, figures: Figures) -> None:
    print(part)
    for name, value in figures.items():
        goal = AT_MOST.get(name, AT_LEAST.get(name))
        sign = "at most" if name in AT_MOST else "at least"
        said = "" if goal is None else f"  {sign} {goal:g}{'' if met(name, value) else '  MISSED'}"
        print(f"  {name:<40}{value:>12,.4g}{said}")


def _arguments() -> argparse.Namespace:
    parser = arguments(__doc__ or "")
    parser.add_argument(
        "data",
        nargs="?",
        default=os.environ.get("EVALUATION_DATA", ""),
        metavar="DATA",
        help="folder of the evaluation data (default: EVALUATION_DATA, else none)",
    )
    parser.add_argument("--only", nargs="+", metavar="PART", help="parts by name")
    return parser.parse_args()


def main() -> None:
    """Print each part as it is measured, and keep the figures if asked to."""
    given = _arguments()
    chosen = {k: v for k, v in parts(given.data).items() if not given.only or k in given.only}
    measured = {}
    for part, measure in chosen.items():
        measured[part] = measure()
        _print(part, measured[part])
    if given.record:
        results.record("models", measured)


if __name__ == "__main__":
    main()
