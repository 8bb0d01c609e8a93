"""One printed claim: its text, the marks of what it cites, and what is said of it beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.render.labels import Direction, Labels, direction
from summarizer.render.passages import CitedDocument, Passage
from summarizer.render.safety import one_line
from summarizer.types import Citation, Claim, Verdict

VERDICT_MARKS: Mapping[Verdict, str] = {
    "verbatim": "",  # the promise; only what departs from it is marked
    "supported": "≈",
    "contradicted": "≠",
    "unsupported": "(?)",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands after a sentence for one cited passage."""

    document: CitedDocument
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed claim."""

    anchor: str
    claim: Claim
    text: str  # without line breaks
    language: str
    direction: Direction
    outlet: str  # of a claim that one origin alone supports, else empty
    counts: str  # how many articles carry it, where that is told
    change: str  # what is new in it, else empty
    dispute: str  # says that sources differ, else empty
    table: str | None  # anchor of what they say
    verdict_mark: str
    marks: tuple[Mark, ...]

    @property
    def documents(self) -> tuple[CitedDocument, ...]:
        """The cited documents, each once."""
        return tuple({mark.document.number: mark.document for mark in self.marks}.values())

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands in brackets after the sentence."""
        return tuple(filter(None, (self.outlet, self.counts, self.change, self.dispute)))


@dataclass(frozen=True, slots=True)
class Frame:
    """What every line of one briefing is written with."""

    words: Labels
    documents: Mapping[str, CitedDocument]  # by id
    anchors: Mapping[str, str]  # of claims, by id
    tables: Mapping[str, str]  # anchors of the conflicts that claims are part of, by claim
    names_outlets: bool  # False where one outlet is named for all

    def language(self, claim: Claim) -> str:
        """Return the language of the document that a claim cites first."""
        return self.documents[claim.citations[0].document].entry.language


def line(
    claim: Claim, frame: Frame, *, change: str = "", counts: str = "", names_outlet: bool = True
) -> Line:
    """Write a claim; `change` says what is new in it, `counts` how many articles carry it."""
    first = frame.documents[claim.citations[0].document]
    alone = names_outlet and frame.names_outlets and claim.origins == 1
    table = frame.tables.get(claim.id) if claim.facet == "differ" else None
    dispute = frame.words.differ_below if table else frame.words.differ
    return Line(
        anchor=frame.anchors[claim.id],
        claim=claim,
        text=one_line(claim.text),
        language=frame.language(claim),
        direction=direction(frame.language(claim)),
        outlet=first.outlet if alone else "",
        counts=counts,
        change=change,
        dispute=dispute if claim.facet == "differ" else "",
        table=table,
        verdict_mark=VERDICT_MARKS[claim.verdict],
        marks=marks(claim.citations, frame.documents),
    )


def marks(
    citations: tuple[Citation, ...], documents: Mapping[str, CitedDocument]
) -> tuple[Mark, ...]:
    """Mark each cited passage once, in the order cited."""
    found = {}
    for citation in citations:
        document = documents[citation.document]
        passage = document.passage(citation)
        found[passage.anchor] = Mark(document, passage)
    return tuple(found.values())


def verdict_in_words(verdict: Verdict, words: Labels) -> str:
    """Say what a verdict means; an empty string for a verbatim claim."""
    return words.meanings.get(verdict, "")
