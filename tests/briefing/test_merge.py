import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from summarizer.briefing import merge, pipeline, plan
from summarizer.briefing.options import Options
from summarizer.briefing.staff import Staff
from summarizer.models.engine import Draft, WriteRequest
from summarizer.text.lexical import count_words
from summarizer.text.normalise import document
from summarizer.types import Briefing, Claim, Document, Note, Source, Usage, plain


class Everything:
    """An engine that drafts all it is given, whatever the words it may use."""

    def write(self, request: WriteRequest) -> list[Draft]:
        return [Draft(e.text, (e.alias,)) for e in request.evidence if e.kind == "body"]


class Nothing:
    """An engine that drafts one sentence that cites nothing."""

    def write(self, request: WriteRequest) -> list[Draft]:
        return [Draft(f"All {len(request.evidence)} are wrong.", ())]


def told(
    documents: Sequence[Document],
    options: Options | None = None,
    *,
    engine: Everything | Nothing | None = None,
) -> Briefing:
    options = options or Options()
    planned = plan.make(documents, options)
    written = [
        pipeline.write(story, Staff(engine=engine or Everything())) for story in planned.stories
    ]
    return merge.merge(planned, written, options)


def claims(briefing: Briefing) -> list[Claim]:
    """Return all claims that are printed, headlines included."""
    return [
        *(claim for story in briefing.stories for claim in (story.headline, *story.claims)),
        *(line.claim for line in briefing.in_brief),
    ]


def shown(briefing: Briefing) -> list[str]:
    """Return the ids of all stories that are told, in full or in one line."""
    return [s.id for s in briefing.stories] + [line.id for line in briefing.in_brief]


def n_words(printed: Sequence[Claim]) -> int:
    return sum(count_words(claim.text) for claim in printed)


@pytest.mark.parametrize("words", [1, 20, 45, 90, 200, 600, 5_000])
def test_words_are_exceeded_only_by_the_first_claim_of_the_first_story(
    articles: Mapping[str, Document], words: int
) -> None:
    briefing = told(list(articles.values()), Options(words=words))
    printed = [claim for story in briefing.stories for claim in story.claims]
    assert n_words(printed) <= words or len(printed) == 1


@pytest.mark.parametrize("stories", [1, 2, 5, 30])
def test_stories_and_lines_in_brief_keep_to_their_number(
    articles: Mapping[str, Document], stories: int
) -> None:
    briefing = told(list(articles.values()), Options(stories=stories, words=3_000))
    assert 1 <= len(briefing.stories) <= stories
    assert len(briefing.in_brief) <= 2 * stories


def test_no_story_is_told_twice(articles: Mapping[str, Document]) -> None:
    briefing = told(list(articles.values()), Options(stories=5))
    names = shown(briefing)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("stories", [1, 5, 30])
def test_ledger_says_of_every_document_what_became_of_it(
    articles: Mapping[str, Document], stories: int
) -> None:
    given = [*articles.values(), document("...", id="empty")]
    briefing = told(given, Options(stories=stories, words=400))
    assert sorted(entry.id for entry in briefing.documents) == sorted(each.id for each in given)
    cited = {citation.document for claim in claims(briefing) for citation in claim.citations}
    conflicts = (conflict for story in briefing.stories for conflict in story.conflicts)
    cited |= {value.citation.document for conflict in conflicts for value in conflict.values}
    names = shown(briefing)
    for entry in briefing.documents:
        expected = "merged" if entry.story in names else "background"
        expected = "cited" if entry.id in cited else expected
        assert entry.use == ("excluded" if entry.id == "empty" else expected)
        assert (entry.story is None) == (entry.reason is not None) == (entry.use == "excluded")


def test_ledger_repeats_what_the_document_said(articles: Mapping[str, Document]) -> None:
    article = articles["04/battery-opinion-harbour-post"]
    (entry,) = told([article]).documents
    for name in ("id", "title", "source", "url", "published", "language", "kind", "text"):
        assert getattr(entry, name) == getattr(article, name)
    assert entry.sha256 == hashlib.sha256(article.text.encode()).hexdigest()


def test_ledger_names_the_origin_of_a_reprint(articles: Mapping[str, Document]) -> None:
    first = articles["03/dam-northern-wire"]
    reprint = replace(first, id="reprint", source="Radio Varrow")
    (entry,) = (e for e in told([first, reprint]).documents if e.id == "reprint")
    assert entry.origin == first.id


def test_stories_of_one_origin_come_after_the_others(articles: Mapping[str, Document]) -> None:
    briefing = told(list(articles.values()), Options(stories=30, words=5_000))
    is_single = [story.origins == 1 for story in briefing.stories]
    assert is_single == sorted(is_single)


def test_lead_is_the_first_claim_of_the_first_stories(articles: Mapping[str, Document]) -> None:
    briefing = told(list(articles.values()), Options(words=50_000))
    assert len(briefing.lead) == 3
    assert briefing.lead == tuple(story.claims[0] for story in briefing.stories[:3])


def test_one_story_has_no_lead(articles: Mapping[str, Document]) -> None:
    assert told(list(articles.values()), Options(one_story=True)).lead == ()


def test_story_without_a_usable_title_is_headed_by_its_first_claim() -> None:
    (story,) = told([document("The dam of Kessel broke on Tuesday.", language="en")]).stories
    assert story.headline == story.claims[0]


def test_opinion_does_not_head_a_story_that_has_a_report() -> None:
    opinion = document(
        "The plant at Tolmar will cost the state 240 million crowns.",
        title="We deserve to see the contract",
        kind="opinion",
        language="en",
        published="2026-03-03",
    )
    report = document(
        "Councillors in Tolmar voted on Wednesday to sell the refinery for the plant.",
        language="en",
        published="2026-03-04",
    )
    (story,) = told([opinion, report], Options(one_story=True)).stories
    assert [citation.document for citation in story.headline.citations] == [report.id]


def test_sentence_that_does_not_fit_takes_the_one_that_leans_on_it_along() -> None:
    # Sentences longer than the words of their stories leave the last too few for its first one.
    documents = [
        document(f"{name} {' '.join(f'{name}{i}' for i in range(70))}.", published="2026-03-04")
        for name in ("Kessel", "Tolmar", "Wrayford")
    ]
    ferry = (
        "The night ferry of the island left the harbour of Halvern with eighty people on board, "
        "twenty cars on its lower deck, a cargo of cheese for the market of the mainland and a "
        "strong wind from the west. It sank in four minutes."
    )
    documents.append(document(ferry, language="en"))
    briefing = pipeline.brief(documents, Options(words=180))
    printed = [claim.text for story in briefing.stories for claim in story.claims]
    assert "It sank in four minutes." not in printed


def test_story_none_of_whose_drafts_holds_is_not_printed() -> None:
    briefing = told([document("The dam of Kessel broke.", language="en")], engine=Nothing())
    assert (briefing.stories, briefing.in_brief) == ((), ())
    assert [withheld.text for withheld in briefing.withheld] == ["All 1 are wrong."]
    assert [entry.use for entry in briefing.documents] == ["background"]


def test_id_is_the_digest_of_the_rest_of_the_json(articles: Mapping[str, Document]) -> None:
    briefing = told(list(articles.values()))
    content = plain(briefing)
    assert isinstance(content, dict)
    rest = {key: value for key, value in content.items() if key not in {"id", "usage"}}
    compact = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert briefing.id == hashlib.sha256(compact.encode()).hexdigest()


def test_digest_leaves_usage_out_and_nothing_else(articles: Mapping[str, Document]) -> None:
    briefing = told([articles["03/dam-northern-wire"]])
    assert merge.digest(replace(briefing, usage=Usage(calls=3))) == briefing.id
    assert merge.digest(replace(briefing, title="Another")) != briefing.id


@pytest.mark.parametrize(
    ("dates", "asked", "day"),
    [
        ([None], None, None),
        (["2026-03-03", "2026-03-04T01:00:00+05:00", None], None, "2026-03-04"),
        (["2026-03-04"], "2026-03-01", "2026-03-01"),
        ([None], "2026-03-01", "2026-03-01"),
        (["20260304T010000"], None, "2026-03-04"),
        (["2026-W10-3"], None, "2026-03-04"),
    ],
)
def test_day_is_the_one_asked_for_or_the_newest_calendar_date(
    dates: list[str | None], asked: str | None, day: str | None
) -> None:
    documents = [document(f"Water {i} rose.", published=date) for i, date in enumerate(dates)]
    briefing = told(documents, Options(day=asked))
    assert briefing.day == day


def test_labels_are_in_the_language_of_most_documents_unless_asked_otherwise() -> None:
    documents = [document(f"Agua {i}.", language="es") for i in range(2)]
    documents.append(document("Water rose in the lower town of Kessel.", language="en"))
    assert told(documents).language == "es"
    assert told(documents, Options(language="fr")).language == "fr"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], "complete"),
        (["ok", "empty"], "complete"),
        (["ok", "missing"], "partial"),
        (["unreadable"], "partial"),
    ],
)
def test_briefing_with_a_source_that_failed_is_partial(statuses: list[str], expected: str) -> None:
    planned = plan.make([document("Water rose.")], Options(words=1, stories=1))
    sources = [Source(f"s{i}", None, status, 1) for i, status in enumerate(statuses)]
    briefing = merge.merge(planned, [], Options(), sources=sources)
    assert (briefing.status, briefing.sources) == (expected, tuple(sources))


def test_notes_of_loading_come_before_those_of_the_plan_and_of_what_was_cut() -> None:
    book = document("The dam of Kessel broke on Tuesday.\n" * 10_000, language="en", id="book")
    planned = plan.make([book, document("...")], Options(words=90, stories=1))
    written = [pipeline.write(story, Staff(engine=Everything())) for story in planned.stories]
    briefing = merge.merge(planned, written, Options(), notes=[Note("charset", "guessed")])
    assert [note.code for note in briefing.notes] == [
        "charset",
        "document_excluded",
        "evidence_capped",
    ]
    assert briefing.notes[-1].documents == ("book",)


def test_lead_takes_no_story_that_was_not_written_for_it() -> None:
    # The third story does not fit; the fourth was written with sentences that lean on its first.
    documents = [
        document(f"{name} {' '.join(f'{name}{i}' for i in range(70))}.", published="2026-03-04")
        for name in ("Kessel", "Tolmar", "Wrayford")
    ]
    ferry = "The night ferry of the island left the harbour of Halvern. It sank in four minutes."
    documents.append(document(ferry, language="en"))
    briefing = pipeline.brief(documents, Options(words=180))
    printed = {story.claims[0].id: len(story.claims) for story in briefing.stories}
    assert [printed[claim.id] for claim in briefing.lead] == [1] * len(briefing.lead)
