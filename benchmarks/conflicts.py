"""Disagreements between reports: are planted ones found, and nothing else?

Run `python -m benchmarks.conflicts [--seed N] [--stories N] [--record]`. The stories are invented
and hold one planted disagreement or none, beside numbers that must not be compared. A reported
conflict is right when its slot, its kind and its numbers are those planted. A conflict is told as
fact when a briefing prints one side of it in a claim that is not marked as differing, or without
the other side in the story's list.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks import planted, results
from benchmarks.data import arguments
from benchmarks.planted import Planted, PlantedStory
from summarizer.briefing import pipeline, slots
from summarizer.briefing.options import Options
from summarizer.text.facts import quantities
from summarizer.types import Conflict, Story

SEED = 1
N_STORIES = 200
MIN_PRECISION, MIN_RECALL = 0.90, 0.80
WORDS = 400


class Figures(NamedTuple):
    """Precision and recall, 0 to 1, of how many; and how often a conflict passed for a fact."""

    precision: float
    recall: float
    n_planted: int
    n_found: int
    told_as_fact: int


def measure(n_stories: int, seed: int) -> Figures:
    """Tell planted stories and compare what is reported with what was planted."""
    rng = random.Random(seed)  # noqa: S311 - the same stories every time
    n: Counter[str] = Counter()
    for _ in range(n_stories):
        made = planted.story(rng)
        told = tell(made)
        found = {_as_planted(conflict) for conflict in told.conflicts}
        n["planted"] += len(made.planted)
        n["found"] += len(found)
        n["right"] += len(found & set(made.planted))
        n["told as fact"] += sum(_is_told_as_fact(gold, told) for gold in made.planted)
    return Figures(
        n["right"] / max(1, n["found"]),
        n["right"] / max(1, n["planted"]),
        n["planted"],
        n["found"],
        n["told as fact"],
    )


def tell(made: PlantedStory) -> Story:
    """Brief the documents as one story."""
    return pipeline.brief(made.documents, Options(words=WORDS, one_story=True)).stories[0]


def _as_planted(conflict: Conflict) -> Planted:
    return Planted(conflict.about, conflict.kind, frozenset(_numbers(conflict)))


def _numbers(conflict: Conflict) -> Iterable[int]:
    for value in conflict.values:
        yield from (int(quantity.low) for quantity in quantities.find(value.value, "en"))


def _is_told_as_fact(gold: Planted, told: Story) -> bool:
    """Tell whether a claim states one side of a planted conflict as if nobody said otherwise."""
    if gold.kind != "conflict":
        return False
    is_listed = any(set(_numbers(c)) >= gold.numbers for c in told.conflicts)
    return any(
        slot.name == gold.about and slot.low in gold.numbers
        for claim in (told.headline, *told.claims)
        if claim.facet != "differ" or not is_listed
        for slot in slots.find(claim.text, "en")
    )


def rows(figures: Figures) -> Sequence[tuple[str, float, str]]:
    """Return each figure's name, value and goal."""
    return (
        ("precision", figures.precision, f">= {MIN_PRECISION}"),
        ("recall", figures.recall, f">= {MIN_RECALL}"),
        ("conflicts told as fact", figures.told_as_fact, "0"),
        ("planted", figures.n_planted, ""),
        ("found", figures.n_found, ""),
    )


def main() -> None:
    """Print the table."""
    parser = arguments(__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--stories", type=int, default=N_STORIES)
    given = parser.parse_args()
    figures = measure(given.stories, given.seed)
    for name, value, goal in rows(figures):
        print(f"{name:<28}{value:>8.3f}  {goal}")
    if given.record:
        results.record("conflicts", figures._asdict())


if __name__ == "__main__":
    main()
