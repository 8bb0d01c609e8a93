from collections import Counter
from dataclasses import replace

import pytest

from summarizer.render.labels import labels
from summarizer.render.lines import Line
from summarizer.render.outline import Outline, documents_by_use, outline
from summarizer.render.passages import place, spans
from summarizer.render.sections import MAX_PARAGRAPH_LINES
from summarizer.types import Briefing, Claim, Story


def _by_claim(page: Outline) -> dict[str, Line]:
    return {line.claim.id: line for line in page.lines}


def _told(briefing: Briefing, *claims: Claim, headline: Claim | None = None) -> Outline:
    """Outline a briefing of one story, without lead."""
    story = briefing.stories[0]
    told = replace(story, claims=claims, headline=headline or story.headline)
    return outline(replace(briefing, lead=(), stories=(told,), in_brief=()))


def test_every_claim_is_printed_once(briefing: Briefing) -> None:
    printed = Counter(line.claim.id for line in outline(briefing).lines)

    claims = [claim for story in briefing.stories for claim in (story.headline, *story.claims)]
    claims += [item.claim for item in briefing.in_brief]
    assert printed == Counter({claim.id for claim in claims})


def test_anchors_are_numbered_in_printed_order(briefing: Briefing) -> None:
    assert [line.anchor for line in outline(briefing).lines] == [f"c-{i}" for i in range(1, 10)]


def test_documents_are_numbered_in_the_order_in_which_they_are_cited(briefing: Briefing) -> None:
    page = outline(briefing)

    assert [d.entry.id for d in page.documents] == ["kessel", "wire", "mina", "zhoubao", "museum"]
    assert [d.number for d in page.documents] == [1, 2, 3, 4, 5]


def test_a_story_told_in_the_lead_points_there(briefing: Briefing) -> None:
    page = outline(briefing)

    assert page.stories[1].paragraphs == ()
    assert page.stories[1].above == page.lead[1]
    assert page.stories[0].above is None


def test_a_headline_that_is_a_claim_of_its_story_is_the_heading_alone(briefing: Briefing) -> None:
    first, second = briefing.stories[0].claims[:2]

    page = _told(briefing, first, second, headline=first)

    assert page.stories[0].headline.claim == first
    assert [line.claim for line in page.stories[0].paragraphs[0]] == [second]


def test_a_lead_claim_that_is_a_headline_stays_the_heading(briefing: Briefing) -> None:
    first = briefing.stories[0].claims[0]
    story = replace(briefing.stories[0], headline=first, claims=(first,))

    page = outline(replace(briefing, lead=(first,), stories=(story,)))

    assert page.lead == ()
    assert page.stories[0].headline.claim == first
    assert page.stories[0].above is None


def test_a_claim_of_one_origin_names_its_outlet(briefing: Briefing) -> None:
    lines = _by_claim(outline(briefing))

    assert lines["dam-2"].outlet == "Kessel Courier"
    assert lines["museum-1"].outlet == "museum.example"
    assert lines["dam-1"].outlet == ""


@pytest.mark.parametrize(
    ("source", "title", "remark"),
    [
        ("Kessel Courier", "Dam gate fails", "Kessel Courier"),
        ("", "Dam gate fails", "Dam gate fails"),
    ],
)
def test_a_single_source_is_named_once_for_all(
    source: str, title: str, remark: str, briefing: Briefing
) -> None:
    entry = replace(briefing.documents[0], source=source, title=title, url=None)
    excluded = briefing.documents[-1]
    told = (briefing.stories[0].claims[1],)

    page = outline(
        replace(
            briefing,
            documents=(entry, excluded),
            lead=(),
            stories=(replace(briefing.stories[0], claims=told),),
            in_brief=(),
        )
    )

    assert page.remarks == (f"Everything here comes from one source: {remark}.",)
    assert all(line.outlet == "" for line in page.lines)


def test_several_documents_without_outlets_are_no_single_source(briefing: Briefing) -> None:
    documents = tuple(replace(entry, source="", url=None) for entry in briefing.documents)

    assert outline(replace(briefing, documents=documents)).remarks == ()


def test_a_briefing_that_is_not_complete_says_so_first(briefing: Briefing) -> None:
    assert outline(replace(briefing, status="partial")).remarks[0].startswith("Incomplete")
    assert outline(replace(briefing, status="degraded")).remarks[0].startswith("Degraded")


def test_a_claim_citing_two_passages_of_one_document_shows_its_number_once(
    briefing: Briefing,
) -> None:
    first, second, third = briefing.stories[0].claims[1:4]
    both = replace(first, citations=first.citations + second.citations[1:] + third.citations)

    line = _by_claim(_told(briefing, both))[first.id]

    assert len(line.marks) == 3
    assert [document.number for document in line.documents] == [1]


def test_only_departures_from_the_sources_words_are_marked(briefing: Briefing) -> None:
    page = outline(briefing)

    marked = {line.claim.id: line.verdict_mark for line in page.lines if line.verdict_mark}
    assert marked == {"dam-4": "≈"}
    assert page.legend == ("≈ not the source's own words, checked against it",)


def test_a_long_story_is_cut_into_paragraphs(briefing: Briefing) -> None:
    claim = briefing.stories[0].claims[1]
    claims = tuple(replace(claim, id=f"long-{i}") for i in range(MAX_PARAGRAPH_LINES * 2 + 1))

    (story,) = _told(briefing, *claims).stories

    assert [len(p) for p in story.paragraphs] == [MAX_PARAGRAPH_LINES, MAX_PARAGRAPH_LINES, 1]


def test_a_paragraph_holds_one_direction_of_writing(briefing: Briefing) -> None:
    english, arabic = briefing.stories[0].claims[1], briefing.stories[1].claims[0]

    (story,) = _told(briefing, english, arabic).stories

    assert [p[0].direction for p in story.paragraphs] == ["ltr", "rtl"]


def test_pages_are_named_before_the_characters(briefing: Briefing) -> None:
    claim = briefing.stories[0].claims[1]
    paged = replace(claim, citations=(replace(claim.citations[0], page=7),))

    (document,) = _told(briefing, paged, headline=paged).documents

    assert place(document, labels("en")) == "page 7, characters"
    assert spans(document) == "124-189"


def test_every_document_of_the_ledger_stands_under_what_became_of_it(briefing: Briefing) -> None:
    groups = dict(documents_by_use(outline(briefing)))

    assert list(groups) == ["5 cited", "1 merged", "1 excluded"]
    assert sum(map(len, groups.values())) == len(briefing.documents)


def test_a_story_of_headline_alone_points_nowhere(briefing: Briefing) -> None:
    story: Story = briefing.stories[0]

    (section,) = _told(briefing, story.headline).stories

    assert section.paragraphs == ()
    assert section.above is None
