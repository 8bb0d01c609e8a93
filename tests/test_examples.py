"""The example articles, from files to a briefing, as a reader of the project sees them first."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.render import render
from summarizer.sources.files import load
from summarizer.types import Briefing, Claim, Document, plain

REPRINTS = ("lowland-gazette", "radio-varrow", "varrow-today", "ostrand-islander")
SCRIPT = """
import json, sys
from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.sources.files import load
from summarizer.types import plain
loaded = load(sys.argv[1:])
print(json.dumps(plain(brief(loaded.documents, Options(), notes=loaded.notes))))
"""


@pytest.fixture(scope="module")
def briefing(examples: Path) -> Briefing:
    loaded = load([str(examples)])
    return brief(loaded.documents, Options(), sources=loaded.sources, notes=loaded.notes)


@pytest.fixture(scope="module")
def all_told(articles: Mapping[str, Document]) -> Briefing:
    """Return a briefing in which every story is printed in full."""
    return brief(articles.values(), Options(words=5_000, stories=40))


@pytest.fixture(scope="module")
def events(articles: Mapping[str, Document]) -> dict[str, str]:
    """Return the event that each document is about, by id."""
    named = {article.id: name[3:].partition("-")[0] for name, article in articles.items()}
    for article in articles.values():
        if named[article.id] == "briefs":
            named[article.id] = "strike" if "strike" in article.title else "cheese"
    return named


def printed(briefing: Briefing) -> Iterator[Claim]:
    for story in briefing.stories:
        yield story.headline
        yield from story.claims
    for line in briefing.in_brief:
        yield line.claim


def test_folder_holds_forty_usable_articles(briefing: Briefing) -> None:
    assert len(briefing.documents) == 40
    assert not [entry for entry in briefing.documents if entry.use == "excluded"]
    assert (briefing.status, briefing.notes, briefing.day) == ("complete", (), "2026-03-04")


def test_articles_are_about_eight_events(events: Mapping[str, str]) -> None:
    assert sorted(set(events.values())) == [
        *("battery", "cheese", "cup", "dam", "ferry", "meteorite", "rate", "strike")
    ]


def test_reprints_of_the_wire_story_are_one_origin(
    briefing: Briefing, articles: Mapping[str, Document]
) -> None:
    origin = {entry.id: entry.origin for entry in briefing.documents}
    wire = origin[articles["03/ferry-northern-wire"].id]
    assert {origin[articles[f"03/ferry-{name}"].id] for name in REPRINTS} == {wire}


def test_reports_of_other_newsrooms_are_origins_of_their_own(
    briefing: Briefing, articles: Mapping[str, Document]
) -> None:
    reprints = {articles[f"03/ferry-{name}"].id for name in ("northern-wire", *REPRINTS)}
    others = [entry for entry in briefing.documents if entry.id not in reprints]
    assert [entry.origin for entry in others] == [entry.id for entry in others]


def test_stories_of_different_events_are_not_merged(
    all_told: Briefing, events: Mapping[str, str]
) -> None:
    for story in all_told.stories:
        assert len({events[name] for name in story.documents}) == 1


def test_ferry_story_counts_its_reprints_as_articles_and_not_as_origins(
    all_told: Briefing, articles: Mapping[str, Document]
) -> None:
    wire = articles["03/ferry-northern-wire"].id
    (story,) = (story for story in all_told.stories if wire in story.documents)
    assert story.articles >= story.origins + len(REPRINTS)


def test_every_citation_is_exact(briefing: Briefing) -> None:
    texts = {entry.id: entry.text for entry in briefing.documents}
    for claim in printed(briefing):
        assert claim.citations
        for citation in claim.citations:
            assert texts[citation.document][citation.start : citation.end] == citation.quote


def test_story_is_told_in_one_language(all_told: Briefing) -> None:
    language = {entry.id: entry.language for entry in all_told.documents}
    for story in all_told.stories:
        claims = (story.headline, *story.claims)
        cited = {citation.document for claim in claims for citation in claim.citations}
        assert len({language[name] for name in cited}) == 1


def test_story_of_one_origin_is_not_above_those_of_several(briefing: Briefing) -> None:
    is_single = [story.origins == 1 for story in briefing.stories]
    assert is_single == sorted(is_single)


def test_meteorite_is_told_below_the_stories_of_several_origins(
    all_told: Briefing, articles: Mapping[str, Document]
) -> None:
    theft = articles["03/meteorite-lowland-gazette"].id
    (place,) = (i for i, s in enumerate(all_told.stories) if theft in s.documents)
    assert all_told.stories[place].documents == (theft,)
    assert all(story.origins == 1 for story in all_told.stories[place:])


@pytest.mark.parametrize("words", [100, 600, 5_000])
def test_opinion_piece_supplies_no_headline(
    articles: Mapping[str, Document], events: Mapping[str, str], words: int
) -> None:
    battery = [article for article in articles.values() if events[article.id] == "battery"]
    (story,) = brief(battery, Options(one_story=True, words=words)).stories
    (opinion,) = (article.id for article in battery if article.kind == "opinion")
    assert opinion not in {citation.document for citation in story.headline.citations}


def test_headlines_are_titles_of_the_articles(
    briefing: Briefing, articles: Mapping[str, Document]
) -> None:
    titles = {article.title for article in articles.values()}
    assert {story.headline.text for story in briefing.stories} <= titles


def test_at_least_half_of_the_words_are_used_and_none_beyond(briefing: Briefing) -> None:
    n_words = sum(len(c.text.split()) for story in briefing.stories for c in story.claims)
    assert 300 <= n_words <= 600


def test_datelines_and_bylines_are_not_printed(all_told: Briefing) -> None:
    for claim in printed(all_told):
        assert not claim.text.startswith(("KESSEL, ", "HALVERN, ", "By Oskar", "By Della"))
        assert "(Northern Wire)" not in claim.text


def test_paths_of_this_machine_are_not_in_the_briefing(briefing: Briefing, examples: Path) -> None:
    made = plain(briefing, include_text=True)
    assert isinstance(made, dict)
    del made["sources"]
    assert str(examples) not in json.dumps(made)


def test_bytes_do_not_depend_on_the_process_or_on_the_order_of_the_files(examples: Path) -> None:
    days = sorted(str(day) for day in examples.iterdir())
    outputs = {
        subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-c", SCRIPT, *folders],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed, folders in (("0", days), ("1", days[::-1]), ("4294967295", days))
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("form", ["md", "text", "html", "json"])
def test_explanation_is_printed_when_asked_for_only(
    articles: Mapping[str, Document], form: str
) -> None:
    asked, plain = (
        render(brief(articles.values(), Options(explain=explain, words=60)), form)
        for explain in (True, False)
    )
    assert "ostrand, " in asked or '"ostrand"' in asked
    assert "ostrand, " not in plain
    assert '"ostrand"' not in plain
