"""Sentences of one story as tf-idf vectors, with the weights of that story.

A term weighs `ln(1 + n_sentences / df)`, so that what every sentence of the story says weighs
little; its frequency in a sentence counts as `1 + ln(tf)`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from summarizer.models.engine import Evidence
from summarizer.text import lexical

Vector = Mapping[str, float]


class Space:
    """The stemmed content words of each sentence, and how much each word tells."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self.bags = [bag(sentence.words, sentence.language) for sentence in evidence]
        frequency = Counter(chain.from_iterable(self.bags))
        self.idf = {t: math.log(1 + len(self.bags) / df) for t, df in frequency.items()}
        self.vectors = [self.vector(terms) for terms in self.bags]

    def vector(self, terms: Mapping[str, int]) -> Vector:
        """Return a vector of length 1; terms that no sentence of the story has are left out."""
        idf = self.idf
        known = {
            t: idf[t] if tf == 1 else (1 + math.log(tf)) * idf[t]
            for t, tf in terms.items()
            if t in idf
        }
        norm = math.sqrt(math.fsum([value * value for value in known.values()])) or 1.0
        return {term: value / norm for term, value in known.items()}

    def weight(self, terms: Iterable[str]) -> float:
        """Return the sum of the weights of different terms."""
        return math.fsum(self.idf.get(term, 0.0) for term in terms)


def bag(words: Iterable[str], language: str) -> Counter[str]:
    """Count the stems of the content words."""
    return Counter(lexical.content_stems(words, language))


def cosine(a: Vector, b: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return math.fsum([value * b[term] for term, value in a.items() if term in b])
