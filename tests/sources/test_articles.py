from dataclasses import replace
from datetime import UTC, datetime

import pytest

from summarizer.sources import articles
from summarizer.sources.feeds import Entry, Feed
from summarizer.sources.html import Page

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ENTRY = Entry(
    title="Storm hits coast",
    url="http://news.example/storm",
    text="Power is out in the whole town.",
    published="2026-03-02T06:00:00+01:00",
)
FEED = Feed(title="Harbour News", language="en-gb", entries=(ENTRY,))
PAGE = Page(
    text="The storm hit the coast.",
    title="Title of the page",
    source="Harbour",
    url="http://news.example/other",
    published="2026-03-01",
    kind="opinion",
    is_free=True,
)


def test_document_of_an_entry_is_that_of_the_feed_with_the_text_of_the_page() -> None:
    made, notes = articles.of_entry(ENTRY, FEED, PAGE, source="news.example", now=NOW)
    assert made.text == "Storm hits coast\n\nThe storm hit the coast."
    assert (made.title, made.url, made.source) == (ENTRY.title, ENTRY.url, "Harbour News")
    assert (made.published, made.kind, notes) == (ENTRY.published, "opinion", [])


def test_page_fills_what_the_entry_does_not_say() -> None:
    bare = Entry(title="", url=None, text="", published=None)
    made, _ = articles.of_entry(bare, replace(FEED, title=""), PAGE, source="a.test", now=NOW)
    assert (made.title, made.url) == ("Title of the page", PAGE.url)
    assert (made.source, made.published) == ("a.test", "2026-03-01")


def test_entry_without_a_page_is_its_own_text() -> None:
    made, _ = articles.of_entry(ENTRY, FEED, None, source="a.test", now=NOW)
    assert made.text.endswith(ENTRY.text)
    assert made.kind == "teaser"


def test_entry_that_holds_its_article_is_one() -> None:
    whole = replace(ENTRY, text="Power is out in the whole town. " * 30)
    made, _ = articles.of_entry(whole, FEED, None, source="a.test", now=NOW)
    assert made.kind == "article"


def test_language_is_that_of_the_text_and_the_feed_says_it_only_in_doubt() -> None:
    german = "Der Sturm hat am Montag die Küste getroffen und vielen Häusern den Strom genommen."
    made, _ = articles.of_entry(
        replace(ENTRY, title="", text=german), FEED, None, source="", now=NOW
    )
    assert made.language == "de"
    made, _ = articles.of_entry(
        replace(ENTRY, title="", text="12:30"), FEED, None, source="", now=NOW
    )
    assert made.language == "en"


@pytest.mark.parametrize("published", ["2026-03-06T00:00:00+00:00", "1970-01-01T00:00:00+00:00"])
def test_date_that_cannot_be_true_is_dropped_with_a_note(published: str) -> None:
    made, notes = articles.of_entry(
        replace(ENTRY, published=published), FEED, None, source="", now=NOW
    )
    assert made.published is None
    assert [(note.code, note.documents) for note in notes] == [("bad_date", (made.id,))]
    page, notes = articles.of_page(replace(PAGE, published=published), now=NOW)
    assert (page.published, len(notes)) == (None, 1)


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "mailto:a@b.example", "http://u@a/"])
def test_link_that_cannot_be_fetched_is_none(url: str | None) -> None:
    made, _ = articles.of_entry(replace(ENTRY, url=url), FEED, None, source="", now=NOW)
    assert made.url is None


@pytest.mark.parametrize(
    ("text", "url", "is_teaser"),
    [
        ("Short.", "http://a.example/", True),
        ("Short.", None, False),
        ("word " * 200, "http://a.example/", False),
        ("word " * 200 + "[…]", "http://a.example/", True),
        ("word " * 200 + "...", "http://a.example/", True),
        ("字" * 400, "http://a.example/", False),
    ],
)
def test_teaser_is_short_or_breaks_off(text: str, url: str | None, *, is_teaser: bool) -> None:
    assert articles.is_teaser(replace(ENTRY, text=text, url=url)) is is_teaser
