"""What a sentence says of a magnitude, a vote, a score, a sum of money, a day or an office.

Each is read only where its words stand right beside it: what is compared must be sure.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from summarizer.briefing.particular_patterns import Patterns, patterns
from summarizer.text import lexical
from summarizer.text.facts import quantities
from summarizer.text.facts.dates import DateMention
from summarizer.text.facts.measures import Bound
from summarizer.text.facts.quantities import Quantity
from summarizer.text.lexicon import lexicon

NEAR = 40  # characters beside a number in which what it means is named
FORMER = 10  # characters before an office and its place in which it is called former
MAGNITUDES = (2.0, 10.0)
MIN_VOTES = 3  # of the side that has more
ABOUT, ROUNDED = 0.1, 0.05  # how far "about 100" and a rounded number may be off, as shares
SAME_PLACE_CHARS = 5  # "Kenya" and "Kenyan"
SAME_NAME = 0.6  # share of letters that two spellings of one name have in common
# Of two values that may be meant for the same thing: their ratio, of votes that of all cast.
MAX_RATIO = {"magnitude": 1.08, "money": 8.0, "vote": 1.5}

WITHOUT_DIGITS = ("date", "role")
WITH_QUANTITIES = frozenset({"magnitude", "vote", "money"})

_DIGIT = re.compile(r"\d")
_SCORE = re.compile(r"\d[-\u2013]\d")

Value = tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class Particular:
    """A value and what it is of: `text[start:end]` is the value as written."""

    name: str  # "magnitude", "vote", "score", "money: fine", "date: died", "role: mayor"
    start: int
    end: int
    value: Value  # one number, the two of a vote or score, a day, a family name
    of: frozenset[str] = frozenset()  # what voted, who won, a currency, a place; none if unsaid
    over: frozenset[str] = frozenset()  # who lost; of an office, all names of who holds it
    bound: Bound = "exact"
    digits: int = 0  # significant ones, of a single number

    @property
    def kind(self) -> str:
        """Return the name without what follows its colon."""
        return self.name.partition(":")[0]

    @property
    def is_timeless(self) -> bool:
        """Return whether days that a sentence names do not tell two of a kind apart."""
        return self.kind in {"date", "role"}

    def is_alike(self, other: "Particular") -> bool:
        """Tell whether both can be meant for the same thing, their values aside."""
        if self.name != other.name or (self.of and other.of and not self.of & other.of):
            return False
        if self.kind == "role":
            return self.of == other.of and (
                self.value == other.value or not self._may_be_one_name(other)
            )
        if self.kind == "score":
            return bool(self.over & other.over)
        ratio = MAX_RATIO.get(self.kind)
        totals = sorted(math.fsum(_numbers(each.value)) for each in (self, other))
        return ratio is None or totals[1] <= ratio * totals[0]

    def may_equal(self, other: "Particular") -> bool:
        """Tell whether one value can be meant by both, bounds considered."""
        if not (self.digits and other.digits):
            return self.value == other.value
        (low, high), (other_low, other_high) = _interval(self), _interval(other)
        return self.is_rounded(other) or (low <= other_high and other_low <= high)

    def is_rounded(self, other: "Particular") -> bool:
        """Tell whether two numbers are the same but for rounding: 2.9 and "about 3"."""
        if not (self.digits and other.digits) or {self.bound, other.bound} - {"exact", "about"}:
            return False
        a, b = (_numbers(each.value)[0] for each in (self, other))
        is_about = self.kind == "money" and "about" in {self.bound, other.bound}
        if is_about:
            return abs(a - b) <= ABOUT * max(a, b)
        digits = min(self.digits, other.digits)
        return abs(a - b) <= ROUNDED * max(a, b) and _rounded(a, digits) == _rounded(b, digits)

    def _may_be_one_name(self, other: "Particular") -> bool:
        if self.over & other.over:
            return True
        a, b = str(self.value[0]), str(other.value[0])
        return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_NAME


def _interval(stated: Particular) -> tuple[float, float]:
    (number,) = _numbers(stated.value)
    if stated.bound in {"at_least", "more_than"}:
        return number, math.inf
    return (0.0 if stated.bound in {"at_most", "less_than"} else number), number


def _numbers(value: Value) -> list[float]:
    return [number for number in value if isinstance(number, float)]


def _rounded(number: float, digits: int) -> float:
    return float(f"{number:.{max(0, digits - 1)}e}")


def kinds(text: str, language: str) -> frozenset[str]:
    """Return, at little cost, the kinds of particulars that a sentence may have."""
    known = patterns(language)
    if known is None:
        return frozenset()
    lowered = text.lower()
    if known.cues.search(lowered) is None:
        return frozenset()
    asked = known.of_kind if _DIGIT.search(text) else WITHOUT_DIGITS
    found = frozenset(kind for kind in asked if known.of_kind[kind].search(lowered))
    return found - {"score"} if "score" in found and not _SCORE.search(text) else found


def find(
    text: str, language: str, days: Sequence[DateMention], published: date | None
) -> tuple[Particular, ...]:
    """Return the particulars of a sentence in order; `days` are those that it mentions."""
    known, asked = patterns(language), kinds(text, language)
    if known is None or not asked:
        return ()
    found: list[Particular] = []
    if "score" in asked:
        found += _scores(text, language, known)
    if "date" in asked:
        found += _days(text, days, published, known)
    if "role" in asked:
        found += _roles(text, days, language, known)
    if asked & WITH_QUANTITIES:
        numbers = _unlike(quantities.find(text, language), days)
        has_quake = "magnitude" in asked and not known.aftershock.search(text.lower())
        found += _magnitudes(text, numbers, known) if has_quake else ()
        found += _votes(text, numbers, known) if "vote" in asked else ()
        found += _sums(text, numbers, known) if "money" in asked else ()
    return tuple(sorted(found, key=lambda each: (each.start, each.name)))


def _unlike(numbers: Sequence[Quantity], days: Sequence[DateMention]) -> list[Quantity]:
    """Leave out numbers that are a part of a date."""
    return [
        q for q in numbers if not any(day.start <= q.start and q.end <= day.end for day in days)
    ]


def _magnitudes(text: str, numbers: Sequence[Quantity], known: Patterns) -> Iterator[Particular]:
    least, most = MAGNITUDES
    for q in numbers:
        if (
            q.unit == "plain"
            and q.bound in {"exact", "about"}  # "5 or more" is no earthquake
            and least <= q.low == q.high <= most
            and (_before(known.before_magnitude, text, q) or _after(known.after_magnitude, text, q))
        ):
            yield _number("magnitude", text, q, known)


def _sums(text: str, numbers: Sequence[Quantity], known: Patterns) -> Iterator[Particular]:
    for q in numbers:
        is_money = len(q.unit) == len("USD") and q.unit.isupper() and q.low == q.high > 0
        if not is_money or q.bound in {"at_most", "less_than"} or _after(known.per, text, q):
            continue
        purpose = _after(known.after_sum, text, q) or _before(known.before_sum, text, q)
        purpose = purpose or known.charged.search(text, max(0, q.start - 2 * NEAR), q.start)
        is_converted = text[: q.start].rstrip()[-1:] in {"(", "\uff08"}
        is_open = known.conditional.search(text, max(0, q.start - 2 * NEAR), q.start) is not None
        if purpose is not None and not is_converted and not is_open:
            yield _number(f"money: {purpose.lastgroup}", text, q, known, of=frozenset({q.unit}))


def _number(
    name: str, text: str, q: Quantity, known: Patterns, *, of: frozenset[str] = frozenset()
) -> Particular:
    qualified = known.qualified.search(text, max(0, q.start - NEAR), q.start)
    start = qualified.start() if qualified and q.bound != "exact" else q.start
    return Particular(name, start, q.end, (q.low,), of, bound=q.bound, digits=max(1, q.digits))


def _votes(text: str, numbers: Sequence[Quantity], known: Patterns) -> Iterator[Particular]:
    of = frozenset(match[0].lower() for match in known.body.finditer(text))
    whole = [q for q in numbers if q.unit == "plain" and q.low.is_integer() and q.low >= 0]
    pairs = [(q, q, q.low, q.high) for q in whole if q.low < q.high]
    pairs += [
        (a, b, a.low, b.low)
        for a, b in pairwise(whole)
        if b.start - a.end <= NEAR and known.against.fullmatch(text, a.end, b.start)
    ]
    for first, last, a, b in pairs:
        is_vote = known.vote.search(text, first.end, last.start) or _after(known.cast, text, last)
        is_vote = is_vote or _before(known.voted, text, first)
        if is_vote and max(a, b) >= MIN_VOTES and not known.unit.match(text, last.end):
            yield Particular("vote", first.start, last.end, (max(a, b), min(a, b)), of)


def _scores(text: str, language: str, known: Patterns) -> Iterator[Particular]:
    for match in known.beaten.finditer(text):
        yield _score(match, match["winner"], language)
    for match in known.score.finditer(text):
        runs = known.run.findall(text, max(0, match.start() - 2 * NEAR), match.start())
        if runs:
            yield _score(match, runs[-1], language)


def _score(match: re.Match[str], winner: str, language: str) -> Particular:
    first, second = float(match["won"]), float(match["lost"])
    return Particular(
        "score",
        match.start("won"),
        match.end("lost"),
        (max(first, second), min(first, second)),
        of=_content(winner, language),
        over=_content(match["loser"], language),
    )


def _days(
    text: str, days: Sequence[DateMention], published: date | None, known: Patterns
) -> Iterator[Particular]:
    """Yield the past days right after an event."""
    for day in days:
        event = known.before_day.search(text, max(0, day.start - NEAR), day.start)
        is_day = day.first == day.last and (day.day is not None or day.weekday is not None)
        if event is None or day.first is None or not is_day:
            continue
        if published is None or day.first <= published:
            name = f"date: {event.lastgroup}"
            yield Particular(name, day.start, day.end, (day.first.isoformat(),))


def _roles(
    text: str, days: Sequence[DateMention], language: str, known: Patterns
) -> Iterator[Particular]:
    """Yield who holds an office of a named place: "Kessel mayor Ada Brenn"."""
    for match in known.role.finditer(text):
        before = known.place.search(text, max(0, match.start() - 2 * NEAR), match.start())
        after = known.of_place.match(text, match.end())
        start = before.start() if before else match.start()
        place = f"{before[0] if before else ''} {after['place'] if after else ''}"
        of = frozenset(word[:SAME_PLACE_CHARS] for word in _content(place, language))
        end = after.end() if after else match.end()
        held = known.holder.match(text, end + (2 if text.startswith(", ", end) else 1))
        is_former = known.former.search(text, max(0, start - FORMER), match.start()) is not None
        if not of or held is None or is_former:
            continue
        begin = held.start()
        end = min([held.end(), *(day.start for day in days if begin <= day.start)])
        written = text[begin:end].rstrip()
        names = lexical.words(written)
        if names:
            name = f"role: {str(match.lastgroup).replace('_', ' ')}"
            end = begin + len(written)
            yield Particular(name, begin, end, (names[-1],), of, frozenset(names))


def _content(text: str, language: str) -> frozenset[str]:
    return frozenset(lexical.words(text)) - lexicon(language).stop


def _before(pattern: re.Pattern[str], text: str, q: Quantity) -> re.Match[str] | None:
    return pattern.search(text, max(0, q.start - NEAR), q.start)


def _after(pattern: re.Pattern[str], text: str, q: Quantity) -> re.Match[str] | None:
    return pattern.match(text, q.end)
