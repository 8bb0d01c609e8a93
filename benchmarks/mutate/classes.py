"""The classes of changes, and every sentence that one change of a class makes of another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from benchmarks.mutate import dates, faithful, names, numbers, wording
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import Words

Generator = Callable[[Source, Words], Iterator[str]]


def format_changed(source: Source, words: Words) -> Iterator[str]:
    """Write a number, or its unit or sign, in another way."""
    yield from numbers.format_changed(source, words)
    yield from wording.number_reworded(source, words)


MUTATIONS: Mapping[str, Generator] = {
    "number": numbers.number_changed,
    "unit": numbers.unit_changed,
    "currency": numbers.currency_changed,
    "number bound to another noun": numbers.bound_to_another_noun,
    "name within document": names.name_within,
    "name from outside": names.name_outside,
    "role swap": names.roles_swapped,
    "negation added": wording.negation_added,
    "negation dropped": wording.negation_dropped,
    "antonym": wording.antonym,
    "hedge dropped": wording.hedge_dropped,
    "certainty added": wording.certainty_added,
    "date": dates.date_changed,
    "weekday": dates.weekday_changed,
    "quotation altered": wording.quotation_altered,
    "attribution moved": names.attribution_moved,
}

FAITHFUL: Mapping[str, Generator] = {
    "verbatim": faithful.verbatim,
    "sentence joined": faithful.joined,
    "clause dropped": faithful.clause_dropped,
    "active to passive": faithful.to_passive,
    "abbreviation expanded": wording.abbreviation_expanded,
    "number format changed": format_changed,
    "synonym": wording.synonym,
    "date made absolute": dates.made_absolute,
}
CITES_NEXT = frozenset({"sentence joined"})  # classes whose sentences say what the next one says
PARAPHRASES = tuple(name for name in FAITHFUL if name not in {"verbatim", *CITES_NEXT})


def paraphrases(text: str, source: Source, words: Words) -> Iterator[str]:
    """Yield the faithful rewordings of a changed sentence that keep the change.

    Those that the original has too have lost the change with what they left out.
    """
    changed = replace(source, text=text)
    of_original = {source.text, *chain.from_iterable(_reworded(source, words))}
    for reworded in chain.from_iterable(_reworded(changed, words)):
        if reworded not in of_original:
            yield reworded


def _reworded(source: Source, words: Words) -> Iterator[Iterator[str]]:
    yield from (FAITHFUL[name](source, words) for name in PARAPHRASES)
