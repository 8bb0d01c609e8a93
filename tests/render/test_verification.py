import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.render import FORMATS
from summarizer.render.safety import printable
from summarizer.render.text import COLUMNS
from summarizer.render.verification import MARKS, outline, render
from summarizer.types import Briefing, Review, plain

READERS = ("md", "html", "text")


def test_json_is_the_contract_and_holds_texts_only_if_asked_for(review: Review) -> None:
    assert json.loads(render(review, "json")) == plain(review)
    assert json.loads(render(review, "json", include_text=True)) == plain(review, include_text=True)


@pytest.mark.parametrize("name", FORMATS)
def test_every_sentence_its_reason_and_its_passages_are_in_every_format(
    name: str, review: Review
) -> None:
    rendered = " ".join(render(review, name).replace("\\n", " ").split())

    for claim in review.claims:
        assert " ".join(claim.text.split()) in rendered
        assert (claim.reason or "") in rendered
        assert all(citation.quote in rendered for citation in claim.citations)
    assert render(review, name).endswith("\n")


@pytest.mark.parametrize("name", READERS)
def test_a_verdict_is_told_by_word_and_mark(name: str, review: Review) -> None:
    rendered = render(review, name)

    for verdict in ("verbatim", "supported", "contradicted", "unsupported"):
        assert MARKS[verdict] in rendered
        assert verdict in rendered


@pytest.mark.parametrize("name", ["md", "text"])
def test_the_sentences_are_counted_by_verdict_first(name: str, review: Review) -> None:
    counts = "6 sentences: 2 verbatim, 1 supported, 1 contradicted, 2 unsupported"

    assert counts in render(review, name).splitlines()[:4]


@pytest.mark.parametrize("name", READERS)
def test_a_review_says_what_it_does_not_check_and_what_it_compared(
    name: str, review: Review
) -> None:
    rendered = " ".join(render(review, name).split())

    assert "Whether the sources are right is not checked." in rendered
    assert "4 articles: 3 cited, 1 merged" in rendered


def test_sentences_keep_the_order_of_the_text_even_when_one_comes_twice(review: Review) -> None:
    page = outline(review)

    assert [s.claim for s in page.sentences] == list(review.claims)
    assert [s.anchor for s in page.sentences] == [f"c-{i}" for i in range(1, 7)]


def test_a_sentence_has_its_own_passages_under_the_numbers_of_all(review: Review) -> None:
    page = outline(review)

    assert [[(d.number, len(d.passages)) for d in s.cited] for s in page.sentences] == [
        [(1, 1)], [(1, 1), (2, 1)], [(1, 1)], [(3, 1)], [(1, 1)], [],
    ]  # fmt: skip


def test_a_sentence_that_did_not_pass_always_has_a_reason(review: Review) -> None:
    bare = tuple(replace(claim, reason=None) for claim in review.claims)

    reasons = [s.reason for s in outline(replace(review, claims=bare)).sentences]

    assert reasons == [
        "",
        "",
        "the cited source says otherwise",
        "not supported by the cited source",
        "",
        "No passage of the documents comes near it.",
    ]


def test_the_tally_leads_to_the_first_sentence_of_each_verdict(review: Review) -> None:
    markup = render(review, "html")

    assert '<li class="unsupported"><a href="#c-4">' in markup
    assert markup.count('id="c-4"') == 1


def test_pages_are_told_before_the_characters(review: Review) -> None:
    claim = review.claims[0]
    paged = replace(claim, citations=(replace(claim.citations[0], page=7),))

    rendered = render(replace(review, claims=(paged,)), "text")

    assert "[1] Dam gate fails above Kessel, page 7, characters 124-189" in rendered


def test_lines_of_a_review_fit_the_page(review: Review) -> None:
    rendered = render(review, "text")

    assert all(len(line) <= COLUMNS for line in rendered.splitlines() if "://" not in line)


@pytest.mark.parametrize("name", FORMATS)
def test_a_review_of_nothing_is_no_error(name: str) -> None:
    rendered = render(Review(language="und", claims=(), documents=()), name)

    assert name == "json" or "0 sentences" in rendered


def test_a_review_in_arabic_runs_from_right_to_left(review: Review) -> None:
    assert '<html lang="ar" dir="rtl">' in render(replace(review, language="ar"), "html")


@given(st.text(st.characters(), max_size=30))
def test_a_review_of_any_text_drives_no_terminal(
    hostile: Callable[[str], Briefing], text: str
) -> None:
    briefing = hostile(text)
    claims = (*briefing.lead, *briefing.stories[0].claims)
    review = Review(language=text, claims=claims, documents=briefing.documents)

    for name in READERS:
        rendered = render(review, name)
        assert printable(rendered) == rendered
        rendered.encode()


def test_an_unknown_format_is_refused_with_the_known_ones(review: Review) -> None:
    with pytest.raises(InputError, match=r"'pdf'.*md, html, json, text"):
        render(review, "pdf")
