"""Story clustering: BCubed precision, recall and F1 (Bagga & Baldwin 1998) on labelled articles.

Run `python -m benchmarks.stories [DATA] [--record]`.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from benchmarks import results
from benchmarks.data import arguments_with_data, as_document, read_lines
from summarizer.briefing import crosslingual, origins, stories
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
    """Return the story number of each document, through origins, clustering and joining."""
    first = origins.group(documents)
    representatives = sorted(set(first))
    reports = [documents[r] for r in representatives]
    joined = crosslingual.join(reports, stories.cluster(reports))
    number = {representatives[i]: n for n, story in enumerate(joined.clusters) for i in story}
    return [number[origin] for origin in first]


def measure(folder: str) -> dict[str, tuple[float, float, float]]:
    """Return BCubed figures of each set, of the English part of clustmcms, and of its days."""
    figures = {"days": _measure_days(f"{folder}/days/clustmcms_days.jsonl")}
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


def _measure_days(path: str) -> tuple[float, float, float]:
    """Return BCubed figures over the articles of all days, each day told by itself."""
    predicted: list[Hashable] = []
    gold: list[Hashable] = []
    for n, row in enumerate(read_lines(path)):
        made = [as_document(article) for article in row["documents"]]
        predicted += [(n, label) for label in labels(made)]
        gold += [(n, article["cluster"]) for article in row["documents"]]
    return bcubed(predicted, gold)


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
