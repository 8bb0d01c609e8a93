"""Whether the dates of a sentence are those of its cited text."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.reading import Reading, Source
from summarizer.text.facts.dates import DateMention


def check(claim: Reading, source: Source, published: AbstractSet[date]) -> Iterator[Flag]:
    """Flag each date that the cited text does not state.

    A day of publication is stated too, and so is a longer time that holds a date stated.
    """
    known = [mention for reading in source.readings for mention in reading.facts.dates]
    literal = {word for reading in source.readings for word in reading.words}
    for mention in claim.facts.dates:
        written = claim.text[mention.start : mention.end]
        if not (
            _says_nothing(mention)
            or any(states(other, mention) for other in known)
            or _is_publication(mention, published)
            or written.lower() in literal
        ):
            yield Flag("date", f"{written} is no date of the cited text")


def states(source: DateMention, claim: DateMention) -> bool:
    """Tell whether a date of the source states that of a claim, or a more exact one."""
    if _is_another_weekday(source, claim):
        return False
    if source.first and source.last and claim.first and claim.last:
        if claim.first <= source.first and source.last <= claim.last:
            return True
        if claim.year and source.year:
            return False
    exact = source.first if source.first == source.last else None
    parts = (
        (claim.month, source.month, exact and exact.month),
        (claim.day, source.day, exact and exact.day),
        (claim.year, source.year, exact and exact.year),
        (claim.weekday, source.weekday, exact and exact.weekday()),
    )
    written = [(ours, theirs) for ours, *theirs in parts if ours is not None]
    if source.first is None and claim.first is not None:
        return _may_be(source, claim.first)
    return bool(written) and all(ours in theirs for ours, theirs in written)


def _is_another_weekday(source: DateMention, claim: DateMention) -> bool:
    """Tell whether two mentions name different weekdays, whatever days they give beside them."""
    if claim.weekday is None or source.weekday is None:
        return False
    return claim.weekday != source.weekday


def _is_publication(mention: DateMention, published: AbstractSet[date]) -> bool:
    """Tell whether a mention is the day of publication; a weekday alone would say too little."""
    is_day = mention.first == mention.last and mention.weekday is None
    return is_day and mention.first in published


def _may_be(source: DateMention, first: date) -> bool:
    """Tell whether a date that cannot be resolved agrees with a day in all that it says."""
    said = (
        (source.month, first.month),
        (source.year, first.year),
        (source.weekday, first.weekday()),
    )
    known = [(theirs, ours) for theirs, ours in said if theirs is not None]
    return bool(known) and all(theirs == ours for theirs, ours in known)


def _says_nothing(mention: DateMention) -> bool:
    parts = (mention.first, mention.month, mention.day, mention.year, mention.weekday)
    return all(part is None for part in parts)
