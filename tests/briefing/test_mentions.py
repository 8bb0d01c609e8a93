from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.mentions import CLIPPED_CHARS, MAX_MENTIONS, MAX_QUOTE_CHARS
from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.briefing.topics import Topic
from summarizer.text.normalise import document
from summarizer.types import Briefing, Claim, Source, TopicReport

watch = partial(Topic, mode="watch")
KESSEL = watch(name="Kessel", terms=("Kessel",))
article = partial(document, language="en", published="2026-03-04")

DAM = """Water rises in the valley

The water rose by two metres on Tuesday after a week of heavy rain in the hills.
Officials opened the lower gate in the night and closed the road along the river.
A crew from Kessel brought two large pumps to the valley on Wednesday morning.
"""
BANK = """Bank raises its rate

The central bank raised its main rate by half a point at its meeting on Tuesday.
Analysts had expected a smaller step after prices fell in most of the shops.
Its branch in Kessel will stay closed until the spring, the governor also said.
"""
FERRY = """Ferry line to close

The ferry between the two islands will stop running at the end of the month.
The company has lost passengers since the new bridge was opened to the public.
"""


def report(briefing: Briefing, name: str = "Kessel") -> TopicReport:
    return next(topic for topic in briefing.topics if topic.name == name)


def told(texts: Sequence[str], *topics: Topic, words: int = 600, stories: int = 12) -> Briefing:
    documents = [
        article(text, title=text.partition("\n")[0], source=f"Outlet {i}", id=f"d{i}")
        for i, text in enumerate(texts)
    ]
    return brief(documents, Options(topics=topics, words=words, stories=stories))


def apart(i: int, sentence: str) -> str:
    """Return an article that shares no word but those of a sentence with that of another number."""
    body = " ".join(f"word{i}x{j}" for j in range(40))
    return f"Heading{i}x and more{i}x of it{i}x\n\n{body}.\n{sentence}"


def printed(briefing: Briefing) -> list[Claim]:
    claims = [claim for story in briefing.stories for claim in (story.headline, *story.claims)]
    return [*claims, *(line.claim for line in briefing.in_brief)]


def test_a_watched_topic_is_quoted_where_no_story_prints_it() -> None:
    briefing = told([DAM, FERRY], KESSEL, words=30)
    (mention,) = report(briefing).mentions
    text = "A crew from Kessel brought two large pumps to the valley on Wednesday morning."
    assert (mention.text, mention.verdict) == (text, "verbatim")
    (citation,) = mention.citations
    entry = next(entry for entry in briefing.documents if entry.id == "d0")
    assert entry.text[citation.start : citation.end] == citation.quote == text
    assert report(briefing).claims == (mention.id,)


def test_a_quoted_document_counts_as_cited() -> None:
    briefing = told([DAM, FERRY], KESSEL, words=1, stories=1)
    assert {entry.id: entry.use for entry in briefing.documents}["d0"] == "cited"


def test_what_a_story_prints_of_a_watched_topic_is_not_quoted_again() -> None:
    briefing = told([DAM], KESSEL)
    assert report(briefing).mentions == ()
    (name,) = report(briefing).claims
    (claim,) = (claim for claim in printed(briefing) if claim.id == name)
    assert "Kessel" in claim.text


def test_a_topic_that_nobody_mentions_is_reported_with_what_was_searched() -> None:
    briefing = told([FERRY, DAM, ""], watch(name="Zebra", terms=("zebra",)))
    found = report(briefing, "Zebra")
    assert (found.claims, found.mentions, found.searched) == ((), (), 2)


def test_sources_that_gave_nothing_were_not_searched() -> None:
    statuses = {
        "ok": 2, "unchanged": 0, "empty": 0, "teaser_only": 3, "paywalled": 0, "unreachable": 0,
        "refused": 0, "unreadable": 0, "challenge": 0, "consent_page": 0, "missing": 0,
    }  # fmt: skip
    sources = [Source(status, None, status, n) for status, n in statuses.items()]
    briefing = brief([article(DAM)], Options(topics=(KESSEL,)), sources=[*sources, sources[-1]])
    assert report(briefing).not_searched == (
        "paywalled", "unreachable", "refused", "unreadable", "challenge", "consent_page", "missing",
    )  # fmt: skip


def test_reprints_are_quoted_once_with_their_number() -> None:
    briefing = told([DAM, DAM + "\nMore follows.", FERRY], KESSEL, words=1, stories=1)
    (mention,) = report(briefing).mentions
    assert (mention.origins, mention.articles) == (1, 2)


def test_one_sentence_of_two_reports_is_quoted_once() -> None:
    shared = "A crew from Kessel brought two large pumps to the valley on Wednesday morning."
    texts = [DAM, BANK.replace("Its branch in Kessel will stay closed", "It") + shared, FERRY]
    briefing = told(texts, KESSEL, words=1, stories=1)
    (mention,) = report(briefing).mentions
    assert (mention.text, mention.origins, mention.articles) == (shared, 2, 2)


def test_mentions_are_capped_and_the_rest_is_numbered() -> None:
    texts = [
        apart(i, f"Nobody from Kessel came to the table with the number {i} in the hall.")
        for i in range(14)
    ]
    briefing = told([*texts, DAM], KESSEL, words=1, stories=1)
    mentions = report(briefing).mentions
    assert len(mentions) == MAX_MENTIONS
    (note,) = (note for note in briefing.notes if note.code == "mentions_capped")
    n_quoted = sum(claim.articles for claim in mentions)
    assert f"of {n_quoted + len(note.documents)} more articles" in note.message
    assert note.message.startswith("Kessel: ")


def test_every_story_is_quoted_before_one_is_quoted_twice() -> None:
    other = DAM.replace("A crew from Kessel brought", "On Friday, Kessel sent")
    other = other.replace("Officials opened", "In the night, engineers opened")
    first = [(DAM, 0), (other, 1)]
    briefing = told([*(text for text, _ in first), BANK, FERRY], KESSEL, words=1, stories=1)
    documents = [mention.citations[0].document for mention in report(briefing).mentions]
    assert "d2" in documents[:2]


def test_a_title_is_quoted_only_where_nothing_else_mentions_the_topic() -> None:
    titled = FERRY.replace("Ferry line", "Kessel ferry line")
    briefing = told([titled, DAM, BANK], KESSEL, words=1, stories=1)
    quoted = {m.citations[0].document: m.text for m in report(briefing).mentions}
    names = [claim.text for claim in printed(briefing)]
    assert "Kessel ferry line to close" in [*quoted.values(), *names]


def test_a_mention_in_no_sentence_is_quoted_with_what_is_around_it() -> None:
    table = FERRY + "\n## Kessel\n\n" + "Rain fell again."
    (mention,) = report(told([table, DAM + BANK], KESSEL, words=1, stories=1)).mentions[:1]
    assert mention.citations[0].quote == mention.text


@pytest.mark.parametrize("n", [0, 300])
def test_a_sentence_without_end_is_quoted_around_the_mention(n: int) -> None:
    text = FERRY + "\n" + "word " * n + "Kessel " + "word " * 400
    briefing = told([text, BANK.replace("Kessel", "Varrow")], KESSEL, words=1, stories=1)
    (mention,) = report(briefing).mentions
    assert "Kessel" in mention.text
    assert len(mention.text) <= 2 * CLIPPED_CHARS + len("Kessel") < MAX_QUOTE_CHARS
    assert set(mention.text.split()) == {"word", "Kessel"}


def test_a_section_reports_all_claims_of_its_stories() -> None:
    topic = Topic(name="Water", terms=("water", "ferry"))
    briefing = told([apart(1, "Water rose."), BANK, FERRY], topic, stories=2)
    told_of = [(s.documents, (s.headline, *s.claims)) for s in briefing.stories]
    told_of += [(line.documents, (line.claim,)) for line in briefing.in_brief]
    expected = [c.id for documents, claims in told_of if "d1" not in documents for c in claims]
    assert list(report(briefing, "Water").claims) == list(dict.fromkeys(expected))
    assert len(briefing.in_brief) == 1


def test_sections_come_first_in_the_order_named() -> None:
    texts = [apart(1, "The dam broke."), apart(2, "The ferry sank."), apart(3, "The bank paid.")]
    reports = [text + tail for text in texts for tail in ("", "\nAnd so it went on.")]
    topics = [Topic(name=name, terms=(name,)) for name in ("bank", "ferry")]
    grouped = told(reports, *topics, words=900)
    assert [s.documents[0] for s in grouped.stories] == ["d4", "d2", "d0"]


def test_a_sentence_that_a_story_prints_from_another_report_is_not_quoted() -> None:
    shared = "A crew from Kessel brought two large pumps to the valley on Wednesday morning."
    briefing = told([DAM, apart(1, shared)], KESSEL, words=60, stories=1)
    assert any(claim.text == shared for claim in printed(briefing))
    assert report(briefing).mentions == ()


def test_a_muted_story_is_not_printed_and_its_documents_say_why() -> None:
    briefing = told([DAM, BANK, FERRY], Topic(name="Sea", terms=("ferry",), mode="mute"))
    assert not any("erry" in claim.text for claim in printed(briefing))
    entry = next(entry for entry in briefing.documents if entry.id == "d2")
    assert (entry.use, entry.reason) == ("background", "its story is about Sea, which is muted")
    assert entry.story is not None
    (note,) = (note for note in briefing.notes if note.code == "muted")
    assert note.documents == ("d2",)
    assert report(briefing, "Sea").claims == ()


def test_a_muted_story_is_still_watched() -> None:
    mute = Topic(name="Water", terms=("water",), mode="mute")
    briefing = told([DAM, FERRY], mute, KESSEL)
    (mention,) = report(briefing).mentions
    assert mention.citations[0].document == "d0"


def test_a_briefing_of_muted_stories_alone_is_empty() -> None:
    briefing = told([FERRY], Topic(name="Sea", terms=("ferry",), mode="mute"))
    assert (briefing.stories, briefing.in_brief, briefing.lead) == ((), (), ())
    assert [entry.use for entry in briefing.documents] == ["background"]


def test_a_boosted_story_of_one_report_passes_those_of_several() -> None:
    bank = [BANK, BANK.replace("half a point", "0.5 points").replace("Analysts", "Observers")]
    boost = Topic(name="Sea", terms=("ferry",), mode="boost")
    assert told([FERRY, *bank], boost).stories[0].headline.text == "Ferry line to close"


def test_two_topics_that_quote_one_sentence_both_report_it() -> None:
    briefing = told([DAM, FERRY], KESSEL, watch(name="Pumps", terms=("pump",)), words=1, stories=1)
    assert report(briefing).claims == report(briefing, "Pumps").claims


@given(st.permutations([DAM, BANK, FERRY]))
def test_the_order_of_the_documents_makes_no_difference(texts: list[str]) -> None:
    documents = [article(text, source=text[:4], id=text[:4]) for text in texts]
    topics = (KESSEL, Topic(name="Sea", terms=("ferry",)), watch(name="Rate", terms=("rate",)))
    briefing = brief(documents, Options(topics=topics, words=60))
    assert briefing == brief(documents[::-1], Options(topics=topics, words=60))
    told_ids = {claim.id for claim in printed(briefing)}
    for topic in briefing.topics:
        mentioned = {claim.id for claim in topic.mentions}
        assert set(topic.claims) <= told_ids | mentioned
        assert mentioned.isdisjoint(told_ids)


def test_topics_change_nothing_but_order_and_reports() -> None:
    plain, watched = told([DAM, BANK, FERRY]), told([DAM, BANK, FERRY], KESSEL)
    assert replace(watched, topics=(), id=plain.id) == plain
