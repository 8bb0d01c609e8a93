"""Rewordings that say the same: two sentences joined, a clause dropped, the passive."""

import re
from collections.abc import Iterator

from benchmarks.mutate.rewrite import (
    alternatives,
    capitalised,
    decapitalised,
    edits,
    outside_quotations,
)
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import Words

_STOP = re.compile(r"[.。]$")
_COUNTED = r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|several|dozens of) "
_THING = rf"(?:{_COUNTED}|an? |the )[a-z][a-z'-]*(?: [a-z][a-z'-]*){{0,2}}?"
_NAME = r"(?:Mr |Ms |Mrs )?[A-Z][\w-]+(?: [A-Z][\w-]+)?"
_LEAD = r"(?P<lead>(?:On|In|At|After|During|Last|Earlier|Yesterday) [^,.]{2,40}, )?"
_PLACES = "in|on|at|after|during|near|outside|following|before|last|yesterday|for|from|with|over"
_PLACE = rf"(?: (?:{_PLACES}) (?:(?! and | but | short).)*)?"
# What follows the object may say what it does: "barrels hidden in holes".
_VERBAL = ("ed", "ing", "hidden", "stolen", "taken", "broken", "driven", "held", "left", "found")


def verbatim(source: Source, words: Words) -> Iterator[str]:  # noqa: ARG001 - as all generators
    """Leave the sentence as it is."""
    yield source.text


def joined(source: Source, words: Words) -> Iterator[str]:
    """Join a sentence and the next one of its paragraph."""
    if not source.after or not words.joiner or not _STOP.search(source.text):
        return
    first_word = source.after.split()[0]
    after = source.after
    if first_word in words.lowered:
        after = decapitalised(after)
    elif not words.has_capitals or source.language == "de":
        pass
    elif not re.match(r"[A-ZÀ-ÞА-Я][\w'’-]* [A-ZÀ-ÞА-Я]", after):
        return  # whether the first word is a name cannot be told
    if after[0] not in '"“«„「':
        yield _STOP.sub("", source.text) + words.joiner + after


def clause_dropped(source: Source, words: Words) -> Iterator[str]:
    """Leave out a clause that only adds to what the sentence says; never one that says who says."""
    rules = words.rules.get("clause_dropped", ())
    found = list(edits(source.text, rules))
    for edit in outside_quotations(source.text, found):
        if not words.said.search(source.text[edit.start : edit.end]):
            yield edit.apply(source.text)


def to_passive(source: Source, words: Words) -> Iterator[str]:
    """Turn "Police arrested two men in Leeds." into "Two men were arrested by police in Leeds."."""
    if not words.agents or '"' in source.text or "“" in source.text:
        return
    agent, verb = f"(?P<agent>{words.agents})", f"(?P<verb>{alternatives(words.participles)})"
    thing = f"(?P<thing>{_THING}|{_NAME})"
    match = re.fullmatch(rf"{_LEAD}{agent} {verb} {thing}(?P<rest>{_PLACE})\.", source.text)
    if match and not match["thing"].endswith(_VERBAL):
        be = "were" if _is_plural(match["thing"]) else "was"
        first, *more = match["agent"].split()
        by = words.objects.get(first) or (first.lower() if first in words.lowered else first)
        passive = (
            f"{match['thing']} {be} {match['verb']} by {' '.join((by, *more))}{match['rest']}."
        )
        yield f"{match['lead']}{passive}" if match["lead"] else capitalised(passive)


def _is_plural(thing: str) -> bool:
    is_one = re.match(r"an? ", thing) is not None
    is_counted = re.match(_COUNTED, thing) is not None
    last = thing.rsplit(maxsplit=1)[-1]
    plural = last.endswith("s") and not last.endswith("ss")
    return is_counted or (
        not is_one
        and not last[0].isupper()
        and (plural or last in {"people", "men", "women", "police"})
    )
