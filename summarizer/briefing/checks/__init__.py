"""All checks of one sentence against its cited text, in the order their reasons are given."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from summarizer.briefing.checks import (
    alignment,
    binding,
    certainty,
    codes,
    dates,
    edits,
    names,
    negation,
    novelty,
    numbers,
    quotations,
    speakers,
)
from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.reading import Reading, Source


def find(claim: Reading, source: Source, published: AbstractSet[date]) -> Iterator[Flag]:
    """Yield what a sentence says and its cited text does not."""
    yield from numbers.check(claim, source)
    yield from codes.check(claim, source)
    yield from dates.check(claim, source, published)
    yield from names.check(claim, source)
    yield from quotations.check(claim, source)
    yield from quotations.addresses(claim, source)
    yield from novelty.details(claim, source)
    yield from novelty.causes(claim, source)
    yield from negation.prefixed(claim, source)
    changes = alignment.find(claim, source)
    if changes is None:
        yield from _anew(claim, source)
        return
    yield from edits.check(changes)
    if edits.adds_speaker(changes):
        yield from speakers.check(claim, source)


def _anew(claim: Reading, source: Source) -> Iterator[Flag]:
    """Yield the flags of a sentence written in words of its own."""
    yield from negation.check(claim, source)
    yield from negation.contrast(claim, source)
    yield from binding.numbers(claim, source)
    yield from binding.roles(claim, source)
    yield from binding.swaps(claim, source)
    yield from speakers.check(claim, source)
    yield from certainty.hedges(claim, source)
    yield from certainty.status(claim, source)
    yield from certainty.certainty(claim, source)
