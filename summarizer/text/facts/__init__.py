"""Typed values in a sentence with their spans: what a check compares between two texts."""

from dataclasses import dataclass
from datetime import date

from summarizer.text.facts import dates, names, quantities, wording
from summarizer.text.facts.dates import DateMention
from summarizer.text.facts.names import Name
from summarizer.text.facts.quantities import Quantity
from summarizer.text.facts.tokens import Token, matches, tokens
from summarizer.text.facts.wording import Mention, Speaker


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in one text. Ranges of tokens are half-open, like spans."""

    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]  # without those that are part of a date
    dates: tuple[DateMention, ...]
    names: tuple[Name, ...]
    quotations: tuple[Mention, ...]
    negators: tuple[tuple[int, int], ...]  # ranges of tokens
    hedges: tuple[tuple[int, int], ...]  # ranges of tokens
    speakers: tuple[Speaker, ...]


def extract(text: str, language: str, published: date | None = None) -> Facts:
    """Find the typed values of a text.

    Args:
        text: usually one sentence; any text does.
        language: ISO 639 code; of an unknown one only numbers, ISO dates and quotations are found.
        published: what "yesterday" and weekdays are reckoned from.
    """
    found = tokens(text)
    words = [token.word for token in found]
    mentioned = dates.find(text, language, published)
    lists = wording.wording(language)
    negators = wording.negators(words, language)
    return Facts(
        tokens=found,
        quantities=tuple(
            quantity
            for quantity in quantities.find(text, language)
            if not any(d.start <= quantity.start and quantity.end <= d.end for d in mentioned)
        ),
        dates=mentioned,
        names=names.find(found, language),
        quotations=wording.quotations(text),
        negators=negators,
        hedges=tuple(
            (first, last)
            for first, last in matches(words, lists.hedges)
            if not any(a <= first and last <= b for a, b in negators)
        ),
        speakers=wording.speakers(found, language),
    )
