"""A sentence with one wrong thing in it is printed nowhere, whatever engine writes it."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

import pytest

from benchmarks.mutate.classes import MUTATIONS
from benchmarks.mutate.source import Source, is_plain
from benchmarks.mutate.words import words
from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.briefing.staff import Staff
from summarizer.models.engine import Draft, Evidence, WriteRequest
from summarizer.render import FORMATS, render
from summarizer.text.normalise import day
from summarizer.types import Briefing, Document

CLASSES = (
    *("number", "date", "weekday", "name within document", "name from outside"),
    *("negation added", "negation dropped"),
)
N_EACH = 2  # of one class and sentence
N_DRAFTS = 1_000
EVERYTHING = Options(words=100_000, stories=100)
UNPRINTED = frozenset({"withheld", "reason"})  # fields of the JSON that say what was not printed


class Mutating:
    """An engine whose sentences all say something wrong, also when it is asked to correct them."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []

    def write(self, request: WriteRequest) -> list[Draft]:
        if request.failed:
            return [one.draft for one in request.failed]
        drafts = [*chain.from_iterable(mutated(e, request.evidence) for e in request.evidence)]
        self.drafts += drafts
        return drafts


def mutated(sentence: Evidence, evidence: Sequence[Evidence]) -> Iterator[Draft]:
    """Yield drafts that cite a sentence and say it with one change."""
    if not is_plain(sentence.text):
        return
    told = "\n".join(e.text for e in evidence if e.document == sentence.document)
    source = Source(sentence.text, "en", told, published=day(sentence.published))
    for name in CLASSES:
        for text in islice(MUTATIONS[name](source, words("en")), N_EACH):
            yield Draft(text, (sentence.alias,), is_headline=sentence.kind == "title")


def printed(briefing: Briefing, format_: str) -> str:
    """Return the words that a reader sees, on one line."""
    text = render(briefing, format_)
    if format_ == "json":
        text = " ".join(strings(json.loads(text)))
    elif format_ == "html":
        text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    elif format_ == "md":
        text = re.sub(r"\\(.)", r"\1", text)
    return " ".join(text.split())


def strings(value: object) -> Iterator[str]:
    """Yield every text of a JSON value but those that say what was not printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in UNPRINTED:
                yield from strings(item)
    elif isinstance(value, list):
        yield from chain.from_iterable(map(strings, value))


@pytest.fixture(scope="module")
def engine() -> Mutating:
    return Mutating()


@pytest.fixture(scope="module")
def reports(articles: Mapping[str, Document]) -> list[Document]:
    return [document for document in articles.values() if document.language == "en"]


@pytest.fixture(scope="module")
def briefing(engine: Mutating, reports: Sequence[Document]) -> Briefing:
    return brief(reports, EVERYTHING, staff=Staff(engine=engine))


@pytest.fixture(scope="module")
def wrong(engine: Mutating, briefing: Briefing, reports: Sequence[Document]) -> list[str]:
    """Return what was drafted and no source says; the briefing has been made by then."""
    assert briefing.stories
    said = " ".join(" ".join(document.text.split()) for document in reports)
    drafted = (" ".join(draft.text.split()) for draft in engine.drafts)
    return [text for text in dict.fromkeys(drafted) if text not in said]


def test_a_thousand_wrong_sentences_are_drafted(wrong: list[str]) -> None:
    assert len(wrong) >= N_DRAFTS


@pytest.mark.parametrize("format_", FORMATS)
def test_no_wrong_sentence_is_printed(format_: str, briefing: Briefing, wrong: list[str]) -> None:
    text = printed(briefing, format_)
    assert [sentence for sentence in wrong if sentence in text] == []


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_printed_would_be_found(format_: str, briefing: Briefing) -> None:
    text = printed(briefing, format_)
    claims = [claim for story in briefing.stories for claim in story.claims]
    assert claims
    assert [c.text for c in claims if " ".join(c.text.split()) not in text] == []


def test_each_wrong_sentence_is_on_record(briefing: Briefing, engine: Mutating) -> None:
    claims = [line.claim for line in briefing.in_brief]
    claims += [claim for story in briefing.stories for claim in (story.headline, *story.claims)]
    on_record = "\n".join([claim.reason or "" for claim in claims])
    on_record += "\n".join(draft.text for draft in briefing.withheld)
    assert [draft.text for draft in engine.drafts if draft.text not in on_record] == []
