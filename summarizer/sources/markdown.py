"""Markdown to plain text: what a reader would say aloud, block by block.

Code, tables, images and raw HTML are left out: they are not prose, and no claim should cite them.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SPOKEN = frozenset({"text", "code_inline", "text_special"})
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


class _Block(NamedTuple):
    kind: Literal["h1", "item", "other"]
    text: str


def to_text(markdown: str, *, title: str = "") -> tuple[str, str]:
    """Return the title and the plain text of `markdown`.

    Blocks are separated by blank lines, list items are lines beginning with "- ". Without a
    `title` the first first-level heading is it, and is not repeated in the text.
    """
    blocks = list(_blocks(_parser().parse(markdown)))
    if not title:
        i = next((i for i, block in enumerate(blocks) if block.kind == "h1"), None)
        if i is not None:
            title = " ".join(blocks.pop(i).text.split())
    parts: list[str] = []
    previous = None
    for block in blocks:
        if parts:
            parts.append("\n" if block.kind == previous == "item" else "\n\n")
        parts.append(f"- {block.text}" if block.kind == "item" else block.text)
        previous = block.kind
    return title, "".join(parts)


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    kind: Literal["h1", "item", "other"] = "other"
    in_table = False
    for token in tokens:
        match token.type:
            case "table_open" | "table_close":
                in_table = token.type == "table_open"
            case "list_item_open":
                kind = "item"
            case "heading_open":
                kind = "h1" if token.tag == "h1" else "other"
            case "inline" if not in_table:
                text = _spoken(token.children or ())
                if text:
                    yield _Block(kind, text)
                kind = "other"


def _spoken(children: Sequence[Token]) -> str:
    return "".join(
        child.content if child.type in _SPOKEN else _BREAKS.get(child.type, "")
        for child in children
    ).strip()


@cache
def _parser() -> MarkdownIt:
    """Build the parser once; text indented by four spaces is prose here, not code."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
