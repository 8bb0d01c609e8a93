"""How briefings of the days read: dangling starts, repeated facts, the order of stories.

Run `python -m benchmarks.reading [DATA] [--record]`. The words that count as dangling are a list of
this module, not the engine's, and a sentence right after its antecedent does not dangle.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.stats import spearmanr

from benchmarks import results
from benchmarks.data import arguments_with_data, as_document, read_lines
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.text import lexical
from summarizer.types import Briefing, Claim

_DANGLING = re.compile(
    r"(he|she|it|they|his|her|their|its|this|that|these|those|him|them|but|and|or|so|yet|also|"
    r"however|meanwhile|moreover|furthermore|therefore|thus|instead|still|besides|nevertheless|"
    r"in addition|as a result|for example|on the other hand)\b",
    re.IGNORECASE,
)
REPEATED = 0.6  # share of the shorter sentence's content stems in another one of its story


def measure(folder: str) -> dict[str, float]:
    """Return shares in percent over all days, and the mean rank correlation."""
    n: Counter[str] = Counter()
    correlations = []
    for day in read_lines(f"{folder}/days/clustmcms_days.jsonl"):
        gold = Counter(row["cluster"] for row in day["documents"])
        documents = [as_document(row) for row in day["documents"]]
        size = {
            d.id: gold[row["cluster"]] for d, row in zip(documents, day["documents"], strict=True)
        }
        briefing = pipeline.brief(documents, Options())
        n.update(_count(briefing))
        told = [max(size[d] for d in story.documents) for story in briefing.stories]
        if len(set(told)) > 1:
            correlations.append(-spearmanr(range(len(told)), told).statistic)
    return {
        "claims": n["claims"],
        "dangling starts, %": 100 * n["dangling"] / n["claims"],
        "pairs that repeat, %": 100 * n["repeated"] / max(1, n["pairs"]),
        "order and gold size, Spearman": float(np.mean(correlations)),
    }


def _count(briefing: Briefing) -> Iterator[str]:
    for story in briefing.stories:
        yield from ("claims" for _ in story.claims)
        yield from ("dangling" for _ in _dangling(story.claims))
        for a, b in combinations(story.claims, 2):
            yield "pairs"
            if _overlap(a.text, b.text, briefing.language) >= REPEATED:
                yield "repeated"


def _dangling(claims: Sequence[Claim]) -> Iterable[Claim]:
    """Return the claims that lean on a sentence that is not printed right before them."""
    for i, claim in enumerate(claims):
        before = claims[i - 1].citations[0] if i else None
        own = claim.citations[0]
        follows = (
            before is not None
            and before.document == own.document
            and 0 <= own.start - before.end <= len("\n\n")
        )
        if _DANGLING.match(claim.text.lstrip("\"'\u201c\u2018")) and not follows:
            yield claim


def _overlap(a: str, b: str, language: str) -> float:
    first, second = (set(lexical.content_stems(lexical.words(t), language)) for t in (a, b))
    return len(first & second) / max(1, min(len(first), len(second)))


def main() -> None:
    """Print the table."""
    given = arguments_with_data(__doc__).parse_args()
    figures = measure(given.data)
    for name, value in figures.items():
        print(f"{name:<32}{value:>8.2f}")
    if given.record:
        results.record("reading", figures)


if __name__ == "__main__":
    main()
