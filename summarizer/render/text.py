"""A briefing as plain text for a terminal or a mail, 80 columns wide, without colours."""

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells

from summarizer.render.outline import (
    Line,
    Outline,
    StorySection,
    calendar_date,
    documents_by_use,
    outline,
    place,
    spans,
    verdict_in_words,
)
from summarizer.render.passages import CitedDocument, outlet
from summarizer.render.safety import one_line, printable
from summarizer.types import Briefing, LedgerEntry

COLUMNS = 80

_NO_BREAK = "\u00a0"  # a citation mark stays with its sentence
_UNICODE = "latest"  # or rich would ask the environment
_IDEOGRAPH = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
_OPENING = "[「『（《〈【“‘]"
_CLOSING = "[、。，．！？：；」』）》〉】”’ー…]"
_PIECE = re.compile(
    rf"""
      [ ]                                                # where a line may break and is dropped
    | {_OPENING}*{_IDEOGRAPH}{_CLOSING}*                 # where it may break as well
    | (?:(?!{_OPENING}*{_IDEOGRAPH})[^ ])+
    """,
    re.VERBOSE,
)


def render(briefing: Briefing, *, ledger: bool = False) -> str:
    """Render a briefing as plain text; `ledger` adds withheld drafts and every document."""
    page = outline(briefing)
    blocks = [*_front(page)]
    for story in page.stories:
        blocks += _story(story, page)
    blocks += [*_in_brief(page), *_sources(page), *_closing(page)]
    if ledger:
        blocks += [*_withheld(page), *_documents(page)]
    return printable("\n\n".join(blocks) + "\n")


def wrap(text: str, *, first: str = "", other: str = "", columns: int = COLUMNS) -> str:
    """Break text into lines of at most `columns` cells, with a prefix for each line.

    Lines break at spaces, and between ideographs but not before their closing punctuation. An
    address is never cut, so that it can be copied; it alone may be longer than the line.
    """
    lines: list[str] = []
    line, prefix = "", first
    for piece in _pieces(one_line(text), columns - max(_width(first), _width(other))):
        if line.strip() and _width(prefix + line + piece.rstrip()) > columns:
            lines.append((prefix + line).rstrip())
            line, prefix = "", other
        line += piece if line else piece.lstrip(" ")
    return "\n".join([*lines, (prefix + line).rstrip()])


def _pieces(text: str, columns: int) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if "://" in piece or _width(piece) <= columns:
            yield piece
        else:
            yield from chop_cells(piece, columns, _UNICODE)


def _width(text: str) -> int:
    return cell_len(text, _UNICODE)


def _heading(text: str, rule: str = "-") -> str:
    wrapped = wrap(text)
    width = max(map(_width, wrapped.split("\n")))
    return f"{wrapped}\n{rule * min(COLUMNS, width)}"


def _front(page: Outline) -> Iterator[str]:
    yield _heading(page.title, "=")
    if page.day:
        yield wrap(page.day)
    yield from map(wrap, page.remarks)
    if page.lead:
        yield _heading(page.labels.lead)
        yield _bullets(_sentence(line) for line in page.lead)


def _story(story: StorySection, page: Outline) -> Iterator[str]:
    heading = _heading(_sentence(story.headline))
    yield f"{heading}\n{story.counts}" if story.counts else heading
    for paragraph in story.paragraphs:
        yield wrap(" ".join(_sentence(line) for line in paragraph))
    if story.above:
        yield wrap(page.labels.see_above)
    for other in story.see_also:
        yield wrap(f"{page.labels.see_also}: {other.text}")
    if story.joined:
        yield _bullets(story.joined)


def _in_brief(page: Outline) -> Iterator[str]:
    if page.in_brief:
        yield _heading(page.labels.in_brief)
        yield _bullets(_sentence(line) for line in page.in_brief)


def _sources(page: Outline) -> Iterator[str]:
    if page.documents:
        yield _heading(page.labels.sources)
        yield "\n".join(_source(document, page) for document in page.documents)


def _source(document: CitedDocument, page: Outline) -> str:
    parts = (document.outlet, one_line(document.entry.title), calendar_date(document.entry))
    number = f"[{document.number}] "
    indent = " " * len(number)
    named = ", ".join(part for part in parts if part)
    fallback = page.labels.source.format(n=document.number)
    lines = [wrap(named or fallback, first=number, other=indent)]
    if document.url:
        lines.append(indent + document.url)
    cited = f"{place(document, page.labels)} {spans(document)}"
    lines.append(wrap(cited, first=indent, other=indent))
    return "\n".join(lines)


def _closing(page: Outline) -> Iterator[str]:
    if page.legend or page.notes:
        yield _heading(page.labels.notes)
        yield _bullets((*page.legend, *page.notes))
    yield wrap(page.ledger)


def _withheld(page: Outline) -> Iterator[str]:
    if page.briefing.withheld:
        yield _heading(page.labels.withheld)
        yield _bullets(
            f"{draft.text} ({verdict_in_words(draft.verdict, page.labels)}: {draft.reason})"
            for draft in page.briefing.withheld
        )


def _documents(page: Outline) -> Iterator[str]:
    yield _heading(page.labels.documents)
    for heading, entries in documents_by_use(page):
        yield wrap(heading)
        yield _bullets(_document(entry) for entry in entries)


def _document(entry: LedgerEntry) -> str:
    title = one_line(entry.title) or entry.id
    parts = (outlet(entry), title, calendar_date(entry), entry.reason)
    return ", ".join(part for part in parts if part)


def _sentence(line: Line) -> str:
    """Write a claim, who alone reports it, and its citation marks."""
    alone = f"({line.outlet})" if line.outlet else ""
    marks = (f"[{document.number}]" for document in line.documents)
    sentence = " ".join(part for part in (line.text, alone) if part)
    return _NO_BREAK.join(part for part in (sentence, line.verdict_mark, *marks) if part)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(wrap(item, first="- ", other="  ") for item in items)
