"""Changes of wording that a language's rules describe, in and out of quotations."""

from collections.abc import Iterator

from benchmarks.mutate.rewrite import Edit, edits, inside_quotations, outside_quotations
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import Words

MIN_QUOTED_WORDS = 4  # of a quotation that is altered; fewer are often names


def negation_added(source: Source, words: Words) -> Iterator[str]:
    """Deny what the sentence says."""
    yield from _by_rules("negation_added", source, words)


def negation_dropped(source: Source, words: Words) -> Iterator[str]:
    """Say what the sentence denies."""
    yield from _by_rules("negation_dropped", source, words)


def antonym(source: Source, words: Words) -> Iterator[str]:
    """Put the opposite in the place of a word, where the sentence does not hold both."""
    for text, edit in _edits("antonym", source, words):
        if edit.new.lower() not in text.lower():
            yield edit.apply(text)


def hedge_dropped(source: Source, words: Words) -> Iterator[str]:
    """Leave out what says that something is not certain."""
    yield from _by_rules("hedge_dropped", source, words)


def certainty_added(source: Source, words: Words) -> Iterator[str]:
    """Call certain what the sentence calls possible or believed."""
    yield from _by_rules("certainty_added", source, words)


def quotation_altered(source: Source, words: Words) -> Iterator[str]:
    """Put another word in the place of one that was quoted."""
    names = ("quotation_altered", "antonym")
    rules = [rule for name in names for rule in words.rules.get(name, ())]
    found = list(edits(source.text, rules))
    for edit in inside_quotations(source.text, found, min_words=MIN_QUOTED_WORDS):
        yield edit.apply(source.text)


def synonym(source: Source, words: Words) -> Iterator[str]:
    """Put a word that means the same in the place of one."""
    yield from _faithfully("synonym", source, words)


def abbreviation_expanded(source: Source, words: Words) -> Iterator[str]:
    """Write an abbreviation in full."""
    yield from _faithfully("abbreviation_expanded", source, words)


def number_reworded(source: Source, words: Words) -> Iterator[str]:
    """Write the unit or sign of a number in another way."""
    yield from _faithfully("number_format", source, words)


def _by_rules(name: str, source: Source, words: Words) -> Iterator[str]:
    yield from (edit.apply(text) for text, edit in _edits(name, source, words))


def _faithfully(name: str, source: Source, words: Words) -> Iterator[str]:
    found = [edit for _, edit in _edits(name, source, words)]
    yield from (edit.apply(source.text) for edit in outside_quotations(source.text, found))


def _edits(name: str, source: Source, words: Words) -> Iterator[tuple[str, Edit]]:
    for edit in edits(source.text, words.rules.get(name, ())):
        if edit.new != source.text[edit.start : edit.end]:
            yield source.text, edit
