from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render import atom
from summarizer.render.atom import Entry
from summarizer.types import Briefing

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
SELF = "https://news.example.org/v1/editions/morning/feed.atom"


def entry(briefing: Briefing, *, day: str = "2026-03-04", updated: datetime = NOW) -> Entry:
    return Entry(
        id=atom.urn("local", "morning", day),
        briefing=briefing,
        updated=updated,
        url="https://news.example.org/v1/briefings/7",
    )


def parse(*entries: Entry, title: str = "Morning") -> Any:  # noqa: ANN401 - feedparser has no types
    written = atom.feed(
        entries, id=atom.urn("local", "morning"), title=title, self_url=SELF, updated=NOW
    )
    found = feedparser.parse(written.encode())
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def test_feed_names_itself_its_edition_and_its_newest_entry(briefing: Briefing) -> None:
    older = entry(briefing, day="2026-03-03", updated=NOW - timedelta(days=1))
    feed = parse(entry(briefing), older).feed

    assert feed.id == atom.urn("local", "morning")
    assert feed.title == "Morning"
    assert feed.author == "Morning"
    assert feed.updated == "2026-03-04T06:00:00+00:00"
    assert {(link.rel, link.href) for link in feed.links} == {("self", SELF)}


def test_entry_holds_the_whole_briefing_as_html(briefing: Briefing) -> None:
    (found,) = parse(entry(briefing)).entries
    (content,) = found.content

    assert content.type == "text/html"
    assert "Fourteen people were taken to hospital, the district office said." in content.value
    assert "7 articles: 5 cited" in content.value
    assert found.title == f"Morning briefing: {briefing.stories[0].headline.text}"
    assert found.link == "https://news.example.org/v1/briefings/7"


def test_entry_without_an_address_has_no_link(briefing: Briefing) -> None:
    (found,) = parse(replace(entry(briefing), url=None)).entries
    assert "links" not in found


def test_moments_are_told_in_utc(briefing: Briefing) -> None:
    east = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    (found,) = parse(entry(briefing, updated=east)).entries
    assert found.updated == found.published == "2026-03-04T06:00:00+00:00"


def test_feed_without_entries_is_valid() -> None:
    found = parse()
    assert found.entries == []
    assert found.feed.updated == "2026-03-04T06:00:00+00:00"


def test_name_of_a_day_is_the_same_each_time_and_no_others() -> None:
    names = {
        atom.urn(owner, edition, day)
        for owner in ("local", "desk")
        for edition in ("morning", "evening")
        for day in (None, "2026-03-03", "2026-03-04")
    }
    assert len(names) == 12
    assert atom.urn("local", "morning", "2026-03-04") in names
    assert all(name.startswith("urn:uuid:") for name in names)


@pytest.mark.parametrize(
    "text", ["</feed>", "]]>", "&amp;<script>", "\ufffe\uffff\x00\x1b", "\ud800"]
)
def test_no_text_of_a_source_breaks_the_feed(hostile: Callable[[str], Briefing], text: str) -> None:
    (found,) = parse(entry(hostile(text)), title=text).entries
    assert "<script" not in unescape(found.title) or text == "&amp;<script>"
    assert "<script" not in found.content[0].value


@given(st.text(max_size=60))
def test_any_text_gives_a_valid_feed(hostile: Callable[[str], Briefing], text: str) -> None:
    assert len(parse(entry(hostile(text)), title=text).entries) == 1
