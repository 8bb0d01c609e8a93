from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.checks.reading import MAX_BEST, Reading, gather, read, share


def reading(text: str, language: str = "en") -> Reading:
    return read(text, language, None)


@given(st.text(max_size=80), st.sampled_from(["en", "zh", "ar", "xx"]))
def test_tokens_slice_back_to_the_text(text: str, language: str) -> None:
    one = reading(text, language)
    for i, token in enumerate(one.facts.tokens):
        assert one.written([i]) == one.text[token.start : token.end]
        assert one.inside(token.start, token.end) == range(i, i + 1)
    assert len(one.text) == len(text)


def test_a_text_is_read_once() -> None:
    assert reading("The dam broke.") is reading("The dam broke.")


def test_markers_of_citations_and_lists_are_no_part_of_a_sentence() -> None:
    assert reading("2. The **dam** broke [4].").words == ("the", "dam", "broke", ".")


def test_words_share_a_key_by_stem_sense_place_or_beginning() -> None:
    one, other = reading("Mourning in Brazil grew."), reading("Brazilian mournful growth")
    for i in (0, 2, 3):
        assert other.find(one.keys[i]), one.words[i]


def test_suffixes_alone_are_no_key() -> None:
    assert not reading("decreasing").find(reading("increasing").keys[0])


def test_arabic_words_are_known_with_and_without_particles() -> None:
    one, other = reading("والعشرة", "ar"), reading("العشره", "ar")
    assert other.find(one.keys[0])


def test_hebrew_words_are_known_with_and_without_particles() -> None:
    assert reading("ממשלה", "he").find(reading("הממשלה", "he").keys[0])


def test_few_spans_stay_in_order() -> None:
    spans = [reading("Rain fell."), reading("The dam broke.")]
    source = gather(reading("The dam broke."), spans, [reading("Title")])
    assert (source.best, source.n_spans) == (tuple(spans), 2)
    assert len(source.readings) == 3


def test_of_many_spans_those_that_cover_the_claim_come_first() -> None:
    texts = ["Rain fell.", "Birds sang.", "The dam broke.", "Nobody came.", "In Kessel it is wet."]
    source = gather(reading("The dam of Kessel broke."), [reading(t) for t in texts], [])
    assert [r.text for r in source.best] == ["The dam broke.", "In Kessel it is wet."]
    assert len(source.readings) == len(texts)
    many = gather(reading("Rain birds dam Kessel."), [reading(t) for t in texts], [])
    assert many.n_best == MAX_BEST


def test_share_counts_tokens_that_are_found() -> None:
    one = reading("dam broke loudly yesterday")
    assert share(one.keys, reading("The dam broke.")) == 0.5
    assert share([], one) == 0
