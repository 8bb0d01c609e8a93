"""How each language writes numbers, shares, units and bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from summarizer.text.lexicon import tables
from summarizer.text.lexicon.tables import Table, Words


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """Words of one language: lower case, NFC, "'" for every apostrophe.

    A table has what the words stand for as its key: "12", "2/3", "percent", "USD", "at_least".
    """

    words: Table = field(default_factory=dict)  # numbers; 1 only before a scale or unit
    ones: Table = field(default_factory=dict)  # before a scale or unit alone: "a", "half a"
    scales: Table = field(default_factory=dict)  # multiply what comes before
    letters: Table = field(default_factory=dict)  # scales written on to an amount of money
    ordinals: Table = field(default_factory=dict)
    parts: Table = field(default_factory=dict)  # denominators: the "thirds" of "two thirds"
    shares: Table = field(default_factory=dict)  # fractions in one phrase: "half"
    units: Table = field(default_factory=dict)
    signs: Table = field(default_factory=dict)  # of currencies, on either side of the number
    codes: Table = field(default_factory=dict)  # of currencies, in capitals
    currencies: Table = field(default_factory=dict)  # names, after the number
    before: Table = field(default_factory=dict)  # bounds
    after: Table = field(default_factory=dict)
    join: Words = ()  # the "and" inside a number
    join_rooms: tuple[int, int] = (1, 0)  # least and most that may be missing where it joins
    range: Words = ()  # between the ends of a range
    between: Words = ()  # "between 10 and 15"
    source: Words = ()  # before two values of which one became the other: "from 10 to 15"
    of: Words = ()  # between a number and its unit
    minus: Words = ()
    in_every: Words = ()  # "one in five"
    and_a_half: Words = ()
    ordinal_suffixes: Words = ()
    times: Words = ()  # "two in five days" is no share
    attached: Words = ()  # units of measure written on to the digits
    vague: Words = ()  # before a spelled number that is none: "several hundred"
    ignored: Words = ()  # phrases that hold a number word and state no number
    share_marks: Words = ()  # between denominator and numerator: "三分之二"
    measures: Words = ()  # follow a numeral of one character that counts
    ordinal_prefix: Words = ()
    percent_prefix: Words = ()
    clitics: Words = ()  # pattern of particles written together with the next word
    tens_last: bool = False  # "three and twenty"
    is_compounding: bool = False  # numbers are one word: "dreiundzwanzig"
    is_unspaced: bool = False


@cache
def words(language: str) -> QuantityWords:
    """Return the words of `language`, an ISO 639 code; one not listed has the shared signs."""
    found: Mapping[str, object] = tables.read(__name__, language)
    return QuantityWords(**found)  # type: ignore[arg-type]
