"""Which documents are about one event.

Tf-idf vectors of three fields - body, lead and names - joined by average link (Sneath & Sokal 1973;
the fields and the time factor after Miranda et al. 2018, "Multilingual clustering of streaming
news", section 3.1). Only pairs that share a strong term are compared: no n x n matrix exists.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from summarizer.text import lexical
from summarizer.text.lexicon import lexicon
from summarizer.text.normalise import moment
from summarizer.types import Document

MIN_SIMILARITY = 0.18  # average link; BCubed F1 on clustmcms, ecbplus, newsmix, 2026-11
FIELD_SHARES = {"body": 0.3, "lead": 0.4, "name": 0.3}  # of the similarity, together 1
BODY_WORDS = 400
LEAD_WORDS = 80  # the lead field: the title twice and this many words of the body
MAX_TERMS = 60  # strongest terms kept of each field
BACKGROUND = 1_000  # documents of unknown content that every day is imagined to be part of
MIN_EDGE = 0.08  # weaker pairs count as 0
MAX_NEIGHBOURS = 30
TIME_SPREAD_DAYS = 3.0  # sigma of the time factor
TINY = 1e-12  # instead of the norm of an empty row
BLOCK = 512  # rows multiplied at a time

_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w+(?:['\u2019-]\w+)*")
_SECONDS_A_DAY = 86_400


def cluster(documents: Sequence[Document]) -> list[list[int]]:
    """Group documents into stories.

    Args:
        documents: one a origin, in publication order.

    Returns:
        Indices of each story's documents, ascending; stories by their first document.
    """
    if not documents:
        return []
    edges = _edges(_vectors(documents), [moment(document.published) for document in documents])
    return average_link(len(documents), edges)


def average_link(n: int, edges: dict[tuple[int, int], float]) -> list[list[int]]:
    """Merge the closest two clusters while their mean similarity is at least MIN_SIMILARITY.

    A pair without an edge counts as 0. Ties go to the clusters that come first.
    """
    members = {i: [i] for i in range(n)}
    links: dict[int, dict[int, float]] = {i: {} for i in range(n)}
    for (a, b), value in edges.items():
        links[a][b] = links[b][a] = value
    heap = [(-value, a, b) for (a, b), value in edges.items() if value >= MIN_SIMILARITY]
    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in members or b not in members or -value != _mean(links, members, a, b):
            continue
        members[a] += members.pop(b)
        for c, weight in links.pop(b).items():
            if c != a:
                links[c].pop(b)
                links[a][c] = links[c][a] = links[a].get(c, 0.0) + weight
        links[a].pop(b)
        for c in links[a]:
            mean = _mean(links, members, a, c)
            if mean >= MIN_SIMILARITY:
                heapq.heappush(heap, (-mean, min(a, c), max(a, c)))
    return sorted(sorted(cluster) for cluster in members.values())


def _mean(
    links: dict[int, dict[int, float]], members: dict[int, list[int]], a: int, b: int
) -> float:
    return links[a].get(b, 0.0) / (len(members[a]) * len(members[b]))


Field = Sequence[Counter[str]]  # one bag of terms a document


def _vectors(documents: Sequence[Document]) -> sparse.csr_array:
    """Return unit rows, (n_documents, n_terms): the three fields side by side."""
    bags = [_bags(document) for document in documents]
    fields = {name: [bag[name] for bag in bags] for name in FIELD_SHARES}
    weighted = [_tf_idf(fields[name]) * math.sqrt(share) for name, share in FIELD_SHARES.items()]
    stacked = sparse.csr_array(sparse.hstack(weighted))
    norms = np.sqrt(stacked.multiply(stacked).sum(axis=1))
    return sparse.csr_array(stacked.multiply((1 / np.maximum(norms, TINY))[:, None]))


def _bags(document: Document) -> dict[str, Counter[str]]:
    body = document.text[len(document.title) : BODY_WORDS * 10]
    tokens = lexical.words(body)[:BODY_WORDS]
    title = _terms(lexical.words(document.title), document.language)
    names = _CAPITALISED.findall(f"{document.title}\n{body}")
    return {
        "body": Counter(title + _terms(tokens, document.language)),
        "lead": Counter(2 * title + _terms(tokens[:LEAD_WORDS], document.language)),
        "name": Counter(_terms([name.lower() for name in names], document.language)),
    }


def _terms(tokens: Sequence[str], language: str) -> list[str]:
    stop = lexicon(language).stop
    return lexical.stems([token for token in tokens if token not in stop], language)


def _tf_idf(bags: Field) -> sparse.csr_array:
    """Weigh terms by (1 + ln tf) ln((n + B) / (df + 1)) and keep the strongest of each row.

    B imagined documents that hold none of the terms keep the idf of a small input sensible: five
    articles about one event still share what makes the event.
    """
    frequency: Counter[str] = Counter()
    for bag in bags:
        frequency.update(bag.keys())
    numbers = {term: i for i, term in enumerate(frequency)}
    n = len(bags) + BACKGROUND
    indptr, indices, data = [0], list[int](), list[float]()
    for bag in bags:
        row = {t: (1 + math.log(tf)) * math.log(n / (frequency[t] + 1)) for t, tf in bag.items()}
        strongest = heapq.nsmallest(MAX_TERMS, row, key=lambda t: (-row[t], t))
        norm = math.sqrt(math.fsum(row[t] ** 2 for t in strongest)) or 1.0
        indices += [numbers[t] for t in strongest]
        data += [row[t] / norm for t in strongest]
        indptr.append(len(indices))
    return sparse.csr_array((data, indices, indptr), shape=(len(bags), max(1, len(numbers))))


def _edges(
    vectors: sparse.csr_array, moments: Sequence[float | None]
) -> dict[tuple[int, int], float]:
    """Return the similarity of each pair of near documents, (i, j) with i < j."""
    edges: dict[tuple[int, int], float] = {}
    transposed = sparse.csc_array(vectors.T)
    for start in range(0, vectors.shape[0], BLOCK):
        block = sparse.csr_array(vectors[start : start + BLOCK] @ transposed)
        for row in range(block.shape[0]):
            i = start + row
            found = slice(block.indptr[row], block.indptr[row + 1])
            near = [
                (value * _time_factor(moments[i], moments[j]), j)
                for j, value in zip(
                    block.indices[found].tolist(), block.data[found].tolist(), strict=True
                )
                if j != i and value >= MIN_EDGE
            ]
            for value, j in heapq.nsmallest(MAX_NEIGHBOURS, near, key=lambda e: (-e[0], e[1])):
                if value >= MIN_EDGE:
                    edges[min(i, j), max(i, j)] = value
    return edges


def _time_factor(a: float | None, b: float | None) -> float:
    """Return .5 to 1, falling with the days between two dates; 1 if one is missing."""
    if a is None or b is None:
        return 1.0
    days = (a - b) / _SECONDS_A_DAY
    return 0.5 + 0.5 * math.exp(-(days**2) / (2 * TIME_SPREAD_DAYS**2))
