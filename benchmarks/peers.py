"""Other Python summarisers on the same clusters, with the same sentences and the same budget.

Run `python -m benchmarks.peers [DATA] [--sets SET ...] [--record]`; it needs the dependency group
`peers`. English clusters only, which all of them read. Our splitter cuts the sentences for all,
titles and sentences under five words left out, and our tokenizer finds the words where a package
takes one, so that nothing is downloaded. A peer ranks; its best sentences are taken until the
budget is reached, put in the order of the documents and cut at exactly the budget. A peer that
fails is shown with its error.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from benchmarks import results
from benchmarks.bootstrap import interval
from benchmarks.data import arguments_with_data
from benchmarks.quality import BUDGETS, clusters, mean, ours, sentences
from benchmarks.ranking import PEERS, Rank
from benchmarks.rouge import Scores, cut, rouge
from summarizer import summarize
from summarizer.briefing import evidence
from summarizer.models.engine import WriteRequest
from summarizer.models.extractive import Extractive
from summarizer.text import lexical
from summarizer.text.normalise import document
from summarizer.types import Document

SETS = ("clustmcms", "multinews100")
N_SENTENCES = 1_000  # of the story on which time is measured
TIMED_WORDS = 150

Case = tuple[list[Document], list[str]]  # the documents of a cluster and its references


class Measured(NamedTuple):
    """ROUGE on each case and the processor time of all; `error` says why there is none."""

    scores: list[Scores]
    cpu_s: float
    error: str | None = None


def measure(cases: Sequence[Case], n_words: int) -> dict[str, Measured]:
    """Return what we and each peer make of the cases."""
    start = time.process_time()
    made = [rouge(cut(ours(d, n_words), n_words), references) for d, references in cases]
    measured = {"ours": Measured(made, time.process_time() - start)}
    return measured | {name: _peer(rank, cases, n_words) for name, rank in PEERS.items()}


def timed(documents: Sequence[Document]) -> dict[str, float | str]:
    """Return processor seconds for one story of N_SENTENCES, or the error of a peer.

    Ours is timed from text to checked claims, and as the engine alone, which gets sentences as
    the peers do.
    """
    prose = story(documents)
    texts = [document("\n\n".join(lines), language="en") for lines in prose]
    gathered = evidence.gather(texts, {text.id: text.id for text in texts})
    request = WriteRequest(gathered.evidence, TIMED_WORDS)
    figures: dict[str, float | str] = {}
    tasks: dict[str, Callable[[], object]] = {
        "ours, text to claims": partial(summarize, texts, words=TIMED_WORDS),
        "ours, engine alone": partial(Extractive().write, request),
        **{name: partial(rank, prose) for name, rank in PEERS.items()},
    }
    for name, run in tasks.items():
        start = time.process_time()
        try:
            run()
            figures[name] = time.process_time() - start
        except Exception as error:  # noqa: BLE001 - shown in the table
            figures[name] = _shown(error)
    return figures


def story(documents: Sequence[Document]) -> list[list[str]]:
    """Return the first N_SENTENCES sentences, by document."""
    prose: list[list[str]] = []
    n_left = N_SENTENCES
    for given in documents:
        prose.append(sentences(given)[:n_left])
        n_left -= len(prose[-1])
    return [found for found in prose if found]


def _peer(rank: Rank, cases: Sequence[Case], n_words: int) -> Measured:
    scores: list[Scores] = []
    cpu_s = 0.0
    for documents, references in cases:
        prose = [found for given in documents if (found := sentences(given))]
        start = time.process_time()
        try:
            ranks = rank(prose)
        except Exception as error:  # noqa: BLE001 - shown in the table
            return Measured([], cpu_s, _shown(error))
        cpu_s += time.process_time() - start
        scores.append(rouge(cut(_best(prose, ranks, n_words), n_words), references))
    return Measured(scores, cpu_s)


def _best(prose: Sequence[Sequence[str]], ranks: Sequence[float], n_words: int) -> str:
    """Return the best sentences up to the budget, the last one beyond it, in their order."""
    flat = [sentence for found in prose for sentence in found]
    chosen: list[int] = []
    n_left = n_words
    for i in sorted(range(len(flat)), key=lambda i: (-ranks[i], i)):
        if n_left <= 0:
            break
        chosen.append(i)
        n_left -= lexical.count_words(flat[i])
    return " ".join(flat[i] for i in sorted(chosen))


def _shown(error: Exception) -> str:
    return f"failed: {type(error).__name__}: {error}"


def main() -> None:
    """Print the tables."""
    parser = arguments_with_data(__doc__)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=BUDGETS, metavar="SET")
    given = parser.parse_args()
    figures: dict[str, object] = {}
    documents: list[Document] = []
    for name in given.sets:
        cases = [case for case in clusters(given.data, name) if case[0][0].language == "en"]
        documents += [read for case in cases for read in case[0]]
        print(
            f"{name}: {len(cases)} clusters; ROUGE-1, -2, -L; ours - theirs (R2); CPU ms a cluster"
        )
        figures[name] = _table(measure(cases, BUDGETS[name]))
    print(f"one story of {N_SENTENCES} sentences, CPU s")
    figures["seconds"] = seconds = timed(documents)
    for system, cost in seconds.items():
        print(f"  {system:<22}" + (cost if isinstance(cost, str) else f"{cost:>8.2f}"))
    if given.record:
        results.record("peers", figures)


def _table(measured: dict[str, Measured]) -> dict[str, object]:
    """Print the rows of a set and return them."""
    rows: dict[str, object] = {}
    two = [score[1] for score in measured["ours"].scores]
    for system, (scores, cpu_s, error) in measured.items():
        if error is not None:
            print(f"  {system:<22}{error}")
            rows[system] = error
            continue
        ahead = interval(two, [score[1] for score in scores])
        cpu_ms = 1_000 * cpu_s / len(scores)
        line = "".join(f"{score:>7.2f}" for score in mean(scores))
        shown = f"{ahead.mean:+6.2f} [{ahead.low:+.2f}, {ahead.high:+.2f}]"
        print(f"  {system:<22}{line}  {shown:<24}{cpu_ms:>8.0f}")
        rows[system] = {"rouge": mean(scores), "ahead": ahead, "cpu_ms": round(cpu_ms)}
    return rows


if __name__ == "__main__":
    main()
