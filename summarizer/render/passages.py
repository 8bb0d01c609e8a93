"""The cited passages of the documents: their numbers, their anchors, and the text around them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.render.labels import Labels
from summarizer.render.safety import host, one_line, web_address
from summarizer.types import Citation, LedgerEntry

Place = tuple[str, Sequence[Citation]]
"""The anchor of something printed, and what it cites."""

CONTEXT_CHARS = 250  # code points shown on each side of a quote: two or three sentences
_LONGEST_WORD = 40  # how far to look for a place between words; scripts without spaces have none


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote of a document and the places in print that cite it."""

    anchor: str
    start: int
    end: int
    quote: str
    page: int | None
    cited_by: tuple[str, ...]  # anchors, in printed order


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document under the number its citations carry, its passages in the order of the text."""

    number: int
    entry: LedgerEntry
    outlet: str
    url: str | None  # None unless it can be a link
    passages: tuple[Passage, ...]

    def passage(self, citation: Citation) -> Passage:
        """Find the passage that holds a citation's quote."""
        return next(p for p in self.passages if p.start <= citation.start and citation.end <= p.end)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document: plain text and passages, in turn, that together are the text."""

    pieces: tuple[str | Passage, ...]
    begins_inside: bool  # something stands before it in the document
    ends_inside: bool


def outlet(entry: LedgerEntry) -> str:
    """Name who published a document: as it says itself, else its host, else an empty string."""
    return one_line(entry.source) or host(entry.url)


def calendar_date(entry: LedgerEntry) -> str:
    """Return the date of publication as its document writes it, without the time of day."""
    return one_line(entry.published or "")[: len("2026-03-03")]


def spans(document: CitedDocument) -> str:
    """List the cited characters of a document: "0-27, 38-123"."""
    return ", ".join(f"{passage.start}-{passage.end}" for passage in document.passages)


def place(document: CitedDocument, words: Labels) -> str:
    """Say which pages of a document are cited, and that characters follow."""
    pages = dict.fromkeys(p.page for p in document.passages if p.page is not None)
    return ", ".join((*(words.page.format(n=page) for page in pages), words.characters))


def cited_documents(
    places: Iterable[Place], entries: Mapping[str, LedgerEntry]
) -> tuple[CitedDocument, ...]:
    """Number the documents that places cite, in the order in which they are first cited."""
    citations: dict[str, list[tuple[Citation, str]]] = {}
    for anchor, cited in places:
        for citation in cited:
            citations.setdefault(citation.document, []).append((citation, anchor))
    return tuple(
        CitedDocument(
            number=number,
            entry=entries[name],
            outlet=outlet(entries[name]),
            url=web_address(entries[name].url),
            passages=_passages(number, found),
        )
        for number, (name, found) in enumerate(citations.items(), start=1)
    )


def _passages(number: int, citations: Iterable[tuple[Citation, str]]) -> tuple[Passage, ...]:
    """Turn citations into passages; those that overlap become one, so that anchors do not nest."""
    passages: list[Passage] = []
    for citation, place in sorted(citations, key=lambda found: found[0].start):
        last = passages[-1] if passages else None
        if last and citation.start < last.end:
            end = max(last.end, citation.end)
            quote = last.quote + citation.quote[len(citation.quote) - (end - last.end) :]
            cited_by = dict.fromkeys((*last.cited_by, place))
            passages[-1] = replace(last, end=end, quote=quote, cited_by=tuple(cited_by))
            continue
        anchor = f"s-{number}-{len(passages) + 1}"
        start, end = citation.start, citation.end
        passages.append(Passage(anchor, start, end, citation.quote, citation.page, (place,)))
    return tuple(passages)


def excerpts(document: CitedDocument, context: int = CONTEXT_CHARS) -> tuple[Excerpt, ...]:
    """Cut the passages of a document out of its text with at most `context` on each side.

    Passages whose contexts meet share an excerpt. Where the text is not at hand, as in a briefing
    read back from JSON, an excerpt is the quote alone.
    """
    text = document.entry.text
    if any(text[p.start : p.end] != p.quote for p in document.passages):
        return tuple(Excerpt((p,), begins_inside=True, ends_inside=True) for p in document.passages)
    groups: list[tuple[int, int, list[Passage]]] = []
    for passage in document.passages:
        start, end = _window(text, passage, context)
        if groups and start <= groups[-1][1]:
            first, _, members = groups[-1]
            groups[-1] = (first, end, [*members, passage])
        else:
            groups.append((start, end, [passage]))
    return tuple(
        Excerpt(_pieces(text, start, end, members), start > 0, end < len(text))
        for start, end, members in groups
    )


def _window(text: str, passage: Passage, context: int) -> tuple[int, int]:
    """Choose the context of a passage, moved inwards to the next place between two words."""
    start = max(0, passage.start - context)
    if start > 0:
        nearest = range(start, min(start + _LONGEST_WORD, passage.start))
        start = next((i + 1 for i in nearest if text[i].isspace()), start)
    end = min(len(text), passage.end + context)
    if end < len(text):
        nearest = range(end, max(end - _LONGEST_WORD, passage.end), -1)
        end = next((i for i in nearest if text[i].isspace()), end)
    return start, end


def _pieces(
    text: str, start: int, end: int, passages: Sequence[Passage]
) -> tuple[str | Passage, ...]:
    pieces: list[str | Passage] = []
    for passage in passages:
        pieces += [text[start : passage.start], passage]
        start = passage.end
    pieces.append(text[start:end])
    return tuple(piece for piece in pieces if piece)
