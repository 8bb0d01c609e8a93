from dataclasses import replace

import summarizer
from summarizer.service.store import outbox, runs
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import NewDelivery
from summarizer.service.web import audit
from summarizer.types import Source, Usage, Withheld
from tests.service.web.shown import BRIDGE, DAM, NOW, Read, accept, again, publish, read

EMPTY = summarizer.document("", source="Void Times")


def shown(db: Database, run: str) -> Read:
    return read(audit.page(db, again(db, run)))


def test_every_document_is_shown_with_what_became_of_it(db: Database) -> None:
    publish(db, "a", [DAM, BRIDGE, EMPTY])
    found = shown(db, "a")
    assert "3 in all" in found.text
    assert "2 cited" in found.text
    assert "1 excluded" in found.text
    assert "Why" in found.text
    for title in ("Dam holds", "Council closes bridge", "it has no text"):
        assert title in found.text
    assert "https://lowland.example/dam" in found.links
    assert any(link.startswith("/briefings/a#c-") for link in found.links)


def test_withheld_draft_is_shown_with_its_reason_and_what_it_cites(db: Database) -> None:
    told = summarizer.brief([DAM])
    claim = told.stories[0].claims[0]
    draft = Withheld(
        "The dam broke.", "contradicted", "says otherwise", told.stories[0].id, claim.citations
    )
    source = Source("feed", "https://example.org/feed.xml", "unreachable", 0)
    spent = Usage(calls=3, input_tokens=900, output_tokens=80, cost_usd=0.25)
    told = replace(told, withheld=(draft,), engine="openai:some", usage=spent, sources=(source,))
    accept(db, "a")
    runs.publish(db, "a", told, now=NOW)
    text = shown(db, "a").text
    assert "The dam broke." in text
    assert "the source says otherwise: says otherwise · in The dam held overnight" in text
    assert "( Dam holds )" in text
    assert "3 calls" in text
    assert "$0.25" in text
    assert "feed no answer 0" in text


def test_copied_sentences_leave_nothing_withheld(db: Database) -> None:
    publish(db, "a")
    assert "each sentence is copied from its source" in shown(db, "a").text


def test_reason_of_a_printed_sentence_leads_to_it(db: Database) -> None:
    told = summarizer.brief([DAM])
    (story, *_) = told.stories
    claims = tuple(replace(claim, reason="a rounded number") for claim in story.claims)
    accept(db, "a")
    runs.publish(db, "a", replace(told, stories=(replace(story, claims=claims),)), now=NOW)
    assert "a rounded number" in shown(db, "a").text


def test_deliveries_show_how_they_went(db: Database) -> None:
    deliveries = [
        NewDelivery("m", "mail", "reader@example.org", {}),
        NewDelivery("f", "file", "/srv/news/morning/2026-03-04.html", {}),
    ]
    publish(db, "a", deliveries=deliveries)
    for _ in range(2):
        outbox.begin(db, "m", NOW)
        outbox.failed(db, "m", message="greylisted", retry_at=NOW)
    outbox.begin(db, "f", NOW)
    outbox.sent(db, "f", NOW)
    text = shown(db, "a").text
    assert "reader@example.org mail pending, 2 attempts: greylisted" in text
    assert "morning/2026-03-04.html file sent Wednesday, 4 March 2026, 05:40 UTC" in text
    assert "/srv" not in text


def test_events_are_in_their_order(db: Database) -> None:
    publish(db, "a")
    text = shown(db, "a").text.partition("Events")[2]
    assert text.index("accepted") < text.index("started") < text.index("outcome: briefing")


def test_run_without_a_briefing_shows_what_is_on_record(db: Database) -> None:
    accept(db, "a", edition="morning", day="2026-03-04")
    runs.settle(db, "a", now=NOW, outcome="failed", message="no source could be read")
    text = shown(db, "a").text
    assert "no briefing : no source could be read" in text
    assert "It was to be sent to nobody." in text
    assert "All documents" not in text


def test_run_that_changed_hands_says_how_often(db: Database) -> None:
    accept(db, "a")
    runs.claim(db, "a", executor="test", now=NOW)
    runs.take_over(db, "a", executor="other")
    assert "Taken over 1" in shown(db, "a").text
