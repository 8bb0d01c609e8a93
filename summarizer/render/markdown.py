"""A briefing as Markdown (CommonMark) that reads well as it stands and is harmless when rendered.

Text from documents is escaped wherever CommonMark or GitHub's dialect would take it for markup,
and only there. Links are written as references, so that addresses do not interrupt sentences.
"""

import re
from collections.abc import Iterator

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
from summarizer.render.safety import one_line, printable, web_address
from summarizer.types import Briefing, LedgerEntry

_MARKUP = re.compile(
    r"""
      [\\`*\[\]]                          # escapes, code, emphasis, links and images
    | <(?=[A-Za-z/!?])                    # tags and autolinks; "5 < 6" is none
    | &(?=\#?\w+;)                        # character references
    | (?<![^\W_])_ | _(?![^\W_])          # emphasis; an underscore inside a word is none
    | (?<=\S)~ | ~(?=~)                   # struck-out text, code fences
    | (?<=\s)\#(?=\#*$)                   # the end of a heading
    | (?<=http):(?=//) | (?<=https):(?=//) | (?<=ftp):(?=//) | (?<=www)\.  # bare addresses
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLOCK_START = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#>=]|[-+](?:[\s-]|$)))")
_REFERENCE_IN_URL = re.compile(r"&(?=#?\w+;)")


def render(briefing: Briefing, *, ledger: bool = False) -> str:
    """Render a briefing as Markdown; `ledger` adds withheld drafts and every document."""
    page = outline(briefing)
    blocks = [*_front(page)]
    for story in page.stories:
        blocks += _story(story, page)
    blocks += [*_in_brief(page), *_sources(page), *_closing(page)]
    if ledger:
        blocks += [*_withheld(page), *_documents(page)]
    return printable("\n\n".join(blocks) + "\n")


def escape(text: str) -> str:
    """Write text on one line so that CommonMark shows exactly its characters."""
    escaped = _MARKUP.sub(lambda markup: "\\" + markup[0], one_line(text))
    return _BLOCK_START.sub(lambda start: (start[1] or "") + "\\", escaped)


def _front(page: Outline) -> Iterator[str]:
    yield f"# {escape(page.title)}"
    if page.day:
        yield escape(page.day)
    for remark in page.remarks:
        yield f"_{escape(remark)}_"
    if page.lead:
        yield f"## {page.labels.lead}"
        yield _bullets(_sentence(line) for line in page.lead)


def _story(story: StorySection, page: Outline) -> Iterator[str]:
    yield f"## {_sentence(story.headline)}"
    if story.counts:
        yield f"_{story.counts}_"
    for paragraph in story.paragraphs:
        yield " ".join(_sentence(line) for line in paragraph)
    if story.above:
        yield f"_{page.labels.see_above}_"
    for other in story.see_also:
        yield f"_{page.labels.see_also}: {escape(other.text)}_"
    if story.joined:
        yield _bullets(map(escape, story.joined))


def _in_brief(page: Outline) -> Iterator[str]:
    if page.in_brief:
        yield f"## {page.labels.in_brief}"
        yield _bullets(_sentence(line) for line in page.in_brief)


def _sources(page: Outline) -> Iterator[str]:
    if not page.documents:
        return
    yield f"## {page.labels.sources}"
    yield "\n".join(f"{d.number}. {_source(d, page)}" for d in page.documents)
    linked = [f"[{d.number}]: {_destination(d.url)}" for d in page.documents if d.url]
    if linked:
        yield "\n".join(linked)


def _closing(page: Outline) -> Iterator[str]:
    if page.legend or page.notes:
        yield f"## {page.labels.notes}"
        yield _bullets(escape(note) for note in (*page.legend, *page.notes))
    yield "---"
    yield page.ledger


def _withheld(page: Outline) -> Iterator[str]:
    if page.briefing.withheld:
        yield f"## {page.labels.withheld}"
        yield _bullets(
            f"{escape(draft.text)} "
            f"_({verdict_in_words(draft.verdict, page.labels)}: {escape(draft.reason)})_"
            for draft in page.briefing.withheld
        )


def _documents(page: Outline) -> Iterator[str]:
    yield f"## {page.labels.documents}"
    for heading, entries in documents_by_use(page):
        yield f"### {heading}"
        yield _bullets(_document(entry) for entry in entries)


def _document(entry: LedgerEntry) -> str:
    url = web_address(entry.url)
    name = escape(entry.title) or entry.id
    parts = (
        escape(outlet(entry)),
        f"[{name}]({_destination(url)})" if url else name,
        escape(calendar_date(entry)),
        escape(entry.reason or ""),
    )
    return ", ".join(part for part in parts if part)


def _source(document: CitedDocument, page: Outline) -> str:
    name = escape(document.entry.title)
    publisher = escape(document.outlet)
    if not name:
        name, publisher = publisher or page.labels.source.format(n=document.number), ""
    parts = (
        publisher,
        f"[{name}][{document.number}]" if document.url else name,
        escape(calendar_date(document.entry)),
        f"{place(document, page.labels)} {spans(document)}",
    )
    return ", ".join(part for part in parts if part)


def _sentence(line: Line) -> str:
    """Write a claim, who alone reports it, and its citation marks.

    A linked mark is a reference inside brackets, which show.
    """
    marks = (f"[[{d.number}]]" if d.url else f"[{d.number}]" for d in line.documents)
    alone = f"({escape(line.outlet)})" if line.outlet else ""
    parts = (escape(line.text), alone, line.verdict_mark, *marks)
    return " ".join(part for part in parts if part)


def _destination(url: str) -> str:
    escaped = _REFERENCE_IN_URL.sub(r"\\&", url)
    return f"<{escaped}>"


def _bullets(items: Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
