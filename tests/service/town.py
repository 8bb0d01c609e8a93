"""The outlets of a made-up town over five days: what they add, correct and remove, when they break.

Their feeds and pages are those of the examples, each article on a host of its own, so that no
request waits for the one before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape

from summarizer.types import Document
from tests.service.newsroom import Item, Route, feed, same_until_changed
from tests.sources.servers.site import Site, answer, page

DUE = datetime(2026, 3, 4, 6, tzinfo=UTC)
DAY = timedelta(days=1)
WIRE, POST, GAZETTE = "Northern Wire", "The Harbour Post", "Lowland Gazette"
HOSTS = {WIRE: "127.0.0.2", POST: "127.0.0.3", GAZETTE: "127.0.0.4"}
# Which article each outlet adds on which day. The wire's are teasers, to be read on their pages.
NEWS: Mapping[str, Mapping[int, str]] = {
    WIRE: {0: "03/ferry-northern-wire", 1: "03/dam-northern-wire", 4: "04/briefs"},
    POST: {0: "03/rate-harbour-post", 1: "03/cheese-harbour-post", 2: "04/ferry-harbour-post"},
    GAZETTE: {
        0: "03/battery-lowland-gazette",
        1: "03/meteorite-lowland-gazette",
        2: "04/dam-lowland-gazette",
        4: "04/cheese-lowland-gazette",
    },
}
BROKEN: Mapping[int, Mapping[str, bytes]] = {
    1: {POST: answer(status=500)},
    3: {POST: b"", GAZETTE: answer(b"\x00\xff not a feed")},
}
CORRECTED = ("03/ferry-northern-wire", 2, "At least 14 people", "At least 12 people")
REMOVED = ("03/dam-northern-wire", 3)


def paragraphs(document: Document) -> str:
    body = document.text.removeprefix(document.title)
    return "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n") if part.strip())


@dataclass(slots=True)
class Town:
    """The outlets of a town, whose feeds and pages are as the day has them."""

    articles: dict[str, Document]
    routes: dict[str, Route] = field(default_factory=dict)
    site: Site | None = None

    def url(self, name: str) -> str:
        """Return the address of an article."""
        assert self.site is not None
        n = sorted(name for added in NEWS.values() for name in added.values()).index(name)
        return self.site.url(f"127.0.1.{n + 1}", f"/{name}")

    def feed(self, outlet: str) -> str:
        assert self.site is not None
        return self.site.url(HOSTS[outlet], f"/{HOSTS[outlet]}")

    def text(self, name: str, day: int) -> str:
        """Return what an article says on a day."""
        corrected, since, was, now = CORRECTED
        text = paragraphs(self.articles[name])
        assert name != corrected or was in text
        return text.replace(was, now) if name == corrected and day >= since else text

    def open(self, day: int) -> None:
        """Set up all feeds and pages as they are on a day."""
        for outlet, added in NEWS.items():
            names = {name: n for n, name in added.items() if n <= day}
            items = [self._item(name, n, outlet) for name, n in names.items()]
            self.routes[f"/{HOSTS[outlet]}"] = (
                BROKEN[day][outlet] if outlet in BROKEN.get(day, {}) else feed(*items, title=outlet)
            )
            for name in names:
                title = escape(self.articles[name].title)
                body = f"<article><h1>{title}</h1>{self.text(name, day)}</article>"
                found = page(body, head=f"<title>{title}</title>")
                is_removed = name == REMOVED[0] and day >= REMOVED[1]
                self.routes[f"/{name}"] = (
                    answer(status=404) if is_removed else same_until_changed(found)
                )

    def _item(self, name: str, day: int, outlet: str) -> Item:
        text = "The whole story is on our page." if outlet == WIRE else self.text(name, day)
        published = f"{DUE + day * DAY - timedelta(hours=3):%a, %d %b %Y %H:%M:%S} GMT"
        return Item(self.url(name), self.articles[name].title, text, published)
