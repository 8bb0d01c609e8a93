"""Whether two sentences of different days say the same, and what has changed between them.

Two sentences are compared without their numbers and dates, which are then compared by themselves:
two numbers take one place when they count the same or stand among the same words.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from summarizer.briefing import slots
from summarizer.text import facts, lexical
from summarizer.text.facts import wording
from summarizer.text.facts.dates import DateMention
from summarizer.text.facts.quantities import Quantity
from summarizer.text.facts.tokens import matches

BACKGROUND = 30  # sentences of unknown content, so that the idf of a few stays sensible
CONTEXT_CHARS = 60  # looked at on each side of a number
CONTEXT_WORDS = 3  # content words on each side that tell what a number counts
MAX_STRETCH = 12  # words of a changed stretch; a longer one is told as the whole sentence
MAX_STATUS_WORDS = 6  # "may be closed", where the rest has stayed
IDENTICAL = 0.8  # cosine
MIN_SAME = 0.42  # cosine; .90 of rewordings reach it, .02 of other sentences: claims, 2026-11
CONTAINED = 0.55  # share of the newer one's terms that the older one has, which counts as much
MIN_COUNTED = 0.15  # cosine of two sentences that count the same, "killed" for one
SAME_COUNT = 0.3  # cosine of two sentences with the same count that say the same
FEW_TERMS = 3  # content words of a sentence that tells nothing beside what it counts
MAX_RATIO = 8.0  # between two numbers one of which became the other

Kind = Literal["identical", "same", "changed", "other"]


@dataclass(frozen=True, slots=True)
class Relation:
    """How a sentence stands to an older one."""

    kind: Kind
    likeness: float = 0.0  # 0 to 1
    previous: str | None = None  # what has changed, as the older one has it


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a day of a sentence."""

    unit: str
    low: float
    high: float
    written: str
    context: frozenset[str] = frozenset()  # stems of the words around it
    is_to_come: bool = False  # a day that was, when the sentence was published
    is_total: bool = False  # "the death toll": of the whole event


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence and what of it is compared."""

    text: str
    words: tuple[str, ...]
    terms: Mapping[str, int]  # content stems, without those of numbers and dates
    values: tuple[Value, ...]
    counts: Mapping[str, Value]  # by what they count
    days: tuple[Value, ...]  # that it mentions
    names: frozenset[str]  # words of names, lower case; German nouns are among them
    is_negated: bool
    is_open: bool  # hedged or still to come


def read(text: str, language: str, published: date | None) -> Assertion:
    """Read a sentence."""
    found = facts.extract(text, language, published)
    spans = [(q.start, q.end) for q in found.quantities] + [(d.start, d.end) for d in found.dates]
    masked = _masked(text, spans)
    to_come = matches([token.word for token in found.tokens], wording.wording(language).future)
    return Assertion(
        text=text,
        words=tuple(lexical.words(text)),
        terms=Counter(_stems(masked, language)),
        values=tuple(
            Value(
                q.unit, q.low, q.high, _written(text, q.start, q.end), _context(masked, q, language)
            )
            for q in found.quantities
        ),
        counts={
            " ".join((s.name, *s.who)): Value(
                "plain", s.low, s.high, _written(text, s.start, s.end), is_total=s.is_total
            )
            for s in slots.find(text, language)
        },
        days=tuple(_days(text, found.dates, published)),
        names=frozenset(
            word
            for name in found.names
            if not name.is_initial
            for word in lexical.words(text[name.start : name.end])
        ),
        is_negated=bool(found.negators),
        is_open=bool(found.hedges) or any(True for _ in to_come),
    )


def weigh(assertions: Iterable[Assertion]) -> dict[str, float]:
    """Return the idf of the terms of one story's sentences."""
    frequency: Counter[str] = Counter()
    n = BACKGROUND
    for assertion in assertions:
        frequency.update(assertion.terms.keys())
        n += 1
    return {term: math.log(n / (df + 1)) for term, df in frequency.items()}


def relate(new: Assertion, old: Assertion, idf: Mapping[str, float]) -> Relation:
    """Tell how a sentence stands to an older one of the same story; `idf` is that of `weigh`."""
    if new.words == old.words:
        return Relation("identical", 1.0)
    cosine, contained = _likeness(new.terms, old.terms, idf)
    likeness = max(cosine, MIN_SAME * contained / CONTAINED)
    if likeness < MIN_COUNTED and not _is_about_the_event(new):
        return Relation("other")
    previous = _changed_count(new, old)
    if previous is None and likeness >= MIN_SAME:
        previous = _changed_number(new, old) or _changed_day(new, old) or _changed_status(new, old)
    if previous is not None:
        return Relation("changed", likeness, previous)
    if _adds_number(new, old) or new.is_negated != old.is_negated:
        return Relation("other")
    if likeness < (SAME_COUNT if _shares_count(new, old) else MIN_SAME):
        return Relation("other")
    is_identical = cosine >= IDENTICAL and _names_same(new, old)
    return Relation("identical" if is_identical else "same", likeness)


def stretch(new: str, old: str) -> str:
    """Return the shortest stretch of the older text that holds all that differs.

    The whole text where that is long or nothing, and in scripts without spaces.
    """
    a, b = old.split(), new.split()
    n_words = min(len(a), len(b))
    first = next((i for i in range(n_words) if a[i] != b[i]), n_words)
    last = next((i for i in range(n_words - first) if a[-1 - i] != b[-1 - i]), n_words - first)
    changed = a[first : len(a) - last]
    return " ".join(changed) if 0 < len(changed) <= MAX_STRETCH else old


def _changed_count(new: Assertion, old: Assertion) -> str | None:
    for name, value in new.counts.items():
        known = old.counts.get(name)
        if known is not None and not _is_equal(value, known):
            return known.written if _is_near(value, known) else None
    return None


def _changed_number(new: Assertion, old: Assertion) -> str | None:
    """Return the older value of the first number that has another one now."""
    gone = [v for v in old.values if not any(_is_equal(v, other) for other in new.values)]
    for value in new.values:
        if any(_is_equal(value, other) for other in old.values):
            continue
        near = [
            (len(value.context & v.context), v)
            for v in gone
            if v.unit == value.unit and _is_near(value, v)
        ]
        n_shared, known = max(near, key=lambda pair: pair[0], default=(0, None))
        if known is not None and n_shared:
            return known.written
    return None


def _changed_day(new: Assertion, old: Assertion) -> str | None:
    """Return the older day of something to come that has another one now."""
    after = [day for day in new.days if day.is_to_come]
    before = [day for day in old.days if day.is_to_come]
    if not after or not before or any(_is_equal(a, b) for a in after for b in before):
        return None
    return before[0].written


def _changed_status(new: Assertion, old: Assertion) -> str | None:
    """Return what was open before, or denied, where just these few words have changed."""
    was = stretch(new.text, old.text)
    if len(was.split()) > MAX_STATUS_WORDS:
        return None
    if new.is_negated != old.is_negated:
        return old.text  # "not" alone would tell nothing
    return was if old.is_open and not new.is_open else None


def _adds_number(new: Assertion, old: Assertion) -> bool:
    return any(not any(_is_equal(v, other) for other in old.values) for v in new.values)


def _is_about_the_event(new: Assertion) -> bool:
    """Tell whether what a sentence counts can only be that of its story's event."""
    return len(new.terms) <= FEW_TERMS or any(count.is_total for count in new.counts.values())


def _names_same(new: Assertion, old: Assertion) -> bool:
    """Tell whether two sentences have the same numbers, days and names."""
    return (
        len(new.values) == len(old.values)
        and {(d.low, d.high) for d in new.days} == {(d.low, d.high) for d in old.days}
        and new.names.issubset(old.words)
        and old.names.issubset(new.words)
    )


def _is_near(a: Value, b: Value) -> bool:
    """Tell whether one number may have become the other."""
    small, large = sorted((abs(a.high), abs(b.high)))
    return large <= MAX_RATIO * small


def _shares_count(new: Assertion, old: Assertion) -> bool:
    return any(
        _is_equal(v, old.counts[name]) for name, v in new.counts.items() if name in old.counts
    )


def _is_equal(a: Value, b: Value) -> bool:
    return (a.unit, a.low, a.high) == (b.unit, b.low, b.high)


def _likeness(
    new: Mapping[str, int], old: Mapping[str, int], idf: Mapping[str, float]
) -> tuple[float, float]:
    """Return the cosine, and which share of the newer one's terms the older one has."""
    a = {term: (1 + math.log(tf)) * idf[term] for term, tf in new.items()}
    b = {term: (1 + math.log(tf)) * idf[term] for term, tf in old.items()}
    norm = math.sqrt(math.fsum(v * v for v in a.values()) * math.fsum(v * v for v in b.values()))
    cosine = math.fsum(v * b[term] for term, v in a.items() if term in b) / (norm or 1.0)
    whole = math.fsum(idf[term] for term in a)
    return cosine, math.fsum(idf[term] for term in a if term in b) / (whole or 1.0)


def _days(text: str, mentioned: Iterable[DateMention], published: date | None) -> Iterator[Value]:
    for day in mentioned:
        if day.first is not None and day.last is not None:
            first, last = day.first.toordinal(), day.last.toordinal()
            is_to_come = published is not None and day.first > published
            yield Value("day", first, last, text[day.start : day.end], is_to_come=is_to_come)


def _written(text: str, start: int, end: int) -> str:
    """Return a value as printed, without the capital that only opens its sentence."""
    value = text[start:end]
    opens = start == 0 and value[:1].isupper() and value[1:2].islower()
    return value[0].lower() + value[1:] if opens else value


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank out spans; offsets stay."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _context(masked: str, quantity: Quantity, language: str) -> frozenset[str]:
    """Return the content stems nearest to a number on both sides."""
    before = _stems(masked[max(0, quantity.start - CONTEXT_CHARS) : quantity.start], language)
    after = _stems(masked[quantity.end : quantity.end + CONTEXT_CHARS], language)
    return frozenset(before[-CONTEXT_WORDS:] + after[:CONTEXT_WORDS])


def _stems(text: str, language: str) -> list[str]:
    return lexical.content_stems(lexical.words(text), language)
