"""Whether a name, number or date that was changed is still the one that stood there."""

import math
from collections.abc import Iterator, Sequence
from itertools import takewhile

from summarizer.briefing.checks import dates, numbers
from summarizer.briefing.checks.alignment import Edit, Placed
from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.names import named
from summarizer.briefing.checks.reading import Reading
from summarizer.text.facts.dates import DateMention
from summarizer.text.facts.quantities import Quantity

_EQUAL = 1e-6
_ROOT = 4  # letters that a country and its people share: "China", "Chinese"


def check(edit: Edit) -> Iterator[Flag]:
    """Flag a value in whose place the cited text has another one."""
    yield from _renamed(edit)
    yield from _counted(edit)
    yield from _of_another_sort(edit)


def _renamed(edit: Edit) -> Iterator[Flag]:
    """Flag a name that was replaced by another one, or by a function word written as a name."""
    now, before = named_in(edit.claim, edit.ours), _named_there(edit.theirs)
    if now and before and not _are_same(edit, now, before):
        yield _instead(before, edit.claim.written(now))
    elif now and not edit.theirs and _is_of_place(edit.claim, now[0]):
        longer = edit.claim.written([now[0] - 1, now[0]])
        yield Flag("role", f"the cited text does not say {longer} there")
    elif before and _is_hollow(edit):
        yield _instead(before, edit.now)


def _counted(edit: Edit) -> Iterator[Flag]:
    """Flag a number or date that was replaced by another one."""
    ours = _quantities(edit.claim, edit.ours)
    theirs = [(reading, q) for reading, i in edit.theirs for q in _quantities(reading, [i])]
    if ours and theirs and not any(_agree(edit.claim, q, r, k) for q in ours for r, k in theirs):
        yield Flag("binding", f"the cited text says {edit.before} there, not {edit.now}")
    days = _dates(edit.claim, edit.ours)
    known = [d for reading, i in edit.theirs for d in _dates(reading, [i])]
    if days and known and not any(dates.states(k, d) for k in known for d in days):
        yield Flag("date", f"the cited text says {edit.before} there, not {edit.now}")


def _of_another_sort(edit: Edit) -> Iterator[Flag]:
    """Flag a name that was replaced by a date or number, and the reverse.

    What was only moved is not there more often than before.
    """
    ours = {i for i in edit.ours if edit.claim.is_content[i]}
    theirs = {(reading, i) for reading, i in edit.theirs if reading.is_content[i]}
    now, before = {*named_in(edit.claim, edit.ours)}, {*_named_there(edit.theirs)}
    value = {i for i in ours - now if is_value(edit.claim, i)}
    was_value = {(reading, i) for reading, i in theirs - before if is_value(reading, i)}
    readings = {reading for reading, _ in theirs}
    keys = [edit.claim.keys[i] for i in ours]
    is_added = any(len(edit.claim.find(k)) > len(r.find(k)) for k in keys for r in readings)
    if is_added and (ours, theirs) in ((now, was_value), (value, before)):
        yield Flag("role", f"the cited text says {edit.before} there, not {edit.now}")


def passage(edit: Edit) -> Iterator[Flag]:
    """Flag a name that stands where a longer passage begins with another one."""
    now = named_in(edit.claim, edit.ours)
    there = [(reading, i) for reading, i in edit.theirs if reading.is_content[i]]
    before = list(takewhile(frozenset(_named_there(there)).__contains__, there))
    is_all = now == [i for i in edit.ours if edit.claim.is_content[i]]
    if now and is_all and before and not _are_same(edit, now, before):
        yield _instead(before, edit.claim.written(now))


def _instead(before: Sequence[Placed], now: str) -> Flag:
    said = " ".join(reading.written([i]) for reading, i in before)
    return Flag("role", f"the cited text says {said} there, not {now}")


def _is_hollow(edit: Edit) -> bool:
    """Tell whether a function word stands there, written as a name within a sentence."""
    claim, tokens = edit.claim, edit.claim.facts.tokens
    return bool(edit.ours) and all(
        tokens[i].is_capital
        and not claim.is_content[i]
        and not (tokens[i].end - tokens[i].start > 1 and claim.written([i]).isupper())
        and i > 0
        and (tokens[i - 1].is_word or tokens[i - 1].word == ",")
        for i in edit.ours
    )


def _are_same(edit: Edit, now: Sequence[int], before: Sequence[Placed]) -> bool:
    """Tell whether two names share a part, or one abbreviates the other."""
    keys = frozenset[str]().union(*(reading.keys[i] for reading, i in before))
    if any(not edit.claim.keys[i].isdisjoint(keys) for i in now):
        return _is_for_whole(edit.claim, now, before) and not _is_inflected(edit)
    ours = [edit.claim.words[i] for i in now]
    theirs = [reading.words[i] for reading, i in before]
    return _spell(ours, theirs) or _spell(theirs, ours)


def _is_for_whole(claim: Reading, now: Sequence[int], before: Sequence[Placed]) -> bool:
    """Tell whether one word is a part of a longer name as written, or a word for all of it.

    "Obama" may stand for "Barack Obama", "Britain" for "United Kingdom"; "Singaporeans" may not
    for "Forward Singapore", nor "China", a place, for "China Vanke".
    """
    ours = [(claim.stems[i], claim.keys[i]) for i in now]
    theirs = [(reading.stems[i], reading.keys[i]) for reading, i in before]
    if (len(ours) == 1) == (len(theirs) == 1):
        return True
    ((stem, keys),), whole = sorted((ours, theirs), key=len)
    is_place = any(key[0] == "@" for key in keys)
    parts = [other for other, _ in (whole[-1:] if is_place else whole)]
    return stem in parts or all(not keys.isdisjoint(others) for _, others in whole)


def _is_of_place(claim: Reading, i: int) -> bool:
    """Tell whether a name goes on from that of a place: "China Vanke"."""
    before = claim.facts.tokens[i - 1] if i else None
    is_joined = before is not None and before.end + 1 == claim.facts.tokens[i].start
    return is_joined and any(key[0] == "@" for key in claim.keys[i - 1])


def _spell(words: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether the first letters of some words, or of some in a row, are one of the names."""
    initials = "".join(word[0] for word in words)
    return any(len(name) > 1 and name in initials for name in names)


def _is_inflected(edit: Edit) -> bool:
    """Tell whether a people stands for its country or the reverse, other than before a noun."""
    if (len(edit.ours), len(edit.theirs)) != (1, 1):
        return False
    (i,), ((reading, j),) = edit.ours, edit.theirs
    ours, theirs = edit.claim.words[i], reading.words[j]
    is_root = ours[:_ROOT] == theirs[:_ROOT] and len(ours) > _ROOT < len(theirs)
    is_other = edit.claim.stems[i] != reading.stems[j]
    is_owner = any(word.endswith("'s") for word in (ours, theirs))
    return is_root and is_other and not (is_owner or any(edit.claim.is_content[i + 1 : i + 2]))


def named_in(reading: Reading, tokens: Sequence[int]) -> list[int]:
    """Return those of some tokens that are part of a name."""
    names = named(reading) if tokens else frozenset()
    return [i for i in tokens if i in names]


def _named_there(placed: Sequence[Placed]) -> list[Placed]:
    return [(reading, i) for reading, i in placed if named_in(reading, [i])]


def _quantities(reading: Reading, tokens: Sequence[int]) -> list[Quantity]:
    spans = [(reading.facts.tokens[i].start, reading.facts.tokens[i].end) for i in tokens]
    return [
        q
        for q in reading.facts.quantities
        if any(start < q.end and q.start < end for start, end in spans)
    ]


def _agree(claim: Reading, ours: Quantity, reading: Reading, theirs: Quantity) -> bool:
    return (
        math.isclose(ours.low, theirs.low, rel_tol=_EQUAL)
        or (numbers.states(theirs, ours) and not numbers.is_rounded_name(reading, theirs, ours))
        or numbers.is_converted(claim, ours, reading, theirs)
    )


def _dates(reading: Reading, tokens: Sequence[int]) -> list[DateMention]:
    starts = [reading.facts.tokens[i].start for i in tokens]
    return [d for d in reading.facts.dates if any(d.start <= start < d.end for start in starts)]


def is_value(reading: Reading, i: int) -> bool:
    """Tell whether a token is part of a number or date."""
    return bool(_quantities(reading, [i]) or _dates(reading, [i]))
