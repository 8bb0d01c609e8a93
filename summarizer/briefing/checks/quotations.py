"""Whether a sentence quotes its cited text word for word, and names only its addresses."""

import re
from collections.abc import Iterator, Sequence

from summarizer.briefing.checks.flags import Flag, quoted
from summarizer.briefing.checks.reading import Reading, Source
from summarizer.text.facts.tokens import tokens

_LEFT_OUT = re.compile(r"\.\.\.|\u2026|[\[(][^\])]*[\])]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_AFTER_ADDRESS = ".,;:!?)\"'\u201d\u2019"
_NOT = "n't"


def check(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag each quotation that no cited text has, at word boundaries."""
    texts = [f" {' '.join(_spoken(reading.words))} " for reading in source.readings]
    for mention in claim.facts.quotations:
        written = claim.text[mention.start : mention.end]
        for part in _LEFT_OUT.split(written):
            wanted = " ".join(_spoken([token.word for token in tokens(part)]))
            if wanted and not any(f" {wanted} " in text for text in texts):
                yield Flag("quotation", f"the cited text does not say {quoted(written)}")
                break


def addresses(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag each web or mail address that the cited text does not have."""
    for match in _ADDRESS.finditer(claim.text):
        address = match[0].rstrip(_AFTER_ADDRESS)
        if not any(address in reading.text for reading in source.readings):
            yield Flag("address", f"{address} does not occur in the cited text")


def _spoken(words: Sequence[str]) -> Iterator[str]:
    """Yield the words without marks, "don't" as "do not"."""
    for word in words:
        if word.endswith(_NOT):
            yield from (word.removesuffix(_NOT), "not")
        elif word[0].isalnum() or len(word) > 1:
            yield word
