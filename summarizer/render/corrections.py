"""What earlier briefings printed and a source has since changed or taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from summarizer.render.labels import Direction, direction
from summarizer.render.lines import Frame, Mark, marks
from summarizer.render.passages import Place, outlet
from summarizer.render.safety import one_line
from summarizer.types import Briefing, Correction


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was printed, and what stands there now; or all quotes that one source took back."""

    anchor: str
    was: tuple[str, ...]
    now: str | None
    outlet: str  # of the source; empty where it is not among today's documents
    language: str
    direction: Direction
    mark: Mark | None  # of `now`


def places(briefing: Briefing) -> Iterator[Place]:
    """Yield what the corrections cite."""
    for i, correction in enumerate(briefing.corrections, start=1):
        if correction.citation:
            yield _anchor(i), (correction.citation,)


def corrected(briefing: Briefing, frame: Frame) -> tuple[Corrected, ...]:
    """Lay out the corrections of a briefing in its order."""
    entries = {entry.id: entry for entry in briefing.documents}
    found = []
    numbered = enumerate(briefing.corrections, start=1)
    for _, together in groupby(numbered, lambda item: _place(*item)):
        same = list(together)
        i, correction = same[0]
        citation = correction.citation
        entry = entries.get(citation.document if citation else correction.document)
        language = entry.language if entry else "und"
        found.append(
            Corrected(
                anchor=_anchor(i),
                was=tuple(one_line(each.was) for _, each in same),
                now=None if correction.now is None else one_line(correction.now),
                outlet=(outlet(entry) or one_line(entry.title)) if entry else "",
                language=language,
                direction=direction(language),
                mark=marks((citation,), frame.documents)[0] if citation else None,
            )
        )
    return tuple(found)


def _place(i: int, correction: Correction) -> str | int:
    """Return what corrections that are told together share: the source that took them back."""
    return i if correction.now is not None else correction.document


def _anchor(i: int) -> str:
    return f"k-{i}"
