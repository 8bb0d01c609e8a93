"""The words around counted people as patterns, one set a language."""

import re
from dataclasses import dataclass
from functools import cache

from summarizer.briefing.phrases import any_of, compiled, containing, longest_words, one_of_named
from summarizer.text.lexicon import slots as lexicon


@dataclass(frozen=True, slots=True)
class Patterns:
    """Each matches where a word begins; those "before" something end where that begins."""

    cue_words: tuple[str, ...]  # without one of these, in lower case, a sentence fills no slot
    cues: re.Pattern[str]  # any of them
    outcome: re.Pattern[str]  # what became of those counted; its slot is the name of the group
    active: re.Pattern[str]  # a verb, before the number; named like outcomes
    total: re.Pattern[str]  # what is counted up to now; named like outcomes
    reached: re.Pattern[str]  # between a total and its number, before the number
    people: re.Pattern[str]
    part: re.Pattern[str]
    link: re.Pattern[str]
    auxiliary: re.Pattern[str]
    stop: re.Pattern[str]  # the phrase that a number begins ends here
    unit: re.Pattern[str]
    around: re.Pattern[str]
    aside: re.Pattern[str]  # a whole aside between commas
    shared: re.Pattern[str]  # "or" another outcome, after one
    sharing: re.Pattern[str]  # one outcome "or", before another one
    qualifiers: re.Pattern[str]
    qualified: re.Pattern[str]  # qualifiers, before the number
    article: re.Pattern[str]
    has_articles: bool  # without them an object cannot be told from what follows
    increment: re.Pattern[str]  # after the number
    incremented: re.Pattern[str]  # before the number
    beside: re.Pattern[str]  # after the number
    besides: re.Pattern[str]  # before the number
    doubt: re.Pattern[str]


@cache
def patterns(language: str) -> Patterns | None:
    """Return the patterns of a language; None for one without a list of words."""
    words = lexicon.slot_words(language)
    if words is None:
        return None
    verbs = [entry for cues in words.slots.values() for entry in cues.before]
    outcomes = [entry for cues in words.slots.values() for entry in cues.after]
    totals = [entry for cues in words.slots.values() for entry in cues.totals]
    either, lists = any_of([*outcomes, *verbs]), any_of(words.lists)
    some = rf"(?:\s*{any_of(words.qualifiers)})*\s*"
    cue_words = longest_words([*outcomes, *verbs, *totals])
    return Patterns(
        cue_words=cue_words,
        cues=containing(cue_words),
        outcome=compiled(one_of_named({n: cues.after for n, cues in words.slots.items()})),
        active=compiled(
            one_of_named({n: cues.before for n, cues in words.slots.items()}) + rf"{some}$"
        ),
        total=compiled(one_of_named({n: cues.totals for n, cues in words.slots.items()})),
        reached=compiled(rf"(?:{any_of(words.to)}|:){some}$"),
        people=compiled(any_of(words.people)),
        part=compiled(any_of(words.parts)),
        link=compiled(any_of(words.links)),
        auxiliary=compiled(any_of(words.auxiliaries)),
        stop=compiled(any_of([*words.stops, *verbs])),
        unit=compiled(any_of(words.units)),
        around=compiled(any_of(words.around)),
        aside=compiled(rf",\s*{any_of(words.aside)}[^,;.!?]{{0,80}},"),
        shared=compiled(rf"\s*{lists}\s*{either}"),
        sharing=compiled(rf"{either}\s*{lists}\s*$"),
        qualifiers=compiled(some),
        qualified=compiled(rf"(?:{any_of(words.qualifiers)}\s*)+$"),
        article=compiled(any_of(words.articles)),
        has_articles=bool(words.articles),
        increment=compiled(any_of(words.increments_after)),
        incremented=compiled(rf"{any_of(words.increments_before)}{some}$"),
        beside=compiled(any_of(words.beside)),
        besides=compiled(rf"{any_of(words.beside)}{some}$"),
        doubt=compiled(any_of(words.doubt)),
    )
