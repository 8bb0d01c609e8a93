"""Whether the right names and numbers of a sentence stand in their right places.

A sentence may hold only names and numbers of its cited text and still say wrongly who did what to
whom. Each value is compared by its context: if the words around it are those around another value
of the same kind in the cited text, and not those around itself, it stands in the other's place.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.names import capitals
from summarizer.briefing.checks.reading import Reading, Source, share
from summarizer.text.facts.wording import wording
from summarizer.text.lexicon import lexicon

_MAX_VALUES = 100  # of a text that are compared; a sentence has fewer
_REACH = 6  # words of context on either side
_MIN_FIT, _MIN_FIT_OF_NAME = 0.6, 0.8
_TIMES = 2  # the other value must fit so many times as well
_MIN_SHARE = 0.6  # of the sentence's content that the span has, to compare its names
_SIDES = 7  # tokens on either side of a verb that are its own
# They tell who did it where the verb is passive.
_BY = frozenset(
    {"by", "par", "por", "von", "durch", "da", "dal", "dalla", "door", "από", "oleh", "bởi", "bị",
     "được"}
)  # fmt: skip
_BRACKETS = 3  # tokens from a name to its abbreviation
# They open a clause of their own, or stand for a name that is not there.
_NEW_CLAUSE = frozenset(
    {".", ";", "!", "?", "he", "she", "they", "it", "who", "which", "where", "we", "i", "while",
     "whereas"}
)  # fmt: skip
# What stands after them is no verb that two names could stand on the sides of.
_BEFORE_NOUN = frozenset(
    {"the", "a", "an", "of", "in", "on", "at", "for", "with", "its", "his", "her", "their"}
)
_TITLES = frozenset(
    {"president", "prime", "minister", "king", "queen", "prince", "princess", "pope", "judge"}
)

Weights = Mapping[str, float]
Sides = tuple[Sequence[int], Sequence[int]]  # tokens before and after one


@dataclass(frozen=True, slots=True)
class Standing:
    """A value and the words before and after it, by key, weighed by how near they are."""

    reading: Reading
    first: int
    last: int
    value: frozenset[object]  # two that share an element are the same
    sort: str  # only values of one sort can take each other's place
    before: Weights
    after: Weights

    @property
    def text(self) -> str:
        """Return the value as written."""
        return self.reading.written(range(self.first, self.last))


Fit = Callable[[Standing, Standing], float]


def numbers(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag each number that the cited text gives for something else."""
    known = [s for reading in source.best for s in islice(_numbers(reading), _MAX_VALUES)]
    ours = list(islice(_numbers(claim), _MAX_VALUES))
    for standing in ours:
        other = _misplaced(standing, ours, known, _either_side, _MIN_FIT)
        if other is not None:
            yield Flag("binding", f"the cited text says {other.text} there, not {standing.text}")


def roles(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag each name that stands where the cited text has another name.

    Only in languages whose wording is well known: elsewhere too much of a context is chance.
    """
    if not wording(claim.language).plain:
        return
    content = [k for k, is_content in zip(claim.keys, claim.is_content, strict=True) if is_content]
    near = [reading for reading in source.best if share(content, reading) >= _MIN_SHARE]
    known = [s for reading in near for s in islice(_names(reading), _MAX_VALUES)]
    ours = list(islice(_names(claim), _MAX_VALUES))
    for standing in ours:
        other = _misplaced(standing, ours, known, _same_side, _MIN_FIT_OF_NAME)
        if other is not None and _BY.isdisjoint(claim.words) == _BY.isdisjoint(other.reading.words):
            yield Flag("role", f"the cited text says {other.text} there, not {standing.text}")


def swaps(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag two names that have changed sides of the word between them."""
    ours = capitals(claim)
    theirs = [(reading, capitals(reading)) for reading in source.best]
    for i, keys in enumerate(claim.keys):
        if not _is_pivot(claim, i):
            continue
        sides = _sides(claim, i, ours)
        if not all(sides):
            continue
        for reading, names in theirs:
            for j in reading.find(keys):
                is_once = reading.stems.count(reading.stems[j]) == 1
                if is_once and _is_by(claim, i) == _is_by(reading, j):
                    yield from _changed_sides(claim, sides, reading, _sides(reading, j, names))


def _is_pivot(claim: Reading, i: int) -> bool:
    """Tell whether a word can be a verb that stands between who does and whom it is done to."""
    return (
        claim.is_content[i]
        and i not in claim.plain
        and not claim.facts.tokens[i].is_capital
        and claim.words[i].isalpha()
        and claim.words[i] not in lexicon(claim.language).reporting
        and claim.stems.count(claim.stems[i]) == 1
        and not (claim.language == "en" and i and claim.words[i - 1] in _BEFORE_NOUN)
    )


def _changed_sides(claim: Reading, ours: Sides, reading: Reading, theirs: Sides) -> Iterator[Flag]:
    left = _moved(claim, ours[0], reading, theirs[1], theirs[0])
    right = _moved(claim, ours[1], reading, theirs[0], theirs[1])
    if left and right:
        a, b = claim.written([left[0]]), claim.written([right[0]])
        yield Flag("role", f"{a} and {b} stand the other way round in the cited text")


def _moved(
    claim: Reading, ours: Sequence[int], reading: Reading, there: Sequence[int], here: Sequence[int]
) -> list[int]:
    """Return the tokens that the cited text has on the other side and not on this one."""
    return [
        i
        for i in ours
        if any(claim.keys[i] & reading.keys[j] for j in there)
        and not any(claim.keys[i] & reading.keys[j] for j in here)
    ]


def _sides(reading: Reading, at: int, names: AbstractSet[int]) -> Sides:
    """Return the names before and after a token, within its clause."""
    sides: list[list[int]] = []
    for step in (-1, 1):
        side: list[int] = []
        i = at + step
        while 0 <= i < len(reading.words) and abs(i - at) <= _SIDES:
            if reading.words[i] in _NEW_CLAUSE:
                break
            if i in names and reading.words[i] not in _TITLES:
                side.append(i)
            i += step
        sides.append(side)
    return sides[0], sides[1]


def _is_by(reading: Reading, at: int) -> bool:
    return not _BY.isdisjoint(reading.words[at : at + _SIDES + 1])


def _misplaced(
    standing: Standing, ours: Sequence[Standing], known: Sequence[Standing], fit: Fit, limit: float
) -> Standing | None:
    """Return the value of the cited text in whose place a value stands, if any."""
    own = [k for k in known if k.value & standing.value]
    others = [
        k
        for k in known
        if k.sort == standing.sort
        and not k.value & standing.value
        and not any(_is_abbreviated(k, o) for o in own)
    ]
    if not own or not others:
        return None
    # What its own context leaves open on one side tells nothing about that side.
    open_sided = replace(
        standing,
        before=standing.before if any(k.before for k in own) else {},
        after=standing.after if any(k.after for k in own) else {},
    )
    other = max(others, key=lambda k: fit(open_sided, k))
    score = fit(open_sided, other)
    if score < limit or score < _TIMES * max(fit(standing, k) for k in own):
        return None
    is_placed = any(s.value & other.value and _TIMES * fit(s, other) >= score for s in ours)
    return None if is_placed else other


def _either_side(a: Standing, b: Standing) -> float:
    return _same_side(a, b) + 0.5 * (_overlap(a.before, b.after) + _overlap(a.after, b.before))


def _same_side(a: Standing, b: Standing) -> float:
    return _overlap(a.before, b.before) + _overlap(a.after, b.after)


def _overlap(a: Weights, b: Weights) -> float:
    """Return the weight of the words two contexts share; each word counts by its best key."""
    best: dict[float, float] = {}  # by our weight, which tells our words apart
    for key, weight in a.items():
        if key in b:
            best[weight] = max(best.get(weight, 0.0), b[key])
    return sum(ours * theirs for ours, theirs in best.items())


def _is_abbreviated(a: Standing, b: Standing) -> bool:
    """Tell whether one name stands in brackets after the other."""
    if a.reading is not b.reading:
        return False
    first, second = sorted((a, b), key=lambda s: s.first)
    between = a.reading.words[first.last : second.first]
    return len(between) <= _BRACKETS and "(" in between


def _numbers(reading: Reading) -> Iterator[Standing]:
    for quantity in reading.facts.quantities:
        tokens = reading.inside(quantity.start, quantity.end)
        is_share = quantity.unit == "percent" or (
            quantity.unit == "plain" and 0 < quantity.high < 1
        )
        scale = 0.01 if quantity.unit == "percent" else 1
        value = (round(quantity.low * scale, 9), round(quantity.high * scale, 9))
        sort = "share" if is_share else quantity.unit
        yield _standing(reading, tokens, frozenset({(sort, value)}), sort)


def _names(reading: Reading) -> Iterator[Standing]:
    time = lexicon(reading.language).time
    for name in reading.facts.names:
        tokens = range(name.first, name.last)
        is_doubtful = name.is_initial and len(tokens) == 1
        in_date = any(d.start <= name.start < d.end for d in reading.facts.dates)
        value = frozenset(k for i in tokens if reading.is_content[i] for k in reading.keys[i])
        if value and not is_doubtful and not in_date and reading.words[name.first] not in time:
            yield _standing(reading, tokens, value, "name")


def _standing(reading: Reading, tokens: range, value: frozenset[object], sort: str) -> Standing:
    before = _context(reading, tokens.start - 1, -1)
    after = _context(reading, tokens.stop, 1)
    return Standing(reading, tokens.start, tokens.stop, value, sort, before, after)


def _context(reading: Reading, start: int, step: int) -> Weights:
    weights: dict[str, float] = {}
    distance, i = 0, start
    while 0 <= i < len(reading.words) and distance < _REACH:
        if reading.words[i] in _NEW_CLAUSE:
            break
        if reading.is_content[i]:
            distance += 1
            for key in reading.keys[i]:
                weights.setdefault(key, 1 / distance)
        i += step
    return weights
