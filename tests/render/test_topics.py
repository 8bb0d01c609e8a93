from dataclasses import replace
from typing import Any

import pytest

from summarizer.render import render
from summarizer.render.outline import outline
from summarizer.types import Briefing, Citation, Claim, Source, TopicReport


def topic(name: str, mode: Any = "watch", **other: Any) -> TopicReport:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {"claims": (), "searched": 7, "not_searched": (), "mentions": ()}
    return TopicReport(name=name, mode=mode, **(fields | other))


def quoted(briefing: Briefing, quote: str, **other: Any) -> Claim:  # noqa: ANN401 - any field
    entry = next(entry for entry in briefing.documents if quote in entry.text)
    start = entry.text.index(quote)
    citation = Citation(entry.id, start, start + len(quote), quote)
    fields: dict[str, Any] = {"id": quote, "text": quote, "origins": 1, "articles": 1}
    return Claim(verdict="verbatim", citations=(citation,), **(fields | other))


@pytest.fixture
def watching(briefing: Briefing) -> Briefing:
    """Two topics with a section and three that are watched, one of them in vain."""
    schools = quoted(briefing, "Two\nschools stay closed.", articles=3)
    port = briefing.stories[1]
    return replace(
        briefing,
        stories=(port, briefing.stories[0]),
        sources=(
            Source("Wire", None, "unreachable", 0),
            Source("Ledger", None, "teaser_only", 3),
        ),
        topics=(
            topic("Harbours", "section", claims=(port.headline.id,)),
            topic("Arabia", "section", claims=(port.headline.id,)),
            topic("Schools", claims=("dam-1", "museum-1", schools.id), mentions=(schools,)),
            topic("Closures", claims=(schools.id,), mentions=(schools,)),
            topic("Zebras", not_searched=("Wire", "Wire")),
            topic("Sport", "mute"),
        ),
    )


def test_stories_of_a_section_stand_together_under_its_name(watching: Briefing) -> None:
    groups = outline(watching).groups
    assert [(group.name, len(group.stories)) for group in groups] == [
        ("Harbours", 1),
        ("Other news", 1),
    ]


def test_without_a_section_there_is_one_group_without_a_name(briefing: Briefing) -> None:
    boosted = topic("Dams", "boost", claims=(briefing.stories[0].headline.id,))
    (group,) = outline(replace(briefing, topics=(boosted,))).groups
    assert (group.name, group.stories) == ("", outline(briefing).stories)


def test_only_watched_topics_are_reported(watching: Briefing) -> None:
    assert [found.name for found in outline(watching).watched] == ["Schools", "Closures", "Zebras"]


def test_a_mention_is_printed_once_and_later_pointed_to(watching: Briefing) -> None:
    page = outline(watching)
    schools, closures, _ = page.watched
    assert [line.text for line in schools.lines] == ["Two schools stay closed."]
    assert closures.lines == ()
    assert closures.above == schools.lines
    anchors = [line.anchor for line in page.lines]
    assert len(set(anchors)) == len(anchors)


def test_what_a_story_prints_of_a_topic_is_pointed_to(watching: Briefing) -> None:
    page = outline(watching)
    assert page.watched[0].above == (page.stories[1].headline, page.in_brief[0])


def test_a_claim_that_is_not_printed_is_not_pointed_to(briefing: Briefing) -> None:
    (found,) = outline(replace(briefing, topics=(topic("Dams", claims=("gone",)),))).watched
    assert found.above == ()


def test_the_number_of_articles_of_one_report_stands_beside_its_mention(
    watching: Briefing,
) -> None:
    (line,) = outline(watching).watched[0].lines
    assert line.remarks == ("Kessel Courier", "3 articles")


def test_a_topic_nobody_mentions_says_what_was_searched_and_what_not(watching: Briefing) -> None:
    assert outline(watching).watched[2].found == (
        "No mention in 7 articles; not searched: Wire; searched in part only: Ledger"
    )
    assert outline(watching).watched[0].found.startswith("7 articles searched")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Keine Erwähnung in 7 Artikeln; nicht durchsucht: Wire"),
        ("ru", "Нет упоминаний в 7 статьях; не просмотрены: Wire"),
        ("ar", "لا ذكر له في 7 مقالات؛ لم يُبحث في: Wire"),
        ("zh", "7 篇文章中未提及；未检索：Wire"),
    ],
)
def test_the_report_speaks_the_language_of_the_briefing(
    watching: Briefing, language: str, expected: str
) -> None:
    found = outline(replace(watching, language=language)).watched[2].found
    assert found.startswith(expected)


def test_markdown_heads_sections_stories_and_topics(watching: Briefing) -> None:
    headings = [line for line in render(watching, "md").split("\n") if line.startswith("#")]
    levels = [heading.partition(" ")[0] for heading in headings]
    assert levels == ["#", "##", "##", "###", "##", "###", *["##"] * 2, *["###"] * 3, *["##"] * 2]
    assert [headings[i] for i in (2, 4, 7, 8)] == [
        "## Harbours",
        "## Other news",
        "## Watch list",
        "### Schools",
    ]


def test_text_prints_mentions_with_their_numbers(watching: Briefing) -> None:
    text = render(watching, "text")
    assert "- Two schools stay closed. (Kessel Courier; 3 articles)\u00a0[" in text
    assert "See also: Two schools stay closed." in text
    assert text.index("Watch list\n==") < text.index("Schools\n--") < text.index("Sources\n--")


def test_html_links_to_what_is_printed_elsewhere(watching: Briefing) -> None:
    page = outline(watching)
    html = render(watching, "html")
    assert f'<a href="#{page.watched[1].above[0].anchor}"' in html
    assert '<h2 id="watched">Watch list</h2>' in html
    assert html.count('<h2 class="group"') == 2
