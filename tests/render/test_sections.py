from collections import Counter
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.labels import labels
from summarizer.render.outline import Outline, outline
from summarizer.render.sections import arrange
from summarizer.types import Briefing, Claim, Facet

FACETS: tuple[Facet, ...] = get_args(Facet)


def _told(second_day: Briefing, *claims: Claim) -> Outline:
    story = replace(second_day.stories[0], claims=claims)
    return outline(replace(second_day, stories=(story,)))


def _claims(second_day: Briefing, *facets: Facet) -> list[Claim]:
    claim = second_day.stories[0].claims[1]
    return [
        replace(claim, id=f"told-{i}", facet=facet, change=None) for i, facet in enumerate(facets)
    ]


def test_what_is_set_apart_follows_behind_its_label(second_day: Briefing) -> None:
    (story,) = outline(second_day).stories

    assert [[line.claim.id for line in p] for p in story.paragraphs] == [["rail-1", "rail-4"]]
    assert [(a.label, [line.claim.id for line in a.lines]) for a in story.asides] == [
        ("Only Havel Post reports", ["rail-2"]),
        ("Open", ["rail-3"]),
        ("Coming up", ["rail-5"]),
    ]


@given(st.lists(st.sampled_from(FACETS), max_size=8), st.sets(st.integers(0, 7)))
def test_arranging_keeps_every_printed_claim_once_and_the_opening_first(
    second_day: Briefing, facets: list[Facet], elsewhere: set[int]
) -> None:
    claims = _claims(second_day, *facets)
    story = replace(second_day.stories[0], claims=tuple(claims))
    printed = [claim for i, claim in enumerate(claims) if i not in elsewhere]
    entries = {entry.id: entry for entry in second_day.documents}

    arranged = arrange(story, printed, entries, labels("en"), names_outlets=True)

    assert Counter(c.id for c in arranged.claims) == Counter(c.id for c in printed)
    if printed and printed[0] == claims[0]:
        assert arranged.claims[0] == claims[0]
    inline = [claim for claim in printed if claim.facet not in {"alone", "open", "next"}]
    assert [claim for claim in arranged.body if claim in inline] == inline
    assert all(claims for _, claims in arranged.asides)


def test_reasons_and_times_stay_in_reading_order(second_day: Briefing) -> None:
    claims = _claims(second_day, "happened", "why", "timeline", "differ")

    (story,) = _told(second_day, *claims).stories

    assert [line.claim.id for line in story.paragraphs[0]] == [claim.id for claim in claims]
    assert story.asides == ()


def test_a_sentence_that_leans_on_another_is_not_parted_from_it(second_day: Briefing) -> None:
    first, alone, leaning = _claims(second_day, "happened", "alone", "happened")
    leaning = replace(leaning, text="He had not slept.")

    (story,) = _told(second_day, first, alone, leaning).stories

    assert [line.claim.id for line in story.paragraphs[0]] == [first.id, alone.id, leaning.id]
    assert story.paragraphs[0][1].outlet == "Havel Post"


def test_what_leans_is_set_apart_with_what_it_leans_on(second_day: Briefing) -> None:
    first, alone, leaning = _claims(second_day, "happened", "alone", "alone")
    leaning = replace(leaning, text="He had not slept.")

    (story,) = _told(second_day, first, alone, leaning).stories

    assert [line.claim.id for line in story.asides[0].lines] == [alone.id, leaning.id]


def test_an_outlet_in_the_label_is_not_named_again(second_day: Briefing) -> None:
    first, alone, opened = _claims(second_day, "happened", "alone", "open")

    (story,) = _told(second_day, first, alone, opened).stories

    assert [aside.lines[0].outlet for aside in story.asides] == ["", "Havel Post"]


def test_what_one_source_alone_reports_stays_inline_where_it_cannot_be_named(
    second_day: Briefing,
) -> None:
    nameless = tuple(replace(e, source="", url=None) for e in second_day.documents)
    claims = _claims(second_day, "happened", "alone")

    (story,) = _told(replace(second_day, documents=nameless), *claims).stories

    assert story.asides == ()


def test_a_briefing_of_one_source_sets_nothing_apart_as_its_alone(second_day: Briefing) -> None:
    same = tuple(replace(entry, source="Havel Post") for entry in second_day.documents)

    (story,) = outline(replace(second_day, documents=same)).stories

    assert [aside.label for aside in story.asides] == ["Open", "Coming up"]


def test_reports_that_two_sources_alone_have_stand_apart_from_each_other(
    second_day: Briefing,
) -> None:
    first, one, two = _claims(second_day, "happened", "alone", "alone")
    elsewhere = second_day.stories[0].claims[3]
    two = replace(elsewhere, id=two.id, facet="alone")

    (story,) = _told(second_day, first, one, two).stories

    assert [aside.label for aside in story.asides] == [
        "Only Havel Post reports",
        "Only Northwire reports",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (None, ("2 independent reports (11 reprints)",)),
        ("ongoing", ("ongoing", "2 independent reports (11 reprints)")),
    ],
)
def test_the_tag_of_a_story_stands_before_its_counts(
    change: None, expected: tuple[str, ...], second_day: Briefing
) -> None:
    story = replace(second_day.stories[0], change=change)

    assert outline(replace(second_day, stories=(story,))).stories[0].facts == expected


def test_a_headline_tells_an_earlier_value_but_no_tag(second_day: Briefing) -> None:
    story = second_day.stories[0]
    updated = replace(story.headline, change="updated", previous="14")
    new = replace(story.headline, change="new")

    told = [
        outline(replace(second_day, stories=(replace(story, headline=h),))).stories[0].headline
        for h in (updated, new)
    ]

    assert [line.change for line in told] == ["was 14, now 21", ""]
