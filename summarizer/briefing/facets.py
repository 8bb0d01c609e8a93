"""What part of a story a claim tells: what happened, why, what differs, what is open or to come.

Read from the claim by lists of phrases, quotations left out, and left at "happened" in doubt: a
reader forgives a missing label, not a silly one.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from summarizer.briefing import agreement
from summarizer.briefing.phrases import anywhere
from summarizer.briefing.similarity import Space, bag, cosine
from summarizer.models.engine import Evidence
from summarizer.text.facts import dates
from summarizer.text.facts.dates import DateMention
from summarizer.text.lexicon.facets import facet_words
from summarizer.text.normalise import day
from summarizer.types import Claim, Conflict, Document, Facet

MAX_ALONE = 3  # a story
MIN_ORIGINS = 3  # of a story in which one report can be alone with something
MAX_COSINE = 0.18  # with any sentence of another report, of what one report alone tells
MAX_RECALL = 0.45  # of its words by weight that another report may hold anywhere
MIN_ALONE_WORDS = 8
MAX_POSITION = 10  # of it in its report: what comes later is rarely news
MAX_NEXT_DAYS, MAX_NEXT_SPAN_DAYS = 366, 31  # how far off, and how exactly told
TIMELINE_DAYS = 3  # before publication, at least

_QUESTION = ("?", "\uff1f", "\u061f")
_QUOTED = re.compile('["\u201c\u201e\u00ab][^"\u201c-\u201e\u00ab\u00bb]*["\u201d\u201c\u00bb]')


def assign(
    claims: Sequence[Claim],
    conflicts: Sequence[Conflict],
    evidence: Sequence[Evidence],
    documents: Mapping[str, Document],
) -> tuple[Claim, ...]:
    """Return the claims of one story with their facets, in the same order.

    A claim that states one side of a conflict is always "differ": it is not plain fact.

    Args:
        claims: of one story, its headline among them if that is to have a facet.
        conflicts: of the story.
        evidence: of the story.
        documents: by id, at least those cited.
    """
    published = [when for d in documents.values() if (when := day(d.published)) is not None]
    newest = max(published, default=None)
    facets = [
        "differ"
        if agreement.is_disputed(claim, conflicts, documents)
        else _told(claim, documents, newest)
        for claim in claims
    ]
    plain = [claim for claim, facet in zip(claims, facets, strict=True) if facet == "happened"]
    alone = _alone(plain, evidence)
    return tuple(
        replace(claim, facet="alone" if claim.id in alone else facet)
        for claim, facet in zip(claims, facets, strict=True)
    )


def _told(claim: Claim, documents: Mapping[str, Document], newest: date | None) -> Facet:
    """Read the facet from the claim's own words."""
    cited = documents[claim.citations[0].document]
    patterns = _patterns(cited.language)
    if patterns is None or claim.text.rstrip().endswith(_QUESTION):
        return "happened"
    said = _QUOTED.sub(" ", claim.text)
    lowered = said.lower()
    if patterns.open.search(lowered):
        return "open"
    published = day(cited.published)
    mentioned = dates.find(said, cited.language, published)
    if newest and patterns.next.search(lowered) and any(_is_after(m, newest) for m in mentioned):
        return "next"
    if patterns.why.search(lowered):
        return "why"
    if published and len(mentioned) == 1 and _is_past_day(mentioned[0], published):
        return "timeline"
    return "happened"


def _is_after(mention: DateMention, when: date) -> bool:
    """Tell whether a day, week or month to come is named: "by 2030" is no appointment."""
    if mention.first is None or mention.last is None:
        return False
    is_short = (mention.last - mention.first).days < MAX_NEXT_SPAN_DAYS
    return is_short and 0 < (mention.first - when).days <= MAX_NEXT_DAYS


def _is_past_day(mention: DateMention, published: date) -> bool:
    """Tell whether a day is named by its date and lies well before publication."""
    is_date = mention.month is not None and mention.day is not None
    first = mention.first if is_date else None
    return first is not None and (published - first).days >= TIMELINE_DAYS


def _alone(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> frozenset[str]:
    """Return the ids of the claims that one report alone tells, those nearest to the story first.

    No sentence of another report may be like it, and no other report may hold most of its words.
    """
    if len({sentence.origin for sentence in evidence}) < MIN_ORIGINS:
        return frozenset()
    cited = {(e.document, e.start): e for e in evidence if e.position < MAX_POSITION}
    single = [c for c in claims if c.origins == 1 and c.citations]
    space = Space(evidence) if single else None
    nearness: list[tuple[float, int, str]] = []
    for i, claim in enumerate(single):
        sentence = cited.get((claim.citations[0].document, claim.citations[0].start))
        if space is None or sentence is None or len(sentence.words) < MIN_ALONE_WORDS:
            continue
        recall = _recall_elsewhere(sentence, evidence, space)
        if recall < MAX_RECALL:
            nearness.append((-recall, i, claim.id))
    return frozenset(name for _, _, name in sorted(nearness)[:MAX_ALONE])


def _recall_elsewhere(sentence: Evidence, evidence: Sequence[Evidence], space: Space) -> float:
    """Return the greatest share of a sentence's words, by weight, that another report holds.

    All of them, if a sentence of another report is like it.
    """
    terms = bag(sentence.words, sentence.language)
    vector = space.vector(terms)
    held: dict[str, set[str]] = defaultdict(set)
    for other, known, has in zip(evidence, space.vectors, space.bags, strict=True):
        if other.origin != sentence.origin:
            if cosine(vector, known) >= MAX_COSINE:
                return 1.0
            held[other.origin].update(has.keys() & terms.keys())
    return max(map(space.weight, held.values()), default=0.0) / (space.weight(terms) or 1.0)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What tells each facet, in lower case."""

    open: re.Pattern[str]
    next: re.Pattern[str]
    why: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns | None:
    words = facet_words(language)
    if words is None:
        return None
    return _Patterns(*map(anywhere, (words.open, words.next, words.why)))
