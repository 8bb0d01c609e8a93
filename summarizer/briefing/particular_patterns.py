"""The words around particulars as patterns, one set a language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from summarizer.briefing.phrases import (
    any_of,
    anywhere,
    compiled,
    containing,
    longest_words,
    one_of_named,
)
from summarizer.text.lexicon.particulars import particular_words
from summarizer.text.lexicon.slots import slot_words

# A capital is any letter that is no small Latin one: scripts without capitals pass.
PART = r"(?<![^\W_])[^\W\d_a-z][^\W\d_]{1,30}(?:-[^\W\d_]{1,30}){0,2}"
_RUN = rf"{PART}(?:\s{PART}){{0,3}}"
_LINK = r"(?:al|el|bin|ibn|de|del|da|dos|van|von|der|la|le)[\s-]"
_HOLDER = rf"{PART}(?:\s(?:[^\W\d_a-z]\.?\s)?(?:{_LINK}){{0,2}}{PART}){{0,3}}"
_SCORE = r"(?<![\d-])(?P<won>\d{1,3})[-\u2013](?P<lost>\d{1,3})(?![-\u2013]?\w)"
_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Each matches where a word begins; those "before" something end where that begins."""

    cue_words: tuple[str, ...]  # without one, in lower case, a sentence has no particulars
    cues: re.Pattern[str]  # any of them
    of_kind: Mapping[str, re.Pattern[str]]  # likewise: without one of these none of a kind
    aftershock: re.Pattern[str]  # in lower case
    before_magnitude: re.Pattern[str]
    after_magnitude: re.Pattern[str]
    vote: re.Pattern[str]
    cast: re.Pattern[str]  # votes, right after their number
    voted: re.Pattern[str]  # before it
    against: re.Pattern[str]  # the whole of what stands between the numbers of a vote
    body: re.Pattern[str]
    unit: re.Pattern[str]  # after a number that counts no votes
    before_sum: re.Pattern[str]  # the purpose is the name of the group, as in the next one
    after_sum: re.Pattern[str]
    charged: re.Pattern[str]  # before a sum: who has to pay it stands between
    per: re.Pattern[str]  # after a sum
    conditional: re.Pattern[str]  # before a sum that nobody has paid or promised yet
    qualified: re.Pattern[str]  # before a number
    before_day: re.Pattern[str]  # the event is the name of the group
    beaten: re.Pattern[str]  # a winner, a loser and the score
    score: re.Pattern[str]  # a score and the loser
    run: re.Pattern[str]  # words that begin with a capital
    holder: re.Pattern[str]  # a person's name
    role: re.Pattern[str]  # the office is the name of the group
    place: re.Pattern[str]  # before an office
    of_place: re.Pattern[str]  # after it
    former: re.Pattern[str]


@cache
def patterns(language: str) -> Patterns | None:
    """Return the patterns of a language; None for one without a list of words."""
    words, counting = particular_words(language), slot_words(language)
    if words is None or counting is None:
        return None
    qualifiers = rf"(?:\s*{any_of(counting.qualifiers)})*\s*"
    links = rf"(?:\s*{any_of(words.purpose_links)}){{0,3}}"
    charge = _named(words.charges)
    vote, purpose, event = any_of(words.votes), _named(words.purposes), _named(words.events)
    of_kind = {
        "magnitude": words.quakes,
        "vote": (*words.votes, *words.voted),
        "money": tuple(chain(*words.purposes.values(), *words.charges.values())),
        "date": tuple(chain(*words.events.values())),
        "role": tuple(chain(*words.roles.values())),
        "score": (*words.wins, *words.won),
    }
    cue_words = longest_words(*of_kind.values())
    return Patterns(
        cue_words=cue_words,
        cues=containing(cue_words),
        of_kind={kind: anywhere(entries) for kind, entries in of_kind.items()},
        aftershock=anywhere(words.aftershocks),
        before_magnitude=compiled(rf"{any_of(words.magnitude_before)}{qualifiers}$"),
        after_magnitude=compiled(rf"[-\s]?{any_of(words.magnitude_after)}"),
        vote=compiled(any_of([*words.votes, *words.voted])),
        cast=compiled(rf"[-\s]?{vote}"),
        voted=compiled(rf"{any_of([*words.votes, *words.voted])}(?:\s+[^\W\d]+){{0,2}}\s*$"),
        against=compiled(rf"\s*(?:{vote})?\s*{_bare(words.against)}\s*"),
        body=compiled(any_of(words.bodies)),
        unit=compiled(rf"[-\s]?{any_of(counting.units)}"),
        before_sum=compiled(rf"{purpose}{links}{qualifiers}$"),
        after_sum=compiled(rf"[-\s]?{links}\s*{purpose}"),
        charged=compiled(rf"{charge}(?:\s+[\w'\u2019-]+){{0,6}}{qualifiers}$"),
        per=compiled(rf"\s*{any_of(words.per)}"),
        conditional=compiled(any_of(words.conditional)),
        qualified=compiled(rf"(?:{any_of(counting.qualifiers)}\s*)+$"),
        before_day=compiled(rf"{event}(?:\s+{any_of(words.day_links)}){{0,3}}\s*$"),
        beaten=re.compile(
            rf"(?P<winner>{_RUN})\s(?i:{any_of(words.wins)})\s(?:the\s)?(?P<loser>{_RUN})"
            rf"[^.!?;\n\d]{{0,40}}?{_SCORE}"
        ),
        score=re.compile(
            rf"{_SCORE}\s(?:[\w-]{{1,30}}\s){{0,3}}?(?i:{any_of(words.won)})\s(?:the\s)?"
            rf"(?P<loser>{_RUN})"
        ),
        run=re.compile(_RUN),
        holder=re.compile(_HOLDER),
        role=compiled(_named(words.roles)),
        place=re.compile(rf"{_RUN}(?:['\u2019]s)?\s$"),
        of_place=re.compile(rf"\s(?i:{any_of(words.of)})\s(?P<place>{_RUN})"),
        former=compiled(any_of(words.former)),
    )


def _named(entries: Mapping[str, Iterable[str]]) -> str:
    return one_of_named(entries) if entries else _NEVER


def _bare(entries: Iterable[str]) -> str:
    """Return a pattern for any of the entries, whatever stands beside them: "51-48"."""
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    written = (r"\s+".join(map(re.escape, entry.split())) for entry in longest_first)
    return f"(?:{'|'.join(written)})"
