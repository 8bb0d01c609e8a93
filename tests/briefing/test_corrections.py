"""What sources changed after they were quoted."""

from dataclasses import replace

import pytest

import summarizer
from summarizer.briefing import corrections, previous
from summarizer.briefing.previous import Previous
from summarizer.text.normalise import document
from summarizer.types import Document

URL = "https://example.org/ferry"
TOLL = "At least 14 people were killed when the ferry Grey Heron capsized off Kessel."
SEARCH = "Helicopters of the coastguard searched the sea off Kessel with two frigates."
TITLE = "Ferry capsizes off Kessel"


def article(
    *sentences: str,
    url: str | None = URL,
    title: str = TITLE,
    id: str | None = None,  # noqa: A002
) -> Document:
    return document(
        "\n\n".join(sentences),
        title=title,
        url=url,
        source="Northern Wire",
        published="2026-03-03",
        language="en",
        id=id,
    )


def briefed(*documents: Document) -> Previous:
    return previous.of(summarizer.brief(documents))


def test_quote_that_was_replaced_names_the_sentence_in_its_place() -> None:
    earlier = briefed(article(TOLL, SEARCH))
    now = article("At least 12 people were killed when the ferry Grey Heron capsized.", SEARCH)
    (correction,) = corrections.find([earlier], [now])
    assert correction.was == TOLL
    assert correction.now == "At least 12 people were killed when the ferry Grey Heron capsized."
    assert correction.citation is not None
    assert correction.citation.document == now.id
    assert now.text[correction.citation.start : correction.citation.end] == correction.now
    assert correction.document == next(iter(earlier.documents))
    assert correction.claim in {c.id for s in earlier.stories for c in s.printed}


def test_quote_that_was_taken_out_has_nothing_now() -> None:
    earlier = briefed(article(TOLL, SEARCH))
    (correction,) = corrections.find([earlier], [article(SEARCH)])
    assert (correction.was, correction.now, correction.citation) == (TOLL, None, None)


@pytest.mark.parametrize(
    "now",
    [
        article(TOLL, SEARCH),
        article(TOLL, SEARCH, "The navy will lift the wreck."),
        article(SEARCH, f"CORRECTION: {TOLL.upper()}"),
        article(TOLL.replace(" ", "\u00a0"), SEARCH),
    ],
)
def test_quote_that_still_stands_is_no_correction(now: Document) -> None:
    assert corrections.find([briefed(article(TOLL, SEARCH))], [now]) == ()


@pytest.mark.parametrize(
    "now",
    [
        article("The dairy recalled its cheese.", title="Cheese recalled"),
        article("The dairy recalled its cheese.", url=f"{URL}/2"),
        article(TOLL.replace("14", "12"), SEARCH, url=None),
    ],
)
def test_another_article_corrects_nothing(now: Document) -> None:
    assert corrections.find([briefed(article(TOLL, SEARCH))], [now]) == ()


def test_text_that_breaks_off_before_the_quote_corrects_nothing() -> None:
    filler = [f"Rescuers of team {i} came back to the harbour of Kessel." for i in range(20)]
    earlier = briefed(article(*filler, TOLL))
    assert corrections.find([earlier], [article(*filler[:2])]) == ()


def test_address_of_two_documents_corrects_nothing() -> None:
    now = [article(SEARCH, title="One"), article(SEARCH, title="Two")]
    assert corrections.find([briefed(article(TOLL, SEARCH))], now) == ()


@pytest.mark.parametrize("name", ["ferry", None])
def test_article_without_an_address_is_known_by_its_title_and_day(name: str | None) -> None:
    earlier = briefed(article(TOLL, SEARCH, url=None, id=name))
    now = article(TOLL.replace("14", "12"), SEARCH, url=None, id=name)
    (correction,) = corrections.find([earlier], [now])
    assert correction.was == TOLL
    later = replace(now, published="2026-03-04")
    assert corrections.find([earlier], [later]) == ()


def test_correction_is_listed_once_and_of_the_newest_briefing() -> None:
    earlier = briefed(article(TOLL, SEARCH))
    newer = replace(earlier, id="newer")
    now = article(TOLL.replace("14", "12"), SEARCH)
    (correction,) = corrections.find([newer, earlier], [now])
    assert correction.briefing == "newer"
    known = replace(newer, corrected=frozenset({(correction.document, correction.was)}))
    assert corrections.find([known, earlier], [now]) == ()


def test_nothing_was_printed_and_nothing_is_corrected() -> None:
    assert corrections.find([], [article(TOLL)]) == ()


def test_article_that_vanished_takes_back_all_that_was_quoted_of_it() -> None:
    earlier = briefed(article(TOLL, SEARCH))
    found = corrections.find([earlier], [], vanished=[URL])
    printed = {c.quote for s in earlier.stories for p in s.printed for c in p.citations}
    assert {correction.was for correction in found} == printed
    assert {(c.now, c.citation) for c in found} == {(None, None)}


def test_article_that_is_there_today_has_not_vanished() -> None:
    earlier = briefed(article(TOLL, SEARCH))
    assert corrections.find([earlier], [article(TOLL, SEARCH)], vanished=[URL]) == ()


def test_article_that_vanished_is_told_once() -> None:
    earlier = briefed(article(TOLL, SEARCH))
    told = frozenset((c.document, c.was) for c in corrections.find([earlier], [], vanished=[URL]))
    newer = replace(earlier, id="newer", corrected=told)
    assert corrections.find([newer, earlier], [], vanished=[URL]) == ()


def test_article_is_no_later_version_of_what_a_feed_said_of_it() -> None:
    teaser = replace(article(TOLL), kind="teaser")
    assert corrections.find([briefed(teaser)], [article(SEARCH)]) == ()
    assert corrections.find([briefed(article(TOLL))], [article(SEARCH)]) != ()
