from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.cite import citations, resolve
from summarizer.types import Citation, Document, Draft, Evidence


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
