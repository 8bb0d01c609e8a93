from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import verify
from summarizer.briefing.evidence import gather
from summarizer.text.normalise import document
from summarizer.types import Document, Draft, Evidence

ALIASES = ("A0", "A1", "B0", "X9")  # three of evidence and one invented

Check = Callable[[Sequence[Draft]], verify.Checked]


@pytest.fixture
def check(dam: Sequence[Document], evidence: Sequence[Evidence]) -> Check:
    """Return a check of drafts against two reports, one of which was reprinted once."""
    origin = {each.id: each.id for each in dam} | {"reprint": "dam"}
    documents = {each.id: each for each in dam}
    return partial(verify.check, evidence=evidence, documents=documents, origin=origin, story="s1")


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.sampled_from(ALIASES)))))
def test_claim_is_its_quote_and_its_quote_is_the_span(
    proposed: list[tuple[str, list[str]]],
) -> None:
    one = document("Water rose in the town. It fell again.", language="en", id="one")
    two = document("The gate of the dam broke.", language="en", id="two")
    documents = {"one": one, "two": two}
    origin = {"one": "one", "two": "two"}
    evidence = gather([one, two], origin).evidence
    drafts = [Draft(text, tuple(cites)) for text, cites in proposed]
    checked = verify.check(drafts, evidence, documents, origin, "s1")
    for claim in checked.claims:
        (citation,) = claim.citations
        assert claim.text == citation.quote
        assert citation.quote == documents[citation.document].text[citation.start : citation.end]
    assert [w.text for w in checked.withheld] == [
        d.text for d in drafts if not {"A0", "A1", "B0"} & set(d.cites)
    ]


def test_draft_equal_to_what_it_cites_is_verbatim(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    (claim,) = check([Draft(evidence[1].text, (evidence[1].alias,))]).claims
    assert (claim.text, claim.verdict, claim.reason) == (evidence[1].text, "verbatim", None)


def test_draft_that_differs_is_replaced_by_the_sentence_it_cites(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    (claim,) = check([Draft("Forty people drowned.", (evidence[1].alias,))]).claims
    assert (claim.text, claim.verdict) == (evidence[1].text, "verbatim")
    assert claim.reason is not None
    assert "Forty people drowned." in claim.reason


def test_draft_that_cites_two_sentences_keeps_the_first_alone(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    aliases = (evidence[2].alias, evidence[1].alias)
    (claim,) = check([Draft(evidence[2].text, aliases)]).claims
    assert [c.quote for c in claim.citations] == [evidence[2].text]
    assert claim.reason is not None


def test_draft_that_cites_nothing_known_is_withheld_with_a_reason(check: Check) -> None:
    checked = check([Draft("Forty people drowned.", ("Z9",)), Draft("Nobody drowned.", ())])
    assert (checked.headline, checked.claims) == (None, ())
    assert [(w.text, w.verdict, w.story, w.citations) for w in checked.withheld] == [
        ("Forty people drowned.", "unsupported", "s1", ()),
        ("Nobody drowned.", "unsupported", "s1", ()),
    ]
    assert all(w.reason for w in checked.withheld)


def test_invented_alias_beside_a_real_one_is_dropped(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    (claim,) = check([Draft(evidence[1].text, ("Z9", evidence[1].alias))]).claims
    assert [c.quote for c in claim.citations] == [evidence[1].text]


def test_same_sentence_drafted_twice_is_one_claim(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    draft = Draft(evidence[1].text, (evidence[1].alias,))
    assert len(check([draft, draft]).claims) == 1


def test_claims_keep_the_order_of_the_drafts(check: Check, evidence: Sequence[Evidence]) -> None:
    body = [e for e in evidence if e.kind == "body"][::-1]
    claims = check([Draft(e.text, (e.alias,)) for e in body]).claims
    assert [claim.text for claim in claims] == [e.text for e in body]
    assert len({claim.id for claim in claims}) == len(body)


def test_headline_stands_apart_from_the_claims(check: Check, evidence: Sequence[Evidence]) -> None:
    drafts = [Draft(e.text, (e.alias,), is_headline=e.kind == "title") for e in evidence[:2]]
    checked = check(drafts)
    assert checked.headline is not None
    assert checked.headline.text == evidence[0].text
    assert [claim.text for claim in checked.claims] == [evidence[1].text]


def test_headline_without_a_citation_is_withheld(check: Check) -> None:
    checked = check([Draft("Town drowned", (), is_headline=True)])
    assert checked.headline is None
    assert [w.text for w in checked.withheld] == ["Town drowned"]


def test_claim_counts_origins_and_the_articles_that_carry_them(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    shared = next(e for e in evidence if e.text.startswith("Fourteen people"))
    single = next(e for e in evidence if "replace the old gate" in e.text)
    both, one = check([Draft(e.text, (e.alias,)) for e in (shared, single)]).claims
    assert (both.origins, both.articles) == (2, 3)
    assert (one.origins, one.articles) == (1, 2)
