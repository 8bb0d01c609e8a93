"""Check a text written elsewhere: each of its sentences gets its nearest spans and a verdict."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer.briefing import cite, ledger, nearest, plan, verify
from summarizer.briefing.options import Options
from summarizer.errors import InputError, LimitError
from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.text import language as languages
from summarizer.text import lexical
from summarizer.text.normalise import clean, day
from summarizer.text.sentences import split
from summarizer.types import Citation, Claim, Document, Review, Sentence

SOUND = frozenset({"verbatim", "supported"})
MIN_HEADING_WORDS = 3
FOREIGN = "the nearest passages are in another language and cannot be compared with it"

# What writers put into a sentence beside its words: emphasis, and marks that point to sources.
_MARKS = re.compile(r"\*\*|\s?(?:\[\d{1,3}(?:[ ,\u2013-]{1,3}\d{1,3}){0,20}\]|【[^【】]{1,60}】)")


def review(text: str, documents: Iterable[Document], *, language: str | None = None) -> Review:
    """Check each sentence of a text against its nearest spans in the documents.

    Headings that say nothing ("Summary", "Key points:") are left out.

    Args:
        text: somebody's summary of the documents.
        documents: in any order; the order makes no difference to the result.
        language: ISO 639 code of the text; detected when None.

    Raises:
        InputError: the text has no sentence, or the language is no code.
        LimitError: the text is longer than a document may be.
        NoUsableSourceError: no document has text that it could be compared with.
    """
    options = Options(one_story=True, language=language)
    text = clean(text)
    if len(text) > MAX_DOCUMENT_CHARS:
        raise LimitError(
            f"the text to check is longer than {MAX_DOCUMENT_CHARS:,} characters: "
            "check it in several parts"
        )
    spoken = options.language or languages.detect(text)
    sentences = [s.text for s in split(text, language=spoken) if _is_checked(s)]
    if not sentences:
        raise InputError("the text to check has no sentence: give at least one")
    planned = plan.make(documents, options)
    usable = [d for d in planned.documents if d.id not in planned.excluded]
    located = cite.locate([_bare(sentence) for sentence in sentences], usable, spoken)
    by_id = {document.id: document for document in usable}
    origins = _Origins(planned.origin, Counter(planned.origin.values()))
    claims = tuple(
        _claim(sentence, _judged(sentence, found, by_id, spoken), found, origins)
        for sentence, found in zip(sentences, located, strict=True)
    )
    cited = {citation.document for claim in claims for citation in claim.citations}
    return Review(language=spoken, claims=claims, documents=ledger.account(planned, cited=cited))


def _is_checked(sentence: Sentence) -> bool:
    text = sentence.text
    if not any(map(str.isalnum, text)):
        return False
    is_short = text.endswith((":", "\uff1a")) or lexical.count_words(text) < MIN_HEADING_WORDS
    return sentence.kind != "heading" or not is_short or any(map(str.isdigit, text))


def _bare(sentence: str) -> str:
    return _MARKS.sub("", sentence)


@dataclass(frozen=True, slots=True)
class _Origins:
    of: Mapping[str, str]  # by document
    n_articles: Mapping[str, int]  # by origin, reprints included


def _judged(
    sentence: str, located: cite.Located, documents: Mapping[str, Document], language: str
) -> verify.Judgement:
    judged = verify.judge(_bare(sentence), [_cited(c, documents) for c in located.citations])
    cited = (documents[citation.document] for citation in located.citations)
    is_foreign = all(nearest.is_foreign(document, language) for document in cited)
    if is_foreign and judged.verdict != "verbatim":
        return verify.Judgement("unsupported", FOREIGN)
    return judged


def _claim(
    sentence: str, judged: verify.Judgement, located: cite.Located, origins: _Origins
) -> Claim:
    citations = located.citations
    if judged.verdict == "verbatim":  # the sentence itself stands there
        citations = citations[:1]
    carriers = located.carriers if judged.verdict in SOUND else ()
    carried_by = {origins.of[document] for document in carriers}
    return Claim(
        id=cite.claim_id(sentence, citations),
        text=sentence,
        verdict=judged.verdict,
        reason=judged.reason,
        origins=len(carried_by),
        articles=sum(origins.n_articles[origin] for origin in carried_by),
        citations=citations,
    )


def _cited(citation: Citation, documents: Mapping[str, Document]) -> verify.Cited:
    document = documents[citation.document]
    return verify.Cited(citation.quote, document.language, day(document.published), document.title)
