"""Briefings of one edition as an Atom feed (RFC 4287), each whole, as a piece of HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from summarizer.render import html
from summarizer.render.email import subject
from summarizer.render.labels import labels
from summarizer.render.outline import outline
from summarizer.render.safety import one_line, web_address
from summarizer.types import Briefing

MEDIA_TYPE = "application/atom+xml"

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # forbidden by XML 1.0, section 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One briefing of a feed."""

    id: str  # of `urn`: the same for each making of one day's briefing
    briefing: Briefing
    updated: datetime  # when it was made
    url: str | None = None  # where people can read it


@dataclass(frozen=True, slots=True)
class _Printed:
    id: str
    title: str
    updated: str
    language: str
    url: str | None
    content: str


def urn(owner: str, edition: str, day: str | None = None) -> str:
    """Return a name for an edition, or for its briefing of a day, that never changes."""
    return uuid5(NAMESPACE_URL, "\n".join(("summarizer", owner, edition, day or ""))).urn


def feed(
    entries: Sequence[Entry],
    *,
    id: str,  # noqa: A002 - its name in RFC 4287
    title: str,
    self_url: str,
    updated: datetime,
) -> str:
    """Return a feed.

    Args:
        entries: the briefings, newest first.
        id: of the feed, that of `urn`.
        title: of the edition.
        self_url: where the feed is read.
        updated: stands for the newest entry where there is none.
    """
    newest = max((entry.updated for entry in entries), default=updated)
    written = html.piece(
        "feed",
        id=id,
        title=one_line(title),
        self_url=_link(self_url),
        updated=_stamp(newest),
        entries=[_printed(entry) for entry in entries],
    )
    return _NOT_IN_XML.sub("", written)


def _printed(entry: Entry) -> _Printed:
    page = outline(entry.briefing)
    url = _link(entry.url)
    links = ((page.labels.whole, url),) if url else ()
    return _Printed(
        id=entry.id,
        title=subject(entry.briefing),
        updated=_stamp(entry.updated),
        language=labels(entry.briefing.language).language,
        url=url,
        content=html.piece("fragment", page=page, left_out="", links=links),
    )


def _link(url: str | None) -> str | None:
    address = web_address(url)
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~") if address else None


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")
