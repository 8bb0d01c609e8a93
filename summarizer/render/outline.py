"""What a briefing prints, in which order and under which numbers: what all formats share.

Nothing here knows a markup. Each claim is printed once and each cited document has one number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from summarizer.render.counts import ledger_line, story_line, use_line
from summarizer.render.dates import readable
from summarizer.render.labels import Direction, Labels, direction, labels
from summarizer.render.passages import CitedDocument, Passage, cited_documents, outlet
from summarizer.render.safety import one_line
from summarizer.types import Briefing, Claim, Join, LedgerEntry, Story, Use, Verdict

MAX_PARAGRAPH_LINES = 4  # a fifth sentence begins a new paragraph: long blocks are not read

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
    verdict_mark: str
    marks: tuple[Mark, ...]

    @property
    def documents(self) -> tuple[CitedDocument, ...]:
        """The cited documents, each once."""
        return tuple({mark.document.number: mark.document for mark in self.marks}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySection:
    """A printed story; without paragraphs where headline or lead have said it all."""

    headline: Line
    counts: str | None
    paragraphs: tuple[tuple[Line, ...], ...]
    above: Line | None  # what the lead has said of a story without paragraphs
    see_also: tuple[Line, ...]  # headlines of printed stories that may be about the same event
    joined: tuple[str, ...]  # why its documents are together, where that was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All that a format needs, in the order in which it is printed."""

    briefing: Briefing
    labels: Labels
    title: str
    day: str | None
    remarks: tuple[str, ...]  # what a reader should know before the first sentence
    lead: tuple[Line, ...]
    stories: tuple[StorySection, ...]
    in_brief: tuple[Line, ...]
    documents: tuple[CitedDocument, ...]
    legend: tuple[str, ...]  # the verdict marks that occur, explained
    notes: tuple[str, ...]
    ledger: str

    @property
    def lines(self) -> Mapping[str, Line]:
        """Every printed line by the id of its claim, in printed order."""
        sections = (
            line
            for story in self.stories
            for line in (story.headline, *(line for p in story.paragraphs for line in p))
        )
        return {line.claim.id: line for line in (*self.lead, *sections, *self.in_brief)}


def outline(briefing: Briefing) -> Outline:
    """Arrange a briefing for printing.

    A story needs its heading where it stands, so a claim that is a headline is printed there, and
    a lead claim in the lead; neither is repeated in the story's body.
    """
    words = labels(briefing.language)
    lead, *bodies, in_brief = _each_once(
        (
            briefing.lead,
            *(story.claims for story in briefing.stories),
            tuple(item.claim for item in briefing.in_brief),
        ),
        headlines=(story.headline.id for story in briefing.stories),
    )
    order = list(lead)
    for story, body in zip(briefing.stories, bodies, strict=True):
        order += [story.headline, *body]
    order += in_brief
    documents = cited_documents(order, {entry.id: entry for entry in briefing.documents})
    sole = _sole_source(briefing)
    lines = _lines(order, documents, names_outlets=sole is None)
    return Outline(
        briefing=briefing,
        labels=words,
        title=one_line(briefing.title),
        day=readable(briefing.day, words.language) if briefing.day else None,
        remarks=tuple(_remarks(briefing, words, sole)),
        lead=tuple(lines[claim.id] for claim in lead),
        stories=tuple(
            _section(story, [lines[claim.id] for claim in body], lines, briefing, words.language)
            for story, body in zip(briefing.stories, bodies, strict=True)
        ),
        in_brief=tuple(lines[claim.id] for claim in in_brief),
        documents=documents,
        legend=tuple(_legend(order, words)),
        notes=tuple(one_line(note.message) for note in briefing.notes),
        ledger=ledger_line(briefing, words.language),
    )


def verdict_in_words(verdict: Verdict, words: Labels) -> str:
    """Say what a verdict means; an empty string for a verbatim claim."""
    return {
        "verbatim": "",
        "supported": words.supported,
        "contradicted": words.contradicted,
        "unsupported": words.unsupported,
    }[verdict]


def spans(document: CitedDocument) -> str:
    """List the cited characters of a document: "0-27, 38-123"."""
    return ", ".join(f"{passage.start}-{passage.end}" for passage in document.passages)


def place(document: CitedDocument, words: Labels) -> str:
    """Say which pages of a document are cited, and that characters follow."""
    pages = dict.fromkeys(p.page for p in document.passages if p.page is not None)
    return ", ".join((*(words.page.format(n=page) for page in pages), words.characters))


def calendar_date(entry: LedgerEntry) -> str:
    """Return the date of publication as its document writes it, without the time of day."""
    return one_line(entry.published or "")[: len("2026-03-03")]


def documents_by_use(page: Outline) -> Iterator[tuple[str, tuple[LedgerEntry, ...]]]:
    """Group the whole ledger by what became of the documents, each group under its count."""
    for use in get_args(Use):
        members = tuple(entry for entry in page.briefing.documents if entry.use == use)
        if members:
            yield use_line(use, len(members), page.labels.language), members


def _each_once(groups: Iterable[Iterable[Claim]], *, headlines: Iterable[str]) -> list[list[Claim]]:
    """Keep each claim in the first group that holds it, and no headline in any."""
    printed = set(headlines)
    kept = []
    for group in groups:
        unprinted = {claim.id: claim for claim in group if claim.id not in printed}
        printed |= unprinted.keys()
        kept.append(list(unprinted.values()))
    return kept


def _sole_source(briefing: Briefing) -> str | None:
    """Name the one outlet, or the one document, that everything comes from."""
    used = [entry for entry in briefing.documents if entry.use != "excluded"]
    outlets = {outlet(entry) for entry in used}
    if len(outlets) != 1:
        return None
    name = outlets.pop()
    if name:
        return name
    return (one_line(used[0].title) or None) if len(used) == 1 else None


def _remarks(briefing: Briefing, words: Labels, sole: str | None) -> Iterator[str]:
    if briefing.status == "degraded":
        yield words.degraded
    if briefing.status == "partial":
        yield words.partial
    if sole:
        yield words.sole_source.format(source=sole)


def _lines(
    claims: Iterable[Claim], documents: Iterable[CitedDocument], *, names_outlets: bool
) -> dict[str, Line]:
    by_id = {document.entry.id: document for document in documents}
    return {
        claim.id: _line(claim, f"c-{i}", by_id, names_outlet=names_outlets and claim.origins == 1)
        for i, claim in enumerate(claims, start=1)
    }


def _line(
    claim: Claim, anchor: str, documents: Mapping[str, CitedDocument], *, names_outlet: bool
) -> Line:
    marks = {}
    for citation in claim.citations:
        document = documents[citation.document]
        passage = document.passage(citation)
        marks[passage.anchor] = Mark(document, passage)
    first = documents[claim.citations[0].document]
    return Line(
        anchor=anchor,
        claim=claim,
        text=one_line(claim.text),
        language=first.entry.language,
        direction=direction(first.entry.language),
        outlet=first.outlet if names_outlet else "",
        verdict_mark=VERDICT_MARKS[claim.verdict],
        marks=tuple(marks.values()),
    )


def _section(
    story: Story,
    body: Sequence[Line],
    lines: Mapping[str, Line],
    briefing: Briefing,
    language: str,
) -> StorySection:
    above = [lines[claim.id] for claim in story.claims if claim.id != story.headline.id]
    told = {other.id: other.headline.id for other in briefing.stories}
    told |= {line.id: line.claim.id for line in briefing.in_brief}
    entries = {entry.id: entry for entry in briefing.documents} if story.joined else {}
    return StorySection(
        headline=lines[story.headline.id],
        counts=story_line(story.origins, story.articles, language),
        paragraphs=tuple(_paragraphs(body)),
        above=above[0] if above and not body else None,
        see_also=tuple(lines[told[name]] for name in story.see_also if name in told),
        joined=tuple(_reason(join, entries) for join in story.joined),
    )


def _reason(join: Join, entries: Mapping[str, LedgerEntry]) -> str:
    """Say which two documents are near each other, how near, and by which terms."""
    near, document = (entries[name] for name in join.documents)
    names = (one_line(entry.title) or outlet(entry) or entry.id for entry in (document, near))
    return f"{' ~ '.join(names)}: {join.similarity} ({', '.join(map(one_line, join.terms))})"


def _paragraphs(body: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Cut a story into paragraphs of one direction of writing and a few sentences each."""
    for _, run in groupby(body, key=lambda line: line.direction):
        members = tuple(run)
        for i in range(0, len(members), MAX_PARAGRAPH_LINES):
            yield members[i : i + MAX_PARAGRAPH_LINES]


def _legend(claims: Iterable[Claim], words: Labels) -> Iterator[str]:
    verdicts = {claim.verdict for claim in claims}
    for verdict, mark in VERDICT_MARKS.items():
        if mark and verdict in verdicts:
            yield f"{mark} {verdict_in_words(verdict, words)}"
