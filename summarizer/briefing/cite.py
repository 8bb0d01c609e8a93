"""Resolve what a draft cites, and find what a sentence written elsewhere rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from summarizer.briefing import nearest
from summarizer.models.engine import Draft, Evidence
from summarizer.types import Citation, Document

MAX_SPANS = 3  # cited for one sentence
NOVELTY = 0.5  # weight of what a further span adds to those before it, beside its nearness
# Of the first span's score. What is less near is about something else, and would lend a wrong
# sentence the number or the name it lacks.
MIN_SHARE = 0.2
MIN_CARRIED = 0.75  # of the first span's score; a document with such a sentence states the same


@dataclass(frozen=True, slots=True)
class Located:
    """Where a sentence written elsewhere has its nearest source.

    `carriers` are the documents that state it about as fully as the first citation does.
    """

    citations: tuple[Citation, ...]  # best first, at most MAX_SPANS
    carriers: frozenset[str]  # ids


def resolve(draft: Draft, evidence: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence a draft cites, in the order cited; unknown aliases are dropped."""
    return tuple(evidence[alias] for alias in dict.fromkeys(draft.cites) if alias in evidence)


def citations(cited: Sequence[Evidence], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    """Copy the quote of each span from its document, so that it cannot differ from the source."""
    return tuple(
        Citation(e.document, e.start, e.end, documents[e.document].text[e.start : e.end])
        for e in cited
    )


def claim_id(text: str, spans: Sequence[Citation]) -> str:
    """Return the id of a claim: of its text and of the spans it cites, in their order."""
    cited = " ".join(f"{c.document}:{c.start}-{c.end}" for c in spans)
    return f"c{sha256(f'{cited} {text}'.encode()).hexdigest()[:12]}"


def locate(sentences: Sequence[str], documents: Sequence[Document], language: str) -> list[Located]:
    """Find the spans that each sentence written elsewhere rests on most likely, however weak.

    Args:
        sentences: in one language.
        documents: in the order that decides ties, such as that of publication.
        language: ISO 639 code of the sentences; documents may be in others.

    Returns:
        One for each sentence, with one to MAX_SPANS citations; none where no document has text.
    """
    found = nearest.find(sentences, documents, language)
    return [
        _located(sentence, candidates, documents)
        for sentence, candidates in zip(sentences, found, strict=True)
    ]


def _located(
    sentence: str, candidates: nearest.Candidates, documents: Sequence[Document]
) -> Located:
    near = [
        Citation(documents[i].id, start, end, documents[i].text[start:end])
        for i, start, end in candidates.spans
    ]
    scores = candidates.parts.sum(axis=0)
    picked = _pick(sentence, [citation.quote for citation in near], candidates)
    carriers = frozenset(
        citation.document
        for citation, score in zip(near, scores, strict=True)
        if picked and score >= MIN_CARRIED * scores[picked[0]]
    )
    return Located(tuple(near[i] for i in picked), carriers)


def _pick(sentence: str, quotes: Sequence[str], candidates: nearest.Candidates) -> list[int]:
    """Pick the nearest candidate, then those near by what they add and what is particular.

    A candidate equal to the sentence comes first; of equal candidates only one is picked. Terms
    that many sentences of the text share are what it is about: the first span has them, and the
    further ones are there for the others.
    """
    if not quotes:
        return []
    parts = candidates.parts
    scores = parts.sum(axis=0)
    words = sentence.split()
    picked = [next((i for i, quote in enumerate(quotes) if quote.split() == words), 0)]
    is_near = scores > MIN_SHARE * scores[picked[0]]
    particular = parts / np.sqrt(candidates.n_sharing)[:, np.newaxis]
    while len(picked) < MAX_SPANS:
        is_open = ~(parts[:, picked] > 0).any(axis=1)
        worth = particular.sum(axis=0) + NOVELTY * particular[is_open].sum(axis=0)
        told = {quotes[i] for i in picked}
        worth[[quote in told for quote in quotes] | ~is_near] = 0.0
        best = int(worth.argmax())
        if worth[best] == 0:
            break
        picked.append(best)
    return picked
