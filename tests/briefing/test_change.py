"""Briefings of following days: ids that stay, labels, sentences left out, corrections."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import change, pipeline, plan, previous
from summarizer.briefing.change import Series
from summarizer.briefing.options import Options
from summarizer.briefing.previous import Previous
from summarizer.text.normalise import document
from summarizer.types import Briefing, Claim, Document, Story

TOLL = "At least 14 people were killed when the ferry Grey Heron capsized off Kessel."
SEARCH = "Helicopters of the coastguard searched the sea off Kessel with two frigates of the navy."
CARGO = "Investigators photographed broken chains on the car deck of the ferry Grey Heron."
CHEESE = "The dairy of Upper Fenning recalled its soft cheese from all shops in Tolmar."


def article(
    *sentences: str, day: int, title: str = "Ferry capsizes off Kessel", url: str | None = None
) -> Document:
    return document(
        "\n\n".join(sentences),
        title=title,
        source="Northern Wire",
        url=url,
        published=f"2026-03-{day:02}",
        language="en",
    )


def brief(
    documents: Sequence[Document], earlier: Sequence[Previous] = (), *, day: int | None = None
) -> Briefing:
    written_on = f"2026-03-{day:02}" if day else None
    return pipeline.brief(documents, Options(day=written_on, previous=tuple(earlier)))


def days(*briefings: Briefing) -> list[Previous]:
    return [previous.of(briefing) for briefing in briefings]


def told(briefing: Briefing) -> Story:
    (story,) = briefing.stories
    return story


def ids(briefing: Briefing) -> list[str]:
    return [*(story.id for story in briefing.stories), *(line.id for line in briefing.in_brief)]


def labels(briefing: Briefing) -> dict[str, str | None]:
    return {claim.text: claim.change for story in briefing.stories for claim in story.claims}


def claim_of(briefing: Briefing, text: str) -> Claim:
    return next(c for story in briefing.stories for c in story.claims if c.text == text)


@pytest.fixture(scope="module")
def tuesday() -> Briefing:
    """Return a briefing about the ferry and the cheese."""
    return brief([article(TOLL, SEARCH, day=3), article(CHEESE, day=3, title="Recall")], day=3)


def test_first_briefing_has_no_labels(tuesday: Briefing) -> None:
    assert {story.change for story in tuesday.stories} == {None}
    assert set(labels(tuesday).values()) == {None}
    assert tuesday.corrections == ()


def test_everything_is_new_in_a_story_that_was_not_told_before(tuesday: Briefing) -> None:
    rate = "The National Bank of Varrow raised its policy rate to 3.75 percent."
    later = brief([article(rate, day=4, title="Rate rises in Varrow")], days(tuesday), day=4)
    assert told(later).change == told(later).headline.change == "new"
    assert labels(later) == {rate: "new"}


def test_story_keeps_its_id_from_day_to_day(tuesday: Briefing) -> None:
    wednesday = brief([article(CARGO, day=4)], days(tuesday), day=4)
    thursday = brief([article(SEARCH, CARGO, day=5)], days(wednesday, tuesday), day=5)
    ferry = next(story.id for story in tuesday.stories if "Grey Heron" in story.claims[0].text)
    assert told(wednesday).id == ferry
    assert ids(thursday) == [ferry]


def test_story_keeps_its_id_when_it_has_the_same_document_under_another_title() -> None:
    url = "https://example.org/ferry"
    first = brief([article(TOLL, day=3, url=url)], day=3)
    later = brief([article(CHEESE, day=4, title="Other", url=url)], days(first), day=4)
    assert told(later).id == told(first).id


def test_address_that_several_documents_have_joins_no_stories() -> None:
    url = "https://example.org/"
    both = [article(TOLL, day=3, url=url), article(CHEESE, day=3, title="Recall", url=url)]
    first = brief(both, day=3)
    rate = "The National Bank of Varrow raised its policy rate to 3.75 percent."
    later = brief([article(rate, day=4, title="Rate", url=url)], days(first), day=4)
    assert told(later).change == "new"


def test_story_that_was_not_told_before_has_an_id_that_no_other_had(tuesday: Briefing) -> None:
    (earlier,) = days(tuesday)
    rate = "The National Bank of Varrow raised its policy rate to 3.75 percent."
    planned = plan.make([article(rate, day=4, title="Rate")], Options())
    taken = replace(earlier.stories[0], id=planned.stories[0].id)
    known = replace(earlier, stories=(taken, *earlier.stories[1:]))
    (story,) = Series([known], planned.stories, None).stories
    assert story.id not in {each.id for each in known.stories}


def test_no_two_stories_of_a_day_have_one_id(tuesday: Briefing) -> None:
    both = [article(TOLL, CARGO, day=4), article(CHEESE, day=4, title="Recall")]
    later = brief(both, days(tuesday), day=4)
    assert len(set(ids(later))) == len(ids(later)) == 2


def test_reference_to_another_story_follows_its_id(tuesday: Briefing) -> None:
    planned = plan.make([article(TOLL, day=4), article(CHEESE, day=4, title="R")], Options())
    a, b = planned.stories
    linked = [replace(a, see_also=(b.id,)), replace(b, see_also=(a.id,))]
    first, second = Series(days(tuesday), linked, None).stories
    assert (first.see_also, second.see_also) == ((second.id,), (first.id,))
    assert first.id != a.id


def test_sentence_nothing_like_which_was_printed_is_new(tuesday: Briefing) -> None:
    later = brief([article(CARGO, day=4)], days(tuesday), day=4)
    assert labels(later) == {CARGO: "new"}
    assert told(later).change == "updated"


def test_sentence_with_another_number_is_updated_and_says_what_it_was(tuesday: Briefing) -> None:
    now = TOLL.replace("At least 14", "At least 21")
    later = brief([article(now, day=4)], days(tuesday), day=4)
    claim = claim_of(later, now)
    assert claim.change == "updated"
    assert claim.previous is not None
    assert claim.previous.endswith("14")
    assert told(later).change == "updated"


def test_value_is_compared_with_the_one_printed_last(tuesday: Briefing) -> None:
    now = TOLL.replace("At least 14", "At least 21")
    wednesday = brief([article(now, CARGO, day=4)], days(tuesday), day=4)
    reworded = "The navy and the coastguard count 21 people killed on the ferry Grey Heron so far."
    thursday = brief([article(reworded, day=5)], days(tuesday, wednesday), day=5)
    assert labels(thursday) == {reworded: "ongoing"}


def test_reworded_sentence_is_ongoing(tuesday: Briefing) -> None:
    reworded = "Until dusk, frigates of the navy and coastguard helicopters searched off Kessel."
    later = brief([article(reworded, day=4)], days(tuesday), day=4)
    assert labels(later) == {reworded: "ongoing"}
    assert told(later).headline.change == "ongoing"
    assert told(later).change == "ongoing"


def test_unchanged_sentence_of_the_last_days_is_not_printed_again(tuesday: Briefing) -> None:
    later = brief([article(TOLL, CARGO, day=10)], days(tuesday), day=10)
    assert labels(later) == {CARGO: "new"}
    (note,) = (note for note in later.notes if note.code == "unchanged_left_out")
    assert note == change.repeated(1)


def test_unchanged_sentence_is_printed_again_after_that(tuesday: Briefing) -> None:
    later = brief([article(TOLL, CARGO, day=11)], days(tuesday), day=11)
    assert labels(later) == {TOLL: "ongoing", CARGO: "new"}


def test_briefing_without_a_day_counts_as_recent(tuesday: Briefing) -> None:
    earlier = [replace(each, day=None) for each in days(tuesday)]
    assert labels(brief([article(TOLL, CARGO, day=4)], earlier, day=4)) == {CARGO: "new"}


def test_sentence_left_out_yesterday_is_not_new_today(tuesday: Briefing) -> None:
    wednesday = brief([article(TOLL, SEARCH, CARGO, day=4)], days(tuesday))
    assert {claim.text for claim in told(wednesday).unchanged} >= {TOLL, SEARCH}
    thursday = brief([article(TOLL, SEARCH, CARGO, CHEESE, day=5)], days(wednesday))
    assert labels(thursday)[TOLL] == "ongoing"
    assert labels(thursday)[CHEESE] == "new"


def test_sentence_that_the_next_one_leans_on_stays(tuesday: Briefing) -> None:
    leaning = "It had left Ostrand with broken chains and a heavy load of lorries on its deck."
    later = brief([article(SEARCH, TOLL, leaning, day=4)], days(tuesday), day=4)
    printed = labels(later)
    if leaning in printed:
        assert list(printed) == [TOLL, leaning]
        assert printed[TOLL] == "ongoing"


def test_story_of_which_nothing_has_changed_is_told_in_one_line(tuesday: Briefing) -> None:
    later = brief([article(TOLL, SEARCH, day=4)], days(tuesday), day=4)
    assert later.stories == ()
    (line,) = later.in_brief
    assert (line.claim.text, line.claim.change) == ("Ferry capsizes off Kessel", "ongoing")
    assert {entry.use for entry in later.documents} == {"cited"}


def test_story_without_a_title_of_which_nothing_has_changed_keeps_its_first_sentence() -> None:
    first = brief([article(TOLL, day=3, title="")], day=3)
    later = brief([article(TOLL, day=4, title="")], days(first), day=4)
    (line,) = later.in_brief
    assert (line.claim.text, line.claim.change) == (TOLL, "ongoing")


def test_sentence_printed_in_another_story_is_not_new(tuesday: Briefing) -> None:
    rate = "The National Bank of Varrow raised its policy rate to 3.75 percent."
    shares = "Shares of lenders fell in Varrow after the policy rate of the National Bank rose."
    other = article(rate, shares, CHEESE, day=4, title="Bank of Varrow raises policy rate")
    later = brief([other], days(tuesday), day=4)
    assert CHEESE not in labels(later)


def test_order_of_earlier_briefings_makes_no_difference(tuesday: Briefing) -> None:
    now = TOLL.replace("At least 14", "At least 21")
    wednesday = brief([article(now, CARGO, day=4)], days(tuesday), day=4)
    today = [article(SEARCH, now, CARGO, CHEESE, day=5)]
    made = [
        brief(today, earlier, day=5)
        for earlier in permutations(days(tuesday, wednesday, wednesday))
    ]
    assert all(each == made[0] for each in made)


def test_selection_does_not_depend_on_what_was_told(tuesday: Briefing) -> None:
    documents = [article(TOLL, SEARCH, CARGO, day=4)]
    alone, later = brief(documents), brief(documents, days(tuesday), day=4)
    assert set(labels(later)) <= set(labels(alone))
    assert [claim.text for claim in told(alone).claims if claim.text in labels(later)] == list(
        labels(later)
    )


def test_claim_that_states_a_correction_is_corrected_and_says_what_was_printed() -> None:
    url = "https://example.org/ferry"
    first = brief([article(TOLL, SEARCH, day=3, url=url)], day=3)
    now = TOLL.replace("At least 14", "At least 12")
    later = brief([article(now, SEARCH, day=3, url=url)], days(first), day=4)
    claim = claim_of(later, now)
    assert claim.change == "corrected"
    assert claim.previous is not None
    assert claim.previous.endswith("14")
    assert told(later).change == "corrected"
    (correction,) = later.corrections
    assert (correction.was, correction.now, correction.briefing) == (TOLL, now, first.id)


def test_correction_of_a_word_says_which_words_stood_there() -> None:
    url = "https://example.org/dairy"
    first = brief([article(CHEESE, SEARCH, day=3, title="Recall", url=url)], day=3)
    now = CHEESE.replace("soft cheese", "hard butter")
    later = brief([article(now, SEARCH, day=3, title="Recall", url=url)], days(first), day=4)
    assert (claim_of(later, now).change, claim_of(later, now).previous) == (
        "corrected",
        "soft cheese",
    )


@given(st.lists(st.sampled_from(["new", "updated", "ongoing", "corrected"]), min_size=1))
def test_story_has_the_strongest_label_of_its_claims(changes: list[str]) -> None:
    claims = [
        Claim(id=str(i), text="", verdict="verbatim", origins=1, articles=1, change=c, citations=())  # type: ignore[arg-type]
        for i, c in enumerate(changes)
    ]
    assert change.of_story(claims, was_told=False) == "new"
    expected = "updated" if {"new", "updated"} & set(changes) else "ongoing"
    expected = "corrected" if "corrected" in changes else expected
    assert change.of_story(claims, was_told=True) == expected


def test_nothing_is_noted_or_corrected_when_nothing_was(tuesday: Briefing) -> None:
    later = brief([article(CARGO, day=4)], days(tuesday), day=4)
    assert later.corrections == ()
    assert "unchanged_left_out" not in {note.code for note in later.notes}


def test_number_of_sentences_left_out_is_told() -> None:
    assert change.repeated(1).message.startswith("1 sentence is left out")
    assert change.repeated(12).message.startswith("12 sentences are left out")
