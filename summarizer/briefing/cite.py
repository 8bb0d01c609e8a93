"""Resolve what a draft cites: from aliases valid for one call to spans with their quotes."""

from collections.abc import Mapping, Sequence

from summarizer.types import Citation, Document, Draft, Evidence


def resolve(draft: Draft, evidence: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence a draft cites, in the order cited; unknown aliases are dropped."""
    return tuple(evidence[alias] for alias in dict.fromkeys(draft.cites) if alias in evidence)


def citations(cited: Sequence[Evidence], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    """Copy the quote of each span from its document, so that it cannot differ from the source."""
    return tuple(
        Citation(e.document, e.start, e.end, documents[e.document].text[e.start : e.end])
        for e in cited
    )
