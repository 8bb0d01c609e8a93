from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import fitness, verify
from summarizer.briefing.evidence import gather
from summarizer.models.engine import Draft, Evidence
from summarizer.text.normalise import document
from summarizer.types import Document

ALIASES = ("A0", "A1", "B0", "X9")  # three of evidence and one invented

Check = Callable[[Sequence[Draft]], verify.Checked]

HOSPITAL = "In Kessel, fourteen people were taken to hospital, the district office said."


def checked_with(dam: Sequence[Document], evidence: Sequence[Evidence]) -> Check:
    origin = {each.id: each.id for each in dam} | {"reprint": "dam"}
    documents = {each.id: each for each in dam}
    return partial(verify.check, evidence=evidence, documents=documents, origin=origin, story="s1")


@pytest.fixture
def check(dam: Sequence[Document], evidence: Sequence[Evidence]) -> Check:
    """Return a check of drafts against two reports, one of which was reprinted once."""
    return checked_with(dam, evidence)


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.sampled_from(ALIASES)))))
def test_a_quote_is_its_span_and_a_draft_is_printed_withheld_or_replaced(
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
        assert claim.verdict in ("verbatim", "supported")
        assert claim.citations
        for citation in claim.citations:
            text = documents[citation.document].text
            assert citation.quote == text[citation.start : citation.end]
        if claim.verdict == "verbatim":
            assert [c.quote for c in claim.citations] == [claim.text]
    printed = {claim.text for claim in checked.claims}
    replaced = " ".join(claim.reason or "" for claim in checked.claims)
    withheld = {w.text for w in checked.withheld}
    for draft in drafts:
        assert draft.text in printed or draft.text in withheld or draft.text in replaced


def test_sentence_equal_to_a_span_is_verbatim() -> None:
    cited = verify.Cited("The dam  broke.", "en")
    assert verify.judge("The dam broke.", [cited]) == verify.Judgement("verbatim", None)


def test_sentence_without_a_citation_is_unsupported() -> None:
    assert verify.judge("The dam broke.", []).verdict == "unsupported"


def test_sentence_in_other_words_is_supported() -> None:
    cited = verify.Cited("Fourteen people were taken to hospital in Kessel.", "en")
    judged = verify.judge("In Kessel, 14 people were taken to hospital.", [cited])
    assert judged == verify.Judgement("supported", None)


def test_text_that_is_no_sentence_is_unsupported() -> None:
    text = "Holm saw Novak. " * 2_000
    judged = verify.judge(text, [verify.Cited(f"{text} Then", "en")])
    assert judged == verify.Judgement("unsupported", verify.TOO_LONG)


@pytest.mark.parametrize(
    "text", ["Holm saw Ann of 3. ", "no A1 “b” may ", "2 Mai 3 ", "大坝不可能"]
)
def test_long_sentences_are_checked_in_time(text: str) -> None:
    claim = (text * 500)[: verify.MAX_CHARS]
    assert verify.judge(claim, [verify.Cited(f"x {claim}", "en")] * 2).verdict


def test_drafts_that_fail_are_told_apart_with_their_reasons(
    dam: Sequence[Document], evidence: Sequence[Evidence]
) -> None:
    alias = evidence[1].alias
    texts = (evidence[1].text, "Forty people drowned.", "Nobody drowned.")
    drafts = [
        Draft(text, cites) for text, cites in zip(texts, ((alias,), (alias,), ()), strict=True)
    ]
    failed = verify.failures(drafts, evidence, {each.id: each for each in dam})
    assert failed.keys() == {1}
    assert failed[1]


def test_reasons_are_few_and_each_is_given_once() -> None:
    cited = verify.Cited("The dam broke.", "en")
    judged = verify.judge("Ann, Bea, Ida, Jo and Jo met in Varrow, Orlen and Kessel.", [cited])
    assert judged.reason is not None
    assert len(set(judged.reason.split("; "))) == verify.MAX_REASONS


def test_draft_equal_to_what_it_cites_is_verbatim(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    (claim,) = check([Draft(evidence[1].text, (evidence[1].alias,))]).claims
    assert (claim.text, claim.verdict, claim.reason) == (evidence[1].text, "verbatim", None)


def test_supported_draft_keeps_its_words_and_all_it_cites(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    shared = [e for e in evidence if "fourteen people" in e.text.lower()]
    (claim,) = check([Draft(HOSPITAL, tuple(e.alias for e in shared))]).claims
    assert (claim.text, claim.verdict, claim.reason) == (HOSPITAL, "supported", None)
    assert [c.quote for c in claim.citations] == [e.text for e in shared]
    assert claim.origins == 2


def test_draft_that_does_not_hold_is_replaced_by_the_sentence_it_cites(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    (claim,) = check([Draft("Forty people drowned.", (evidence[1].alias,))]).claims
    assert (claim.text, claim.verdict) == (evidence[1].text, "verbatim")
    assert claim.reason is not None
    assert claim.reason.startswith("replaces “Forty people drowned.”: ")


def test_of_several_cited_sentences_the_one_that_says_most_of_it_replaces_a_draft(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    wrong = "Fifteen people were taken to hospital in Kessel, the district office said."
    said = next(e for e in evidence if e.text.startswith("Fourteen people"))
    (claim,) = check([Draft(wrong, (evidence[1].alias, said.alias))]).claims
    assert [c.quote for c in claim.citations] == [said.text]
    assert claim.text == said.text


def test_draft_whose_sentences_cannot_be_printed_is_withheld(
    dam: Sequence[Document], evidence: Sequence[Evidence]
) -> None:
    leaning = [replace(e, leans=True) for e in evidence]
    unusable = [replace(e, usable=False) for e in evidence]
    for unfit in (leaning, unusable):
        checked = checked_with(dam, unfit)([Draft("Forty people drowned.", (unfit[1].alias,))])
        assert checked.claims == ()
        (withheld,) = checked.withheld
        assert withheld.verdict in ("unsupported", "contradicted")
        assert withheld.reason
        assert [c.quote for c in withheld.citations] == [unfit[1].text]


def test_replacement_that_is_printed_already_is_not_printed_twice(
    check: Check, evidence: Sequence[Evidence]
) -> None:
    alias = evidence[1].alias
    drafts = [Draft(evidence[1].text, (alias,)), Draft("Forty people drowned.", (alias,))]
    checked = check(drafts)
    assert [claim.reason for claim in checked.claims] == [None]
    assert [w.text for w in checked.withheld] == ["Forty people drowned."]
    assert checked.withheld[0].reason.startswith(verify.SAID_ALREADY)


def test_title_is_no_sentence_of_a_briefing(check: Check, evidence: Sequence[Evidence]) -> None:
    title, body = evidence[0], evidence[1]
    assert title.kind == "title"
    checked = check(
        [Draft(title.text, (title.alias,)), Draft(title.text, (title.alias, body.alias))]
    )
    assert [w.reason for w in checked.withheld] == [verify.ONLY_A_TITLE]
    (claim,) = checked.claims
    assert claim.text == body.text
    assert claim.reason is not None


def test_headline_is_checked_like_a_sentence(check: Check, evidence: Sequence[Evidence]) -> None:
    cites = (evidence[0].alias, evidence[1].alias)
    good = check([Draft("Gate of dam fails above Kessel", cites, is_headline=True)]).headline
    assert good is not None
    assert (good.text, good.verdict) == ("Gate of dam fails above Kessel", "supported")
    bad = check([Draft("Gate of dam holds above Varrow", cites, is_headline=True)]).headline
    assert bad is not None
    assert (bad.text, bad.verdict) == (evidence[0].text, "verbatim")


def test_title_that_cannot_head_a_story_does_not(
    dam: Sequence[Document], evidence: Sequence[Evidence]
) -> None:
    opinion = [replace(e, usable=False) if e.kind == "title" else e for e in evidence]
    draft = Draft(opinion[0].text, (opinion[0].alias,), is_headline=True)
    checked = checked_with(dam, opinion)([draft])
    assert checked.headline is None
    assert [w.reason for w in checked.withheld] == [fitness.NO_HEADLINE]


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
    checked = check([draft, draft])
    assert (len(checked.claims), checked.withheld) == (1, ())


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


FREE = "The barrier near Kessel collapsed after enormous downpours, engineers fear."


@pytest.mark.parametrize(
    ("word", "verdict"),
    [("supported", "supported"), ("", "supported"), ("partly", "verbatim")],
)
def test_second_opinion_refuses_what_holds_with_a_remark_and_supports_nothing_else(
    evidence: Sequence[Evidence], word: str, verdict: str
) -> None:
    asked: list[tuple[str, str]] = []

    def second(claims: Sequence[tuple[str, str]]) -> list[str]:
        asked.extend(claims)
        return [word] * len(claims)

    remark = verify.Judgement("supported", verify.FEW_WORDS)
    decision = verify._Decision(remark, FREE, (evidence[1],))  # noqa: SLF001 - one step of it
    (decided,) = verify._doubted([Draft(FREE, ("A1",))], [decision], second)  # noqa: SLF001
    assert asked == [(FREE, evidence[1].text)]
    assert decided.judgement.verdict == verdict
    assert (word in (decided.judgement.reason or "")) or not word


def test_second_opinion_is_not_asked_about_what_is_plain(evidence: Sequence[Evidence]) -> None:
    plain = verify._Decision(verify.Judgement("supported", None), FREE, (evidence[1],))  # noqa: SLF001
    assert verify._doubted([Draft(FREE, ())], [plain], lambda _: [][1:]) == [plain]  # noqa: SLF001
