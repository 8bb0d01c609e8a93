"""Summary quality: ROUGE against human references, beside two lead baselines, in one run.

Run `python -m benchmarks.quality [DATA] [--sets SET ...] [--record]`. Every output is cut at
exactly the budget; `whole` is what a reader gets, whole sentences only. Baselines use our own
splitter, sentences of five words or more, titles left out. Intervals are those of the paired
difference in ROUGE-2 between ours and the system of the row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks import results
from benchmarks.bootstrap import Interval, interval
from benchmarks.data import arguments_with_data, as_document, read_lines
from benchmarks.rouge import Scores, cut, rouge
from summarizer import summarize
from summarizer.text import lexical
from summarizer.text.sentences import split
from summarizer.types import Document

BUDGETS = {
    "clustmcms": 150,
    "multinews100": 230,
    "multinews_trunc": 230,
    "opinosis": 25,
    "t17_daily": 45,
    "vimds200": 180,
    "multiling2011_en": 250,
    "multiling2011_xx": 250,
}
MAX_CLUSTERS = {"multinews_trunc": 100}
MIN_WORDS = 5
OVERSHOOT = 1.25  # how much longer an output is asked for before it is cut


def ours(documents: Sequence[Document], n_words: int) -> str:
    """Return our summary, long enough to be cut at the budget."""
    return whole(documents, round(n_words * OVERSHOOT))


def whole(documents: Sequence[Document], n_words: int) -> str:
    """Return our summary as a reader gets it."""
    return " ".join(claim.text for claim in summarize(documents, words=n_words))


def in_order(documents: Sequence[Document], n_words: int) -> str:
    """Return the documents' sentences in order, up to the budget."""
    return _until(n_words, (s for d in documents for s in sentences(d)))


def lead(documents: Sequence[Document], n_words: int) -> str:
    """Return first sentences of all documents, then second ones, up to the budget."""
    split_up = [sentences(d) for d in documents]
    longest = max(map(len, split_up), default=0)
    return _until(n_words, (s[i] for i in range(longest) for s in split_up if i < len(s)))


SYSTEMS: Mapping[str, Callable[[Sequence[Document], int], str]] = {
    "ours": ours,
    "whole": whole,
    "lead": lead,
    "in order": in_order,
}


def clusters(folder: str, name: str) -> list[tuple[list[Document], list[str]]]:
    """Return each cluster's documents and references."""
    rows = read_lines(f"{folder}/mds/{name}.jsonl")[: MAX_CLUSTERS.get(name)]
    return [(list(map(as_document, row["documents"])), row["references"]) for row in rows]


def measure(folder: str, names: Sequence[str]) -> dict[str, dict[str, Scores]]:
    """Return the mean scores of each system on each set."""
    return {
        name: {system: mean(rows) for system, rows in scores(folder, name).items()}
        for name in names
    }


def scores(folder: str, name: str) -> dict[str, list[Scores]]:
    """Return the scores of each system on each cluster of a set."""
    cases, n_words = clusters(folder, name), BUDGETS[name]
    return {
        system: [rouge(cut(write(d, n_words), n_words), references) for d, references in cases]
        for system, write in SYSTEMS.items()
    }


def difference(ours: Sequence[Scores], theirs: Sequence[Scores]) -> Interval:
    """Return by how much our ROUGE-2 exceeds theirs, with the interval of the difference."""
    return interval([row[1] for row in ours], [row[1] for row in theirs])


def mean(rows: Sequence[Scores]) -> Scores:
    """Return the mean of each column."""
    one, two, longest = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return one, two, longest


def sentences(doc: Document) -> list[str]:
    """Return the sentences that baselines and peers choose from."""
    found = split(doc.text, language=doc.language, title=doc.title)
    return [s.text for s in found if s.kind != "title" and lexical.count_words(s.text) >= MIN_WORDS]


def _until(n_words: int, sentences: Iterator[str]) -> str:
    taken: list[str] = []
    n_left = n_words
    for sentence in sentences:
        if n_left <= 0:
            break
        taken.append(sentence)
        n_left -= lexical.count_words(sentence)
    return " ".join(taken)


def main() -> None:
    """Print the table."""
    parser = arguments_with_data(__doc__)
    parser.add_argument("--sets", nargs="+", default=list(BUDGETS), choices=BUDGETS, metavar="SET")
    given = parser.parse_args()
    figures: dict[str, object] = {}
    for name in given.sets:
        measured = scores(given.data, name)
        print(f"{name} ({BUDGETS[name]} words)")
        for system, rows in measured.items():
            line = "".join(f"{score:>8.2f}" for score in mean(rows))
            ahead = difference(measured["ours"], rows)
            print(f"  {system:<10}{line}   {ahead.mean:+.2f} [{ahead.low:+.2f}, {ahead.high:+.2f}]")
        figures[name] = {system: mean(rows) for system, rows in measured.items()}
    if given.record:
        results.record("quality", figures)


if __name__ == "__main__":
    main()
