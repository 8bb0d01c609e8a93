"""The sentences of a story that drafts may be written from.

Reprints are read too, for the paragraphs that only they kept, but speak for their origin. Of a
large story only the beginning of each document is read, which the briefing declares.
"""

import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.limits import MAX_STORY_CHARS
from summarizer.models.engine import Evidence
from summarizer.text import dateline, lexical, orders, prose
from summarizer.text.normalise import day
from summarizer.text.sentences import split
from summarizer.types import Document, Sentence

UNKNOWN = "und"
MAX_JOINED = 3  # sentences that a quotation runs across
MIN_DOCUMENT_CHARS = 6_000  # of each document of a large story; fewer documents may use more


@dataclass(frozen=True, slots=True)
class Gathered:
    """Evidence of one story; `cut` names the documents of which only the beginning was read."""

    evidence: tuple[Evidence, ...]
    cut: tuple[str, ...]


def gather(documents: Sequence[Document], origin: Mapping[str, str]) -> Gathered:
    """Split a story's documents into evidence.

    Args:
        documents: of one story, in publication order.
        origin: id of the document that stands for each document's origin.

    Returns:
        Titles and body sentences of the documents in the story's main language, reprints last.
        A sentence that its origin already has is left out; one that cannot stand in a briefing
        is kept as not usable, because what it mentions still shows what matters.
    """
    language = main_language(documents)
    readable = [d for d in documents if d.language in (language, UNKNOWN)]
    readable.sort(key=lambda d: origin[d.id] != d.id)
    share = max(MIN_DOCUMENT_CHARS, MAX_STORY_CHARS // len(readable))
    newest = max((when for d in readable if (when := day(d.published)) is not None), default=None)
    evidence: list[Evidence] = []
    cut: list[str] = []
    n_left = MAX_STORY_CHARS
    for i, document in enumerate(readable):
        n_chars = min(share, n_left)
        n_left -= min(n_chars, len(document.text))
        if len(document.text) > n_chars:
            cut.append(document.id)
        published = day(document.published)
        age_days = (newest - published).days if newest and published else 0
        text = document.text[:n_chars]
        evidence += _sentences(document, text, _alias(i), origin[document.id], language, age_days)
    evidence = list(_without_repeats(evidence))
    if not any(e.usable and not e.leans and e.kind == "body" for e in evidence):
        evidence = [replace(e, usable=e.usable or _is_told(e), leans=False) for e in evidence]
    return Gathered(tuple(evidence), tuple(cut))


def _is_told(sentence: Evidence) -> bool:
    """Tell a sentence of the body from what only gives orders to its reader, or to a program."""
    return sentence.kind == "body" and not orders.is_order(sentence.text)


def _sentences(
    document: Document, text: str, alias: str, origin: str, language: str, age_days: int
) -> Iterator[Evidence]:
    position = 0
    has_opened = False  # a byline, a date or a caption may stand above
    found = split(text, language=language, title=document.title)
    for number, sentence in enumerate(_whole_quotations(found, text)):
        if sentence.kind == "heading":
            continue
        is_title = sentence.kind == "title"
        start = sentence.start
        if not is_title and not has_opened:
            start += dateline.end(sentence.text)
        quote = text[start : sentence.end]
        usable = (
            document.kind != "opinion" and prose.is_headline(quote)
            if is_title
            else prose.is_prose(quote, language)
        )
        yield Evidence(
            alias=f"{alias}{number}",
            document=document.id,
            start=start,
            end=sentence.end,
            text=quote,
            words=tuple(lexical.words(quote)),
            position=position,
            origin=origin,
            kind=sentence.kind,
            language=language,
            usable=usable,
            leans=not is_title and prose.is_dangling(quote, language),
            age_days=age_days,
            source=document.source,
            published=document.published,
        )
        has_opened = has_opened or (usable and not is_title)
        position += not is_title and (has_opened or lexical.count_words(quote) >= prose.MIN_WORDS)


def _whole_quotations(sentences: Sequence[Sentence], text: str) -> Iterator[Sentence]:
    """Join the few sentences of one paragraph that a quotation or bracket runs across."""
    held: list[Sentence] = []
    for sentence in sentences:
        if held and (sentence.paragraph != held[0].paragraph or len(held) == MAX_JOINED):
            yield from held
            held = []
        held.append(sentence)
        start, end = held[0].start, sentence.end
        if prose.is_balanced(text[start:end]):
            is_whole = len(held) == 1
            yield sentence if is_whole else replace(held[0], end=end, text=text[start:end])
            held = []
    yield from held


def _without_repeats(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Let only the first of equal sentences be written; others may still speak for their origin."""
    seen: set[tuple[str, ...]] = set()
    spoken: set[tuple[str, tuple[str, ...]]] = set()
    for sentence in evidence:
        by_origin = (sentence.origin, sentence.words)
        if by_origin in spoken:
            continue
        spoken.add(by_origin)
        yield replace(sentence, usable=False) if sentence.words in seen else sentence
        seen.add(sentence.words)


def main_language(documents: Sequence[Document]) -> str:
    """Return the language that most words are in; the earlier one at a tie."""
    languages = {document.language for document in documents}
    if len(languages) == 1:
        return languages.pop()
    n_words: Counter[str] = Counter()
    for document in documents:
        n_words[document.language] += lexical.count_words(document.text)
    known = [language for language, _ in n_words.most_common() if language != UNKNOWN]
    return known[0] if known else UNKNOWN


def _alias(i: int) -> str:
    """Name the i-th document as a spreadsheet names its columns: A to Z, AA, AB, ..."""
    name = ""
    i += 1
    while i:
        i, letter = divmod(i - 1, len(string.ascii_uppercase))
        name = string.ascii_uppercase[letter] + name
    return name
