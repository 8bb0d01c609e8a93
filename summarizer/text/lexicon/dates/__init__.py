"""How each language writes dates: what Unicode's tables of months and weekdays leave out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from summarizer.text.lexicon import tables
from summarizer.text.lexicon.tables import Table, Words


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of one language: lower case, NFC, "'" for every apostrophe.

    A table has what the words stand for as its key: "9", "-1", "week -1", "day".
    """

    months: Table = field(default_factory=dict)
    weekdays: Table = field(default_factory=dict)  # 0 is Monday
    days: Table = field(default_factory=dict)  # by their distance from the day of publication
    periods: Table = field(default_factory=dict)  # unit and distance: "week -1" is last week
    lengths: Table = field(default_factory=dict)  # as they are counted: "day", "week", ...
    counts: Table = field(default_factory=dict)  # small numbers in words, before a length
    links: Words = ()  # between day, month and year
    day_suffixes: Words = ()
    ago: Words = ()  # after a length of time
    ago_before: Words = ()
    last: Words = ()  # beside a weekday or month
    next: Words = ()
    this: Words = ()
    future: Words = ()  # verbs after which a weekday is still to come
    before_time: Words = ()  # what stands before a month or year
    ambiguous: Words = ()  # months that are other words too: only after `before_time`
    clitics: Words = ()  # pattern of particles written together with the next word
    is_unspaced: bool = False


@cache
def words(language: str) -> DateWords:
    """Return the words of `language`, an ISO 639 code; one not listed has none."""
    found: Mapping[str, object] = tables.read(__name__, language)
    return DateWords(**found)  # type: ignore[arg-type]
