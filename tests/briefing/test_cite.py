from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.cite import MAX_SPANS, citations, locate, resolve
from summarizer.models.engine import Draft, Evidence
from summarizer.text.normalise import document
from summarizer.types import Citation, Document


def test_aliases_resolve_in_the_order_cited(evidence: Sequence[Evidence]) -> None:
    by_alias = {e.alias: e for e in evidence}
    aliases = list(by_alias)[::-1]
    assert resolve(Draft("-", tuple(aliases)), by_alias) == tuple(reversed(evidence))


def test_sentence_cited_twice_is_one_citation(evidence: Sequence[Evidence]) -> None:
    first = evidence[0]
    assert resolve(Draft("-", (first.alias, first.alias)), {first.alias: first}) == (first,)


@given(st.lists(st.text(max_size=4)))
def test_unknown_alias_resolves_to_nothing(aliases: list[str]) -> None:
    assert resolve(Draft("-", tuple(aliases)), {}) == ()


def test_quote_is_copied_from_the_document(
    dam: Sequence[Document], evidence: Sequence[Evidence]
) -> None:
    texts = {each.id: each for each in dam}
    cited = citations(evidence, texts)
    assert cited == tuple(Citation(e.document, e.start, e.end, e.text) for e in evidence)
    assert all(c.quote == texts[c.document].text[c.start : c.end] for c in cited)


REPORT = document(
    "Divers found seven bodies in the wreck on Tuesday. The ferry Grey Heron sank off Kessel. "
    "Its captain, Ada Morin, was questioned for six hours. Schools stay closed.",
    language="en",
    id="report",
)
COPY = document(
    "Divers found seven bodies in the wreck on Tuesday. Nobody else was on board.",
    language="en",
    id="copy",
)


def quotes(sentence: str, *documents: Document) -> list[str]:
    (located,) = locate([sentence], documents, "en")
    return [citation.quote for citation in located.citations]


def test_sentence_equal_to_the_one_checked_comes_first() -> None:
    longer = document("Schools stay closed, closed, closed. Schools stay closed.", language="en")
    assert quotes("Schools stay closed.", longer)[0] == "Schools stay closed."


def test_line_break_does_not_make_a_sentence_another_one() -> None:
    wrapped = "Schools in the lower town of Kessel and in all of the villages\nstay closed today."
    report = document(f"Schools stay closed, closed.\n\n{wrapped}", language="en")
    assert quotes(wrapped.replace("\n", " "), report)[0] == wrapped


def test_second_span_is_the_one_that_adds_what_the_first_lacks() -> None:
    found = quotes("Ada Morin, captain of the Grey Heron, which sank off Kessel", REPORT)
    assert found[:2] == [
        "The ferry Grey Heron sank off Kessel.",
        "Its captain, Ada Morin, was questioned for six hours.",
    ]


def test_span_about_something_else_is_not_cited_for_a_word_it_shares() -> None:
    assert quotes("Divers found seven bodies in the wreck on Tuesday.", REPORT) == [
        "Divers found seven bodies in the wreck on Tuesday."
    ]


def test_equal_sentences_of_two_documents_are_cited_once_and_both_carry_it() -> None:
    (located,) = locate(["Seven bodies were found in the wreck by divers."], [REPORT, COPY], "en")
    assert [citation.document for citation in located.citations] == ["report"]
    assert located.carriers == {"report", "copy"}


def test_sentence_that_shares_no_word_is_cited_all_the_same() -> None:
    (located,) = locate(["Zebras sleep."], [REPORT], "en")
    assert len(located.citations) == 1


def test_nothing_is_located_in_nothing() -> None:
    (located,) = locate(["Schools stay closed."], [], "en")
    assert (located.citations, located.carriers) == ((), frozenset())


@given(
    st.lists(st.sampled_from(REPORT.text.split()), min_size=1, max_size=12).map(" ".join),
    st.permutations([REPORT, COPY]),
)
def test_one_to_three_different_spans_are_cited(sentence: str, given: list[Document]) -> None:
    (located,) = locate([sentence], given, "en")
    texts = {each.id: each.text for each in given}
    assert 1 <= len(located.citations) <= MAX_SPANS
    assert len({c.quote for c in located.citations}) == len(located.citations)
    assert all(c.quote == texts[c.document][c.start : c.end] for c in located.citations)
    assert located.citations[0].document in located.carriers
