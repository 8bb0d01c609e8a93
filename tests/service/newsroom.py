"""Feeds and pages of made-up outlets, as a site serves them, and runs of an edition that reads it.

What is asked for again is not sent again while it is the same: every answer has an ETag.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape

from summarizer.types import Document
from tests.sources.servers.site import Answer, Asked, answer, page

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
Route = bytes | Callable[[Asked], Answer]
STORM = (
    "The storm hit the coast on Monday night and cut the power of 900 homes in the old town.",
    "Crews from three regions worked through the night to clear the roads of fallen trees.",
    "The harbour stays closed until Thursday because the breakwater was damaged by waves.",
    "Schools in the valley open again on Wednesday, the council said in a statement.",
)
PADDING = (
    "Residents queued for water and bread while the mayor visited the shelters of the town. "
) * 12  # so that an article is long enough to be taken for a whole one


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed."""

    path: str
    title: str
    text: str
    published: str = "Tue, 03 Mar 2026 18:00:00 GMT"


def text_of(*sentences: str) -> str:
    """Return an article that is long enough for a whole one, in HTML."""
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in (*sentences, PADDING))


def same_until_changed(whole: bytes) -> Route:
    """Return a route that sends an answer once, and 304 to whoever has it."""
    etag = f'"{sha256(whole).hexdigest()[:16]}"'
    tagged = whole.replace(b"\r\n", f"\r\nETag: {etag}\r\n".encode(), 1)

    def route(asked: Asked) -> Sequence[bytes]:
        has_it = asked.headers.get("if-none-match") == etag
        return [answer(status=304) if has_it else tagged]

    return route


def article(*sentences: str, title: str = "Storm hits coast") -> Route:
    """Return the route of an article's page."""
    body = f"<article><h1>{title}</h1>{text_of(*sentences)}</article>"
    return same_until_changed(page(body, head=f"<title>{title}</title>"))


def feed(*items: Item, title: str = "Harbour News") -> Route:
    """Return the route of a feed."""
    written = "".join(
        f"<item><title>{escape(item.title)}</title><link>{item.path}</link>"
        f"<pubDate>{item.published}</pubDate>"
        f"<description>{escape(item.text)}</description></item>"
        for item in items
    )
    xml = f"<rss version='2.0'><channel><title>{title}</title>{written}</channel></rss>"
    return same_until_changed(answer(xml.encode()))


def teaser(path: str, title: str = "Storm hits coast") -> Item:
    """Return an entry that leads to its article."""
    return Item(path, title, "Power is out in the old town.")


def whole(path: str, *sentences: str, title: str = "Storm hits coast") -> Item:
    """Return an entry that holds its article."""
    return Item(path, title, text_of(*sentences))


def titles(documents: Iterable[Document]) -> list[str]:
    """Return the titles of documents in alphabetical order."""
    return sorted(document.title for document in documents)


def statuses(sources: Iterable[object]) -> Mapping[str, str]:
    """Return the status of each source by its name."""
    return {source.name: source.status for source in sources}  # type: ignore[attr-defined]
