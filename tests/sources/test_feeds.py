import base64
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.limits import MAX_FEED_ENTRIES
from summarizer.sources import feeds
from summarizer.sources.feeds import Entry

URL = "http://news.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour &amp;amp; Sea</title>
<language>en-gb</language>
<item><title>Storm &lt;b&gt;hits&lt;/b&gt; coast</title><link>/storm</link>
<description>&lt;p&gt;Power is out.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>
<pubDate>Mon, 02 Mar 2026 06:00:00 +0100</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafen</title>
<entry><title>Sturm</title><link href="http://news.example/sturm"/>
<summary>Kurz.</summary><content type="html">&lt;p&gt;Der Strom ist weg.&lt;/p&gt;</content>
<updated>2026-03-02T06:00:00Z</updated></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour",
    "language": "en",
    "items": [
        {
            "id": "1",
            "url": "/storm",
            "title": "Storm",
            "content_html": "<p>Power is out.</p><script>alert(1)</script>",
            "date_published": "2026-03-02T06:00:00+01:00",
        },
        {"id": "2", "content_text": "a < b", "summary": "s", "date_published": "soon"},
        {"id": "3", "summary": "Only a summary.", "external_url": "http://[bad"},
        "no item",
    ],
}


def read(text: str | bytes, declared: str | None = None) -> dict[str, Any]:
    data = text if isinstance(text, bytes) else text.encode()
    return feeds.read(data, url=URL, declared=declared)


def rss(items: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"


def test_rss_is_read_in_the_sandbox() -> None:
    feed = feeds.parse(RSS.encode(), url=URL)
    assert (feed.title, feed.language, feed.n_left_out) == ("Harbour & Sea", "en-gb", 0)
    assert feed.entries == (
        Entry(
            title="Storm hits coast",
            url="http://news.example/storm",
            text="Power is out.",
            published="2026-03-02T06:00:00+01:00",
        ),
    )


def test_atom_content_is_preferred_to_its_summary() -> None:
    feed = read(ATOM)
    assert feed["language"] == "de"
    assert feed["entries"][0] == {
        "title": "Sturm",
        "url": "http://news.example/sturm",
        "text": "Der Strom ist weg.",
        "published": "2026-03-02T06:00:00+00:00",
    }


def test_json_feed_is_read() -> None:
    feed = read(json.dumps(JSON_FEED))
    assert (feed["title"], feed["language"]) == ("Harbour", "en")
    first, second, third = feed["entries"]
    assert first == {
        "title": "Storm",
        "url": "http://news.example/storm",
        "text": "Power is out.",
        "published": "2026-03-02T06:00:00+01:00",
    }
    assert (second["text"], second["url"], second["published"]) == ("a < b", None, None)
    assert (third["text"], third["url"]) == ("Only a summary.", None)


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (rss("<item><title>é</title></item>").encode(), None),
        (rss("<item><title>é</title></item>").encode("latin-1"), "ISO-8859-1"),
        (rss("<item><title>é</title></item>").encode("utf-16"), None),
        (
            (
                "<?xml version='1.0' encoding='windows-1252'?>"
                + rss("<item><title>é</title></item>")
            ).encode("cp1252"),
            "no-such-charset",
        ),
        (
            (
                "<?xml version='1.0' encoding='latin-1'?>" + rss("<item><title>é</title></item>")
            ).encode(),
            "utf-8",
        ),
    ],
)
def test_charset_is_that_of_the_mark_the_server_or_the_feed(
    data: bytes, declared: str | None
) -> None:
    assert read(data, declared)["entries"][0]["title"] == "é"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("<pubDate>2 March 2026</pubDate>", "2026-03-02"),
        ("<pubDate>soon</pubDate>", None),
        ("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-03-02</dc:date>", "2026-03-02"),
        ("", None),
    ],
)
def test_date_in_any_form_is_read(written: str, published: str | None) -> None:
    found = read(rss(f"<item><title>a</title>{written}</item>"))["entries"][0]["published"]
    assert (found and found[:10]) == published


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no feed",
        "<html><body>no feed</body></html>",
        "{}",
        '{"items": 1}',
        "{ no json",
        "[" * 100_000,
        '{"items": ' + "[" * 100_000,
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss(""),
    ],
)
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


@pytest.mark.parametrize(
    ("text", "is_feed"),
    [
        (RSS, True),
        (ATOM, True),
        (json.dumps(JSON_FEED), True),
        ("<rdf:RDF>", True),
        ("<html>", False),
        ('{"text": "a document"}', False),
        ("", False),
    ],
)
def test_feed_is_told_by_its_beginning(text: str, *, is_feed: bool) -> None:
    assert feeds.is_feed(text) is is_feed


def test_damaged_feed_gives_what_can_be_read() -> None:
    entries = read(rss("<item><title>a & b</title><description>x<br>y</item>"))["entries"]
    assert [entry["title"] for entry in entries] == ["a & b"]


def test_entries_beyond_the_limit_are_left_out_and_counted() -> None:
    items = "".join(f"<item><title>{n}</title></item>" for n in range(MAX_FEED_ENTRIES + 20))
    for text in (rss(items), rss(items.replace("</item>", ""))):
        feed = read(text)
        assert feed["n_left_out"] == 20
        assert [entry["title"] for entry in feed["entries"][-1:]] == [str(MAX_FEED_ENTRIES - 1)]
    many = {**JSON_FEED, "items": [{"content_text": "a"}] * (MAX_FEED_ENTRIES + 3)}
    assert read(json.dumps(many))["n_left_out"] == 3


def test_text_too_deep_for_its_parser_costs_the_entry_its_text_alone() -> None:
    items = [{"title": "a", "content_html": "<div>" * 999, "summary": "s"}, {"title": "b"}]
    entries = read(json.dumps({**JSON_FEED, "items": items}))["entries"]
    assert [(entry["title"], entry["text"]) for entry in entries] == [("a", "s"), ("b", "")]


def test_200_000_entries_take_seconds_at_most() -> None:
    started = time.monotonic()
    feed = feeds.parse(rss("<item><title>a</title></item>" * 200_000).encode(), url=URL)
    assert feed.n_left_out == 200_000 - MAX_FEED_ENTRIES
    assert time.monotonic() - started < 8


@given(st.lists(st.sampled_from([*"<>&;/='", "item", "rss", "title", "<![CDATA[", "]]>", "<!--"])))
def test_any_text_is_a_feed_or_refused(pieces: list[str]) -> None:
    for text in ("".join(pieces), rss("".join(pieces))):
        with suppress(InputError):
            assert isinstance(read(text)["entries"], tuple)


def cases(folder: Path) -> Iterator[bytes]:
    """Yield the feeds of the evaluation data and those of the hostile inputs beside it."""
    for path in sorted((folder / "feeds").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            text = case["xml"]
            yield base64.b64decode(text) if case["encoding"] == "base64" else text.encode()
    for path in sorted((folder.parent / "hostile").glob("feedparser_*/**/*.xml")):
        yield path.read_bytes()


@pytest.mark.slow
def test_known_feeds_are_read_or_refused_and_hold_no_script(evaluation_data: Path) -> None:
    n_read = n_refused = 0
    for data in cases(evaluation_data):
        try:
            feed = feeds.parse(data, url=URL)
        except InputError:
            n_refused += 1
            continue
        n_read += 1
        for entry in feed.entries:
            shown = f"{entry.title} {entry.text}".lower()
            assert not any(sign in shown for sign in ("<script", "javascript:", "alert("))
    assert n_refused <= 0.02 * n_read
