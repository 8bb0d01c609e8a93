"""Which documents are about one event.

Tf-idf vectors of three fields - body, lead and names - joined by average link (Sneath & Sokal 1973;
the fields and the time factor after Miranda et al. 2018, "Multilingual clustering of streaming
news", section 3.1). Only pairs that share a strong term are compared: no n x n matrix exists.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from summarizer.briefing import proximity
from summarizer.briefing.background import NO_BACKGROUND, Background
from summarizer.text import lexical
from summarizer.text.normalise import moment
from summarizer.types import Document, Join

MIN_SIMILARITY = 0.18  # average link; BCubed F1 on clustmcms, ecbplus, newsmix, 2026-11
FIELD_SHARES = (0.3, 0.4, 0.3)  # of body, lead and names in the similarity
BODY_WORDS = 400
LEAD_WORDS = 80  # the lead field: the title twice and this many words of the body
MAX_TERMS = 60  # strongest terms kept of each field
IMAGINED = 1_000  # documents of unknown content that every day is imagined to be part of
MIN_EDGE = 0.08  # weaker pairs count as 0
MAX_NEIGHBOURS = 30
TIME_SPREAD_DAYS = 3.0  # sigma of the time factor
MAX_REASONS = 5  # terms named in an explanation
TINY = 1e-12  # instead of the norm of an empty row
BLOCK = 512  # rows multiplied at a time

_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w+(?:['\u2019-]\w+)*")
_SECONDS_A_DAY = 86_400


def cluster(
    documents: Sequence[Document], background: Background = NO_BACKGROUND
) -> list[list[int]]:
    """Group documents into stories.

    Args:
        documents: one a origin, in publication order.
        background: document frequencies of earlier days, added to those of `documents`.

    Returns:
        Indices of each story's documents, ascending; stories by their first document.
    """
    if not documents:
        return []
    vectors, _ = _vectors(documents, background)
    edges = _edges(vectors, [moment(document.published) for document in documents])
    return average_link(len(documents), edges)


def explain(
    documents: Sequence[Document],
    clusters: Iterable[Sequence[int]],
    background: Background = NO_BACKGROUND,
) -> list[tuple[Join, ...]]:
    """Say for each story why its documents are together.

    Args:
        documents: as they were clustered.
        clusters: indices of each story's documents, as `cluster` returns them.
        background: as they were clustered with.

    Returns:
        For each story and each of its documents but the first, the document before it in the
        story that it is nearest to, and the terms that make them so.
    """
    vectors, terms = _vectors(documents, background)
    return [
        tuple(_join(documents, vectors, terms, i, story[:n]) for n, i in enumerate(story) if n)
        for story in clusters
    ]


def _join(
    documents: Sequence[Document],
    vectors: sparse.csr_array,
    terms: Sequence[str],
    i: int,
    others: Sequence[int],
) -> Join:
    shared = vectors[list(others)].multiply(vectors[[i]]).tocsr()
    similarities = shared.sum(axis=1)
    nearest = int(np.argmax(similarities))
    row = shared[[nearest]].tocoo()
    weights: dict[str, float] = {}
    for column, weight in zip(row.coords[1].tolist(), row.data.tolist(), strict=True):
        weights[terms[column]] = weights.get(terms[column], 0.0) + weight
    strongest = heapq.nsmallest(MAX_REASONS, weights, key=lambda term: (-weights[term], term))
    together = (documents[others[nearest]].id, documents[i].id)
    return Join(together, round(float(similarities[nearest]), 3), tuple(strongest))


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


class _Field:
    """Bags of terms of one field, one a document, kept as numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms: list[npt.NDArray[np.int32]] = []
        self._counts: list[npt.NDArray[np.int32]] = []

    @property
    def terms(self) -> list[str]:
        """Return the terms in the order of their columns."""
        return list(self._numbers) or [""]

    def add(self, terms: Iterable[str]) -> None:
        """Add a document's terms."""
        bag = Counter(terms)
        numbers = [self._numbers.setdefault(term, len(self._numbers)) for term in bag]
        self._terms.append(np.array(numbers, np.int32))
        self._counts.append(np.fromiter(bag.values(), np.int32, len(bag)))

    def tf_idf(self, background: Background) -> sparse.csr_array:
        """Weigh terms by (1 + ln tf) ln((n + B) / (df + 1)) and keep the strongest of each row.

        n and df count the documents of the background too. B imagined documents that hold none of
        the terms keep the idf of a small input sensible: five articles about one event still share
        what makes the event.

        Returns:
            Unit rows, (n_documents, n_terms).
        """
        earlier = [background.frequency.get(term, 0) for term in self.terms]
        frequency = np.bincount(np.concatenate(self._terms), minlength=len(earlier)) + earlier
        n_documents = len(self._terms) + background.n_documents
        idf = np.log((n_documents + IMAGINED) / (frequency + 1))
        indptr, indices, data = [0], list[npt.NDArray[np.int32]](), list[npt.NDArray[np.float64]]()
        for terms, counts in zip(self._terms, self._counts, strict=True):
            weights = (1 + np.log(counts)) * idf[terms]
            strongest = np.lexsort((terms, -weights))[:MAX_TERMS]
            kept = weights[strongest]
            data.append(kept / max(TINY, math.sqrt(np.square(kept).sum())))
            indices.append(terms[strongest])
            indptr.append(indptr[-1] + len(kept))
        shape = (len(self._terms), len(earlier))
        return sparse.csr_array((np.concatenate(data), np.concatenate(indices), indptr), shape)


def _vectors(
    documents: Sequence[Document], background: Background
) -> tuple[sparse.csr_array, list[str]]:
    """Return unit rows, (n_documents, n_terms), of the three fields side by side, and the terms."""
    body, lead, name = (_Field() for _ in FIELD_SHARES)
    for document in documents:
        text = document.text[len(document.title) : BODY_WORDS * 10]
        names = _CAPITALISED.findall(f"{document.title}\n{text}")
        title = lexical.content_stems(lexical.words(document.title), document.language)
        tokens = lexical.words(text)[:BODY_WORDS]
        body.add(title + lexical.content_stems(tokens, document.language))
        lead.add(2 * title + lexical.content_stems(tokens[:LEAD_WORDS], document.language))
        name.add(lexical.content_stems(map(str.lower, names), document.language))
    weighted = [
        field.tf_idf(background) * math.sqrt(share)
        for field, share in zip((body, lead, name), FIELD_SHARES, strict=True)
    ]
    stacked = sparse.csr_array(sparse.hstack(weighted))
    norms = np.sqrt(stacked.multiply(stacked).sum(axis=1))
    unit = sparse.csr_array(stacked.multiply((1 / np.maximum(norms, TINY))[:, None]))
    return unit, [term for field in (body, lead, name) for term in field.terms]


def _edges(
    vectors: sparse.csr_array, moments: Sequence[float | None]
) -> dict[tuple[int, int], float]:
    """Return the similarity of each pair of near documents, (i, j) with i < j."""
    edges: dict[tuple[int, int], float] = {}
    transposed = sparse.csc_array(vectors.T)
    for start in range(0, vectors.shape[0], BLOCK):
        block = sparse.csr_array(vectors[start : start + BLOCK] @ transposed)
        block.data[block.data < MIN_EDGE] = 0
        block.eliminate_zeros()
        for row, (begin, end) in enumerate(pairwise(block.indptr.tolist())):
            i = start + row
            near = [
                (value * _time_factor(moments[i], moments[j]), j)
                for j, value in zip(
                    block.indices[begin:end].tolist(), block.data[begin:end].tolist(), strict=True
                )
                if j != i
            ]
            for value, j in heapq.nsmallest(MAX_NEIGHBOURS, near, key=lambda e: (-e[0], e[1])):
                if value >= MIN_EDGE:
                    edges[min(i, j), max(i, j)] = value
    return edges


def _time_factor(a: float | None, b: float | None) -> float:
    """Return .5 to 1, falling with the days between two dates; 1 if one is missing."""
    if a is None or b is None:
        return 1.0
    return proximity.factor((a - b) / _SECONDS_A_DAY, spread_days=TIME_SPREAD_DAYS)
