"""The paragraphs of a page, read without building a tree: for pages that the parser dies of.

Headings, paragraphs and items of lists are taken as they come, what is not shown or stands around
an article is left out, and nothing else is judged. Text outside of them is not read.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, cast

from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.sources import sandbox
from summarizer.sources.html import NoMainTextError, Page
from summarizer.types import Json

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>|[^<]+|<", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"(?:\s|^)hidden(?:[\s=]|$)|display\s*:\s*none", re.IGNORECASE)
_READ = frozenset({"title", "p", "h1", "h2", "h3", "h4", "li", "blockquote"})
_LEFT_OUT = frozenset(
    {"aside", "button", "figure", "footer", "form", "header", "nav", "noscript", "script", "select"}
    | {"style", "svg", "template", "textarea"}
)
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_MIN_CHARS = 40  # of a paragraph; what is shorter is a button or a label


def extract_apart(page: str) -> Page:
    """Find the paragraphs of a page in the sandbox.

    Raises:
        InputError: its process did not survive the page either.
        NoMainTextError: there are none.
    """
    found = sandbox.run(read, page.encode(errors="replace"))
    if found is None:
        raise NoMainTextError
    return Page(**cast("dict[str, Any]", found))


def read(data: bytes) -> dict[str, Json] | None:
    """Return a page in UTF-8 as the JSON of a `Page`, None when it has no paragraphs."""
    elements = [*_elements(data.decode(errors="replace"))]
    paragraphs = [text for name, text in elements if name != "title" and len(text) > _MIN_CHARS]
    if not paragraphs:
        return None
    page = Page(
        text="\n\n".join(paragraphs)[:MAX_DOCUMENT_CHARS],
        title=next((text for name, text in elements if name == "title"), ""),
        source="",
        url=None,
        published=None,
        kind="article",
        is_free=True,
    )
    return asdict(page)


def _elements(page: str) -> Iterator[tuple[str, str]]:
    """Yield the elements that are read: name and text; one ends where the next begins."""
    name, parts = "", list[str]()
    for is_end, tag, text in _shown(page):
        if text and name:
            parts.append(text)
        elif tag == name if is_end else tag in _READ:
            if parts:
                yield name, " ".join(html.unescape("".join(parts)).split())
            name, parts = "" if is_end else tag, []
    if parts:
        yield name, " ".join(html.unescape("".join(parts)).split())


def _shown(page: str) -> Iterator[tuple[bool, str, str]]:
    """Yield tags, whether they end and their names, and text, but nothing that is left out."""
    left_out, depth = "", 0  # the outermost element that is left out, and those of its name in it
    for token in _TOKEN.finditer(_COMMENT.sub("", page)):
        is_end, tag = bool(token[1]), (token[2] or "").lower()
        if left_out:
            depth += (tag == left_out) * (-1 if is_end else 1)
            left_out = left_out if depth else ""
        elif not is_end and _is_left_out(tag, token[3]):
            left_out, depth = tag, 1
        else:
            yield is_end, tag, "" if tag else token[0]


def _is_left_out(tag: str, attributes: str | None) -> bool:
    is_hidden = attributes and tag not in _EMPTY and _NOT_SHOWN.search(attributes)
    return tag in _LEFT_OUT or bool(is_hidden)
