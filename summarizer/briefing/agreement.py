"""How many independent reports carry a sentence."""

import math
from collections import Counter
from collections.abc import Sequence

from summarizer.text import lexical
from summarizer.types import Evidence

MIN_COSINE = 0.6  # at and above it, 10 of 10 pairs read by eye stated the same fact
MIN_RECALL = 0.6


class Support:
    """Compares sentences of one story, idf local to the story."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._evidence = evidence
        self._bags = [Counter(lexical.content_stems(e.words, e.language)) for e in evidence]
        frequency = Counter(term for bag in self._bags for term in bag)
        self._idf = {t: math.log(1 + len(self._bags) / df) for t, df in frequency.items()}
        self._vectors = [self._vector(bag) for bag in self._bags]

    def origins(self, sentence: Evidence) -> frozenset[str]:
        """Return the origins that state the same, the sentence's own included.

        A body sentence needs one other sentence at tf-idf cosine MIN_COSINE. A title is shorter
        than what it announces: its origins are those whose text holds MIN_RECALL of its words,
        weighed by idf.
        """
        bag = Counter(lexical.content_stems(sentence.words, sentence.language))
        found = self._by_recall(bag) if sentence.kind == "title" else self._by_cosine(bag)
        return found | {sentence.origin}

    def _by_cosine(self, bag: Counter[str]) -> frozenset[str]:
        vector = self._vector(bag)
        return frozenset(
            other.origin
            for other, known in zip(self._evidence, self._vectors, strict=True)
            if other.kind == "body" and _dot(vector, known) >= MIN_COSINE
        )

    def _by_recall(self, bag: Counter[str]) -> frozenset[str]:
        held: dict[str, set[str]] = {}
        for other, known in zip(self._evidence, self._bags, strict=True):
            held.setdefault(other.origin, set()).update(known.keys() & bag.keys())
        enough = MIN_RECALL * math.fsum(self._idf.get(term, 0.0) for term in bag)
        return frozenset(
            origin
            for origin, terms in held.items()
            if math.fsum(self._idf[term] for term in terms) >= enough
        )

    def _vector(self, bag: Counter[str]) -> dict[str, float]:
        vector = {t: (1 + math.log(tf)) * self._idf.get(t, 0.0) for t, tf in bag.items()}
        norm = math.sqrt(math.fsum(value**2 for value in vector.values())) or 1.0
        return {term: value / norm for term, value in vector.items()}


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    if len(b) < len(a):
        a, b = b, a
    return math.fsum(value * b[term] for term, value in a.items() if term in b)
