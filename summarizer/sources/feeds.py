"""RSS, Atom and JSON Feed: what a feed is called and what its entries say; by feedparser.

Parsed in the sandbox, after its own declarations of entities were refused.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import islice
from time import strftime
from typing import Any, cast
from urllib.parse import urljoin

from summarizer.errors import InputError
from summarizer.limits import MAX_FEED_ENTRIES
from summarizer.sources import charset, fragments, markup, records, sandbox, stamps
from summarizer.types import Json

_ROOTS = frozenset({"rss", "feed", "rdf"})
_JSON_FEED = re.compile(r'\s*\{.*?"https?://jsonfeed\.org/version/', re.DOTALL)
_SNIFFED = 4_096  # characters in which a feed shows itself
_ENTRY = re.compile(r"<((?:[\w.-]+:)?(?:item|entry))(?=[\s>])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, as the feed has it."""

    title: str
    url: str | None
    text: str  # of its content or its summary, whichever says more
    published: str | None  # ISO 8601, not checked against any clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one feed says; the entries in its order."""

    title: str
    language: str | None  # as declared, which is often the default of a program
    entries: tuple[Entry, ...]
    n_left_out: int = 0  # entries beyond `MAX_FEED_ENTRIES`


def is_feed(text: str) -> bool:
    """Tell a feed from other documents by how it begins."""
    head = text[:_SNIFFED]
    return markup.root(head) in _ROOTS or _JSON_FEED.match(head) is not None


def parse(data: bytes, *, url: str, declared: str | None = None) -> Feed:
    """Parse a feed in the sandbox.

    Args:
        data: the whole feed.
        url: where it came from; relative addresses in it start there.
        declared: the charset that the server declares.

    Raises:
        InputError: it is no feed, declares entities, or its parser did not survive it.
    """
    found = cast(dict[str, Any], sandbox.run(read, data, url=url, declared=declared))
    entries = tuple(Entry(**entry) for entry in found.pop("entries"))
    return Feed(entries=entries, **found)


def read(data: bytes, *, url: str, declared: str | None) -> dict[str, Json]:
    """Return a `Feed` as JSON; runs in the sandbox."""
    known = charset.codec(declared) if declared else None
    text, _ = charset.decode(data, declared=known or charset.declaration(data))
    if text.lstrip().startswith("{"):
        return asdict(_json_feed(text, url))
    markup.refuse_declarations(text)
    return asdict(_xml_feed(text, url))


def _xml_feed(text: str, url: str) -> Feed:
    import feedparser

    n_entries = sum(1 for _ in _ENTRY.finditer(text))
    # A stream, because feedparser takes a string for the name of a file or an address.
    found = feedparser.parse(
        BytesIO(_shortened(text).encode(errors="replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": url,
        },
    )
    if not found.get("version") and not found.entries:
        raise InputError("this is no feed: correct the address")
    return Feed(
        title=_line(found.feed.get("title", "")),
        language=found.feed.get("language"),
        entries=tuple(map(_entry, found.entries[:MAX_FEED_ENTRIES])),
        n_left_out=max(0, n_entries - MAX_FEED_ENTRIES),
    )


def _shortened(text: str) -> str:
    """Cut out the entries beyond the limit, so that what is left stays well-formed."""
    beyond = next(islice(_ENTRY.finditer(text), MAX_FEED_ENTRIES, None), None)
    if beyond is None:
        return text
    closing = f"</{beyond[1]}>"
    end = text.rfind(closing, beyond.start())
    return text[: beyond.start()] + text[end + len(closing) :] if end >= 0 else text


def _entry(entry: Mapping[str, Any]) -> Entry:
    contents = [_text(item) for item in entry.get("content", ())]
    summary = _text(entry.get("summary_detail", {}))
    dated = next((name for name in ("published", "updated") if entry.get(name)), None)
    return Entry(
        title=_line(entry.get("title", "")),
        url=entry.get("feedburner_origlink") or entry.get("link") or None,
        text=max([summary, *contents], key=len),
        published=_published(entry, dated) if dated else None,
    )


def _published(entry: Mapping[str, Any], name: str) -> str | None:
    """Return the date as written with its zone, else as feedparser made it out, in UTC."""
    written = stamps.iso(str(entry[name]))
    parsed = entry.get(f"{name}_parsed")
    if written is None and parsed is not None:
        return strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed)
    return written


def _text(detail: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "")
    if detail.get("type") == "text/plain" and "</" not in value:
        return value
    return _plain(value)


def _line(value: object) -> str:
    return " ".join(_plain(value).split())


def _plain(value: object) -> str:
    """Return the text of HTML; what its parser cannot take costs the entry this text alone."""
    try:
        return fragments.to_text(value) if isinstance(value, str) else ""
    except InputError:
        return ""


def _json_feed(text: str, url: str) -> Feed:
    """Read a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    value = records.loads(text)
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(items, list):
        raise InputError("this is no feed: correct the address")
    entries = [_json_entry(item, url) for item in items if isinstance(item, dict)]
    return Feed(
        title=_line(value.get("title")),
        language=_string(value, "language"),
        entries=tuple(entries[:MAX_FEED_ENTRIES]),
        n_left_out=max(0, len(entries) - MAX_FEED_ENTRIES),
    )


def _json_entry(item: Mapping[str, object], url: str) -> Entry:
    content = _plain(item.get("content_html")) or _string(item, "content_text") or ""
    summary = _string(item, "summary") or ""
    link = _string(item, "url") or _string(item, "external_url")
    dated = _string(item, "date_published") or _string(item, "date_modified")
    return Entry(
        title=_line(item.get("title")),
        url=_joined(url, link) if link else None,
        text=content or summary,
        published=stamps.iso(dated) if dated else None,
    )


def _string(value: Mapping[str, object], key: str) -> str | None:
    found = value.get(key)
    return found if isinstance(found, str) and found else None


def _joined(base: str, link: str) -> str | None:
    try:
        return urljoin(base, link)
    except ValueError:  # brackets that hold no address
        return None
