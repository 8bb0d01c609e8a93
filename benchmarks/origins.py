"""Wire copies: are altered copies of a report, and nothing else, taken for one origin?

Run `python -m benchmarks.origins [DATA] [--seed N] [--record]`. Half of the articles with story
labels get two copies each: 15 to 40 % of the paragraphs dropped, 5 % of the words changed, and
title, dateline and lead paragraph taken from other articles. The score is F1 over pairs; what
must not be paired are all other articles, those of the same event among them. Articles that real
outlets copied from each other have no label, so of two that share a tenth of their runs of
eight words only the first takes part.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any, NamedTuple

from benchmarks import results, wire
from benchmarks.data import arguments_with_data, read_lines
from benchmarks.stories import SETS
from summarizer.briefing import origins
from summarizer.text import lexical
from summarizer.text.normalise import document
from summarizer.text.sentences import split
from summarizer.types import Document

SEED = 1
MIN_F1 = 0.97
N_COPIES = 2
COPIED_SHARE = 0.5
MIN_PARAGRAPHS = 4  # of a copied article; sentences count as paragraphs where there are fewer
RUN_WORDS = 8
REPRINT = 0.1  # share of the runs of the shorter article
LEAD_WORDS = 40  # a paragraph in front is cut to the length of a lead
TITLE_WORDS = 10


class Pairs(NamedTuple):
    """Precision, recall and F1 over pairs, 0 to 1, and how many pairs there should be."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and the number of the article it was made from."""

    document: Document
    article: int


def measure(folder: str, seed: int) -> dict[str, Pairs]:
    """Return the score on each set of labelled articles."""
    return {
        name: score(make(read_lines(f"{folder}/clustering/{name}.jsonl"), seed)) for name in SETS
    }


def make(rows: Sequence[Mapping[str, Any]], seed: int) -> list[Labelled]:
    """Return the articles and the copies of half of them, in an order drawn from the seed."""
    rng = random.Random(seed)  # noqa: S311 - the same copies every time
    originals = without_reprints(rows)
    paragraphs = [_paragraphs(row) for row in originals]
    donors = iter(rng.sample(paragraphs, len(paragraphs)))  # each gives its lead to one copy
    labelled: list[Labelled] = []
    for i, row in enumerate(originals):
        labelled.append(Labelled(document(row["text"], title=row["title"] or ""), i))
        if len(paragraphs[i]) >= MIN_PARAGRAPHS and rng.random() < COPIED_SHARE:
            others = islice(donors, N_COPIES)
            labelled += [Labelled(_copy(paragraphs[i], other, rng), i) for other in others]
    rng.shuffle(labelled)
    return labelled


def without_reprints(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out articles that share REPRINT of their runs of words with one before them."""
    kept: list[Mapping[str, Any]] = []
    sizes: list[int] = []
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in rows:
        runs = _runs(row["text"])
        shared = Counter(i for run in runs for i in holders.get(run, ()))
        if any(n >= REPRINT * min(len(runs), sizes[i]) for i, n in shared.items()):
            continue
        for run in runs:
            holders[run].append(len(kept))
        sizes.append(len(runs))
        kept.append(row)
    return kept


def score(labelled: Sequence[Labelled]) -> Pairs:
    """Compare the pairs that were given one origin with those made from one article."""
    found = _pairs(origins.group([item.document for item in labelled]))
    gold = _pairs([item.article for item in labelled])
    n_right = len(found & gold)
    return Pairs(
        precision=n_right / max(1, len(found)),
        recall=n_right / max(1, len(gold)),
        f1=2 * n_right / max(1, len(found) + len(gold)),
        n=len(gold),
    )


def _copy(paragraphs: Sequence[str], other: Sequence[str], rng: random.Random) -> Document:
    """Make another outlet's version: its title, dateline and lead come from another article."""
    vocabulary = [word for paragraph in other for word in wire.words(paragraph)]
    place, lead = (wire.start(other[0], n) for n in (2, LEAD_WORDS))
    kept = [wire.change_words(p, vocabulary, rng) for p in wire.shorten(paragraphs, rng)]
    text = "\n\n".join([f"{place.upper()} - {lead}", *kept])
    return document(text, title=wire.start(other[-1], TITLE_WORDS))


def _paragraphs(row: Mapping[str, Any]) -> list[str]:
    lines = [line for line in row["text"].splitlines() if line.strip()]
    if len(lines) >= MIN_PARAGRAPHS:
        return lines
    return [sentence.text for sentence in split(row["text"], language=row["lang"])]


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = lexical.words(text)
    return frozenset(zip(*(words[i:] for i in range(RUN_WORDS)), strict=False))


def _pairs(labels: Sequence[int]) -> set[tuple[int, int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(labels):
        members[label].append(i)
    return {pair for same in members.values() for pair in combinations(same, 2)}


def main() -> None:
    """Print the table."""
    parser = arguments_with_data(__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    figures = measure(given.data, given.seed)
    print(f"{'set':<12}{'precision':>10}{'recall':>8}{'F1':>8}{'pairs':>8}  goal F1 {MIN_F1}")
    for name, (precision, recall, f1, n) in figures.items():
        missed = "" if f1 >= MIN_F1 else "  MISSED"
        print(f"{name:<12}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}{n:>8}{missed}")
    if given.record:
        results.record("origins", {name: pairs._asdict() for name, pairs in figures.items()})


if __name__ == "__main__":
    main()
