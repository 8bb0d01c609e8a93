"""The words by which each language tells magnitudes, votes, scores, sums, days and offices.

One TOML file a language; entries end at a comma or at the end of a line, "*" stands for the rest
of a word. A language lacks the classes whose words are not sure. The words are matched by whoever
asks: nothing here reads a text.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")

Entries = tuple[str, ...]
Named = Mapping[str, Entries]

_ENTRY_END = re.compile(r"[,\n]")


@dataclass(frozen=True, slots=True)
class ParticularWords:
    """Word classes of one language that stand around a particular."""

    magnitude_before: Entries = ()  # right before the number: "a magnitude of 6.1"
    magnitude_after: Entries = ()  # right after it: "6.1 on the Richter scale"
    quakes: Entries = ()  # a sentence without one of these tells no magnitude
    aftershocks: Entries = ()  # another quake, or a magnitude that was corrected
    votes: Entries = ()
    voted: Entries = ()  # before the numbers
    against: Entries = ()  # between the two numbers of a vote
    bodies: Entries = ()  # that vote
    wins: Entries = ()  # between winner and loser, the score after both
    won: Entries = ()  # between the score and the loser: "3-1 win over"
    purpose_links: Entries = ()  # between a purpose and its sum, or a sum and its purpose
    conditional: Entries = ()  # before a sum that nobody has paid or promised yet
    per: Entries = ()  # after a sum that each pays, or that is paid each year
    day_links: Entries = ()  # between an event and its day
    former: Entries = ()  # before an office that somebody else holds
    of: Entries = ()  # between an office and its place
    purposes: Named = field(default_factory=dict)  # what money is for
    charges: Named = field(default_factory=dict)  # verbs: "fined the firm $5 million"
    events: Named = field(default_factory=dict)  # what happened, on a day
    roles: Named = field(default_factory=dict)  # offices that one person holds at a time


def particular_words(language: str) -> ParticularWords | None:
    """Return the words of `language`, an ISO 639 code; None for a language not listed."""
    return _load(language) if language in LANGUAGES else None


@cache
def _load(language: str) -> ParticularWords:
    file = resources.files(__name__).joinpath(f"{language}.toml")
    classes = tomllib.loads(file.read_text(encoding="utf-8"))
    read: dict[str, Any] = {
        name: _entries(value)
        if isinstance(value, str)
        else {key: _entries(some) for key, some in value.items()}
        for name, value in classes.items()
    }
    return ParticularWords(**read)


def _entries(text: str) -> Entries:
    return tuple(dict.fromkeys(filter(None, map(str.strip, _ENTRY_END.split(text)))))
