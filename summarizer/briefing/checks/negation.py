"""Whether a sentence denies what its cited text affirms, or affirms what it denies."""

from collections.abc import Iterator

from summarizer.briefing.checks.flags import Flag, quoted
from summarizer.briefing.checks.reading import Keys, Reading, Source, near
from summarizer.text.facts.senses import senses

_FOCUS = 3  # content words after a negator that it may negate
_REACH = 9  # tokens in which they stand
_BEFORE, _AFTER = 7, 5  # tokens between a negator and what it negates
_MIN_STEM = 4
_NEGATIVE = ("un", "non", "dis")
_PREFIXES = range(2, 4)  # letters of "un", "dis" and "non"
_ENDS = frozenset(".;:\u3002\uff1b")


def check(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag negation that is added or dropped."""
    yield from _added(claim, source)
    yield from _dropped(claim, source)


def focus(reading: Reading, start: int, skip: frozenset[int] = frozenset()) -> list[int]:
    """Return the next content words from a token on, within its clause."""
    found: list[int] = []
    for i in range(start, min(len(reading.words), start + _REACH)):
        if reading.words[i] in _ENDS or len(found) == _FOCUS:
            break
        if reading.is_content[i] and i not in skip:
            found.append(i)
    return found


def _added(claim: Reading, source: Source) -> Iterator[Flag]:
    for first, last in claim.facts.negators:
        negated = focus(claim, last)
        around = [(r, j) for i in negated for r in source.best for j in r.find(claim.keys[i])]
        if around:
            is_denied = any(near(r.denials, j, before=_BEFORE, after=_AFTER) for r, j in around)
        else:
            is_denied = any(reading.denials for reading in source.readings)
        if not is_denied and not _is_opposite(claim, negated, source):
            negator = quoted(claim.written(range(first, last)))
            yield Flag("negation", f"the cited text says so without {negator}")


def _dropped(claim: Reading, source: Source) -> Iterator[Flag]:
    for reading in source.best:
        for first, last in reading.facts.negators:
            negated = focus(reading, last)
            nearest = claim.find(reading.keys[negated[0]]) if negated else []
            n_kept = sum(bool(claim.find(reading.keys[i])) for i in negated)
            if (
                not nearest
                or n_kept < min(2, len(negated))
                or all(claim.find(reading.keys[i]) for i in range(first, last))
                or any(
                    near(claim.denials, i, before=_BEFORE + 1, after=_AFTER + 1) for i in nearest
                )
            ):
                continue
            said = reading.written(range(first, negated[0] + 1))
            yield Flag("negation", f"the cited text says {quoted(said)}")


def _is_opposite(claim: Reading, negated: list[int], source: Source) -> bool:
    """Tell whether the cited text denies by a word: "not possible" is "impossible"."""
    opposed = [senses(claim.language).opposing(claim.keys[i]) for i in negated]
    if any(source.has(keys) for keys in opposed):
        return True
    stems = {claim.stems[i] for i in negated if len(claim.stems[i]) >= _MIN_STEM}
    return any(
        other.endswith(stem) and len(other) - len(stem) in _PREFIXES
        for stem in stems
        for reading in source.readings
        for other in reading.stems
    )


def contrast(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag a word where the cited text has one that excludes it, among the same words."""
    known = senses(claim.language)
    for i, keys in enumerate(claim.keys):
        opposed = known.opposing(keys)
        if not opposed or not claim.is_content[i] or is_measured(claim, i):
            continue
        if any(reading.find(keys) for reading in source.best):
            continue
        found = [(reading, j) for reading in source.best for j in reading.find(opposed)]
        for reading, j in found:
            if (
                not claim.find(reading.keys[j])
                and near(claim.negators, i, before=4, after=1)
                == near(reading.negators, j, before=4, after=1)
                and _stand_alike(claim, i, reading, j)
            ):
                said, written = quoted(reading.written([j])), quoted(claim.written([i]))
                yield Flag("contrast", f"the cited text says {said}, not {written}")
                break


def prefixed(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag a word that differs from one of the cited text by a prefix that negates."""
    if claim.language != "en":
        return
    for i, word in enumerate(claim.words):
        if not claim.is_content[i] or any(r.find(claim.keys[i]) for r in source.best):
            continue
        others = {word[len(p) :] for p in _NEGATIVE if word.startswith(p)}
        others |= {p + word for p in _NEGATIVE}
        for reading in source.best:
            for j, other in enumerate(reading.words):
                if other in others and min(len(other), len(word)) >= _MIN_STEM:
                    said, written = quoted(reading.written([j])), quoted(claim.written([i]))
                    yield Flag("contrast", f"the cited text says {said}, not {written}")


def is_measured(claim: Reading, i: int) -> bool:
    """Tell whether a word belongs to a date or number, which have checks of their own."""
    start = claim.facts.tokens[i].start
    if any(d.start <= start < d.end for d in claim.facts.dates):
        return True
    return any(q.start <= start <= q.end + 1 for q in claim.facts.quantities)


def _stand_alike(claim: Reading, i: int, reading: Reading, j: int) -> bool:
    """Tell whether two words stand among the same words."""
    return not _around(claim, i).isdisjoint(_around(reading, j))


def _around(reading: Reading, at: int, reach: int = 6) -> Keys:
    numbers = range(max(0, at - reach), min(len(reading.keys), at + reach + 1))
    kept = (reading.keys[i] for i in numbers if i != at and reading.is_content[i])
    return frozenset().union(*kept)
