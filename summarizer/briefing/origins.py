"""Which documents are copies of one report: wire stories, reprints, lightly edited versions.

Sampled word shingles (Broder 1997, "On the resemblance and containment of documents", section 4,
the "modulo m" sketch) are compared by containment, which survives dropped paragraphs and a new
lead better than resemblance does. Each document is compared with the origins found before it
through an index of shingles, so the cost is linear in the text.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from summarizer.text import lexical
from summarizer.types import Document

SHINGLE_WORDS = 4
SAMPLE_EVERY = 4  # one shingle in four is kept, by its value, the same in every document
MAX_WORDS = 2_000  # of a document, its beginning
MIN_CONTAINMENT = 0.35  # of the smaller sketch in the other
MIN_SHARED = 3  # sampled shingles
MAX_POSTINGS = 50  # origins that share a shingle before it counts as boilerplate

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads values evenly
_SHIFT = np.uint64(29)


def group(documents: Sequence[Document]) -> list[int]:
    """Name for each document the index of the one that stands for its origin.

    Args:
        documents: in publication order, so that the earliest copy stands for the report.

    Returns:
        For each document the index of its origin's first document; its own when it is the first.
    """
    origins: list[int] = []
    exact: dict[bytes, int] = {}
    postings: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for i, document in enumerate(documents):
        shingles = _shingles(document)
        key = shingles.tobytes()
        sketch = np.unique(shingles[shingles % np.uint64(SAMPLE_EVERY) == 0]).tolist()
        origin = exact.get(key) if len(shingles) else None
        if origin is None:
            origin = _closest(sketch, postings, sizes)
        if origin is None:
            origin = i
            sizes[i] = len(sketch)
        exact.setdefault(key, origin)
        _index(sketch, origin, postings)
        origins.append(origin)
    return origins


def _closest(
    sketch: Sequence[int], postings: dict[int, list[int]], sizes: dict[int, int]
) -> int | None:
    """Return the origin that shares most with a sketch, if that is enough; the earlier at a tie."""
    shared: Counter[int] = Counter()
    for shingle in sketch:
        found = postings.get(shingle)
        if found is not None and len(found) < MAX_POSTINGS:
            shared.update(found)
    if not shared:
        return None
    best = min(shared, key=lambda origin: (-shared[origin], origin))
    enough = max(MIN_SHARED, MIN_CONTAINMENT * min(len(sketch), sizes[best]))
    return best if shared[best] >= enough else None


def _index(sketch: Sequence[int], origin: int, postings: dict[int, list[int]]) -> None:
    """Add a document's shingles under its origin: a copy may hold paragraphs the first one lost."""
    for shingle in sketch:
        found = postings.setdefault(shingle, [])
        if len(found) < MAX_POSTINGS and origin not in found:
            found.append(origin)


def _shingles(document: Document) -> npt.NDArray[np.uint64]:
    """Hash every run of words of the body; titles are rewritten more often than kept."""
    body = document.text[len(document.title) :]
    tokens = lexical.words(body[: MAX_WORDS * 12])[:MAX_WORDS]
    hashes = np.fromiter(map(_hash, tokens), np.uint64, len(tokens))
    if len(hashes) < SHINGLE_WORDS:
        return hashes
    n = len(hashes) - SHINGLE_WORDS + 1
    mixed = np.zeros(n, np.uint64)
    for offset in range(SHINGLE_WORDS):
        mixed = (mixed ^ hashes[offset : offset + n]) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
    return mixed


@lru_cache(maxsize=100_000)  # words; most of a day's words come again
def _hash(token: str) -> int:
    return crc32(token.encode())
