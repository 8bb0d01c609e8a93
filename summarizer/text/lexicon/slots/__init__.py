"""The words by which each language counts people: killed, injured, missing, arrested and so on.

One TOML file a language; entries end at a comma or at the end of a line, "*" stands for the rest
of a word and "..." for a few words between. The words are matched by whoever asks: nothing here
reads a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.text.lexicon import tables
from summarizer.text.lexicon.tables import Words

LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")
NAMES: tuple[str, ...] = ("killed", "injured", "missing", "arrested", "rescued", "evacuated")


@dataclass(frozen=True, slots=True)
class Cues:
    """What names one slot, by where its number stands."""

    after: Words = ()  # the number: "14 people were killed"
    before: Words = ()  # right before it: "killed 14 people"
    totals: Words = ()  # "the death toll rose to 14"


@dataclass(frozen=True, slots=True)
class SlotWords:
    """Word classes of one language that stand around a counted number of people."""

    slots: Mapping[str, Cues]
    people: Words = ()  # anybody: they tell nothing of who is counted
    parts: Words = ()  # some of those concerned: police, children, the seriously injured
    qualifiers: Words = ()  # between a verb and its number: "killed at least 14"
    links: Words = ()  # between who is counted and what became of them
    auxiliaries: Words = ()  # those links after which a participle is passive
    stops: Words = ()  # end the phrase that a number begins
    units: Words = ()  # after a number that counts no people
    around: Words = ()  # open a phrase of place between the number and the verb
    aside: Words = ()  # open an aside: ", including three children,"
    lists: Words = ()  # join two slots that share one number: "killed or injured"
    articles: Words = ()  # begin an object: "14 militants killed a soldier"
    increments_before: Words = ()  # make the number a part of another one: "another 14"
    increments_after: Words = ()  # "14 more", "14 of them"
    beside: Words = ()  # "another 14", "14 others": beside those told of before
    doubt: Words = ()  # what is said did not happen, or not for sure
    older: Words = ()  # it happened in another event than the one reported
    periods: Words = ()  # the number counts what happened over a time
    places: Words = ()  # prepositions before a place
    to: Words = ()  # between a total and its number


def slot_words(language: str) -> SlotWords | None:
    """Return the words of `language`, an ISO 639 code; None for a language not listed."""
    return _load(language) if language in LANGUAGES else None


@cache
def _load(language: str) -> SlotWords:
    classes = tables.read(__name__, language)
    slots = {name: Cues(**classes.pop(name)) for name in NAMES}
    return SlotWords(slots, **classes)
