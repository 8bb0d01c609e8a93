import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.concepts import Concept, weigh
from summarizer.models.engine import Draft, Evidence, WriteRequest
from summarizer.models.extractive import (
    GAIN_DIGITS,
    LEAD_BONUS,
    MAX_OVERLAP,
    MIN_WORTH,
    Extractive,
    lead_bonus,
    reading_order,
)
from summarizer.text import lexical
from tests.models.evidence import VOCABULARY, concepts_of, sentence, stories, window

LENGTH = 8  # words of a sentence, where all have the same


EQUALLY_LONG = [window(first, LENGTH) for first in range(len(VOCABULARY))]


def title(text: str, document: str = "A", *, usable: bool = True) -> Evidence:
    return replace(sentence(text, document), alias=f"{document}t", kind="title", usable=usable)


def write(evidence: Sequence[Evidence], max_words: int = 100) -> list[Draft]:
    return Extractive().write(WriteRequest(tuple(evidence), max_words))


def cited(drafts: Sequence[Draft]) -> list[str]:
    return [draft.cites[0] for draft in drafts if not draft.is_headline]


def stands_on(evidence: Sequence[Evidence], i: int) -> int | None:
    """Return what the sentence leans on, which is its own index when that is not there."""
    if not evidence[i].leans:
        return None
    return i - 1 if i and evidence[i - 1].document == evidence[i].document else i


def n_words(text: str) -> int:
    return max(1, lexical.count_words(text))


@st.composite
def first_sentences(draw: st.DrawFn) -> list[Evidence]:
    """Make first sentences of equal length, between which only what they cover decides."""
    texts = st.sampled_from(EQUALLY_LONG)
    return [
        sentence(text, name, origin=draw(st.sampled_from("ABC")))
        for name, text in zip(
            "ABCDEFGH", draw(st.lists(texts, min_size=6, max_size=8)), strict=False
        )
    ]


def plain_greedy(evidence: Sequence[Evidence], n_sentences: int) -> Iterator[int]:
    """Select as the paper says it: recompute every gain for every choice, take the first best."""
    concepts = [concepts_of(e) for e in evidence]
    stems = [frozenset(lexical.content_stems(e.words, e.language)) for e in evidence]
    weights = weigh(evidence, concepts)
    covered: set[Concept] = set()
    chosen: list[int] = []
    left = list(range(len(evidence)))

    def gain(i: int) -> float:
        return round(math.fsum(weights[concept] for concept in concepts[i] - covered), GAIN_DIGITS)

    worth = MIN_WORTH * max(map(gain, left))
    while left and len(chosen) < n_sentences:
        best = min(left, key=lambda i: (-gain(i), i))
        left.remove(best)
        is_repeated = any(
            len(stems[best] & stems[other]) > MAX_OVERLAP * len(stems[best]) for other in chosen
        )
        if gain(best) > worth and not is_repeated:
            yield best
            chosen.append(best)
            covered |= concepts[best]


@given(first_sentences(), st.integers(3, 5))
def test_lazy_greedy_equals_plain_greedy(evidence: list[Evidence], n_sentences: int) -> None:
    expected = {evidence[i].alias for i in plain_greedy(evidence, n_sentences)}
    assert set(cited(write(evidence, LENGTH * n_sentences))) == expected


@given(stories(), st.integers(1, 60))
def test_words_are_exceeded_only_by_one_sentence_when_none_fits(
    evidence: tuple[Evidence, ...], max_words: int
) -> None:
    written = [n_words(draft.text) for draft in write(evidence, max_words)]
    if sum(written) > max_words:
        assert len(written) == 1
        assert all(n_words(e.text) > max_words for e in evidence if e.usable and not e.leans)


@given(stories(), st.integers(1, 60))
def test_drafts_are_usable_sentences_of_the_evidence(
    evidence: tuple[Evidence, ...], max_words: int
) -> None:
    by_alias = {e.alias: e for e in evidence if e.usable}
    for draft in write(evidence, max_words):
        (alias,) = draft.cites
        assert draft.text == by_alias[alias].text


@given(stories(), st.integers(1, 60))
def test_no_sentence_is_drafted_twice(evidence: tuple[Evidence, ...], max_words: int) -> None:
    aliases = cited(write(evidence, max_words))
    assert len(aliases) == len(set(aliases))


@given(stories(min_sentences=1))
def test_something_is_written_whenever_a_sentence_is_usable_and_none_fits(
    evidence: tuple[Evidence, ...],
) -> None:
    long = [replace(e, text=f"{e.text} dam", usable=True, leans=False) for e in evidence]
    assert len(write(long, 1)) == 1


@given(stories(), st.integers(1, 60))
def test_sentence_that_leans_is_drafted_only_after_the_one_before_it(
    evidence: tuple[Evidence, ...], max_words: int
) -> None:
    aliases = cited(write(evidence, max_words))
    index = {e.alias: i for i, e in enumerate(evidence)}
    for alias in aliases:
        support = stands_on(evidence, index[alias])
        before = aliases[: aliases.index(alias)]
        assert support is None or evidence[support].alias in before[-1:]


@given(stories(), st.integers(1, 60))
def test_nothing_leans_on_a_sentence_printed_in_the_lead(
    evidence: tuple[Evidence, ...], max_words: int
) -> None:
    aliases = cited(Extractive().write(WriteRequest(evidence, max_words, is_lead=True)))
    leaning = {e.alias for e in evidence if e.leans}
    assert not leaning & set(aliases[:2])


def test_nothing_is_written_of_nothing() -> None:
    assert write([]) == []


@given(stories())
def test_sentences_of_a_document_are_drafted_in_its_order(evidence: tuple[Evidence, ...]) -> None:
    aliases = cited(write(evidence))
    for document in "ABC":
        own = [alias for alias in aliases if alias.startswith(document)]
        assert own == sorted(own)


@given(st.lists(st.integers(0, 9), unique=True, max_size=10), st.data())
def test_reading_order_begins_with_the_document_of_the_strongest_sentence(
    chosen: list[int], data: st.DataObject
) -> None:
    documents = [data.draw(st.sampled_from("ABC")) for _ in range(10)]
    evidence = [sentence("Water rose.", name, i) for i, name in enumerate(documents)]
    ordered = reading_order(evidence, chosen)
    assert sorted(ordered) == sorted(chosen)
    if chosen:
        strongest = [i for i in chosen if documents[i] == documents[chosen[0]]]
        assert ordered[: len(strongest)] == sorted(strongest)


def test_documents_of_one_day_come_in_the_order_in_which_they_were_chosen() -> None:
    evidence = [sentence("Water rose.", name, i) for name in "ABC" for i in range(2)]
    assert reading_order(evidence, [2, 5, 1, 4, 0]) == [2, 4, 5, 0, 1]


def test_later_days_follow_earlier_ones() -> None:
    days = [(2, "A"), (1, "B"), (0, "C")]
    evidence = [replace(sentence("Water rose.", name), age_days=age) for age, name in days]
    assert reading_order(evidence, [1, 2, 0]) == [1, 0, 2]


@given(
    st.lists(st.integers(1, 80), max_size=9),
    st.integers(1, 30),
    st.integers(1, 500),
)
def test_bonus_of_opening_sentences_has_a_limit(
    lengths: list[int], n_origins: int, max_words: int
) -> None:
    assert 0 <= lead_bonus(lengths, n_origins, max_words) <= LEAD_BONUS


def test_openings_count_most_with_room_for_one_sentence_a_report() -> None:
    bonus = [lead_bonus([20, 30], 4, max_words) for max_words in (25, 50, 100, 200, 400)]
    assert bonus[0] < bonus[1] < bonus[2] == LEAD_BONUS > bonus[3] > bonus[4]


def test_what_three_origins_share_is_written_before_what_one_adds() -> None:
    shared = "A gate of the Hollin dam broke early on Tuesday near Kessel."
    evidence = [
        sentence("Cheese makers met a judge of the cup in the mill.", "A", 0),
        *(sentence(shared, name, 1) for name in "ABC"),
    ]
    assert cited(write(evidence, 12)) == ["A1"]


def test_newer_of_two_reports_is_written_first() -> None:
    old = sentence("The ferry left a port at dawn.", "A")
    new = sentence("A bank raised the rate on Tuesday.", "B")
    assert cited(write([replace(old, age_days=2), new], 8)) == ["B0"]
    assert cited(write([old, replace(new, age_days=2)], 8)) == ["A0"]


def test_sentence_that_says_the_same_again_is_left_out() -> None:
    evidence = [
        sentence("A gate of the Hollin dam broke on Tuesday.", "A"),
        sentence("The gate of the Hollin dam broke on a Tuesday.", "B"),
    ]
    assert cited(write(evidence)) == ["A0"]


def test_headline_is_the_title_of_the_first_sentence_s_document() -> None:
    evidence = [
        title("Ferry strike in the port", "A"),
        sentence("The farm sold a mill and a road.", "A"),
        title("Dam breaks above Kessel", "B"),
        sentence("The dam broke above Kessel on Tuesday.", "B"),
        sentence("The dam broke above Kessel on a Tuesday.", "C"),
    ]
    first, *rest = write(evidence, 8)
    assert (first.text, first.is_headline) == ("Dam breaks above Kessel", True)
    assert not any(draft.is_headline for draft in rest)


def test_headline_is_another_title_when_the_first_document_has_none_of_use() -> None:
    evidence = [
        title("Live updates", "A", usable=False),
        sentence("The dam broke above Kessel on Tuesday.", "A"),
        title("Cup and cheese of the week", "B"),
        title("Dam breaks above Kessel", "C"),
    ]
    assert write(evidence)[0].text == "Dam breaks above Kessel"


def test_story_without_a_usable_title_has_no_headline() -> None:
    evidence = [
        title("Live updates", usable=False),
        sentence("The dam broke above Kessel on Tuesday."),
    ]
    assert not any(draft.is_headline for draft in write(evidence))


def test_title_alone_is_a_headline_without_a_body() -> None:
    (draft,) = write([title("Dam breaks above Kessel")])
    assert draft.is_headline


def test_sentence_leaning_on_the_first_is_written_except_in_the_lead() -> None:
    evidence = (
        sentence("The night ferry left a port at dawn on Tuesday.", "A", 0),
        replace(sentence("It sank off the lighthouse within minutes.", "A", 1), leans=True),
        replace(sentence("They called every lifeboat to the scene.", "A", 2), leans=True),
    )
    assert cited(write(evidence)) == ["A0", "A1", "A2"]
    assert cited(Extractive().write(WriteRequest(evidence, 100, is_lead=True))) == ["A0"]
