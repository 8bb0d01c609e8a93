"""The feeds of an OPML list, as feed readers export it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, cast
from xml.etree import ElementTree as ET

from summarizer.errors import InputError
from summarizer.limits import MAX_OPML_FEEDS
from summarizer.sources import charset, markup, sandbox
from summarizer.types import Json


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of the list."""

    url: str
    title: str  # as its reader named it, may be empty


def parse(data: bytes) -> tuple[Subscription, ...]:
    """Return the feeds of a list in its order, each once, however deep its folders are.

    Raises:
        InputError: `data` is no OPML, or its parser did not survive it.
    """
    found = cast(list[dict[str, Any]], sandbox.run(read, data))
    return tuple(Subscription(**item) for item in found)


def read(data: bytes) -> Json:
    """Return the feeds as JSON; runs in the sandbox."""
    text, _ = charset.decode(data, declared=charset.declaration(data))
    markup.refuse_declarations(text)
    if markup.root(text) != "opml":
        raise InputError("this is no OPML list of feeds")
    return [asdict(feed) for feed in _feeds(text)]


def _feeds(text: str) -> Iterator[Subscription]:
    try:
        tree = ET.fromstring(text)  # noqa: S314 - in the sandbox, without entities
    except ET.ParseError as error:
        raise InputError("this list of feeds is no well-formed XML: export it again") from error
    titles: dict[str, str] = {}
    for outline in tree.iter("outline"):
        url = outline.get("xmlUrl", "").strip()
        if url:
            titles.setdefault(url, outline.get("title") or outline.get("text") or "")
    return (Subscription(*item) for item in islice(titles.items(), MAX_OPML_FEEDS))
