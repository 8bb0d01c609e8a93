from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.text.chunk import chunk
from summarizer.text.sentences import split
from summarizer.types import Chunk, Sentence

SCRIPTS = {
    "Latin": "The storm hit. Who knew? ",
    "Cyrillic": "Шторм пришёл. Кто знал? ",
    "Greek": "Ήρθε η καταιγίδα. Ποιος ήξερε; ",
    "Arabic": "جاءت العاصفة. من عرف؟ ",
    "Hebrew": "הסערה הגיעה. מי ידע? ",
    "Devanagari": "तूफ़ान आया। किसे पता था? ",
    "Bengali": "ঝড় এলো। কে জানত? ",
    "Thai": "พายุมา ใครจะรู้ ",
    "Han": "风暴来了。谁知道？",
    "Kana": "あらしがきた。だれが？",
    "Hangul": "폭풍이 왔다. 누가 알았나? ",
    "Emoji": "😀👩‍👧𝔸. 🇪🇺! ",
}
RUNS = ["“", '"', "'", "«", "(", "）", "[", "\n", " ", "\n\n", ".", "。", "\u200b", "x" * 30]
texts = st.lists(
    st.one_of(
        st.sampled_from(list(SCRIPTS.values())),
        st.builds("{}".format, st.sampled_from(RUNS)).flatmap(
            lambda run: st.integers(1, 12).map(run.__mul__)
        ),
        st.text(max_size=20),
    ),
    max_size=10,
).map("".join)


def words(text: str) -> int:
    return len(text.split())


def n_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def superadditive(text: str) -> int:
    """A counter that finds more in the whole than in its parts."""
    return len(text) + len(text) // 10


measures = st.sampled_from([len, words, n_bytes, superadditive])
Measure = Callable[[str], int]


@given(texts, st.integers(1, 60), measures)
def test_chunks_tile_the_text(text: str, max_size: int, measure: Measure) -> None:
    chunks = chunk(text, split(text), max_size, measure=measure)
    assert "".join(part.text for part in chunks) == text
    assert all(part.text for part in chunks)


@given(texts, st.integers(1, 60), measures)
def test_offsets_of_chunks_are_exact(text: str, max_size: int, measure: Measure) -> None:
    chunks = chunk(text, split(text), max_size, measure=measure)
    assert all(text[part.start : part.end] == part.text for part in chunks)
    assert all(part.end == following.start for part, following in pairwise(chunks))


@given(texts, st.integers(1, 60), measures)
def test_chunk_exceeds_the_budget_only_as_a_single_character(
    text: str, max_size: int, measure: Measure
) -> None:
    for part in chunk(text, split(text), max_size, measure=measure):
        assert measure(part.text) <= max_size or len(part.text) == 1


@given(texts, st.integers(1, 60), measures)
def test_sentence_is_cut_only_if_it_alone_exceeds_the_budget(
    text: str, max_size: int, measure: Measure
) -> None:
    found = split(text)
    cuts = [part.start for part in chunk(text, found, max_size, measure=measure)]
    for sentence in found:
        if any(sentence.start < cut < sentence.end for cut in cuts):
            assert measure(sentence.text) > max_size


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_packed_in_whole_sentences(script: str) -> None:
    text = SCRIPTS[script] * 40
    found = split(text)
    longest = max(len(sentence.text) for sentence in found)
    chunks = chunk(text, found, max(60, longest + 1))
    starts = {sentence.start for sentence in found}
    assert len(chunks) > 1 or script == "Thai"
    assert all(part.start in starts for part in chunks)


@given(texts)
def test_text_within_the_budget_is_one_chunk(text: str) -> None:
    chunks = chunk(text, split(text), max(1, len(text)))
    assert chunks == ((Chunk(0, len(text), text),) if text else ())


@pytest.mark.parametrize("max_size", [0, -1])
def test_budget_below_1_is_refused(max_size: int) -> None:
    with pytest.raises(InputError, match=f"max_size is {max_size}"):
        chunk("Yes.", split("Yes."), max_size)


def test_whitespace_between_sentences_belongs_to_the_chunk_before_it() -> None:
    text = "  One fell.  \n Two fell. "
    assert [part.text for part in chunk(text, split(text), 16)] == [
        "  One fell.  \n ",
        "Two fell. ",
    ]


def test_sentence_stays_whole_when_the_whitespace_around_it_does_not_fit() -> None:
    text = f"{' ' * 30}One fell.{' ' * 30}Two fell."
    parts = [part.text for part in chunk(text, split(text), 10)]
    assert sum("One fell." in part for part in parts) == 1
    assert max(map(len, parts)) <= 10


def test_chunk_ends_at_a_paragraph_that_fills_most_of_it() -> None:
    text = "One is here. Two is here.\n\nThree. Four."
    assert [part.text for part in chunk(text, split(text), 34)] == [
        "One is here. Two is here.\n\n",
        "Three. Four.",
    ]


def test_chunk_runs_over_a_paragraph_that_would_leave_it_empty() -> None:
    text = "One.\n\nTwo is here. Three is here too."
    assert [part.text for part in chunk(text, split(text), 20)] == [
        "One.\n\nTwo is here. ",
        "Three is here too.",
    ]


def test_sentence_that_is_too_long_is_cut_between_words() -> None:
    text = "one two three four five six seven"
    assert [part.text for part in chunk(text, split(text), 12)] == [
        "one two ",
        "three four ",
        "five six ",
        "seven",
    ]


def test_text_without_sentences_is_cut_like_one_sentence() -> None:
    assert [part.text for part in chunk("one two", (), 4)] == ["one ", "two"]
    assert chunk("", (), 4) == ()


def test_dense_part_of_a_long_sentence_is_cut_again() -> None:
    text = "a" * 40 + "😀" * 10
    chunks = chunk(text, (Sentence(0, 50, text, "body", 0),), 8, measure=n_bytes)
    assert max(n_bytes(part.text) for part in chunks) <= 8


def test_chunk_is_shortened_when_the_whole_counts_more_than_its_parts() -> None:
    text = "Yes. " * 8
    chunks = chunk(text, split(text), 20, measure=superadditive)
    assert [len(part.text) for part in chunks] == [15, 15, 10]
