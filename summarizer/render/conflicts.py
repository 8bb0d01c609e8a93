"""What sources state differently, as tables: the value, who states it, when, in which words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.render.labels import Direction, Labels, direction
from summarizer.render.lines import Frame, Mark, marks
from summarizer.render.passages import Place, calendar_date
from summarizer.render.safety import one_line
from summarizer.types import Citation, Claim, Conflict, ConflictKind, Story


@dataclass(frozen=True, slots=True)
class Row:
    """One value and the sentence that states it."""

    anchor: str
    value: str
    outlet: str
    date: str
    quote: str
    language: str
    direction: Direction
    mark: Mark


@dataclass(frozen=True, slots=True)
class Table:
    """The values of one conflict, in its order: newest first."""

    anchor: str
    kind: ConflictKind
    heading: str
    rows: tuple[Row, ...]


def places(story: Story, n: int) -> Iterator[Place]:
    """Yield what the tables of the n-th story cite, row by row."""
    for i, conflict in enumerate(story.conflicts, start=1):
        for j, value in enumerate(conflict.values, start=1):
            yield _row_anchor(n, i, j), (value.citation,)


def tables(story: Story, n: int, frame: Frame) -> tuple[Table, ...]:
    """Lay out the conflicts of the n-th story."""
    return tuple(
        Table(
            anchor=_anchor(n, i),
            kind=conflict.kind,
            heading=_heading(conflict, frame.words),
            rows=tuple(_rows(conflict, n, i, frame)),
        )
        for i, conflict in enumerate(story.conflicts, start=1)
    )


def table_of_claims(stories: Iterable[Story]) -> dict[str, str]:
    """Find the table in which each claim that sources dispute stands, by the claim's id.

    It is the conflict that cites what the claim cites, else the first one of the story.
    """
    found: dict[str, str] = {}
    for n, story in enumerate(stories, start=1):
        disputes = [
            (_anchor(n, i), conflict)
            for i, conflict in enumerate(story.conflicts, start=1)
            if conflict.kind == "conflict"
        ]
        for claim in (story.headline, *story.claims) if disputes else ():
            own = (anchor for anchor, conflict in disputes if _states(claim, conflict))
            found[claim.id] = next(own, disputes[0][0])
    return found


def _states(claim: Claim, conflict: Conflict) -> bool:
    return any(
        _overlap(value.citation, citation)
        for value in conflict.values
        for citation in claim.citations
    )


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _anchor(n: int, i: int) -> str:
    return f"t-{n}-{i}"


def _row_anchor(n: int, i: int, j: int) -> str:
    return f"v-{n}-{i}-{j}"


def _heading(conflict: Conflict, words: Labels) -> str:
    """Head a table: "Sources differ: killed"; what a slot is narrowed by stays as it is."""
    slot, colon, rest = one_line(conflict.about).partition(":")
    about = words.about.get(slot, slot) + colon + rest
    return words.punctuation["colon"].join((words.conflicts[conflict.kind], about))


def _rows(conflict: Conflict, n: int, i: int, frame: Frame) -> Iterator[Row]:
    for j, value in enumerate(conflict.values, start=1):
        (mark,) = marks((value.citation,), frame.documents)
        entry = mark.document.entry
        yield Row(
            anchor=_row_anchor(n, i, j),
            value=one_line(value.value),
            outlet=mark.document.outlet or one_line(entry.title),
            date=calendar_date(entry),
            quote=one_line(value.citation.quote),
            language=entry.language,
            direction=direction(entry.language),
            mark=mark,
        )
