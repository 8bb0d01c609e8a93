"""What sentences of a story state, and whether two of them speak of the same thing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from summarizer.briefing import particular_patterns, particulars, slot_patterns, slots
from summarizer.briefing.particulars import Particular
from summarizer.briefing.phrases import any_of, anywhere, containing
from summarizer.briefing.slots import Slot
from summarizer.models.engine import Evidence
from summarizer.text import lexical
from summarizer.text.facts import dates
from summarizer.text.facts.dates import DateMention
from summarizer.text.lexicon.slots import slot_words
from summarizer.text.normalise import day, moment
from summarizer.types import Document

MAX_RATIO = 8  # of two numbers that may be meant for the same thing
MAX_EVENT_AGE_DAYS = 100  # a sentence that names an earlier day tells of an older event
MAX_KEPT = 256  # sentences; each side of a conflict is compared with every claim
MAX_APART = 4  # words between the names of a place and of what it lies in
AND = frozenset({"and", "or", "und", "et", "y", "e", "и", "و"})
SAME_NAME_CHARS = 5  # "Kabul" and "Kabul's", "Iran" and "Iranian"


@dataclass(frozen=True, slots=True)
class Statement:
    """A slot or particular as one sentence of the evidence states it."""

    index: int  # of the sentence in the evidence
    sentence: Evidence
    slot: Slot | Particular
    published: date | None
    moment: float | None  # seconds; None when the publication time is unknown
    days: tuple[DateMention, ...]
    places: frozenset[str]
    is_cumulative: bool  # the number counts what happened over a time
    beside: Mapping[str, float]  # the other counts of the sentence

    @property
    def document(self) -> str:
        """Return the id of the document that states it."""
        return self.sentence.document

    @property
    def recency(self) -> tuple[date, float, bool, int]:
        """Return a key that is highest for what was published last, on an unknown day included.

        A title yields to its text.
        """
        is_body = self.sentence.kind == "body"
        return self.published or date.max, self.moment or 0.0, is_body, -self.index

    @property
    def value(self) -> tuple[float | str, ...]:
        """Return what is stated, the same for the same however it is written."""
        return self.slot.value


def collect(
    evidence: Sequence[Evidence], documents: Mapping[str, Document]
) -> tuple[Statement, ...]:
    """Return what the sentences state, older events left out."""
    return tuple(
        statement
        for index in range(len(evidence))
        for statement in _of(index, evidence, documents[evidence[index].document])
    )


def _of(index: int, evidence: Sequence[Evidence], document: Document) -> list[Statement]:
    sentence = evidence[index]
    cues = _cues(sentence.language)
    if cues is None or cues.search(sentence.text.lower()) is None:
        return []
    counts = slots.find(sentence.text, sentence.language)
    if not counts and not particulars.kinds(sentence.text, sentence.language):
        return []
    published = day(document.published)
    mentions = dates.find(sentence.text, sentence.language, published)
    others = particulars.find(sentence.text, sentence.language, mentions, published)
    found: list[Slot | Particular] = [*counts, *others]
    if not found:
        return []
    patterns = _patterns(sentence.language)
    lowered = sentence.text.lower()
    is_cumulative = patterns.period.search(lowered) is not None
    is_old = not is_cumulative and any(_is_old(mention, published) for mention in mentions)
    if is_old or patterns.older.search(lowered):
        return []
    context = [(sentence.text, mentions)]
    if sentence.leans and index and evidence[index - 1].document == document.id:
        before = evidence[index - 1].text  # where "there" and "they" are
        context.append((before, dates.find(before, sentence.language, published)))
    places = frozenset(p for text, days in context for p in _places(text, days, patterns))
    return [
        Statement(
            index=index,
            sentence=sentence,
            slot=slot,
            published=published,
            moment=moment(document.published),
            days=mentions,
            places=places,
            is_cumulative=is_cumulative,
            beside={other.name: other.low for other in counts if other.name != slot.name},
        )
        for slot in found
    ]


@lru_cache(maxsize=MAX_KEPT)
def values(
    text: str, language: str, published: date | None
) -> tuple[tuple[str, str, tuple[float | str, ...]], ...]:
    """Return what a sentence states: the name of each slot, its value as written and as read."""
    counts = slots.find(text, language)
    days = dates.find(text, language, published) if particulars.kinds(text, language) else ()
    others = particulars.find(text, language, days, published)
    found: list[Slot | Particular] = [*counts, *others]
    return tuple((slot.name, text[slot.start : slot.end], slot.value) for slot in found)


def is_same_thing(a: Statement, b: Statement) -> bool:
    """Tell whether two statements of one slot are of the same thing of the same event.

    Numbers that are too far apart, of this slot or of another one that both sentences fill, are
    of different events, and so are those of different days.
    """
    return (
        a.is_cumulative == b.is_cumulative
        and _is_same_slot(a.slot, b.slot)
        and all(_is_near(a.beside[name], b.beside[name]) for name in a.beside.keys() & b.beside)
        and (a.slot.is_timeless or b.slot.is_timeless or _may_be_same_day(a.days, b.days))
    )


def may_agree(a: Statement, b: Statement) -> bool:
    """Tell whether one value can be meant by both."""
    if isinstance(a.slot, Slot) and isinstance(b.slot, Slot):
        return a.slot.may_equal(b.slot)
    return (
        isinstance(a.slot, Particular)
        and isinstance(b.slot, Particular)
        and a.slot.may_equal(b.slot)
    )


def _is_same_slot(a: Slot | Particular, b: Slot | Particular) -> bool:
    if isinstance(a, Slot) and isinstance(b, Slot):
        return _is_same_who(a, b) and _is_near(a.high, b.high)
    return isinstance(a, Particular) and isinstance(b, Particular) and a.is_alike(b)


def _is_same_who(a: Slot, b: Slot) -> bool:
    """Compare who is counted: a kind of people only with the same kind."""
    if a.is_part or b.is_part:
        return bool(set(a.who) & set(b.who))
    return True


def _is_near(a: float, b: float) -> bool:
    return max(a, b) <= MAX_RATIO * min(a, b)


def _may_be_same_day(a: Sequence[DateMention], b: Sequence[DateMention]) -> bool:
    first, second = (
        [(m.first, m.last) for m in days if m.first is not None and m.last is not None]
        for days in (a, b)
    )
    if not first or not second:
        return True
    return any(x[0] <= y[1] and y[0] <= x[1] for x in first for y in second)


class Geography:
    """Which places of a story can be one: those that many documents name, and "Kabul in Iran".

    A place that few documents name narrows a number down to a part of what happened.
    """

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._words = [tuple(map(name_key, sentence.words)) for sentence in evidence]
        self._naming = naming = defaultdict[str, set[str]](set)
        for sentence, words in zip(evidence, self._words, strict=True):
            for word in words:
                naming[word].add(sentence.document)
        n_documents = len({sentence.document for sentence in evidence})
        self._common = {w for w, named_by in naming.items() if 2 * len(named_by) >= n_documents}
        self._are_one: dict[tuple[str, str], bool] = {}

    def is_named(self, word: str, document: str) -> bool:
        """Tell whether a document has a word of a name."""
        return document in self._naming.get(name_key(word), ())

    def agree(self, a: frozenset[str], b: frozenset[str]) -> bool:
        """Tell whether what happened in `a` and in `b` can be the same; nowhere is anywhere."""
        if a & b:
            return True
        if not a or not b:
            return (a | b) <= self._common
        return any(self._is_one(x, y) for x in sorted(a) for y in sorted(b))

    def _is_one(self, x: str, y: str) -> bool:
        """Tell whether two names stand close together somewhere, not as members of a list."""
        if (x, y) not in self._are_one:
            self._are_one[x, y] = any(
                0 < abs(i - j) <= MAX_APART and not AND & set(words[min(i, j) : max(i, j)])
                for words in self._words
                if x in words and y in words
                for i in _places_of(words, x)
                for j in _places_of(words, y)
            )
        return self._are_one[x, y]


def _places_of(words: Sequence[str], word: str) -> list[int]:
    return [i for i, other in enumerate(words) if other == word][:MAX_APART]


def name_key(word: str) -> str:
    """Cut a word of a name so that its forms are equal."""
    return word.lower()[:SAME_NAME_CHARS]


def _is_old(mention: DateMention, published: date | None) -> bool:
    if published is None:
        return mention.year is not None
    if mention.last is None or mention.month is None:
        is_other_year = mention.year is not None and mention.year != published.year
        if is_other_year or mention.last is None:
            return is_other_year
    return (published - mention.last).days > MAX_EVENT_AGE_DAYS


def _places(text: str, mentions: Iterable[DateMention], patterns: "_Patterns") -> Iterable[str]:
    taken = [(mention.start, mention.end) for mention in mentions]
    for match in patterns.place.finditer(text):
        if not any(start < match.end("name") and match.start("name") < end for start, end in taken):
            yield from map(name_key, lexical.words(match["name"]))


@dataclass(frozen=True, slots=True)
class _Patterns:
    older: re.Pattern[str]  # in lower case, like the next
    period: re.Pattern[str]
    place: re.Pattern[str]


@cache
def _cues(language: str) -> re.Pattern[str] | None:
    """Return what finds the words without which a sentence states nothing, most at one look."""
    counted, particular = slot_patterns.patterns(language), particular_patterns.patterns(language)
    if counted is None:
        return None
    return containing([*counted.cue_words, *(particular.cue_words if particular else ())])


@cache
def _patterns(language: str) -> _Patterns:
    words = slot_words(language)
    assert words is not None
    part = r"[^\W\d_a-z][^\W\d_]+"
    name = rf"(?P<name>{part}(?:[ -]{part}){{0,3}})"
    return _Patterns(
        anywhere(words.older),
        anywhere(words.periods),
        re.compile(rf"(?i:{any_of(words.places)})\s(?:[^\W\d_]{{2,9}}\s)??{name}"),
    )
