"""Which documents are copies of one report: wire stories, reprints, lightly edited versions.

Shingles of words (Broder 1997, "On the resemblance and containment of documents"). A sample of them
(its "modulo m" sketch, section 4) finds candidates through an index, all of them decide: copies
share enough of the shorter and of the longer text, which survives dropped paragraphs and a new
lead, where two reports that only quote the same speech do not. Linear in the text.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

import numpy as np
import numpy.typing as npt

from summarizer.text import lexical
from summarizer.types import Document

SHINGLE_WORDS = 3
# Where pairs of characters stand for words: Chinese needs no more of them, a kana or Thai letter
# says less than a Han character.
SHINGLE_PAIRS = {"ja": 5, "km": 8, "lo": 8, "my": 8, "th": 8}
MAX_WORDS = 2_000  # of a document, its beginning
SAMPLE_EVERY = 8  # one shingle in eight is indexed, by its value, the same in every document
MAX_SHORT = 200  # shingles; of a text with no more all are indexed
# Shares of the shorter and the longer text's shingles; F1 on synthetic copies, benchmarks/origins.
MIN_OF_SHORTER, MIN_OF_LONGER = 0.32, 0.26
MIN_EXCERPT, MIN_EXCERPT_SHINGLES = 0.8, 60  # or so much of the shorter, whatever the longer holds
MIN_SHARED = 3  # shingles, for the shortest texts
MAX_POSTINGS = 50  # documents that share a shingle before it counts as boilerplate
MAX_COPIES = 5  # of an origin that are compared with; more would only cost time
MAX_CANDIDATES = 5  # that a document is compared with in full

Shingles = npt.NDArray[np.uint32]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads values evenly
_SHIFT, _HALF = np.uint64(29), np.uint64(32)


def group(documents: Sequence[Document]) -> list[int]:
    """Name for each document the index of the one that stands for its origin.

    Args:
        documents: in publication order, so that the earliest copy stands for the report.

    Returns:
        For each document the index of its origin's first document; its own when it is the first.
    """
    origins: list[int] = []
    exact: dict[bytes, int] = {}
    n_copies: Counter[int] = Counter()
    index = _Index()
    hashes: dict[str, int] = {}
    for i, document in enumerate(documents):
        shingles = _shingles(document, hashes)
        key = blake2b(shingles.tobytes(), digest_size=16).digest()
        origin = exact.get(key) if len(shingles) else None
        if origin is None:
            closest = index.closest(shingles)
            origin = i if closest is None else origins[closest]
            exact[key] = origin
            n_copies[origin] += 1
            if n_copies[origin] <= MAX_COPIES:
                index.add(i, shingles)
        origins.append(origin)
    return origins


class _Index:
    """Finds the documents that share most of another one's shingles."""

    def __init__(self) -> None:
        self._postings: dict[int, list[int]] = {}
        self._shingles: dict[int, Shingles] = {}

    def add(self, i: int, shingles: Shingles) -> None:
        self._shingles[i] = shingles
        for shingle in _sample(shingles):
            found = self._postings.setdefault(shingle, [])
            if len(found) < MAX_POSTINGS:
                found.append(i)

    def closest(self, shingles: Shingles) -> int | None:
        """Return the document of which these shingles are a copy, if any."""
        shared: Counter[int] = Counter()
        for shingle in _sample(shingles):
            found = self._postings.get(shingle)
            if found is not None and len(found) < MAX_POSTINGS:
                shared.update(found)
        candidates = sorted(shared, key=lambda i: (-shared[i], i))[:MAX_CANDIDATES]
        return next((i for i in candidates if _is_copy(shingles, self._shingles[i])), None)


def _is_copy(a: Shingles, b: Shingles) -> bool:
    n_shared = len(np.intersect1d(a, b, assume_unique=True))
    shorter, longer = sorted((len(a), len(b)))
    if n_shared >= max(MIN_EXCERPT_SHINGLES, MIN_EXCERPT * shorter):
        return True
    return n_shared >= max(MIN_SHARED, MIN_OF_SHORTER * shorter, MIN_OF_LONGER * longer)


def _sample(shingles: Shingles) -> list[int]:
    is_short = len(shingles) <= MAX_SHORT
    sampled = shingles if is_short else shingles[shingles % np.uint32(SAMPLE_EVERY) == 0]
    found: list[int] = sampled.tolist()
    return found


def _shingles(document: Document, hashes_of: dict[str, int]) -> Shingles:
    """Hash every run of words of the body, each once; titles are rewritten more often than kept.

    `hashes_of` holds the words met so far and takes in the new ones.
    """
    body = document.text[len(document.title) :]
    tokens = lexical.words(body[: MAX_WORDS * 12])[:MAX_WORDS]
    new = set(tokens).difference(hashes_of)
    hashes_of.update((token, crc32(token.encode())) for token in new)
    hashes = np.fromiter(map(hashes_of.__getitem__, tokens), np.uint64, len(tokens))
    size = SHINGLE_PAIRS.get(document.language, SHINGLE_WORDS)
    n = max(1, len(hashes) - size + 1)
    mixed = np.zeros(min(n, len(hashes)), np.uint64)
    for offset in range(min(size, len(hashes))):
        mixed = (mixed ^ hashes[offset : offset + n]) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
    return np.unique((mixed >> _HALF).astype(np.uint32))
