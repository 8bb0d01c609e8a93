"""What earlier briefings quoted and the source has since changed or taken back.

A document of today is a later version of an earlier one when it has its address or, where both
have none, its day of publication, its title and its id or outlet; and when it is of the same kind
and still reads as the same article. What its site has removed is taken back as a whole.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from summarizer.briefing.previous import KnownDocument, Previous, PrintedClaim
from summarizer.text import lexical
from summarizer.text.normalise import day
from summarizer.text.sentences import split
from summarizer.types import Citation, Correction, Document, Sentence

MIN_SUCCESSOR = 0.4  # cosine of a sentence with the one whose place it took
MIN_TITLE = 0.5  # cosine of the titles of one article
MAX_QUOTES = 200  # of one document in one briefing
MIN_LEFT = 0.5  # of the place of a lost quote: a shorter text may only break off before it


@dataclass(frozen=True, slots=True)
class _Version:
    """A document of today that was another text when an earlier briefing quoted it."""

    document: Document
    words: str  # of its text, for finding quotes whatever their typography
    sentences: tuple[Sentence, ...]
    terms: tuple[frozenset[str], ...]  # of each sentence


def find(
    previous: Iterable[Previous],
    documents: Iterable[Document],
    *,
    vanished: Collection[str] = (),
) -> tuple[Correction, ...]:
    """List what the sources of earlier briefings have changed since.

    Args:
        previous: newest first; a quote that several of them printed is told of the newest.
        documents: of today.
        vanished: addresses of articles that their sites have removed.

    Returns:
        In the order printed, the newest briefing first. What one of them has corrected already
        is left out.
    """
    briefings = tuple(previous)
    told = {pair for briefing in briefings for pair in briefing.corrected}
    today = tuple(documents) if briefings else ()
    candidates = _by_name(today)
    gone = frozenset(vanished) - {document.url for document in today}
    versions: dict[str, _Version] = {}
    found: list[Correction] = []
    for briefing in briefings:
        for name, quoted in _quoted(briefing).items():
            record = briefing.documents[name]
            listed: Iterable[Correction] = ()
            if record.url in gone:
                listed = (_correction(briefing, claim, citation) for claim, citation in quoted)
            elif document := _later(record, candidates):
                if document.id not in versions:
                    versions[document.id] = _version(document)
                listed = _of_document(briefing, record, quoted, versions[document.id])
            for correction in listed:
                if (correction.document, correction.was) not in told:
                    told.add((correction.document, correction.was))
                    found.append(correction)
    return tuple(found)


def _correction(
    briefing: Previous, claim: PrintedClaim, citation: Citation, now: Citation | None = None
) -> Correction:
    """Return the correction of a quote in the place of which `now` stands, or nothing."""
    return Correction(
        briefing=briefing.id,
        claim=claim.id,
        document=citation.document,
        was=citation.quote,
        now=now.quote if now else None,
        citation=now,
    )


def _quoted(briefing: Previous) -> dict[str, list[tuple[PrintedClaim, Citation]]]:
    """Return what was quoted of each document, in the order printed."""
    quoted: dict[str, list[tuple[PrintedClaim, Citation]]] = defaultdict(list)
    for story in briefing.stories:
        for claim in story.printed:
            for citation in claim.citations:
                if len(quoted[citation.document]) < MAX_QUOTES:
                    quoted[citation.document].append((claim, citation))
    return quoted


def _names(document: KnownDocument) -> Iterator[tuple[str, ...]]:
    """Yield what a document can be known by on another day, the surest first."""
    if document.url is not None:
        yield "url", document.url
    elif document.title and document.published is not None:
        article = (document.published.isoformat(), document.title)
        yield "id", document.id, *article
        if document.source:
            yield "source", document.source, *article


def _known(document: Document) -> KnownDocument:
    return KnownDocument(
        id=document.id,
        title=document.title,
        source=document.source,
        url=document.url,
        published=day(document.published),
        language=document.language,
        kind=document.kind,
        sha256="",
    )


def _digest(document: Document) -> str:
    return sha256(document.text.encode()).hexdigest()


def _by_name(documents: Iterable[Document]) -> dict[tuple[str, ...], Document]:
    """Return the documents by their names; a name that several have names none of them."""
    holders: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in documents:
        for name in _names(_known(document)):
            holders[name].append(document)
    return {name: held[0] for name, held in holders.items() if len(held) == 1}


def _later(
    record: KnownDocument, candidates: Mapping[tuple[str, ...], Document]
) -> Document | None:
    """Return today's version of an earlier document, if its text has changed.

    What a feed says of an article and the article itself are no versions of each other.
    """
    names = (name for name in _names(record) if name in candidates)
    document = next((candidates[name] for name in names), None)
    if document is None or document.kind != record.kind or _digest(document) == record.sha256:
        return None
    return document


def _version(document: Document) -> _Version:
    sentences = tuple(split(document.text, language=document.language, title=document.title))
    return _Version(
        document,
        _words(document.text),
        sentences,
        tuple(_terms(sentence.text, document.language) for sentence in sentences),
    )


def _of_document(
    briefing: Previous,
    record: KnownDocument,
    quoted: Sequence[tuple[PrintedClaim, Citation]],
    version: _Version,
) -> Iterator[Correction]:
    """Yield the corrections of one document; none when another article has taken its place."""
    standing = {_words(c.quote) for _, c in quoted if _words(c.quote) in version.words}
    lost = [(claim, c) for claim, c in quoted if _words(c.quote) not in standing]
    now = [_successor(citation, version, standing) for _, citation in lost]
    title = _cosine(
        _terms(record.title, record.language),
        _terms(version.document.title, version.document.language),
    )
    if not standing and not any(now) and (record.url is None or title < MIN_TITLE):
        return
    for (claim, citation), successor in zip(lost, now, strict=True):
        if successor is None and len(version.document.text) < MIN_LEFT * citation.end:
            continue
        yield _correction(briefing, claim, citation, successor)


def _successor(citation: Citation, version: _Version, standing: Iterable[str]) -> Citation | None:
    """Return the sentence that stands in the place of a lost one; of equals the nearest to it."""
    wanted = _terms(citation.quote, version.document.language)
    kept = set(standing)
    likely = [
        (-_cosine(wanted, terms), abs(sentence.start - citation.start), sentence)
        for sentence, terms in zip(version.sentences, version.terms, strict=True)
        if _words(sentence.text) not in kept
    ]
    best = min(likely, key=lambda item: item[:2], default=None)
    if best is None or -best[0] < MIN_SUCCESSOR:
        return None
    sentence = best[2]
    return Citation(version.document.id, sentence.start, sentence.end, sentence.text)


def _words(text: str) -> str:
    """Return a text without its typography, so that a quote is found at whole words only."""
    return f" {' '.join(lexical.words(text))} "


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(lexical.content_stems(lexical.words(text), language))


def _cosine(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0
