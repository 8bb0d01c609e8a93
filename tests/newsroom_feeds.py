"""Writes `examples/newsroom/feeds/`: the example articles as feeds of their outlets.

From the root of the repository: `python -m tests.newsroom_feeds`. Comments are left out, as a feed
does not tell them from reports.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from summarizer.sources.files import load
from summarizer.types import Document

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "newsroom" / "feeds"
NAMES = {"الساحل": "al-sahil"}  # of files, for outlets without a Latin letter

_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{title}</title>
<link>{url}</link>
<description>All articles of {title}</description>
<language>{language}</language>
{items}</channel>
</rss>
"""
_ITEM = """\
<item>
<title>{title}</title>
<link>{url}</link>
<guid>{url}</guid>
<pubDate>{rfc2822}</pubDate>
<content:encoded><![CDATA[{html}]]></content:encoded>
</item>
"""
_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<title>{title}</title>
<id>{url}</id>
<link href="{url}"/>
<updated>{updated}</updated>
<author><name>{title}</name></author>
{items}</feed>
"""
_ENTRY = """\
<entry>
<title>{title}</title>
<id>{url}</id>
<link href="{url}"/>
<published>{published}</published>
<updated>{published}</updated>
<content type="html"><![CDATA[{html}]]></content>
</entry>
"""


def feeds(articles: Iterable[Document]) -> dict[str, str]:
    """Return the feed of each outlet by the name of its file; newest articles first."""
    by_outlet: dict[str, list[Document]] = defaultdict(list)
    for article in articles:
        if article.kind == "article":
            by_outlet[article.source].append(article)
    named = sorted((_name(outlet), found) for outlet, found in by_outlet.items())
    return {
        f"{name}.xml": _feed(sorted(found, key=_instant, reverse=True), is_atom=bool(i % 2))
        for i, (name, found) in enumerate(named)
    }


def _feed(articles: Sequence[Document], *, is_atom: bool) -> str:
    newest = articles[0]
    feed, entry = (_ATOM, _ENTRY) if is_atom else (_RSS, _ITEM)
    return feed.format(
        title=escape(newest.source),
        url=escape("/".join((newest.url or "").split("/")[:3])),
        language=newest.language,
        updated=newest.published,
        items="".join(_item(article, entry) for article in articles),
    )


def _item(article: Document, entry: str) -> str:
    paragraphs = article.text.split("\n\n")[1:]  # the first is the title
    return entry.format(
        title=escape(article.title, quote=False),
        url=escape(article.url or ""),
        published=article.published,
        rfc2822=format_datetime(_instant(article)),
        html="\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs),
    )


def _instant(article: Document) -> datetime:
    return datetime.fromisoformat(article.published or "")


def _name(outlet: str) -> str:
    """Return the name of an outlet as one of a file: "harbour-post"."""
    plain = unicodedata.normalize("NFKD", outlet).lower().removeprefix("the ")
    return NAMES.get(outlet) or plain.replace(" ", "-")


def main() -> None:
    """Write the feeds."""
    for name, feed in feeds(load([str(ROOT / "examples")]).documents).items():
        (FOLDER / name).write_text(feed, encoding="utf-8")


if __name__ == "__main__":
    main()
