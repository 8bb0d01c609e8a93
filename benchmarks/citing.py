"""Citing a text written elsewhere: is the source sentence that a person chose among those cited?

Run `python -m benchmarks.citing [DATA] [--record]`. The data are sentences of human summaries,
each with the source sentences a person aligned it with; it counts how often one of these is cited
first, and how often it is among the citations. A sentence counts as cited when half of it, or of
the citation, lies in the other. `copies` counts a sentence with the same words as one that was
chosen as well: of two equal sentences only one is cited. The time is that of 100 sentences
against 1,000 generated articles.
"""

import io
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import articles, results
from benchmarks.data import arguments_with_data, as_document, read_lines
from summarizer.briefing import cite
from summarizer.text import lexical
from summarizer.text.normalise import clean, document
from summarizer.text.sentences import split
from summarizer.types import Citation, Document

GOALS = {"first": 0.80, "among three": 0.91}
MAX_CPU_S = 3.0
N_SENTENCES, N_ARTICLES = 100, 1_000
MIN_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Gold:
    """A source sentence that a person chose: a span of the document of that id."""

    document: str
    start: int
    end: int
    text: str


class Scores(NamedTuple):
    """Shares of the sentences, 0 to 1; how many spans are cited for one, and for how many."""

    first: float
    among_three: float
    copies_first: float
    copies_among_three: float
    spans: float
    n: int


def measure(folder: str) -> Scores:
    """Return the scores over all summaries of the set."""
    hits: list[tuple[bool, bool, bool, bool]] = []
    n_spans = 0
    for row in read_lines(f"{folder}/citation/attribution_mds.jsonl"):
        documents, gold = read(row)
        located = cite.locate(list(gold), documents, "en")
        for chosen, found in zip(gold.values(), located, strict=True):
            strict = [any(is_cited(g, c) for g in chosen) for c in found.citations]
            copies = [any(is_copy(g, c) for g in chosen) for c in found.citations]
            either = [a or b for a, b in zip(strict, copies, strict=True)]
            hits.append((strict[0], any(strict), either[0], any(either)))
            n_spans += len(strict)
    first, among, copies_first, copies_among = (
        sum(column) / len(hits) for column in zip(*hits, strict=True)
    )
    return Scores(first, among, copies_first, copies_among, n_spans / len(hits), len(hits))


def read(row: Mapping[str, Any]) -> tuple[list[Document], dict[str, list[Gold]]]:
    """Return the documents of a summary and the source sentences chosen for each of its own."""
    documents: list[Document] = []
    spans: dict[tuple[str, int], Gold] = {}
    for source in row["documents"]:
        text, name = "", f"d{len(documents)}"
        for i, sentence in enumerate(source["sentences"]):
            cleaned = clean(sentence)
            spans[source["doc_id"], i] = Gold(name, len(text), len(text) + len(cleaned), cleaned)
            text += cleaned + ("\n" if sentence.endswith("\n") else " ") * bool(cleaned)
        documents.append(document(text, id=name, language="en"))
    gold: dict[str, list[Gold]] = {}
    for chosen in row["highlights"]:
        span = spans[chosen["documentFile"], chosen["sent_idx"]]
        gold.setdefault(clean(chosen["scuSentence"]), []).append(span)
    return documents, gold


def is_cited(gold: Gold, citation: Citation) -> bool:
    """Tell whether a citation and a chosen sentence share half of the shorter one."""
    shared = min(gold.end, citation.end) - max(gold.start, citation.start)
    shorter = min(gold.end - gold.start, citation.end - citation.start)
    return gold.document == citation.document and shared > 0 and shared >= MIN_OVERLAP * shorter


def is_copy(gold: Gold, citation: Citation) -> bool:
    """Tell whether a citation has the words of a chosen sentence."""
    words = lexical.words(gold.text)
    return bool(words) and lexical.words(citation.quote) == words


def cpu_s() -> float:
    """Return the processor seconds that citing the generated sentences takes."""
    written = io.StringIO()
    articles.write(N_ARTICLES, written)
    documents = [as_document(json.loads(line)) for line in written.getvalue().splitlines()]
    sentences = reworded(documents, N_SENTENCES)
    start = time.process_time()
    cite.locate(sentences, documents, "en")
    return time.process_time() - start


def reworded(documents: Sequence[Document], n: int) -> list[str]:
    """Return a sentence of each of `n` documents spread over all, its words in reverse order."""
    step = max(1, len(documents) // n)
    bodies = (split(document.text, language="en")[-1].text for document in documents[::step])
    return [" ".join(reversed(body.split())) for body in bodies][:n]


def main() -> None:
    """Print the table."""
    given = arguments_with_data(__doc__).parse_args()
    scores = measure(str(Path(given.data)))
    seconds = cpu_s()
    for name, value in zip(("first", "among three"), scores[:2], strict=True):
        missed = "" if value >= GOALS[name] else "  MISSED"
        print(f"{name:<22}{value:8.3f}  goal {GOALS[name]}{missed}")
    for name in ("copies_first", "copies_among_three", "spans", "n"):
        print(f"{name.replace('_', ' '):<22}{getattr(scores, name):8.3f}")
    missed = "" if seconds <= MAX_CPU_S else "  MISSED"
    print(f"{'CPU seconds':<22}{seconds:8.3f}  goal {MAX_CPU_S}{missed}")
    if given.record:
        results.record("citing", {**scores._asdict(), "100 by 1000, CPU s": seconds})


if __name__ == "__main__":
    main()
