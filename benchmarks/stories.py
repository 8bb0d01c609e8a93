"""Story clustering: BCubed precision, recall and F1 (Bagga & Baldwin 1998) on labelled articles.

Run `python -m benchmarks.stories [DATA] [--record]`.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from benchmarks import results
from benchmarks.data import arguments_with_data, read_lines
from summarizer.briefing import origins, stories
from summarizer.text.normalise import document
from summarizer.types import Document

SETS = ("clustmcms", "ecbplus", "newsmix")


def bcubed(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return BCubed precision, recall and F1, each 0 to 1."""
    both = Counter(zip(predicted, gold, strict=True))
    by_predicted, by_gold = Counter(predicted), Counter(gold)
    n = len(gold)
    precision = sum(c * c / by_predicted[p] for (p, _), c in both.items()) / n
    recall = sum(c * c / by_gold[g] for (_, g), c in both.items()) / n
    return precision, recall, 2 * precision * recall / (precision + recall)


def labels(documents: Sequence[Document]) -> list[int]:
    """Return the story number of each document, through origins and clustering."""
    first = origins.group(documents)
    representatives = sorted(set(first))
    number = {
        representatives[i]: n
        for n, story in enumerate(stories.cluster([documents[r] for r in representatives]))
        for i in story
    }
    return [number[origin] for origin in first]


def measure(folder: str) -> dict[str, tuple[float, float, float]]:
    """Return BCubed figures of each set, and of the English part of clustmcms."""
    figures = {}
    for name in SETS:
        rows = read_lines(f"{folder}/clustering/{name}.jsonl")
        variants = {name: rows}
        if name == "clustmcms":
            variants[f"{name} en"] = [row for row in rows if row["lang"] == "en"]
        for variant, chosen in variants.items():
            made = [
                document(row["text"], title=row["title"] or "", published=row["date"], id=str(i))
                for i, row in enumerate(chosen)
            ]
            figures[variant] = bcubed(labels(made), [row["cluster"] for row in chosen])
    return figures


def main() -> None:
    """Print the table."""
    given = arguments_with_data(__doc__).parse_args()
    figures = measure(given.data)
    print(f"{'set':<16}{'precision':>10}{'recall':>8}{'F1':>8}")
    for name, (precision, recall, f1) in figures.items():
        print(f"{name:<16}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}")
    if given.record:
        columns = ("precision", "recall", "f1")
        rows = {name: dict(zip(columns, row, strict=True)) for name, row in figures.items()}
        results.record("stories", rows)


if __name__ == "__main__":
    main()
