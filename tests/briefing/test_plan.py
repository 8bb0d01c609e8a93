from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import plan
from summarizer.briefing.options import Options
from summarizer.errors import NoUsableSourceError
from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.text.normalise import document
from summarizer.types import Document

make = partial(plan.make, options=Options())

WATER = document("Water rose in the town.", language="en")


def ids(documents: Iterable[Document]) -> list[str]:
    return [each.id for each in documents]


def test_equal_documents_are_numbered() -> None:
    planned = make([WATER, WATER, WATER])
    assert sorted(ids(planned.documents)) == [WATER.id, f"{WATER.id}-2", f"{WATER.id}-3"]
    assert planned.notes == ()


def test_repeated_id_of_another_document_is_replaced_with_a_note() -> None:
    first, second = (document(text, id="wire") for text in ("Water rose.", "Water fell."))
    planned = make([first, second])
    derived = document("Water fell.").id
    assert {each.id: each.text for each in planned.documents} == {
        "wire": "Water rose.",
        derived: "Water fell.",
    }
    (note,) = planned.notes
    assert (note.code, note.documents) == ("id_replaced", (derived,))
    assert "wire" in note.message


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "b"]), min_size=1, max_size=12))
def test_ids_are_unique_whatever_was_given(given_ids: list[str]) -> None:
    documents = [document(f"Water {i // 2}", id=name) for i, name in enumerate(given_ids)]
    planned = make(documents)
    assert len(set(ids(planned.documents))) == len(documents)


def test_documents_are_put_in_order_of_publication_undated_ones_last() -> None:
    dates = [None, "2026-03-04", "2026-03-03T06:00:00+01:00", "2026-03-03"]
    documents = [document(f"Water {i}.", published=date) for i, date in enumerate(dates)]
    assert [each.published for each in make(documents).documents] == [
        "2026-03-03",
        "2026-03-03T06:00:00+01:00",
        "2026-03-04",
        None,
    ]


@pytest.mark.parametrize("text", ["", "...", "\u2014 !"])
def test_document_without_text_is_excluded_with_a_note(text: str) -> None:
    empty = document(text, id="empty")
    planned = make([WATER, empty])
    assert list(planned.excluded) == ["empty"]
    assert "no text" in planned.excluded["empty"]
    assert [(note.code, note.documents) for note in planned.notes] == [
        ("document_excluded", ("empty",))
    ]
    assert [ids(story.documents) for story in planned.stories] == [[WATER.id]]


def test_longest_document_allowed_is_used_and_a_longer_one_excluded() -> None:
    longest = Document(id="long", text="x" * MAX_DOCUMENT_CHARS)
    longer = Document(id="longer", text="x" * (MAX_DOCUMENT_CHARS + 1))
    planned = make([longest, longer])
    assert list(planned.excluded) == ["longer"]
    assert f"{MAX_DOCUMENT_CHARS:,}" in planned.excluded["longer"]


def test_nothing_given_is_no_source() -> None:
    with pytest.raises(NoUsableSourceError, match="no document was given"):
        make([])


def test_only_empty_documents_are_no_source() -> None:
    with pytest.raises(NoUsableSourceError, match="no text"):
        make([document(""), document("...")])


def test_every_usable_document_is_in_one_story(articles: Mapping[str, Document]) -> None:
    planned = make(articles.values())
    told = [name for story in planned.stories for name in ids(story.documents)]
    assert sorted(told) == sorted(ids(articles.values()))


def test_reprints_are_in_the_story_of_their_origin(articles: Mapping[str, Document]) -> None:
    planned = make(articles.values())
    for story in planned.stories:
        names = set(ids(story.documents))
        assert {planned.origin[name] for name in names} <= names
        assert dict(story.origin) == {name: planned.origin[name] for name in names}


def test_one_story_takes_all_documents(articles: Mapping[str, Document]) -> None:
    planned = make(articles.values(), options=Options(one_story=True))
    assert [len(story.documents) for story in planned.stories] == [len(articles)]


def test_stories_of_one_origin_follow_all_others(articles: Mapping[str, Document]) -> None:
    n_origins = [story.n_origins for story in make(articles.values()).stories]
    several = [n for n in n_origins if n > 1]
    assert several
    assert n_origins == several + [1] * (len(n_origins) - len(several))


def test_forty_copies_are_one_story_of_one_origin(articles: Mapping[str, Document]) -> None:
    wire = articles["03/dam-northern-wire"]
    copies = [replace(wire, id=f"copy{i}", source=f"Paper {i}") for i in range(40)]
    (story,) = make(copies).stories
    assert (story.n_origins, len(story.documents)) == (1, 40)


def test_forty_copies_of_one_report_are_told_after_two_reports(
    articles: Mapping[str, Document],
) -> None:
    wire = articles["03/dam-northern-wire"]
    copies = [replace(wire, id=f"copy{i}", source=f"Paper {i}") for i in range(40)]
    cup = [articles["03/cup-northern-wire"], articles["03/cup-kessel-courier"]]
    planned = make([*copies, *cup])
    assert [story.n_origins for story in planned.stories] == [2, 1]


@given(st.integers(1, 2_000), st.integers(1, 30))
def test_words_of_the_stories_stay_within_those_of_the_briefing(words: int, stories: int) -> None:
    documents = [document(f"place{i} rose") for i in range(20)]
    planned = plan.make(documents, Options(words=words, stories=stories))
    allotted = [story.max_words for story in planned.stories]
    assert sum(allotted) <= words
    assert 1 <= sum(n > 0 for n in allotted) <= stories
    assert allotted == sorted(allotted, reverse=True)


def shuffled(documents: Sequence[Document]) -> list[Document]:
    return [*documents[1::2], *documents[::2][::-1]]


def test_order_of_the_documents_makes_no_difference(articles: Mapping[str, Document]) -> None:
    given_order = list(articles.values())
    undated = [replace(each, published=None) for each in given_order]
    assert make(shuffled(given_order)) == make(given_order)
    assert make(shuffled(undated)) == make(undated)


def test_ids_of_stories_do_not_depend_on_the_other_stories(
    articles: Mapping[str, Document],
) -> None:
    cup = [each for name, each in articles.items() if "cup" in name]
    (alone,) = make(cup).stories
    assert alone.id in {story.id for story in make(articles.values()).stories}


def test_different_documents_with_one_id_are_named_alike_in_any_order() -> None:
    first = document("The dam of Kessel held.", id="a")
    second = document("The ferry of Ostrand sank.", id="a")
    names = [
        {d.text: d.id for d in make(order).documents}
        for order in ([first, second], [second, first])
    ]
    assert names[0] == names[1]
    assert len(set(names[0].values())) == 2


def test_many_equal_documents_are_numbered_without_gaps() -> None:
    same = [document("The dam of Kessel held.")] * 300
    ids = {d.id for d in make(same).documents}
    assert ids == {same[0].id, *(f"{same[0].id}-{n}" for n in range(2, 301))}
