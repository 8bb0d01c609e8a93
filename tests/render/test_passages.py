from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.passages import (
    CONTEXT_CHARS,
    CitedDocument,
    Passage,
    cited_documents,
    excerpts,
    outlet,
)
from summarizer.types import Briefing, Citation, LedgerEntry

TEXT = "".join(f"Sentence number {i} stands here, as one of many. " for i in range(100))


def _cited(entry: LedgerEntry, *spans: tuple[int, int]) -> CitedDocument:
    places = [
        (f"c-{i}", (Citation(entry.id, start, end, entry.text[start:end]),))
        for i, (start, end) in enumerate(spans)
    ]
    (document,) = cited_documents(places, {entry.id: entry})
    return document


def _entry(briefing: Briefing, text: str = TEXT) -> LedgerEntry:
    return replace(briefing.documents[0], text=text)


SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 400)).map(
        lambda at: (at[0], min(at[0] + at[1], len(TEXT)))
    ),
    min_size=1,
    max_size=8,
)


@given(SPANS)
def test_passages_hold_every_citation_and_do_not_overlap(
    briefing: Briefing, spans: list[tuple[int, int]]
) -> None:
    document = _cited(_entry(briefing), *spans)

    for start, end in spans:
        passage = document.passage(Citation("kessel", start, end, TEXT[start:end]))
        assert TEXT[start:end] in passage.quote
    for passage in document.passages:
        assert passage.quote == TEXT[passage.start : passage.end]
    for before, after in pairwise(document.passages):
        assert before.end <= after.start
    assert {anchor for passage in document.passages for anchor in passage.cited_by} == {
        f"c-{i}" for i in range(len(spans))
    }


@given(SPANS)
def test_excerpts_are_stretches_of_the_text_around_every_passage(
    briefing: Briefing, spans: list[tuple[int, int]]
) -> None:
    document = _cited(_entry(briefing), *spans)

    found = excerpts(document)

    shown = [piece for excerpt in found for piece in excerpt.pieces if isinstance(piece, Passage)]
    assert shown == list(document.passages)
    for excerpt in found:
        stretch = "".join(p if isinstance(p, str) else p.quote for p in excerpt.pieces)
        assert stretch in TEXT
        assert excerpt.begins_inside == (not TEXT.startswith(stretch))
        assert excerpt.ends_inside == (not TEXT.endswith(stretch))
        assert all(len(p) <= 2 * CONTEXT_CHARS for p in excerpt.pieces if isinstance(p, str))


def test_context_is_cut_between_words(briefing: Briefing) -> None:
    start = TEXT.index("Sentence number 50")

    (excerpt,) = excerpts(_cited(_entry(briefing), (start, start + 18)))

    before, _, after = excerpt.pieces
    assert isinstance(before, str)
    assert isinstance(after, str)
    assert f" {before}Sentence number 50{after} " in TEXT
    assert CONTEXT_CHARS - 10 <= len(before) <= CONTEXT_CHARS


def test_context_without_spaces_is_cut_at_its_length(briefing: Briefing) -> None:
    text = "水" * 1000

    (excerpt,) = excerpts(_cited(_entry(briefing, text), (500, 510)))

    before, passage, after = excerpt.pieces
    assert (before, after) == ("水" * CONTEXT_CHARS, "水" * CONTEXT_CHARS)
    assert isinstance(passage, Passage)


def test_distant_passages_get_an_excerpt_each(briefing: Briefing) -> None:
    assert len(excerpts(_cited(_entry(briefing), (0, 10), (3000, 3010)))) == 2
    assert len(excerpts(_cited(_entry(briefing), (0, 10), (100, 110)))) == 1


def test_without_the_documents_text_an_excerpt_is_the_quote(briefing: Briefing) -> None:
    document = _cited(_entry(briefing), (10, 20), (30, 40))
    unread = replace(document, entry=replace(document.entry, text=""))

    assert [excerpt.pieces for excerpt in excerpts(unread)] == [(p,) for p in document.passages]


def test_an_outlet_without_a_name_is_called_by_its_host(briefing: Briefing) -> None:
    entry = replace(briefing.documents[0], source=" \n", url="https://www.courier.example/a")

    assert outlet(entry) == "courier.example"
    assert outlet(replace(entry, url=None)) == ""
