"""Which drafts can become claims at all, and what they can rest on.

A model may be told by a document what to write. Its order supports nothing, and what is no sentence
that tells something is no claim, whatever it cites.
"""

from collections.abc import Sequence

from summarizer.models.engine import Draft, Evidence
from summarizer.text import orders, prose

NO_HEADLINE = "it is no title that can head a story"
NO_SENTENCE = "it is no sentence that tells something"
ORDERED = "what it cites tells its reader what to do, which supports nothing"


def unfit(draft: Draft, language: str) -> str | None:
    """Return why a draft in a language cannot become a claim; None where it may."""
    if draft.is_headline:
        return None if prose.is_headline(draft.text) else NO_HEADLINE
    return None if prose.is_told(draft.text, language) else NO_SENTENCE


def telling(cited: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Leave out what tells its reader, or a program that reads it, what to do."""
    return tuple(sentence for sentence in cited if not orders.is_order(sentence.text))
