"""How one story is laid out: its sentences in reading order, then what is better set apart.

Set apart are what one source alone reports, what is open and what is coming up: each behind a few
words in the running text, for a heading every sentence or two would only get in the way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer.render import changes
from summarizer.render.conflicts import Table, tables
from summarizer.render.counts import story_line
from summarizer.render.labels import Labels
from summarizer.render.lines import Frame, Line, line
from summarizer.render.passages import outlet
from summarizer.render.safety import one_line
from summarizer.text import prose
from summarizer.types import Briefing, Change, Claim, Facet, Join, LedgerEntry, Story

MAX_PARAGRAPH_LINES = 4  # a fifth sentence begins a new paragraph: long blocks are not read

_SET_APART: tuple[Facet, ...] = ("alone", "open", "next")  # in this order


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The claims of a story's body in printed order, and which of them are set apart."""

    body: tuple[Claim, ...]
    asides: tuple[tuple[str, tuple[Claim, ...]], ...]  # each behind its label

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All of them in printed order."""
        return (*self.body, *(claim for _, claims in self.asides for claim in claims))


@dataclass(frozen=True, slots=True)
class Aside:
    """A paragraph behind a label: "Open", "Only the Courier reports"."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySection:
    """A printed story; without paragraphs where headline or lead have said it all."""

    headline: Line
    change: Change | None
    facts: tuple[str, ...]  # how it stands to earlier briefings, how many reports it rests on
    paragraphs: tuple[tuple[Line, ...], ...]
    tables: tuple[Table, ...]
    asides: tuple[Aside, ...]
    above: Line | None  # what the lead has said of a story without paragraphs
    see_also: tuple[Line, ...]  # headlines of printed stories that may be about the same event
    joined: tuple[str, ...]  # why its documents are together, where that was asked for

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in printed order."""
        asides = (line for aside in self.asides for line in aside.lines)
        return (self.headline, *(line for p in self.paragraphs for line in p), *asides)


def arrange(
    story: Story,
    printed: Sequence[Claim],
    entries: Mapping[str, LedgerEntry],
    words: Labels,
    *,
    names_outlets: bool,
) -> Arrangement:
    """Put what is to be set apart behind the rest.

    The opening of a story stays where it is. A sentence and those that lean on it are set apart
    together or not at all.

    Args:
        story: as it was told.
        printed: the claims of its body, in the order told; some may stand elsewhere.
        entries: the story's documents, by id.
        words: what stands before each group.
        names_outlets: whether what one source alone reports is set apart.
    """
    left = {claim.id: claim for claim in printed}
    body: list[Claim] = []
    asides: dict[Facet, dict[str, list[Claim]]] = {facet: {} for facet in _SET_APART}
    for i, run in enumerate(_runs(story.claims, entries)):
        source = outlet(entries[run[0].citations[0].document]) if names_outlets else ""
        facet, *others = dict.fromkeys(claim.facet for claim in run)
        stays = i == 0 or bool(others) or facet not in asides or (facet == "alone" and not source)
        label = "" if stays else words.facets[facet].format(source=source)
        group = body if stays else asides[facet].setdefault(label, [])
        group += [left.pop(claim.id) for claim in run if claim.id in left]
    apart = [(label, tuple(group)) for by in asides.values() for label, group in by.items()]
    return Arrangement(tuple(body), tuple((label, claims) for label, claims in apart if claims))


def section(
    briefing: Briefing,
    n: int,
    arrangement: Arrangement,
    headlines: Mapping[str, Line],
    frame: Frame,
) -> StorySection:
    """Lay out the n-th story; `headlines` are those of all told stories, by the story's id."""
    story = briefing.stories[n - 1]
    above = [claim for claim in story.claims if claim.id != story.headline.id]
    entries = {entry.id: entry for entry in briefing.documents} if story.joined else {}
    counts = story_line(story.origins, story.articles, frame.words.language)
    return StorySection(
        headline=headline(story, frame),
        change=story.change,
        facts=tuple(filter(None, (changes.tag(story, frame.words), counts))),
        paragraphs=tuple(_paragraphs(_line(story, c, frame) for c in arrangement.body)),
        tables=tables(story, n, frame),
        asides=tuple(_asides(story, arrangement, frame)),
        above=line(above[0], frame) if above and not arrangement.claims else None,
        see_also=tuple(headlines[name] for name in story.see_also if name in headlines),
        joined=tuple(_reason(join, entries) for join in story.joined),
    )


def headline(story: Story, frame: Frame) -> Line:
    """Write a headline: the tag is the story's, but an earlier value is told."""
    claim = story.headline
    language = frame.language(claim)
    change = changes.remark(claim, language, frame.words) if claim.previous else ""
    return line(claim, frame, change=change)


def _runs(claims: Sequence[Claim], entries: Mapping[str, LedgerEntry]) -> list[list[Claim]]:
    """Group claims with those after them that lean on them."""
    runs: list[list[Claim]] = []
    for claim in claims:
        language = entries[claim.citations[0].document].language
        if runs and prose.is_dangling(claim.text, language):
            runs[-1].append(claim)
        else:
            runs.append([claim])
    return runs


def _line(story: Story, claim: Claim, frame: Frame, *, names_outlet: bool = True) -> Line:
    change = changes.remark_within(story, claim, frame.language(claim), frame.words)
    return line(claim, frame, change=change, names_outlet=names_outlet)


def _asides(story: Story, arrangement: Arrangement, frame: Frame) -> Iterator[Aside]:
    for label, claims in arrangement.asides:
        names_outlet = claims[0].facet != "alone"  # there the label does
        lines = (_line(story, claim, frame, names_outlet=names_outlet) for claim in claims)
        yield from (Aside(label, paragraph) for paragraph in _paragraphs(lines))


def _paragraphs(body: Iterator[Line]) -> Iterator[tuple[Line, ...]]:
    """Cut a story into paragraphs of one direction of writing and a few sentences each."""
    for _, run in groupby(body, key=lambda line: line.direction):
        members = tuple(run)
        for i in range(0, len(members), MAX_PARAGRAPH_LINES):
            yield members[i : i + MAX_PARAGRAPH_LINES]


def _reason(join: Join, entries: Mapping[str, LedgerEntry]) -> str:
    """Say which two documents are near each other, how near, and by which terms."""
    near, document = (entries[name] for name in join.documents)
    names = (one_line(entry.title) or outlet(entry) or entry.id for entry in (document, near))
    return f"{' ~ '.join(names)}: {join.similarity} ({', '.join(map(one_line, join.terms))})"
