"""Which stories of different languages are about one event.

Stories are compared by the anchors their documents share (`text.anchors`), one pair of languages
after the other, after Steinberger, Pouliquen & Ignat 2004, "Providing cross-lingual information
access with knowledge-poor methods". What is common in the day tells little, and a story joins at
most one story of each other language: the one that is its best and whose best it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from summarizer.briefing import proximity
from summarizer.text import anchors, cldr
from summarizer.text.anchors import Anchor
from summarizer.text.normalise import moment
from summarizer.types import Document

# Chosen on half of the stories of clustmcms and on newsmix, which has nothing to join, 2026-11.
MIN_SIMILARITY = 0.24  # to be one story
MIN_RELATED = 0.15  # to be named beside it
DOUBT = 25.0  # added to squared norms, for stories that agree in all of the little they have
UNSHARED = 0.07  # of its square, what an anchor adds to a norm when the other language lacks it
LONE = 2.0  # times the rest: the most that stories sharing one strong anchor can be similar
BACKGROUND = 400  # stories of unknown content that every day is imagined to be part of
MAX_STORIES = 100  # of one language; an anchor of more no longer tells stories apart
MIN_SHARE = 0.25  # of its documents that makes a language one of a story
MIN_DAY_SHARE = 0.005  # of all documents; a rarer language is more often one misread
MAX_READ = 4  # documents of a story that are read for anchors
MAX_READ_OF_DAY = 1_000  # of all stories together, one of each at least
TIME_SPREAD_DAYS = 3.0  # sigma of the time factor
MIN_TIME_FACTOR = 0.3
UNDATED_FACTOR = 0.8  # nothing says that two stories are of the same days

_SECONDS_A_DAY = 86_400
# Written alike and taken for one another: `stories.cluster` has compared their words.
_SAME_WORDS = {"id": "ms", "bs": "hr", "nb": "no", "nn": "no"}

Pair = tuple[int, int]
Languages = frozenset[str]


@dataclass(frozen=True, slots=True)
class Joined:
    """Stories of all languages."""

    clusters: list[list[int]]  # documents of each, ascending; by their first document
    see_also: list[Pair]  # positions in `clusters`, ascending: perhaps one event, told apart


def join(documents: Sequence[Document], clusters: Sequence[Sequence[int]]) -> Joined:
    """Merge the clusters of different languages that report one event.

    Args:
        documents: one an origin, in publication order.
        clusters: indices of the documents of each story, as `stories.cluster` returns them.
    """
    stories = [[documents[i] for i in cluster] for cluster in clusters]
    of_day = _common(documents, MIN_DAY_SHARE)
    languages = [of_day & _common(story, MIN_SHARE) for story in stories]
    similarity = _similarity(stories, languages)
    links = _mutual_best(similarity, languages)
    groups = _merge(links, similarity, languages)
    merged = sorted((sorted(i for n in group for i in clusters[n]), group) for group in groups)
    place = {n: at for at, (_, group) in enumerate(merged) for n in group}
    apart = {at: _all(languages, group) for at, (_, group) in enumerate(merged)}
    related = {tuple(sorted((place[a], place[b]))) for a, b in links}
    return Joined(
        [cluster for cluster, _ in merged],
        sorted((a, b) for a, b in related if not apart[a] & apart[b]),
    )


def _common(documents: Sequence[Document], min_share: float) -> Languages:
    """Return the languages that at least a share of the documents are in."""
    count = Counter(_SAME_WORDS.get(d.language, d.language) for d in documents)
    common = (name for name, n in count.items() if n >= min_share * len(documents))
    return frozenset(common) - {"und"}


def _all(languages: Sequence[Languages], group: Iterable[int]) -> Languages:
    return frozenset(name for n in group for name in languages[n])


def _similarity(
    stories: Sequence[Sequence[Document]], languages: Sequence[Languages]
) -> dict[Pair, float]:
    """Return the similarity of pairs of stories that have no language in common, (i, j), i < j.

    Stories that have one were compared by their words. Dissimilar pairs are left out.
    """
    rows: dict[str, list[int]] = {}
    for i, names in enumerate(languages):
        for name in sorted(names):
            rows.setdefault(name, []).append(i)
    similarity: dict[Pair, float] = {}
    if len(rows) < 2:  # noqa: PLR2004 - one language has no other
        return similarity
    n_read = max(1, min(MAX_READ, MAX_READ_OF_DAY // len(stories)))
    bags = [_centroid(story[:n_read]) for story in stories]
    columns = {a: n for n, a in enumerate(sorted({anchor for bag in bags for anchor in bag}))}
    weights = _matrix(bags, columns)
    is_sound = np.array([kind == "sound" for kind, _ in columns], bool)
    spans = [_span(story) for story in stories]
    for a, b in combinations(sorted(rows), 2):
        read = ~is_sound if cldr.is_latin(a) and cldr.is_latin(b) else np.ones_like(is_sound)
        near = _cosines(weights[rows[a]], weights[rows[b]], read)
        for i, j, value in zip(*near.coords, near.data.tolist(), strict=True):
            pair = min(rows[a][i], rows[b][j]), max(rows[a][i], rows[b][j])
            if not languages[pair[0]] & languages[pair[1]]:
                timed = value * _time_factor(spans[pair[0]], spans[pair[1]])
                similarity[pair] = max(timed, similarity.get(pair, 0.0))
    return similarity


def _centroid(story: Sequence[Document]) -> dict[Anchor, float]:
    total: dict[Anchor, float] = {}
    for document in story:
        for anchor, weight in anchors.find(document.text, document.language).items():
            total[anchor] = total.get(anchor, 0.0) + weight / len(story)
    return total


def _matrix(
    bags: Sequence[Mapping[Anchor, float]], columns: Mapping[Anchor, int]
) -> sparse.csr_array:
    """Return the weights of anchors, (n_stories, n_anchors)."""
    indptr = np.cumsum([0, *map(len, bags)])
    indices = np.array([columns[anchor] for bag in bags for anchor in bag], np.int32)
    data = np.array([weight for bag in bags for weight in bag.values()], np.float64)
    matrix = sparse.csr_array((data, indices, indptr), (len(bags), len(columns)))
    matrix.sort_indices()  # sums come out the same whatever the order of the anchors
    return matrix


def _cosines(
    a: sparse.csr_array, b: sparse.csr_array, read: npt.NDArray[np.bool]
) -> sparse.coo_array:
    """Return the cosine of the stories of two languages over the anchors both languages have.

    Departing from a plain cosine, the norms hold a part of the anchors that only one of the two
    languages has, and DOUBT: in a day of two documents every shared anchor would be all there is.

    Args:
        a: weights of anchors, (n_stories of one language, n_anchors).
        b: the same of the other language.
        read: which anchors count, (n_anchors,).
    """
    n_a, n_b = (np.bincount(side.indices, minlength=len(read)) for side in (a, b))
    kept = read & (n_a > 0) & (n_b > 0) & (np.maximum(n_a, n_b) <= MAX_STORIES)
    n_stories = a.shape[0] + b.shape[0] + BACKGROUND
    idf = np.log(n_stories / np.maximum(1, n_a + n_b)) * read
    share = np.where(kept, 1.0, UNSHARED)
    unit = []
    for side in (a, b):
        weighted = sparse.csr_array(side.multiply(idf[None, :]))
        norms = np.sqrt(weighted.multiply(weighted) @ share + DOUBT)
        shared = weighted.multiply(kept[None, :])
        unit.append(sparse.csr_array(shared.multiply(1 / norms[:, None])))
    return _without_lone(sparse.coo_array(unit[0] @ unit[1].T), *unit)


def _without_lone(
    similarity: sparse.coo_array, a: sparse.csr_array, b: sparse.csr_array
) -> sparse.coo_array:
    """Let no anchor count for more than all others together: one shared name proves little."""
    near = np.flatnonzero(similarity.data >= MIN_RELATED)
    if not near.size:
        return sparse.coo_array(similarity.shape)
    rows, columns, values = (x[near] for x in (*similarity.coords, similarity.data))
    strongest = a[rows].multiply(b[columns]).max(axis=1).toarray().ravel()
    capped = np.minimum(values, LONE * (values - strongest))
    return sparse.coo_array((capped, (rows, columns)), similarity.shape)


def _mutual_best(similarity: Mapping[Pair, float], languages: Sequence[Languages]) -> list[Pair]:
    """Return the related pairs of which each is the other's best in its language.

    The most similar come first, and of equally similar ones the first is the best.
    """
    order = sorted(similarity, key=lambda pair: (-similarity[pair], pair))
    best: dict[tuple[int, str], Pair] = {}
    for a, b in order:
        for story, other in ((a, b), (b, a)):
            for name in languages[other]:
                best.setdefault((story, name), (a, b))
    return [
        pair
        for pair in order
        if similarity[pair] >= MIN_RELATED
        and any(best[pair[0], name] == pair for name in languages[pair[1]])
        and any(best[pair[1], name] == pair for name in languages[pair[0]])
    ]


def _merge(
    links: Iterable[Pair], similarity: Mapping[Pair, float], languages: Sequence[Languages]
) -> list[list[int]]:
    """Merge linked stories, the most similar first, never two that have a language in common.

    A story that joins two or more must be related to all of them on average.
    """
    group = {n: [n] for n in range(len(languages))}
    for a, b in links:
        pairs = [(min(i, j), max(i, j)) for i in group[a] for j in group[b]]
        mean = sum(similarity.get(pair, 0.0) for pair in pairs) / len(pairs)
        if (
            similarity[a, b] >= MIN_SIMILARITY
            and mean >= MIN_RELATED
            and not _all(languages, group[a]) & _all(languages, group[b])
        ):
            merged = sorted(group[a] + group[b])
            group.update(dict.fromkeys(merged, merged))
    return [members for n, members in group.items() if members[0] == n]


def _span(story: Iterable[Document]) -> tuple[float, float] | None:
    """Return the first and last moment of publication; None without any."""
    moments = [when for d in story if (when := moment(d.published)) is not None]
    return (min(moments), max(moments)) if moments else None


def _time_factor(a: tuple[float, float] | None, b: tuple[float, float] | None) -> float:
    """Return MIN_TIME_FACTOR to 1, falling with the days between two stories."""
    if a is None or b is None:
        return UNDATED_FACTOR
    days = max(0.0, a[0] - b[1], b[0] - a[1]) / _SECONDS_A_DAY
    return proximity.factor(days, spread_days=TIME_SPREAD_DAYS, floor=MIN_TIME_FACTOR)
