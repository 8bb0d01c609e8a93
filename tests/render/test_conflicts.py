from dataclasses import replace

from summarizer.render.conflicts import table_of_claims
from summarizer.render.outline import outline
from summarizer.types import Briefing, Conflict


def test_a_table_names_who_says_what_when_and_in_which_words(second_day: Briefing) -> None:
    differ, update = outline(second_day).stories[0].tables

    assert differ.heading == "Sources differ: killed"
    assert [(row.value, row.outlet, row.date) for row in differ.rows] == [
        ("at least 21", "Havel Post", "2026-03-04"),
        ("19", "Northwire", "2026-03-03"),
    ]
    assert differ.rows[1].quote == "The crash near Havel killed 19 people, hospitals said."
    assert update.heading == "Updated: killed"


def test_every_value_is_printed_with_its_passage(second_day: Briefing) -> None:
    story = second_day.stories[0]
    values = [value for conflict in story.conflicts for value in conflict.values]

    rows = [row for table in outline(second_day).stories[0].tables for row in table.rows]

    assert [row.value for row in rows] == [value.value for value in values]
    for row, value in zip(rows, values, strict=True):
        assert row.mark.document.entry.id == value.citation.document
        assert value.citation.quote in row.mark.passage.quote
        assert row.anchor in row.mark.passage.cited_by


def test_what_it_is_about_is_said_in_the_labels_language(second_day: Briefing) -> None:
    story = second_day.stories[0]
    (first, _) = story.conflicts
    told = replace(
        story, conflicts=(first, replace(first, about="money: aid"), replace(first, about="rain"))
    )

    tables = outline(replace(second_day, language="de", stories=(told,))).stories[0].tables

    assert [table.heading.partition(": ")[2] for table in tables] == ["Tote", "Geld: aid", "rain"]


def test_a_value_without_outlet_is_given_to_its_document(second_day: Briefing) -> None:
    nameless = tuple(replace(e, source="", url=None) for e in second_day.documents)

    tables = outline(replace(second_day, documents=nameless)).stories[0].tables

    assert tables[0].rows[1].outlet == "Havel crash kills 19"


def test_a_disputed_claim_points_to_the_conflict_that_cites_it(second_day: Briefing) -> None:
    story = second_day.stories[0]
    other = story.conflicts[0]
    elsewhere = Conflict("injured", "conflict", (other.values[1],) * 2)
    told = replace(story, conflicts=(elsewhere, other))

    tables = table_of_claims([told])

    assert tables["rail-1"] == "t-1-2"
    assert tables["rail-5"] == "t-1-1"


def test_a_claim_is_disputed_by_conflicts_alone(second_day: Briefing) -> None:
    story = second_day.stories[0]

    assert table_of_claims([replace(story, conflicts=story.conflicts[1:])]) == {}


def test_a_disputed_claim_says_so_also_where_no_table_is_printed(second_day: Briefing) -> None:
    story = replace(second_day.stories[0], conflicts=())

    (line, *_) = outline(replace(second_day, stories=(story,))).stories[0].paragraphs[0]

    assert (line.dispute, line.table) == ("sources differ", None)
