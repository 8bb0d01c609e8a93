"""A review as Markdown, HTML, JSON or plain text: each sentence, its verdict and its passages."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from summarizer.errors import InputError
from summarizer.render import FORMATS
from summarizer.render.counts import counted, ledger_line
from summarizer.render.labels import Direction, Labels, direction, labels
from summarizer.render.passages import CitedDocument, cited_documents
from summarizer.render.safety import one_line, printable
from summarizer.types import Claim, Review, Verdict

MARKS: Mapping[Verdict, str] = {
    "verbatim": "=",
    "supported": "≈",
    "contradicted": "≠",
    "unsupported": "?",
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One sentence of the text and what it was compared with."""

    number: int
    anchor: str
    claim: Claim
    text: str  # without line breaks
    mark: str
    word: str  # the verdict
    reason: str  # why; may be empty where it passed
    cited: tuple[CitedDocument, ...]  # with the passages of this sentence alone, best first


@dataclass(frozen=True, slots=True)
class ReviewOutline:
    """All that a format needs, in the order in which it is printed."""

    labels: Labels
    language: str
    direction: Direction
    n_sentences: str  # in words
    tally: tuple[tuple[str, Reviewed], ...]  # each verdict counted, and where it comes first
    sentences: tuple[Reviewed, ...]
    documents: tuple[CitedDocument, ...]
    ledger: str


def render(
    review: Review,
    format: str,  # noqa: A002 - the option's name everywhere
    *,
    include_text: bool = False,
) -> str:
    """Render a review in one of `FORMATS`; the result ends in a newline.

    Args:
        review: What to print.
        format: One of `FORMATS`.
        include_text: Put the documents' texts into the JSON; the other formats do not read it.

    Raises:
        InputError: The format is not one of `FORMATS`.
    """
    if format == "json":
        from summarizer.render import json

        return json.render(review, include_text=include_text)
    if format == "html":
        from summarizer.render import html

        return html.page("review", page=outline(review))
    if format == "md":
        return _markdown(outline(review))
    if format == "text":
        return _text(outline(review))
    raise InputError(f"Unknown format {format!r}: choose one of {', '.join(FORMATS)}.")


def outline(review: Review) -> ReviewOutline:
    """Arrange a review for printing; documents are numbered as they are first cited."""
    words = labels(review.language)
    entries = {entry.id: entry for entry in review.documents}
    places = [(f"c-{i}", claim.citations) for i, claim in enumerate(review.claims, start=1)]
    documents = cited_documents(places, entries)
    numbers = {document.entry.id: document.number for document in documents}
    sentences = tuple(
        Reviewed(
            number=i,
            anchor=place[0],
            claim=claim,
            text=one_line(claim.text),
            mark=MARKS[claim.verdict],
            word=words.verdicts[claim.verdict],
            reason=_reason(claim, words),
            cited=tuple(
                replace(document, number=numbers[document.entry.id])
                for document in cited_documents([place], entries)
            ),
        )
        for i, (place, claim) in enumerate(zip(places, review.claims, strict=True), start=1)
    )
    return ReviewOutline(
        labels=words,
        language=review.language,
        direction=direction(review.language),
        n_sentences=counted("sentences", len(sentences), words.language),
        tally=tuple(_tally(sentences, words.language)),
        sentences=sentences,
        documents=documents,
        ledger=ledger_line(review.documents, 0, words.language),
    )


def _tally(sentences: Sequence[Reviewed], language: str) -> Iterator[tuple[str, Reviewed]]:
    """Count the sentences of each verdict, beside the first of them."""
    n_of = Counter(sentence.claim.verdict for sentence in sentences)
    for verdict in get_args(Verdict):
        first = next((s for s in sentences if s.claim.verdict == verdict), None)
        if first:
            yield counted(verdict, n_of[verdict], language), first


def _reason(claim: Claim, words: Labels) -> str:
    """Say why a sentence got its verdict, at least of those that did not pass."""
    if claim.reason:
        return one_line(claim.reason)
    if not claim.citations:
        return words.no_passage
    return "" if claim.verdict == "supported" else words.meanings.get(claim.verdict, "")


def _counts(page: ReviewOutline) -> str:
    marks = page.labels.punctuation
    tally = marks["comma"].join(words for words, _ in page.tally)
    return marks["colon"].join(filter(None, (page.n_sentences, tally)))


def _text(page: ReviewOutline) -> str:
    from summarizer.render.text import heading, sources, wrap

    words = page.labels
    blocks = [heading(words.review, "="), wrap(_counts(page))]
    for sentence in page.sentences:
        number = f"{sentence.number}. "
        indent = " " * len(number)
        lines = [f"{number}{sentence.mark} {sentence.word}"]
        lines.append(wrap(sentence.text, first=indent, other=indent))
        if sentence.reason:
            lines.append(wrap(f"-> {sentence.reason}", first=indent, other=f"{indent}   "))
        quoted = f"{indent}| "
        for document, quote, where in _passages(sentence, words):
            lines.append(wrap(words.quoted(quote), first=quoted, other=quoted))
            lines.append(wrap(f"[{document.number}] {where}", first=quoted, other=quoted))
        blocks.append("\n".join(lines))
    blocks += [*sources(page.documents, words), wrap(words.caveat), wrap(page.ledger)]
    return printable("\n\n".join(blocks) + "\n")


def _markdown(page: ReviewOutline) -> str:
    from summarizer.render.markdown import escape, reference, sources

    words = page.labels
    blocks = [f"# {words.review}", _counts(page)]
    for sentence in page.sentences:
        number = f"{sentence.number}. "
        indent = " " * len(number)
        reason = f" ({escape(sentence.reason)})" if sentence.reason else ""
        verdict = f"**{sentence.mark} {sentence.word}**{reason}"
        blocks.append(f"{number}{escape(sentence.text)}  \n{indent}{verdict}")
        for document, quote, where in _passages(sentence, words):
            place = f"{reference(document)} {escape(where)}"
            quoted = escape(words.quoted(quote))
            blocks.append(f"{indent}> {quoted}  \n{indent}> {place}")
    blocks += [*sources(page.documents, words), f"_{escape(words.caveat)}_", "---", page.ledger]
    return printable("\n\n".join(blocks) + "\n")


def _passages(sentence: Reviewed, words: Labels) -> Iterator[tuple[CitedDocument, str, str]]:
    """Yield each passage of a sentence on one line, with its document and its place there."""
    for document in sentence.cited:
        name = one_line(document.entry.title) or document.outlet
        for passage in document.passages:
            page = "" if passage.page is None else words.page.format(n=passage.page)
            span = f"{words.characters} {passage.start}-{passage.end}"
            where = ", ".join(filter(None, (name, page, span)))
            yield document, one_line(passage.quote), where
