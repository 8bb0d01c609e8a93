"""The words by which each language tells magnitudes, votes, scores, sums, days and offices.

One TOML file a language; entries end at a comma or at the end of a line, "*" stands for the rest
of a word. A language lacks the classes whose words are not sure. The words are matched by whoever
asks: nothing here reads a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from summarizer.text.lexicon import tables
from summarizer.text.lexicon.tables import Words

LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")

Named = Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class ParticularWords:
    """Word classes of one language that stand around a particular."""

    magnitude_before: Words = ()  # right before the number: "a magnitude of 6.1"
    magnitude_after: Words = ()  # right after it: "6.1 on the Richter scale"
    quakes: Words = ()  # a sentence without one of these tells no magnitude
    aftershocks: Words = ()  # another quake, or a magnitude that was corrected
    votes: Words = ()
    voted: Words = ()  # before the numbers
    against: Words = ()  # between the two numbers of a vote
    bodies: Words = ()  # that vote
    wins: Words = ()  # between winner and loser, the score after both
    won: Words = ()  # between the score and the loser: "3-1 win over"
    purpose_links: Words = ()  # between a purpose and its sum, or a sum and its purpose
    conditional: Words = ()  # before a sum that nobody has paid or promised yet
    per: Words = ()  # after a sum that each pays, or that is paid each year
    day_links: Words = ()  # between an event and its day
    former: Words = ()  # before an office that somebody else holds
    of: Words = ()  # between an office and its place
    purposes: Named = field(default_factory=dict)  # what money is for
    charges: Named = field(default_factory=dict)  # verbs: "fined the firm $5 million"
    events: Named = field(default_factory=dict)  # what happened, on a day
    roles: Named = field(default_factory=dict)  # offices that one person holds at a time


def particular_words(language: str) -> ParticularWords | None:
    """Return the words of `language`, an ISO 639 code; None for a language not listed."""
    return _load(language) if language in LANGUAGES else None


@cache
def _load(language: str) -> ParticularWords:
    return ParticularWords(**tables.read(__name__, language))
