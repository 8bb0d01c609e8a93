"""What a briefing prints, in which order and under which numbers: what all formats share.

Nothing here knows a markup. Each claim is printed once and each cited document has one number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from summarizer.render import changes, conflicts, corrections, topics
from summarizer.render.corrections import Corrected
from summarizer.render.counts import ledger_line, use_line
from summarizer.render.dates import readable
from summarizer.render.labels import Labels, labels
from summarizer.render.lines import VERDICT_MARKS, Frame, Line, line, verdict_in_words
from summarizer.render.passages import CitedDocument, Place, cited_documents, outlet
from summarizer.render.safety import one_line
from summarizer.render.sections import Arrangement, StorySection, arrange, headline, section
from summarizer.render.topics import StoryGroup, Watched
from summarizer.types import Briefing, Claim, LedgerEntry, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All that a format needs, in the order in which it is printed."""

    briefing: Briefing
    labels: Labels
    title: str
    day: str | None
    remarks: tuple[str, ...]  # what a reader should know before the first sentence
    corrections: tuple[Corrected, ...]
    lead: tuple[Line, ...]
    stories: tuple[StorySection, ...]
    in_brief: tuple[Line, ...]
    watched: tuple[Watched, ...]
    documents: tuple[CitedDocument, ...]
    legend: tuple[str, ...]  # the verdict marks that occur, explained
    notes: tuple[str, ...]
    ledger: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every printed line in printed order."""
        told = (line for story in self.stories for line in story.lines)
        quoted = (line for topic in self.watched for line in topic.lines)
        return (*self.lead, *told, *self.in_brief, *quoted)

    @property
    def groups(self) -> tuple[StoryGroup, ...]:
        """The stories, those of a topic with a section of its own together."""
        return topics.groups(self.briefing, self.stories, self.labels)

    @property
    def reasoned(self) -> tuple[Line, ...]:
        """The lines whose claims were checked with a remark, or replaced a draft."""
        return tuple(line for line in self.lines if line.claim.reason)


@dataclass(frozen=True, slots=True)
class _Order:
    """The claims of a briefing where they are printed, each once."""

    lead: tuple[Claim, ...]
    stories: tuple[Arrangement, ...]
    in_brief: tuple[Claim, ...]
    mentions: tuple[Claim, ...]


def outline(briefing: Briefing) -> Outline:
    """Arrange a briefing for printing.

    A story needs its heading where it stands, so a claim that is a headline is printed there, and
    a lead claim in the lead; neither is repeated in the story's body.
    """
    words = labels(briefing.language)
    sole = _sole_source(briefing)
    entries = {entry.id: entry for entry in briefing.documents}
    order = _order(briefing, entries, words, names_outlets=sole is None)
    anchors = {claim.id: f"c-{i}" for i, claim in enumerate(_claims(briefing, order), start=1)}
    documents = cited_documents(_places(briefing, order, anchors), entries)
    frame = Frame(
        words=words,
        documents={document.entry.id: document for document in documents},
        anchors=anchors,
        tables=conflicts.table_of_claims(briefing.stories),
        names_outlets=sole is None,
    )
    brief = {claim.id: _standing_alone(claim, frame) for claim in order.in_brief}
    quoted = {claim.id: topics.mention(claim, frame) for claim in order.mentions}
    headlines = {story.id: headline(story, frame) for story in briefing.stories}
    headlines |= {
        item.id: brief[item.claim.id] for item in briefing.in_brief if item.claim.id in brief
    }
    return Outline(
        briefing=briefing,
        labels=words,
        title=one_line(briefing.title),
        day=readable(briefing.day, words.language) if briefing.day else None,
        remarks=tuple(_remarks(briefing, words, sole)),
        corrections=corrections.corrected(briefing, frame),
        lead=tuple(_standing_alone(claim, frame) for claim in order.lead),
        stories=tuple(
            section(briefing, n, arrangement, headlines, frame)
            for n, arrangement in enumerate(order.stories, start=1)
        ),
        in_brief=tuple(brief.values()),
        watched=topics.watched(briefing, _told(briefing, headlines), quoted, words),
        documents=documents,
        legend=tuple(_legend(_claims(briefing, order), words)),
        notes=tuple(one_line(note.message) for note in briefing.notes),
        ledger=ledger_line(briefing.documents, len(briefing.withheld), words.language),
    )


def documents_by_use(page: Outline) -> Iterator[tuple[str, tuple[LedgerEntry, ...]]]:
    """Group the whole ledger by what became of the documents, each group under its count."""
    for use in get_args(Use):
        members = tuple(entry for entry in page.briefing.documents if entry.use == use)
        if members:
            yield use_line(use, len(members), page.labels.language), members


def _order(
    briefing: Briefing, entries: Mapping[str, LedgerEntry], words: Labels, *, names_outlets: bool
) -> _Order:
    lead, *bodies, in_brief, mentions = _each_once(
        (
            briefing.lead,
            *(story.claims for story in briefing.stories),
            tuple(item.claim for item in briefing.in_brief),
            topics.mentions(briefing),
        ),
        headlines=(story.headline.id for story in briefing.stories),
    )
    arranged = (
        arrange(story, body, entries, words, names_outlets=names_outlets)
        for story, body in zip(briefing.stories, bodies, strict=True)
    )
    return _Order(tuple(lead), tuple(arranged), tuple(in_brief), tuple(mentions))


def _each_once(groups: Iterable[Iterable[Claim]], *, headlines: Iterable[str]) -> list[list[Claim]]:
    """Keep each claim in the first group that holds it, and no headline in any."""
    printed = set(headlines)
    kept = []
    for group in groups:
        unprinted = {claim.id: claim for claim in group if claim.id not in printed}
        printed |= unprinted.keys()
        kept.append(list(unprinted.values()))
    return kept


def _claims(briefing: Briefing, order: _Order) -> Iterator[Claim]:
    yield from order.lead
    for story, arrangement in zip(briefing.stories, order.stories, strict=True):
        yield story.headline
        yield from arrangement.claims
    yield from order.in_brief
    yield from order.mentions


def _places(briefing: Briefing, order: _Order, anchors: Mapping[str, str]) -> Iterator[Place]:
    """Yield all that cites, in printed order."""
    yield from corrections.places(briefing)
    yield from ((anchors[claim.id], claim.citations) for claim in order.lead)
    told = zip(briefing.stories, order.stories, strict=True)
    for n, (story, arrangement) in enumerate(told, start=1):
        for claim in (story.headline, *arrangement.body):
            yield anchors[claim.id], claim.citations
        yield from conflicts.places(story, n)
        for _, claims in arrangement.asides:
            yield from ((anchors[claim.id], claim.citations) for claim in claims)
    alone = (*order.in_brief, *order.mentions)
    yield from ((anchors[claim.id], claim.citations) for claim in alone)


def _told(briefing: Briefing, headlines: Mapping[str, Line]) -> dict[str, Line]:
    """Return for each claim of a told story the line that a reader finds it by."""
    told = {
        claim.id: headlines[story.id]
        for story in briefing.stories
        for claim in (story.headline, *story.claims)
    }
    in_brief = {
        item.claim.id: headlines[item.id] for item in briefing.in_brief if item.id in headlines
    }
    return in_brief | told


def _standing_alone(claim: Claim, frame: Frame) -> Line:
    """Write a claim that stands outside its story and below no tag of it."""
    change = changes.remark(claim, frame.language(claim), frame.words)
    return line(claim, frame, change=change)


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


def _legend(claims: Iterable[Claim], words: Labels) -> Iterator[str]:
    verdicts = {claim.verdict for claim in claims}
    for verdict, mark in VERDICT_MARKS.items():
        if mark and verdict in verdicts:
            yield f"{mark} {verdict_in_words(verdict, words)}"
