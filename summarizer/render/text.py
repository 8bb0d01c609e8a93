"""A briefing as plain text for a terminal or a mail, 80 columns wide, without colours."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, chop_cells

from summarizer.render.conflicts import Table
from summarizer.render.corrections import Corrected
from summarizer.render.labels import Labels
from summarizer.render.lines import Line, verdict_in_words
from summarizer.render.outline import Outline, documents_by_use, outline
from summarizer.render.passages import CitedDocument, calendar_date, outlet, place, spans
from summarizer.render.safety import one_line, printable
from summarizer.render.sections import StorySection
from summarizer.types import Briefing, LedgerEntry

COLUMNS = 80
MAX_FIGURE = 16  # cells of the column of values; a longer one runs into its line

_NO_BREAK = "\u00a0"  # a citation mark stays with its sentence
_SEPARATOR = " · "
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
    for group in page.groups:
        if group.name:
            blocks.append(heading(group.name, "="))
        for story in group.stories:
            blocks += _story(story, page)
    blocks += [
        *_in_brief(page),
        *_watched(page),
        *sources(page.documents, page.labels),
        *_closing(page),
    ]
    if ledger:
        blocks += [*_reasons(page), *_withheld(page), *_documents(page)]
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


def heading(text: str, rule: str = "-") -> str:
    """Underline a text to its width."""
    wrapped = wrap(text)
    width = max(map(_width, wrapped.split("\n")))
    return f"{wrapped}\n{rule * min(COLUMNS, width)}"


def _front(page: Outline) -> Iterator[str]:
    yield heading(page.title, "=")
    if page.day:
        yield wrap(page.day)
    yield from map(wrap, page.remarks)
    if page.corrections:
        yield heading(page.labels.corrections)
        yield "\n".join(_correction(found, page.labels) for found in page.corrections)
    if page.lead:
        yield heading(page.labels.lead)
        yield _bullets(_sentence(line, page.labels) for line in page.lead)


def _correction(found: Corrected, words: Labels) -> str:
    number = f"[{found.mark.document.number}]" if found.mark else ""
    source = f"({found.outlet})" if found.outlet else ""
    now = words.taken_back
    if found.now is not None:
        now = f"{words.stands_now}{words.punctuation['colon']}{words.quoted(found.now)}"
    was = f"{words.printed}{words.punctuation['colon']}{words.quoted(*found.was)}"
    now = " ".join(part for part in (now, source) if part)
    return "\n".join(
        (
            wrap(was, first="- ", other="  "),
            wrap(_NO_BREAK.join(filter(None, (now, number))), first="  ", other="  "),
        )
    )


def _story(story: StorySection, page: Outline) -> Iterator[str]:
    head = heading(_sentence(story.headline, page.labels))
    facts = _SEPARATOR.join(story.facts)
    yield f"{head}\n{facts}" if facts else head
    for paragraph in story.paragraphs:
        yield wrap(" ".join(_sentence(line, page.labels) for line in paragraph))
    yield from (_table(table, page.labels) for table in story.tables)
    for aside in story.asides:
        told = " ".join(_sentence(line, page.labels) for line in aside.lines)
        yield wrap(f"{aside.label}{page.labels.punctuation['colon']}{told}")
    if story.above:
        yield wrap(page.labels.see_above)
    for other in story.see_also:
        yield wrap(f"{page.labels.see_also}: {other.text}")
    if story.joined:
        yield _bullets(story.joined)


def _table(table: Table, words: Labels) -> str:
    """Set the values in a column and beside them who states them, when and in which words."""
    columns = max((w for row in table.rows if (w := _width(row.value)) <= MAX_FIGURE), default=0)
    indent = " " * (columns + 4)
    lines = [wrap(table.heading)]
    for row in table.rows:
        who = words.punctuation["comma"].join(filter(None, (row.outlet, row.date)))
        said = words.punctuation["colon"].join(filter(None, (who, words.quoted(row.quote))))
        told = f"{said}{_NO_BREAK}[{row.mark.document.number}]"
        room = columns - _width(row.value)
        if room < 0:
            lines.append(wrap(f"{row.value} {told}", first="  ", other=indent))
        else:
            lines.append(wrap(told, first=f"  {row.value}{' ' * room}  ", other=indent))
    return "\n".join(lines)


def _in_brief(page: Outline) -> Iterator[str]:
    if page.in_brief:
        yield heading(page.labels.in_brief)
        yield _bullets(_sentence(line, page.labels) for line in page.in_brief)


def _watched(page: Outline) -> Iterator[str]:
    if page.watched:
        yield heading(page.labels.watched, "=")
    for topic in page.watched:
        yield f"{heading(topic.name)}\n{wrap(topic.found)}"
        if topic.lines:
            yield _bullets(_sentence(line, page.labels) for line in topic.lines)
        for other in topic.above:
            yield wrap(f"{page.labels.see_also}: {other.text}")


def sources(documents: Sequence[CitedDocument], words: Labels) -> Iterator[str]:
    """List the cited documents under their numbers, with their addresses and the cited spans."""
    if documents:
        yield heading(words.sources)
        yield "\n".join(source(document, words) for document in documents)


def source(document: CitedDocument, words: Labels) -> str:
    """Name a cited document under its number, with its address and the cited spans."""
    parts = (document.outlet, one_line(document.entry.title), calendar_date(document.entry))
    number = f"[{document.number}] "
    indent = " " * len(number)
    named = ", ".join(part for part in parts if part)
    fallback = words.source.format(n=document.number)
    lines = [wrap(named or fallback, first=number, other=indent)]
    if document.url:
        lines.append(indent + document.url)
    cited = f"{place(document, words)} {spans(document)}"
    lines.append(wrap(cited, first=indent, other=indent))
    return "\n".join(lines)


def _closing(page: Outline) -> Iterator[str]:
    if page.legend or page.notes:
        yield heading(page.labels.notes)
        yield _bullets((*page.legend, *page.notes))
    yield wrap(page.ledger)


def _reasons(page: Outline) -> Iterator[str]:
    if page.reasoned:
        yield heading(page.labels.checks)
        yield _bullets(f"{line.text} ({line.claim.reason})" for line in page.reasoned)


def _withheld(page: Outline) -> Iterator[str]:
    if page.briefing.withheld:
        yield heading(page.labels.withheld)
        yield _bullets(
            f"{draft.text} ({verdict_in_words(draft.verdict, page.labels)}: {draft.reason})"
            for draft in page.briefing.withheld
        )


def _documents(page: Outline) -> Iterator[str]:
    yield heading(page.labels.documents)
    for use, entries in documents_by_use(page):
        yield wrap(use)
        yield _bullets(_document(entry) for entry in entries)


def _document(entry: LedgerEntry) -> str:
    title = one_line(entry.title) or entry.id
    parts = (outlet(entry), title, calendar_date(entry), entry.reason)
    return ", ".join(part for part in parts if part)


def _sentence(line: Line, words: Labels) -> str:
    """Write a claim, what is said of it, and its citation marks."""
    remarks = words.punctuation["semicolon"].join(line.remarks)
    aside = f"({remarks})" if remarks else ""
    marks = (f"[{document.number}]" for document in line.documents)
    sentence = " ".join(part for part in (line.text, aside) if part)
    return _NO_BREAK.join(part for part in (sentence, line.verdict_mark, *marks) if part)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(wrap(item, first="- ", other="  ") for item in items)
