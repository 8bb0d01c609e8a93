"""Stories of different days that are one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizer
from summarizer.briefing import histories, previous
from summarizer.briefing.histories import Profile
from summarizer.types import Document

MONDAY = date(2026, 3, 2)
profiles = st.lists(
    st.builds(
        Profile,
        st.frozensets(st.sampled_from("abcd"), min_size=1),
        st.dictionaries(st.sampled_from(["dam", "ferry", "cheese", "bank"]), st.integers(1, 5)),
        st.none() | st.dates(MONDAY, MONDAY + timedelta(30)),
    ),
    max_size=5,
)


def profile(documents: str, terms: str, day: date | None = MONDAY) -> Profile:
    return Profile(frozenset(documents), Counter(terms.split()), day)


@given(profiles, profiles)
def test_no_story_is_matched_twice(new: list[Profile], old: list[Profile]) -> None:
    found = histories.match(histories.pair(new, old))
    assert len(set(found.values())) == len(found)


@given(profiles)
def test_each_of_the_same_stories_is_matched(stories: list[Profile]) -> None:
    assert len(histories.match(histories.pair(stories, stories))) == len(stories)


def test_shared_documents_beat_likeness() -> None:
    new = [profile("ab", "ferry captain")]
    old = [profile("xy", "ferry captain"), profile("abz", "cheese dairy")]
    assert histories.match(histories.pair(new, old)) == {0: 1}


def test_story_that_shares_most_documents_comes_first() -> None:
    new = [profile("abcde", "ferry"), profile("f", "ferry")]
    old = [profile("abcdef", "dam")]
    assert histories.match(histories.pair(new, old)) == {0: 0}


def test_few_shared_documents_are_no_reason() -> None:
    assert histories.pair([profile("abcd", "ferry")], [profile("dxyz", "cheese")]) == []


def test_likeness_falls_with_the_days_between() -> None:
    words = "ferry kessel captain hull"
    terms = " ".join([words, *(f"w{i}" for i in range(22))])
    old = [profile("x", " ".join([words, *(f"v{i}" for i in range(22))]))]
    assert histories.pair([profile("a", terms, MONDAY + timedelta(1))], old) == [(0, 0)]
    assert histories.pair([profile("a", terms, None)], old) == [(0, 0)]
    assert histories.pair([profile("a", terms, MONDAY + timedelta(60))], old) == []


def test_words_that_hundreds_of_stories_share_bring_none_together_in_time() -> None:
    many = [profile(f"{i}", "ferry") for i in range(histories.MAX_HOLDERS + 1)]
    new = [profile("n", "ferry")]
    assert histories.pair(new, many) == []


@pytest.mark.parametrize("reverse", [False, True])
def test_briefings_that_knew_nothing_of_each_other_share_histories(
    articles: Mapping[str, Document], *, reverse: bool
) -> None:
    made = [
        summarizer.brief([d for name, d in articles.items() if name.startswith(day)])
        for day in ("03", "04")
    ]
    read = previous.read_all(made)
    first, second = (replace(each, id=f"{i}") for i, each in enumerate(read))
    given_order = [second, first, first] if reverse else [first, second]
    gathered = histories.gather(given_order)
    ferry = next(h for h in gathered if "toll" in h.tellings[0].story.headline.text)
    assert [telling.briefing.id for telling in ferry.tellings] == ["1", "0"]
    assert ferry.id == ferry.tellings[0].story.id
    n_told = len(first.stories) + len(second.stories)
    assert sum(len(history.tellings) for history in gathered) == n_told


def test_story_with_the_same_id_is_the_same(articles: Mapping[str, Document]) -> None:
    (read,) = previous.read_all([summarizer.brief([articles["03/dam-northern-wire"]])])
    (other,) = previous.read_all([summarizer.brief([articles["03/cup-northern-wire"]])])
    named = tuple(replace(story, id=read.stories[0].id) for story in other.stories)
    (history,) = histories.gather([read, replace(other, stories=named, day=None)])
    assert len(history.tellings) == 2


def test_names_count_twice_in_any_script() -> None:
    assert Counter(histories.stems("Kessel flooded", "en"))["kessel"] == 2
    assert Counter(histories.stems("đường đông Đà", "vi"))["đông"] == 1
