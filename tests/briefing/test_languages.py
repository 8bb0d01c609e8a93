"""From reports in each promised language to a briefing of them."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

import summarizer
from summarizer.briefing import origins, stories
from summarizer.render import render
from summarizer.render.labels import direction
from summarizer.types import Briefing, Document

REPORTS = tomllib.loads(Path(__file__).parent.parent.joinpath("languages.toml").read_text("utf-8"))
GLUE = {"ja": "", "th": "\n", "zh": ""}  # between sentences; a space elsewhere
each_language = pytest.mark.parametrize("code", list(REPORTS))


def document(code: str, report: str, *parts: str) -> Document:
    """Make a document of a report, or of other sentences under its title."""
    body = GLUE.get(code, " ").join(parts or REPORTS[code][report])
    return summarizer.document(
        body, title=REPORTS[code][f"{report}_title"], source=report, published="2026-03-03"
    )


def reports(code: str) -> list[Document]:
    return [document(code, report) for report in ("flood", "again", "bank")]


@cache
def briefing(code: str) -> Briefing:
    return summarizer.brief(reports(code), words=200)


@each_language
def test_reprint_with_another_lead_and_a_dropped_sentence_is_one_origin(code: str) -> None:
    report = REPORTS[code]
    whole = [*report["flood"], *report["bank"]]
    reprint = [report["lead"], *whole[1:4], *whole[5:]]
    first, copy = document(code, "flood", *whole), document(code, "again", *reprint)
    assert origins.group([first, copy]) == [0, 0]


@each_language
def test_reports_written_apart_are_origins_of_their_own(code: str) -> None:
    assert origins.group(reports(code)) == [0, 1, 2]


@each_language
def test_two_reports_of_one_event_join_and_another_event_stays_apart(code: str) -> None:
    assert stories.cluster(reports(code)) == [[0, 1], [2]]


@each_language
def test_every_claim_of_a_briefing_quotes_its_source_exactly(code: str) -> None:
    texts = {entry.id: entry.text for entry in briefing(code).documents}
    claims = [claim for story in briefing(code).stories for claim in story.claims]
    assert len(claims) >= 4
    for claim in claims:
        assert claim.citations
        for citation in claim.citations:
            assert citation.quote == texts[citation.document][citation.start : citation.end]


@each_language
def test_briefing_is_in_the_language_of_its_reports(code: str) -> None:
    assert briefing(code).language == code
    assert {entry.language for entry in briefing(code).documents} == {code}


@pytest.mark.parametrize("format_name", ["html", "json", "md", "text"])
@each_language
def test_every_format_prints_both_stories(code: str, format_name: str) -> None:
    printed = "".join(render(briefing(code), format_name, include_text=False).split())
    for story in briefing(code).stories:
        assert "".join(story.headline.text.split()) in printed.replace("&#39;", "'")


@each_language
def test_page_says_language_and_direction_of_its_sentences(code: str) -> None:
    page = render(briefing(code), "html")
    assert f'lang="{code}"' in page
    assert f'dir="{direction(code)}"' in page
