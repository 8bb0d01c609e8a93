"""Whether a sentence is as sure as its cited text, and tells as done only what is."""

from collections.abc import Iterator
from itertools import chain

from summarizer.briefing.checks.flags import Flag, quoted
from summarizer.briefing.checks.negation import focus
from summarizer.briefing.checks.reading import Reading, Source, near
from summarizer.text.facts.tokens import matches
from summarizer.text.facts.wording import wording

_MIN_KEPT = 2  # words beside a hedge that the sentence keeps
_SAID_BEFORE = 20  # tokens that a hedge may stand ahead of what it hedges
_SAID_AFTER = 4
_BEHIND = 6  # tokens before a hedge that it may hedge ("was possible")


def hedges(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag what the cited text hedges and the sentence states."""
    for reading in source.best:
        for first, last in reading.facts.hedges:
            if any(
                claim.find(reading.keys[i]) for i in range(first, last) if reading.is_content[i]
            ):
                continue
            ahead, behind = focus(reading, last, reading.hedges), _behind(reading, first)
            beside = (ahead, behind, [*ahead[:1], *behind[:1]])
            kept = [[i for j in group for i in claim.find(reading.keys[j])[:1]] for group in beside]
            if any(len(k) >= _MIN_KEPT and not _is_guarded(claim, k) for k in kept):
                said = quoted(reading.written(range(first, last)))
                yield Flag("hedge", f"the cited text only says {said}")


def status(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag what is told as done and is still to come, and the reverse."""
    lists = wording(claim.language)
    past = {i for a, b in matches(claim.words, lists.past) for i in range(a, b)}
    past |= {i for i, word in enumerate(claim.words) if past and word.endswith("ed")}
    coming = claim.guards | claim.coming
    for reading in source.best:
        for first, last in matches(reading.words, wording(reading.language).future):
            kept = [i for j in focus(reading, last) for i in claim.find(reading.keys[j])[:1]]
            if len(kept) < _MIN_KEPT or any(
                near(coming, i, before=_SAID_BEFORE, after=_SAID_AFTER) for i in kept
            ):
                continue
            if near(past, min(kept), before=3, after=0):
                said = quoted(reading.written(range(first, last)))
                yield Flag("status", f"the cited text says {said}: it has not happened yet")
    for first, last in matches(claim.words, lists.future):
        ahead = [i for i in focus(claim, last)[:1] if not claim.facts.tokens[i].is_capital]
        places = [place for i in ahead for place in source.find(claim.keys[i])]
        if places and not any(_is_to_come(source.readings[r], j) for r, j in places):
            written = quoted(claim.written(range(first, last)))
            yield Flag("status", f"the cited text does not say {written}")


def certainty(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag a word of certainty that the cited text does not have."""
    for first, last in matches(claim.words, wording(claim.language).certainty):
        keys = frozenset(chain.from_iterable(claim.keys[first:last]))
        if near(claim.denials | claim.guards, first, before=5, after=3) or source.has(keys):
            continue
        written = quoted(claim.written(range(first, last)))
        yield Flag("certainty", f"the cited text does not say {written}")


def _is_guarded(claim: Reading, kept: list[int]) -> bool:
    return any(near(claim.guards, i, before=_SAID_BEFORE, after=_SAID_AFTER) for i in kept)


def _behind(reading: Reading, start: int) -> list[int]:
    """Return the two content words before a hedge, within its clause."""
    found: list[int] = []
    for i in range(start - 1, max(-1, start - 1 - _BEHIND), -1):
        if not reading.facts.tokens[i].is_word or len(found) == _MIN_KEPT:
            break
        if reading.is_content[i] and i not in reading.hedges:
            found.append(i)
    return found


def _is_to_come(reading: Reading, i: int) -> bool:
    infinitive = {j for j, word in enumerate(reading.words) if word == "to"}
    ahead = reading.guards | reading.coming | infinitive
    return near(ahead, i, before=_SAID_BEFORE, after=2 * _SAID_AFTER)
