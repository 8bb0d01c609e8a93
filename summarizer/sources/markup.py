"""What is refused of XML before a parser sees it, and what kind of document it is."""

import re

from summarizer.errors import InputError

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ELEMENT = re.compile(r"<(?:[^\W\d][\w.-]*:)?([^\W\d][\w.-]*)")
_DECLARATIONS = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!ENTITY", re.IGNORECASE)


def root(text: str) -> str:
    """Name the first element of a document in lower case, without its prefix; "" for none."""
    found = _ELEMENT.search(_COMMENT.sub("", text))
    return found[1].lower() if found else ""


def refuse_declarations(text: str) -> None:
    """Refuse a document type with declarations of its own; a bare one is harmless.

    Entities can stand for gigabytes or for files of this machine.

    Raises:
        InputError: `text` has such declarations.
    """
    text = _COMMENT.sub("", text)
    first = _ELEMENT.search(text)
    if _DECLARATIONS.search(text, 0, first.start() if first else len(text)):
        raise InputError("it declares entities, which feeds have no use for: give another address")
