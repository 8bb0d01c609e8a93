"""The text of a piece of HTML as feeds carry it: all of it is content, so none is chosen."""

import re
from collections.abc import Iterator
from typing import Any

from summarizer.sources import html

_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math"}
    | {"head", "title", "form", "button", "select", "textarea", "audio", "video", "canvas"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"}
    | {"font", "i", "img", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small"}
    | {"span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_BLANK = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\s*\n\s*\n\s*")
_LINE_BREAK = re.compile(r" *\n *")


def to_text(fragment: str) -> str:
    """Return the text of `fragment`: blank lines between blocks, "- " before items of lists.

    Raises:
        InputError: it is too large, too crowded or too deep for the parser.
    """
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    tree = html.parse(f"<html><body><div>{fragment}</div></body></html>")
    html.remove_hidden(tree)
    paragraphs = _PARAGRAPH_BREAK.split("".join(_flow(tree)))
    texts = (_LINE_BREAK.sub("\n", paragraph).strip() for paragraph in paragraphs)
    return "\n\n".join(text for text in texts if text)


def to_line(fragment: str) -> str:
    """Return the text of `fragment` as one line, for titles.

    Raises:
        InputError: as `to_text` has it.
    """
    return " ".join(to_text(fragment).split())


def _flow(element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED:  # a comment has a function for its tag
        return
    if tag == "br":
        yield "\n"
        return
    before, after = ("\n- ", "") if tag == "li" else ("", "") if tag in _INLINE else ("\n\n",) * 2
    yield before
    yield _BLANK.sub(" ", element.text or "")
    for child in element:
        yield from _flow(child)
        yield _BLANK.sub(" ", child.tail or "")
    yield after
