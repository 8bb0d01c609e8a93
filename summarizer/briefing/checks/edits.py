"""What was changed where a sentence is its cited text but for a few words.

Such a sentence is aligned with its source word by word, and each change is judged by itself: what
stands there now, and what stood there before. Checks that look for words among their neighbours
are for sentences written anew.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from summarizer.briefing.checks import values
from summarizer.briefing.checks.alignment import FEW, Edit, Placed, word
from summarizer.briefing.checks.flags import Flag, quoted
from summarizer.briefing.checks.negation import is_measured
from summarizer.briefing.checks.reading import Reading
from summarizer.text.facts.senses import senses
from summarizer.text.facts.tokens import matches
from summarizer.text.facts.wording import wording

_MAX_CLAUSE = 6  # words; more that are left out are a clause, which may be left out
_SMALL = 4  # words put in the place of as many; more are a passage written anew


def check(edits: Sequence[Edit]) -> Iterator[Flag]:
    """Flag the changes that change the meaning."""
    for edit in edits if not _is_moved(edits) else ():
        yield from _denied(edit)
    for edit in edits:
        if min(len(edit.ours), len(edit.theirs)) and max(len(edit.ours), len(edit.theirs)) > _SMALL:
            yield from values.passage(edit)
            continue
        yield from _contrasted(edit)
        yield from _surer(edit)
        yield from values.check(edit)
        yield from _other_speaker(edit)
    for first, second in combinations(edits, 2):
        yield from _exchanged(first, second)


def adds_speaker(edits: Sequence[Edit]) -> bool:
    """Tell whether somebody says so where the cited text has nobody say it."""
    for edit in edits:
        if any(i in _speech(reading) for reading, i in edit.theirs):
            continue
        if not _speech(edit.claim).isdisjoint(edit.ours):
            return True
    return False


def _speech(reading: Reading) -> set[int]:
    """Return the tokens that tell who says something, and that they do."""
    return {i for s in reading.facts.speakers for i in (*range(s.first, s.last), s.verb)}


def _is_moved(edits: Sequence[Edit]) -> bool:
    """Tell whether a negation that one edit takes away is put back by another.

    That of a clause that was left out belonged to the clause.
    """
    ours = [any(i in e.claim.denials for i in e.ours) for e in edits]
    theirs = [
        not _is_between_marks(e) and any(i in reading.denials for reading, i in e.theirs)
        for e in edits
    ]
    return any(a and b and i != j for i, a in enumerate(ours) for j, b in enumerate(theirs))


def _denied(edit: Edit) -> Iterator[Flag]:
    if _opposed(edit):
        return
    negates = sorted(_negating(edit.claim, frozenset(edit.ours)))
    negated = [
        (reading, i)
        for reading, i in edit.theirs
        if i in _negating(reading, frozenset(j for r, j in edit.theirs if r is reading))
    ]
    said = {k for reading, i in negated for k in reading.keys[i] if k[0] == "#"}
    if any(not edit.claim.keys[i].isdisjoint(said) for i in edit.ours):
        return  # "not guilty" has a word of its own
    if negates and not any(i in reading.denials for reading, i in edit.theirs):
        negator = quoted(edit.claim.written(negates))
        yield Flag("negation", f"the cited text says so without {negator}")
    elif negated and not (_is_clause(edit) or any(i in edit.claim.denials for i in edit.ours)):
        yield Flag("negation", f"the cited text says {quoted(edit.before)}")


def _negating(reading: Reading, tokens: frozenset[int]) -> set[int]:
    """Return the tokens that negate, also the "not" of a "not only" that had its "only" before."""
    lists = wording(reading.language)
    neutral = [range(a, b) for a, b in matches(reading.words, lists.neutral)]
    torn = {i for phrase in neutral if not tokens.issuperset(phrase) for i in phrase}
    negators = {i for a, b in matches(reading.words, lists.negators) for i in range(a, b)}
    return {i for i in tokens if i in reading.negators or (i in torn and i in negators)}


def _contrasted(edit: Edit) -> Iterator[Flag]:
    is_negated = any(i in edit.claim.negators for i in edit.ours)
    was_negated = any(i in reading.negators for reading, i in edit.theirs)
    if is_negated == was_negated and _opposed(edit):
        yield Flag("contrast", f"the cited text says {quoted(edit.before)}, not {quoted(edit.now)}")


def _opposed(edit: Edit) -> bool:
    """Tell whether a word was replaced by one that excludes it."""
    known = senses(edit.claim.language)
    before = frozenset[str]().union(*(reading.keys[i] for reading, i in edit.theirs))
    return any(
        not known.opposing(edit.claim.keys[i]).isdisjoint(before)
        and edit.claim.keys[i].isdisjoint(before)
        for i in edit.ours
        if not is_measured(edit.claim, i)
    )


def _surer(edit: Edit) -> Iterator[Flag]:
    """Flag a hedge that is left out, a certainty that is put in, and a change of tense."""
    claim, ours = edit.claim, set(edit.ours)
    if _is_clause(edit):
        return
    hedged = any(i in r.hedges or (ours and i in r.guards) for r, i in edit.theirs)
    to_come = any(i in r.coming for r, i in edit.theirs)
    lists = wording(claim.language)
    sure = {i for a, b in matches(claim.words, lists.certainty) for i in range(a, b)} & ours
    before = frozenset[str]().union(*(reading.keys[i] for reading, i in edit.theirs))
    if hedged and ours.isdisjoint(claim.guards):
        yield Flag("hedge", f"the cited text says {quoted(edit.before)}")
    elif any(claim.keys[i].isdisjoint(before) for i in sure):
        yield Flag("certainty", f"the cited text does not say {quoted(edit.now)}")
    elif to_come != (not ours.isdisjoint(claim.coming)) and ours.isdisjoint(claim.guards):
        if to_come:
            yield Flag("status", f"the cited text says {quoted(edit.before)}")
        elif "to" not in {reading.words[i] for reading, i in edit.theirs}:
            yield Flag("status", f"the cited text does not say {quoted(edit.now)}")


def _is_clause(edit: Edit) -> bool:
    """Tell whether a whole clause was left out: many words, or all between two marks."""
    if edit.ours or len(edit.theirs) > _MAX_CLAUSE:
        return not edit.ours
    return len(edit.theirs) > FEW and edit.theirs[0][1] > 0 and _is_between_marks(edit)


def _is_between_marks(edit: Edit) -> bool:
    if edit.ours or not edit.theirs:
        return False
    (reading, first), (_, last) = edit.theirs[0], edit.theirs[-1]
    around = (max(0, first - 1), min(last + 1, len(reading.words) - 1))
    return not any(reading.facts.tokens[i].is_word for i in around)


def _other_speaker(edit: Edit) -> Iterator[Flag]:
    claim = edit.claim
    speaking = {i for s in claim.facts.speakers for i in range(s.first, s.last)}
    names = {*values.named_in(claim, edit.ours)}
    now = [
        i
        for i in edit.ours
        if i in speaking
        and claim.is_content[i]
        and i not in names
        and not values.is_value(claim, i)
    ]
    before = [(r, i) for r, i in edit.theirs if r.is_content[i]]
    keys = frozenset[str]().union(*(reading.keys[i] for reading, i in before))
    if now and before and all(claim.keys[i].isdisjoint(keys) for i in now):
        yield Flag("speaker", f"in the cited text it is {quoted(edit.before)} who says so")


def _exchanged(first: Edit, second: Edit) -> Iterator[Flag]:
    """Flag two names, numbers or other words that have changed places."""
    there = _word_counts(first.theirs), _word_counts(second.theirs)
    here = tuple(Counter(word(e.claim, i) for i in e.ours) for e in (first, second))
    swapped = _shares(first, second) and _shares(second, first)
    turned = any(
        here[a].total() > 1
        and here[a] == there[b]
        and [word(e.claim, i) for i in e.ours] != [word(r, i) for r, i in other.theirs]
        for a, b, e, other in ((0, 1, first, second), (1, 0, second, first))
    )
    if swapped or turned:
        shown = [quoted(edit.now or edit.before) for edit in (first, second)]
        yield Flag("role", f"{shown[0]} and {shown[1]} stand the other way round in the cited text")


def _shares(a: Edit, b: Edit) -> bool:
    """Tell whether one edit puts in what another takes out."""
    keys = frozenset[str]().union(*(r.keys[i] for r, i in b.theirs if r.is_content[i]))
    return any(not a.claim.keys[i].isdisjoint(keys) for i in a.ours if a.claim.is_content[i])


def _word_counts(placed: Sequence[Placed]) -> Counter[str]:
    return Counter(word(reading, i) for reading, i in placed)
