"""A briefing as Markdown (CommonMark) that reads well as it stands and is harmless when rendered.

Text from documents is escaped wherever CommonMark or GitHub's dialect would take it for markup,
and only there. Links are written as references, so that addresses do not interrupt sentences.
"""

import re
from collections.abc import Iterator, Sequence

from summarizer.render.conflicts import Table
from summarizer.render.corrections import Corrected
from summarizer.render.labels import Labels
from summarizer.render.lines import Line, verdict_in_words
from summarizer.render.outline import Outline, documents_by_use, outline
from summarizer.render.passages import CitedDocument, calendar_date, outlet, place, spans
from summarizer.render.safety import one_line, printable, web_address
from summarizer.render.sections import StorySection
from summarizer.render.topics import Watched
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
    for group in page.groups:
        if group.name:
            blocks.append(f"## {escape(group.name)}")
        for story in group.stories:
            blocks += _story(story, page, level="###" if group.name else "##")
    blocks += [
        *_in_brief(page),
        *_watched(page),
        *sources(page.documents, page.labels),
        *_closing(page),
    ]
    if ledger:
        blocks += [*_reasons(page), *_withheld(page), *_documents(page)]
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
    if page.corrections:
        yield f"## {page.labels.corrections}"
        yield "\n".join(_correction(found, page.labels) for found in page.corrections)
    if page.lead:
        yield f"## {page.labels.lead}"
        yield _bullets(_sentence(line, page.labels) for line in page.lead)


def _correction(found: Corrected, words: Labels) -> str:
    colon = words.punctuation["colon"]
    was = f"{words.printed}{colon}{escape(words.quoted(*found.was))}"
    now = words.taken_back
    if found.now is not None:
        now = f"{words.stands_now}{colon}{escape(words.quoted(found.now))}"
    source = f"({escape(found.outlet)})" if found.outlet else ""
    mark = reference(found.mark.document) if found.mark else ""
    return f"- {was}  \n  {' '.join(part for part in (now, source, mark) if part)}"


def _story(story: StorySection, page: Outline, *, level: str) -> Iterator[str]:
    words = page.labels
    yield f"{level} {_sentence(story.headline, words)}"
    if story.facts:
        yield f"_{' · '.join(story.facts)}_"
    for paragraph in story.paragraphs:
        yield " ".join(_sentence(line, words) for line in paragraph)
    for table in story.tables:
        yield f"**{escape(table.heading)}**"
        yield _table(table, words)
    for aside in story.asides:
        told = " ".join(_sentence(line, words) for line in aside.lines)
        yield f"**{escape(aside.label)}**{words.punctuation['colon']}{told}"
    if story.above:
        yield f"_{words.see_above}_"
    for other in story.see_also:
        yield f"_{words.see_also}: {escape(other.text)}_"
    if story.joined:
        yield _bullets(map(escape, story.joined))


def _table(table: Table, words: Labels) -> str:
    rows = [
        (words.figure, words.said_by, words.when, words.words),
        ("---",) * 4,
        *(
            (
                _cell(row.value),
                _cell(row.outlet),
                _cell(row.date),
                f"{_cell(words.quoted(row.quote))} {reference(row.mark.document)}",
            )
            for row in table.rows
        ),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _cell(text: str) -> str:
    """Escape a text that stands in a table, where a bar would end its cell."""
    return escape(text).replace("|", "\\|")


def _in_brief(page: Outline) -> Iterator[str]:
    if page.in_brief:
        yield f"## {page.labels.in_brief}"
        yield _bullets(_sentence(line, page.labels) for line in page.in_brief)


def _watched(page: Outline) -> Iterator[str]:
    if page.watched:
        yield f"## {page.labels.watched}"
    for topic in page.watched:
        yield f"### {escape(topic.name)}"
        yield f"_{escape(topic.found)}_"
        if topic.lines:
            yield _bullets(_sentence(line, page.labels) for line in topic.lines)
        yield from _above(topic, page.labels)


def _above(topic: Watched, words: Labels) -> Iterator[str]:
    for other in topic.above:
        yield f"_{words.see_also}: {escape(other.text)}_"


def sources(documents: Sequence[CitedDocument], words: Labels) -> Iterator[str]:
    """List the cited documents under their numbers, and define what their references link to."""
    if not documents:
        return
    yield f"## {words.sources}"
    yield "\n".join(f"{d.number}. {_source(d, words)}" for d in documents)
    linked = [f"[{d.number}]: {_destination(d.url)}" for d in documents if d.url]
    if linked:
        yield "\n".join(linked)


def _closing(page: Outline) -> Iterator[str]:
    if page.legend or page.notes:
        yield f"## {page.labels.notes}"
        yield _bullets(escape(note) for note in (*page.legend, *page.notes))
    yield "---"
    yield page.ledger


def _reasons(page: Outline) -> Iterator[str]:
    if page.reasoned:
        yield f"## {page.labels.checks}"
        yield _bullets(
            f"{escape(line.text)} _({escape(line.claim.reason or '')})_" for line in page.reasoned
        )


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


def _source(document: CitedDocument, words: Labels) -> str:
    name = escape(document.entry.title)
    publisher = escape(document.outlet)
    if not name:
        name, publisher = publisher or words.source.format(n=document.number), ""
    parts = (
        publisher,
        f"[{name}][{document.number}]" if document.url else name,
        escape(calendar_date(document.entry)),
        f"{place(document, words)} {spans(document)}",
    )
    return ", ".join(part for part in parts if part)


def reference(document: CitedDocument) -> str:
    """Write a citation mark; where it is a link, brackets that show stand around it."""
    return f"[[{document.number}]]" if document.url else f"[{document.number}]"


def _sentence(line: Line, words: Labels) -> str:
    """Write a claim, what is said of it, and its citation marks."""
    remarks = words.punctuation["semicolon"].join(line.remarks)
    aside = f"({escape(remarks)})" if remarks else ""
    marks = map(reference, line.documents)
    return " ".join(part for part in (escape(line.text), aside, line.verdict_mark, *marks) if part)


def _destination(url: str) -> str:
    escaped = _REFERENCE_IN_URL.sub(r"\\&", url)
    return f"<{escaped}>"


def _bullets(items: Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
