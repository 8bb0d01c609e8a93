"""The sentences that are changed: taken from documents, with what a change has to know of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.text import lexical
from summarizer.text.normalise import day
from summarizer.text.sentences import split
from summarizer.types import Document, Sentence

N_WORDS = range(6, 61)
_LIKE_PAGE_FURNITURE = re.compile(r"https?:|www\.|@|[|\\{}<>_*#]|\.\.\.|…")
_ENDS = (".", "!", "؟", "。", "！", "”", '"', "»", "」")
_BRACKETS = ("()", "«»", "「」", "（）", "《》")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence and where it stands."""

    text: str
    language: str
    document: str  # the whole text
    title: str = ""
    published: date | None = None
    after: str = ""  # the next sentence of its paragraph, "" at the end


def sources(documents: Sequence[Document]) -> Iterator[Source]:
    """Yield the sentences that are whole and plain; each once, in the order of the documents."""
    seen: set[str] = set()
    for document in documents:
        found = split(document.text, language=document.language, title=document.title)
        body = [sentence for sentence in found if sentence.kind == "body"]
        for sentence, after in zip(body, [*body[1:], None], strict=True):
            if sentence.text not in seen and is_plain(sentence.text):
                seen.add(sentence.text)
                yield Source(
                    sentence.text,
                    document.language,
                    document.text,
                    document.title,
                    day(document.published),
                    _next(sentence, after),
                )


def is_plain(text: str) -> bool:
    """Tell whether a sentence is whole and of a length that a briefing prints."""
    return (
        lexical.count_words(text) in N_WORDS
        and not _LIKE_PAGE_FURNITURE.search(text)
        and "\n" not in text
        and text.endswith(_ENDS)
        and not text[0].islower()
        and text.count('"') % 2 == 0
        and all(text.count(pair[0]) == text.count(pair[1]) for pair in _BRACKETS)
        and ("„" in text or text.count("“") == text.count("”"))
    )


def _next(sentence: Sentence, after: Sentence | None) -> str:
    is_near = after is not None and after.paragraph - sentence.paragraph in {0, 1}
    return after.text if after is not None and is_near and is_plain(after.text) else ""
