"""The words by which each language counts people: killed, injured, missing, arrested and so on.

One TOML file a language; entries end at a comma or at the end of a line, "*" stands for the rest
of a word and "..." for a few words between. The words are matched by whoever asks: nothing here
reads a text.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")
NAMES: tuple[str, ...] = ("killed", "injured", "missing", "arrested", "rescued", "evacuated")

Entries = tuple[str, ...]

_ENTRY_END = re.compile(r"[,\n]")


@dataclass(frozen=True, slots=True)
class Cues:
    """What names one slot, by where its number stands."""

    after: Entries = ()  # the number: "14 people were killed"
    before: Entries = ()  # right before it: "killed 14 people"
    totals: Entries = ()  # "the death toll rose to 14"


@dataclass(frozen=True, slots=True)
class SlotWords:
    """Word classes of one language that stand around a counted number of people."""

    slots: Mapping[str, Cues]
    people: Entries = ()  # anybody: they tell nothing of who is counted
    parts: Entries = ()  # some of those concerned: police, children, the seriously injured
    qualifiers: Entries = ()  # between a verb and its number: "killed at least 14"
    links: Entries = ()  # between who is counted and what became of them
    auxiliaries: Entries = ()  # those links after which a participle is passive
    stops: Entries = ()  # end the phrase that a number begins
    units: Entries = ()  # after a number that counts no people
    around: Entries = ()  # open a phrase of place between the number and the verb
    aside: Entries = ()  # open an aside: ", including three children,"
    lists: Entries = ()  # join two slots that share one number: "killed or injured"
    articles: Entries = ()  # begin an object: "14 militants killed a soldier"
    increments_before: Entries = ()  # make the number a part of another one: "another 14"
    increments_after: Entries = ()  # "14 more", "14 of them"
    beside: Entries = ()  # "another 14", "14 others": beside those told of before
    doubt: Entries = ()  # what is said did not happen, or not for sure
    older: Entries = ()  # it happened in another event than the one reported
    periods: Entries = ()  # the number counts what happened over a time
    places: Entries = ()  # prepositions before a place
    to: Entries = ()  # between a total and its number


def slot_words(language: str) -> SlotWords | None:
    """Return the words of `language`, an ISO 639 code; None for a language not listed."""
    return _load(language) if language in LANGUAGES else None


@cache
def _load(language: str) -> SlotWords:
    file = resources.files(__name__).joinpath(f"{language}.toml")
    classes = tomllib.loads(file.read_text(encoding="utf-8"))
    slots = {
        name: Cues(**{place: _entries(text) for place, text in classes[name].items()})
        for name in NAMES
    }
    names = {field.name for field in fields(SlotWords)} - {"slots"}
    return SlotWords(slots, **{name: _entries(classes[name]) for name in names})


def _entries(text: str) -> Entries:
    return tuple(dict.fromkeys(filter(None, map(str.strip, _ENTRY_END.split(text)))))
