"""From the bytes of one file to its documents, by format.

A file that cannot be used yields one note and no document; nothing here raises for bad input.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from summarizer.errors import InputError
from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.sources import charset, frontmatter, html, markdown, records
from summarizer.types import Document, Note

Format = Literal["text", "markdown", "html", "json", "jsonl", "feed"]

READABLE = "text, Markdown, HTML, JSON, JSON Lines, RSS or Atom"
_SUFFIXES: Mapping[str, Format] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
_MAX_TITLE_CHARS = 120  # a longer first line is a paragraph, not a title
_FINAL = tuple(".!?…。！？।॥؟۔:;,")
_CLOSING = "\"'”’»」』)]"
_BULLETS = ("-", "*", "•")
# A larger page is parsed in the sandbox. Small ones would take half as much time again there
# (1,000 pages of 3 kB, 2026-11), and do not hold enough to keep a parser busy.
_SMALL_PAGE_CHARS = 500_000
_SNIFFED = 4_096  # characters in which a format shows itself
_LATEST = datetime.max.replace(tzinfo=UTC)  # a file is read without a clock: no date is too late
_JSON_OBJECT = re.compile(r'\s*\{\s*["}]')
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?"
    r"<(?:!doctype html|html|head|body|article|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_SIGN = re.compile(r"^(?:#{1,6} \S|```)|\]\(\S+\)", re.MULTILINE)


def of(path: Path) -> Format | None:
    """Tell the format from a file's name, None when it is not one that can be read."""
    return _SUFFIXES.get(path.suffix.lower())


def is_json_line(line: bytes) -> bool:
    """Tell whether the first line of a stream is a whole JSON object, as in JSON Lines."""
    text, _ = charset.decode(line)
    return _JSON_OBJECT.match(text) is not None and text.rstrip().endswith("}")


def sniff(data: bytes) -> Format:
    """Tell the format of a stream without a name by how it begins."""
    text, _ = charset.decode(data)
    head = text[:_SNIFFED]
    if _JSON_OBJECT.match(head) or head.lstrip().startswith("["):
        try:
            records.loads(text)
        except InputError:
            if _JSON_OBJECT.match(head):
                lines = text.strip().splitlines()
                return "jsonl" if all(map(_JSON_OBJECT.match, lines[:2])) else "json"
        else:
            return "json"
    if _HTML_START.match(head):
        return "html"
    _, body = frontmatter.split(text)
    return "markdown" if _MARKDOWN_SIGN.search(body[:_SNIFFED]) else "text"


def parse(data: bytes, form: Format, *, where: str) -> Iterator[Document | Note]:
    """Yield the documents of one file, and notes on what could not be used of it.

    Args:
        data: the whole file.
        form: its format.
        where: its name, for the notes.
    """
    kind = charset.binary_kind(data)
    if kind is not None:
        yield Note("unreadable", f"{where}: this is {kind}: save it as {READABLE}")
        return
    if form == "feed":
        yield from _feed(data, where)
        return
    text, guessed = charset.decode(
        data, declared=charset.declaration(data) if form == "html" else None
    )
    if guessed and form != "jsonl":
        yield Note("charset", f"{where}: not UTF-8, read as cp1252: save it as UTF-8")
    if form == "jsonl":
        yield from records.parse_lines(BytesIO(_as_utf8(data, text)), where=where)
    elif form == "json":
        yield from _json(text, where)
    else:
        yield from _prose(text, form, where)


def _as_utf8(data: bytes, text: str) -> bytes:
    """Keep the lines as they are unless a byte order mark said how to read them."""
    return data if charset.byte_order(data) is None else text.encode(errors="replace")


def _json(text: str, where: str) -> Iterator[Document | Note]:
    if not text.strip():
        return
    try:
        value = records.loads(text)
    except InputError as error:
        yield Note("unreadable", f"{where}: {error}: correct the file")
    else:
        yield from records.parse_all(value, where=where)


def _prose(text: str, form: Format, where: str) -> Iterator[Document | Note]:
    """Yield the one document of a text, Markdown or HTML file."""
    record: Mapping[str, object]
    if form == "html":
        try:
            record = _page(text)
        except InputError as error:
            yield Note("no_main_text", f"{where}: {error}")
            return
    else:
        record = _titled(*frontmatter.split(text), form)
    made, notes = records.parse(record, where=where)
    yield made
    yield from notes


def _feed(data: bytes, where: str) -> Iterator[Document | Note]:
    """Yield a document of each entry that says anything; what entries lead to is not fetched."""
    from summarizer.sources import articles, feeds

    try:
        feed = feeds.parse(data, url="")
    except InputError as error:
        yield Note("unreadable", f"{where}: {error}")
        return
    for entry in feed.entries:
        if entry.text or entry.title:
            made, notes = articles.of_entry(entry, feed, None, source="", now=_LATEST)
            yield made
            yield from notes
    if feed.n_left_out:
        why = f"{feed.n_left_out:,} entries beyond the first were left out"
        yield Note("limit_documents", f"{where}: {why}")


def _page(text: str) -> dict[str, object]:
    if not text.strip():
        return {"text": ""}
    page = (html.extract if len(text) <= _SMALL_PAGE_CHARS else html.extract_apart)(text)
    return {
        "text": page.text,
        "title": page.title,
        "source": page.source,
        "url": page.url,
        "published": page.published,
        "kind": page.kind,
    }


def _titled(fields: dict[str, str], body: str, form: Format) -> dict[str, str]:
    """Return a record of `fields` and `body` with the title that the body begins with, if any."""
    title = fields.get("title", "")
    # The pipeline leaves out what is too long; reading its Markdown would only take time.
    if form == "markdown" and len(body) <= MAX_DOCUMENT_CHARS:
        title, body = markdown.to_text(body, title=title)
    return {**fields, "title": title or _first_line(body), "text": body}


def _first_line(text: str) -> str:
    """Return the first line when it stands alone and reads like a title, else an empty string."""
    line, _, rest = text.lstrip().partition("\n")
    next_line, _, _ = rest.partition("\n")
    line = line.strip()
    alone = not next_line.strip() and bool(rest.strip())
    final = line.rstrip(_CLOSING).endswith(_FINAL)
    title = alone and len(line) <= _MAX_TITLE_CHARS and not final and not line.startswith(_BULLETS)
    return line if title else ""
