"""The newsroom of `examples/`: its feeds say what the articles say, and its edition works."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from summarizer import settings
from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.settings.editions import Edition
from summarizer.sources.files import load
from summarizer.types import Document
from tests.newsroom_feeds import FOLDER, feeds


@pytest.fixture
def edition(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    del clean_folder  # without settings of the environment
    monkeypatch.chdir(FOLDER.parent)
    (found,) = settings.load().editions.values()
    return found


def test_feeds_are_those_of_the_example_articles(articles: Mapping[str, Document]) -> None:
    written = feeds(articles.values())
    assert {path.name for path in FOLDER.iterdir()} == written.keys()
    for name, feed in written.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == feed


def test_what_is_read_of_the_feeds_is_what_the_articles_say(
    articles: Mapping[str, Document],
) -> None:
    given = {article.url: article for article in articles.values() if article.kind == "article"}
    loaded = load([f"{FOLDER}/*.xml"])
    assert loaded.notes == ()
    assert len(loaded.documents) == len(given) == 39
    for read in loaded.documents:
        article = given[read.url]
        assert (read.title, read.source, read.language) == (
            article.title,
            article.source,
            article.language,
        )
        assert read.text.split() == article.text.split()
        assert read.published == (article.published or "").replace("Z", "+00:00")


def test_half_of_the_feeds_are_rss_and_half_are_atom() -> None:
    is_atom = [b"<feed" in path.read_bytes() for path in FOLDER.iterdir()]
    assert is_atom.count(True) == is_atom.count(False)


def test_edition_reads_every_feed_and_is_sent_to_nobody(edition: Edition) -> None:
    named = {FOLDER.parent / source for source in edition.sources}
    assert named == set(FOLDER.iterdir())
    assert (edition.recipients, edition.webhooks) == ((), ())


def test_section_is_told_first_and_every_watch_reports(edition: Edition) -> None:
    options = Options(topics=tuple(topic.sought() for topic in edition.topics))
    loaded = load([f"{FOLDER}/*.xml"])
    told = brief(loaded.documents, options, sources=loaded.sources, notes=loaded.notes)
    section, rail, dredging = told.topics
    assert section.claims
    assert told.stories[0].headline.id in section.claims
    assert rail.claims
    assert not dredging.claims
    assert dredging.searched == 39
