"""Disagreements between reports: are planted ones found, and nothing else?

Run `python -m benchmarks.conflicts [--seed N] [--stories N] [--record]`. The stories are invented
and hold one planted disagreement or none, beside values that must not be compared; those of counted
people and those of particulars (a magnitude, a vote, a sum) are figured apart. A reported conflict
is right when its slot, its kind and its values are those planted. A conflict is told as fact when a
briefing prints one side of it in a claim that is not marked as differing, or without the other side
in the story's list.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks import planted, planted_particulars, results
from benchmarks.data import arguments
from benchmarks.planted import Planted, PlantedStory
from summarizer.briefing import particulars, pipeline, slots
from summarizer.briefing.options import Options
from summarizer.text.facts import dates, quantities
from summarizer.text.lexicon.slots import NAMES
from summarizer.types import Conflict, Story

SEED = 1
N_STORIES = 200
MIN_PRECISION, MIN_RECALL = 0.90, 0.80
WORDS = 400

_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Make = Callable[[random.Random], PlantedStory]


class Figures(NamedTuple):
    """Precision and recall, 0 to 1, of how many; and how often a conflict passed for a fact."""

    precision: float
    recall: float
    n_planted: int
    n_found: int
    told_as_fact: int


def measure(n_stories: int, seed: int, make: Make = planted.story) -> Figures:
    """Tell planted stories and compare what is reported with what was planted."""
    rng = random.Random(seed)  # noqa: S311 - the same stories every time
    n: Counter[str] = Counter()
    for _ in range(n_stories):
        made = make(rng)
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
    values = frozenset(_key(conflict.about, value.value) for value in conflict.values)
    return Planted(conflict.about, conflict.kind, values)


def _key(about: str, value: str) -> str:
    """Return a value as it was planted, however it is written."""
    if about in NAMES:
        return "-".join(str(int(quantity.low)) for quantity in quantities.find(value, "en"))
    return "-".join(_NUMBER.findall(value)) or value


def _is_told_as_fact(gold: Planted, told: Story) -> bool:
    """Tell whether a claim states one side of a planted conflict as if nobody said otherwise."""
    if gold.kind != "conflict":
        return False
    is_listed = any(gold.values <= _as_planted(conflict).values for conflict in told.conflicts)
    return any(
        (gold.about, value) in set(_stated(claim.text))
        for claim in (told.headline, *told.claims)
        if claim.facet != "differ" or not is_listed
        for value in gold.values
    )


def _stated(text: str) -> Iterator[tuple[str, str]]:
    for slot in slots.find(text, "en"):
        yield slot.name, str(int(slot.low))
    days = dates.find(text, "en", None)
    for each in particulars.find(text, "en", days, None):
        yield each.name, _key(each.name, text[each.start : each.end])


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
    both = {
        "conflicts": measure(given.stories, given.seed),
        "conflicts on particulars": measure(given.stories, given.seed, planted_particulars.story),
    }
    for section, figures in both.items():
        print(section)
        for name, value, goal in rows(figures):
            print(f"  {name:<26}{value:>8.3f}  {goal}")
        if given.record:
            results.record(section, figures._asdict())


if __name__ == "__main__":
    main()
