"""What a sentence says of counted people: how many were killed, injured, missing and so on.

A slot is a number bound to what became of those counted, by the words between the two: "14 people
were killed", "killed at least 14", "the death toll rose to 14". Numbers that are a part of another
one, that are in doubt, or whose binding cannot be told are left out: what is compared must be sure.
"""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from summarizer.briefing.slot_patterns import Patterns, patterns
from summarizer.text.facts import quantities
from summarizer.text.facts.measures import Bound
from summarizer.text.facts.quantities import Quantity
from summarizer.text.lexicon import slots as lexicon

MAX_WORDS = 10  # between a number and what became of those counted
MAX_WHO = 4  # of them, words that say who is counted
REACH = 120  # characters before a number in which a total may be named
NEAR = 40  # characters before a number that may bind it, make it a part or put it in doubt
MAX_KEPT = 256  # sentences; that of a claim is compared with others like it
ABOUT, ROUNDED = 0.1, 0.02  # how far "about 100" and 100 may be off, as shares
MIN_ROUNDED = 100  # a smaller number, or one that does not end in zero, is exact

_YEARS = range(1900, 2101)
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:['\u2019-][^\W\d_\u3400-\u9fff]+)*")
_CLAUSE_END = re.compile(r"[,;:\u060c\uff0c\u3002\uff1b]")
_SENTENCE_END = re.compile(r"[;!?\n\u3002]")
_JOINED = frozenset({"-", "\u2011", "\u2013", ":", "/"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A number of people and what became of them: `text[start:end]` is the number as written."""

    name: str  # "killed", "injured", ...
    start: int
    end: int
    low: float
    high: float
    bound: Bound
    who: tuple[str, ...] = ()  # words that say who is counted, lower case; none for anybody
    is_part: bool = False  # `who` are a kind of people, beside whom others may be concerned
    is_total: bool = False  # counted up to now: "the death toll rose to 14"

    @property
    def value(self) -> tuple[float, float]:
        """Return the number, as an interval when it is a range."""
        return self.low, self.high

    @property
    def interval(self) -> tuple[float, float]:
        """Return what the number may be, its bound and its rounding considered."""
        if self.bound in {"at_least", "more_than"}:
            return self.low, math.inf
        if self.bound in {"at_most", "less_than"}:
            return 0.0, self.high
        is_round = self.low >= MIN_ROUNDED and not self.low % 10
        slack = ABOUT if self.bound == "about" else ROUNDED * is_round
        return self.low * (1 - slack), self.high * (1 + slack)

    @property
    def is_timeless(self) -> bool:
        """Return whether days that a sentence names do not tell two of a kind apart."""
        return self.is_total

    def may_equal(self, other: "Slot") -> bool:
        """Tell whether one number can be meant by both."""
        (low, high), (other_low, other_high) = self.interval, other.interval
        return low <= other_high and other_low <= high


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What follows a number: who is counted, and what became of them if the phrase says so."""

    end: int
    outcome: str | None
    who: tuple[str, ...]
    is_part: bool

    @property
    def is_plain(self) -> bool:
        """Return whether nobody in particular is counted, or a kind of people."""
        return not self.who or self.is_part


@lru_cache(maxsize=MAX_KEPT)
def find(text: str, language: str) -> tuple[Slot, ...]:
    """Return the slots of a sentence in order; none in a language without a list of words."""
    known = patterns(language)
    if known is None:
        return ()
    if known.cues.search(text.lower()) is None:
        return ()
    counts = [q for q in quantities.find(text, language) if _is_count(q, text, known)]
    starts = {quantity.start for quantity in counts}
    found = (_read(text, quantity, starts, known) for quantity in counts)
    return tuple(slot for slot in found if slot is not None)


def _is_count(quantity: Quantity, text: str, known: Patterns) -> bool:
    """Tell whether a quantity can count people: "14-year-old" and "in 2014" do not."""
    return (
        quantity.unit == "plain"
        and quantity.low >= 1
        and quantity.low.is_integer()
        and not (quantity.low in _YEARS and text[quantity.start : quantity.end].isdigit())
        and text[quantity.end : quantity.end + 1] not in _JOINED
        and not known.unit.match(text, _skip(text, quantity.end))
    )


def _read(text: str, quantity: Quantity, starts: Collection[int], known: Patterns) -> Slot | None:
    """Bind a number to its slot, if the words around it do."""
    phrase = _phrase(text, quantity.end, starts, known)
    total = _total(text, quantity.start, known) if phrase.is_plain else None
    name = _active(text, quantity.start, known) or total or phrase.outcome
    if name is None or _is_doubtful(text, quantity, phrase, known):
        return None
    if _is_part(text, quantity, known, is_killed=name == lexicon.NAMES[0]):
        return None
    qualified = known.qualified.search(text, max(0, quantity.start - NEAR), quantity.start)
    is_bound = qualified is not None and quantity.bound != "exact"
    return Slot(
        name=name,
        start=qualified.start() if qualified and is_bound else quantity.start,
        end=quantity.end,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound if is_bound or name != total else "exact",  # "rose to" is no bound
        who=phrase.who,
        is_part=phrase.is_part,
        is_total=name == total,
    )


def _phrase(text: str, start: int, starts: Collection[int], known: Patterns) -> _Phrase:
    """Read on from the end of a number to what became of those counted, or to the phrase's end."""
    who: list[str] = []
    is_passive = is_loose = is_part = False
    end, outcome, position = start, None, start
    for _ in range(MAX_WORDS):
        position = _skip(text, position)
        match = known.outcome.match(text, position)
        if match:
            if is_passive or not (is_loose or _has_object(text, match.end(), starts, known)):
                outcome, end = _unshared(text, match, known), match.end()
            break
        if match := known.aside.match(text, position) or known.around.match(text, position):
            is_loose = True
        elif known.stop.match(text, position):
            break
        elif match := known.link.match(text, position):
            is_passive = is_passive or known.auxiliary.match(text, position) is not None
        elif match := known.people.match(text, position) or _WORD.match(text, position):
            is_free = known.people.match(text, position) is None
            if is_free and not (is_loose or is_passive):
                who.append(match[0].lower())
                is_part = is_part or match[0][0].isupper()
                is_part = is_part or known.part.match(text, position) is not None
        else:
            break
        if len(who) > MAX_WHO:
            break
        position = match.end()
    return _Phrase(end, outcome, tuple(who), is_part)


def _has_object(text: str, end: int, starts: Collection[int], known: Patterns) -> bool:
    """Tell whether a verb is active: "14 militants killed a soldier"."""
    after = _skip(text, end)
    qualified = known.qualifiers.match(text, after)
    after = qualified.end() if qualified else after
    return known.has_articles and (after in starts or bool(known.article.match(text, after)))


def _unshared(text: str, match: re.Match[str], known: Patterns) -> str | None:
    """Return the slot of an outcome, unless it shares its number: "killed or injured"."""
    return None if known.shared.match(text, match.end()) else match.lastgroup


def _active(text: str, start: int, known: Patterns) -> str | None:
    """Return the slot of the verb right before a number."""
    floor = max(0, start - REACH)
    match = known.active.search(text, max(0, start - NEAR), start)
    if match is None or known.sharing.search(text, floor, match.start()):
        return None
    return match.lastgroup


def _total(text: str, start: int, known: Patterns) -> str | None:
    """Return the slot of the total that a number is: "the death toll rose to" it."""
    reached = known.reached.search(text, max(0, start - NEAR), start)
    if reached is None:
        return None
    name = None
    for match in known.total.finditer(text, max(0, start - REACH), reached.start()):
        if not _SENTENCE_END.search(text, match.end(), reached.start()):
            name = match.lastgroup
    return name


def _is_doubtful(text: str, quantity: Quantity, phrase: _Phrase, known: Patterns) -> bool:
    """Tell whether the clause says that it may not have happened."""
    near = max(0, quantity.start - NEAR)
    ends = [match.end() for match in _CLAUSE_END.finditer(text, near, quantity.start)]
    return known.doubt.search(text, max([near, *ends]), phrase.end) is not None


def _is_part(text: str, quantity: Quantity, known: Patterns, *, is_killed: bool) -> bool:
    """Tell whether a number is a part of another one: "three of them", "14 more".

    "Others" are beside those named before. Of the injured and missing they are all: who was hurt is
    told after who was killed.
    """
    near, after = max(0, quantity.start - NEAR), _skip(text, quantity.end)
    return bool(
        known.incremented.search(text, near, quantity.start)
        or known.increment.match(text, after)
        or (is_killed and known.beside.match(text, after))
        or (is_killed and known.besides.search(text, near, quantity.start))
    )


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return position if match is None else match.end()
