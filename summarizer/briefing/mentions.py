"""What a briefing says of the topics its reader named: claims, mentions, and who was not asked.

A watched topic is always reported. What no story printed of it is quoted: one sentence of each
independent report that mentions it, stories that are not told before more of one that is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from summarizer.briefing import cite, evidence
from summarizer.briefing.plan import Plan
from summarizer.briefing.terms import Span
from summarizer.briefing.topics import Topic
from summarizer.text import lexical
from summarizer.types import Citation, Claim, Document, InBrief, Note, Source, Story, TopicReport

MAX_MENTIONS = 10  # of a topic; a reader who wants more of it gives it a section
MAX_QUOTE_CHARS = 700  # of a mention; of what is longer, or no sentence, only what is around it
CLIPPED_CHARS = 200  # on each side
PARTLY = frozenset({"teaser_only", "paywalled"})  # statuses of sources that give less than all
SOUND = frozenset({"ok", "empty", "unchanged", *PARTLY})  # of sources that could be looked through


class Reports(NamedTuple):
    """What was found of each topic, in the order they were named, and what a reader should know."""

    topics: tuple[TopicReport, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Mentioning:
    """The documents of one origin that mention a topic, in publication order."""

    documents: tuple[Document, ...]
    is_about: bool
    story: str


def report(
    plan: Plan, stories: Sequence[Story], in_brief: Sequence[InBrief], sources: Sequence[Source]
) -> Reports:
    """Report on every topic of a plan.

    Args:
        plan: what the briefing was made from, with what was found of the topics.
        stories: as printed, in printed order.
        in_brief: those told in one line.
        sources: where the documents came from; those that gave nothing were not searched.
    """
    not_searched = tuple(dict.fromkeys(s.name for s in sources if not _was_searched(s)))
    n_searched = len(plan.documents) - len(plan.excluded)
    reports: list[TopicReport] = []
    notes: list[Note] = []
    for i, topic in enumerate(plan.found.topics):
        printed = list(_printed(plan, i, stories, in_brief))
        mentions: tuple[Claim, ...] = ()
        if topic.mode == "watch":
            everything = (*_claims(stories), *(line.claim for line in in_brief))
            mentions, left = _mentions(plan, i, printed, everything)
            notes += _capped(topic, mentions, left)
        ids = dict.fromkeys(claim.id for claim in (*printed, *mentions))
        reports.append(
            TopicReport(
                name=topic.name,
                mode=topic.mode,
                claims=tuple(ids),
                searched=n_searched,
                not_searched=not_searched,
                mentions=mentions,
            )
        )
    return Reports(tuple(reports), tuple(notes))


def _was_searched(source: Source) -> bool:
    return source.status in SOUND and (source.documents > 0 or source.status not in PARTLY)


def _printed(
    plan: Plan, topic: int, stories: Sequence[Story], in_brief: Sequence[InBrief]
) -> Iterator[Claim]:
    """Yield the printed claims about a topic: of its stories, or those that mention it."""
    mode = plan.found.topics[topic].mode
    if mode == "watch":
        for claim in (*_claims(stories), *(line.claim for line in in_brief)):
            if any(_mentions_it(plan, topic, citation) for citation in claim.citations):
                yield claim
    elif mode != "mute":
        about = {story.id for story in plan.stories if topic in story.topics}
        yield from _claims([story for story in stories if story.id in about])
        yield from (line.claim for line in in_brief if line.id in about)


def _claims(stories: Sequence[Story]) -> Iterator[Claim]:
    for story in stories:
        yield from (story.headline, *story.claims)


def _mentions_it(plan: Plan, topic: int, citation: Citation) -> bool:
    spans = plan.found.places.get(citation.document, {}).get(topic, ())
    return any(citation.start <= start and end <= citation.end for start, end in spans)


def _mentions(
    plan: Plan, topic: int, printed: Sequence[Claim], everything: Sequence[Claim]
) -> tuple[tuple[Claim, ...], tuple[Document, ...]]:
    """Quote a watched topic where no printed claim mentions it.

    Returns:
        At most MAX_MENTIONS claims, and the documents that would have come after them.
    """
    told = {plan.origin[citation.document] for claim in printed for citation in claim.citations}
    found: dict[tuple[str, ...], Claim] = {}
    taken = {tuple(lexical.words(claim.text)) for claim in everything}
    left: list[Document] = []
    for origin in _in_order(plan, topic, told):
        if len(found) == MAX_MENTIONS:
            left += origin.documents
            continue
        first = origin.documents[0]
        citation = _citation(first, plan.found.places[first.id][topic])
        words = tuple(lexical.words(citation.quote))
        known = found.get(words)
        if known is not None:
            n_articles = known.articles + len(origin.documents)
            found[words] = replace(known, origins=known.origins + 1, articles=n_articles)
        elif words not in taken:
            found[words] = _claim(citation, len(origin.documents))
    return tuple(found.values()), tuple(left)


def _in_order(plan: Plan, topic: int, told: set[str]) -> list[_Mentioning]:
    """Return the origins that mention a topic and are not told: one of each story comes first.

    Among them those that are about it, then those with more articles, then the earlier ones.
    """
    story_of = {d.id: s.id for s in (*plan.stories, *plan.muted) for d in s.documents}
    members: dict[str, list[Document]] = defaultdict(list)
    for document in plan.documents:
        if topic in plan.found.places.get(document.id, {}):
            members[plan.origin[document.id]].append(document)
    subjects = plan.found.subjects
    origins = [
        _Mentioning(
            tuple(documents),
            any(topic in subjects[document.id] for document in documents),
            story_of[origin],
        )
        for origin, documents in members.items()
        if origin not in told
    ]
    origins.sort(key=lambda origin: (not origin.is_about, -len(origin.documents)))
    n_before = Counter({story_of[origin] for origin in told})
    turns = []
    for origin in origins:
        turns.append(n_before[origin.story])
        n_before[origin.story] += 1
    return [origins[i] for i in sorted(range(len(origins)), key=turns.__getitem__)]


def _citation(document: Document, spans: Sequence[Span]) -> Citation:
    """Cite the best sentence of a document that holds one of some spans.

    A sentence that can stand on its own comes before one that cannot, and the title last; what
    stands in no sentence is cited with what is around it.
    """
    gathered = evidence.gather([document], {document.id: document.id}).evidence
    holding = [
        e
        for e in gathered
        if len(e.text) <= MAX_QUOTE_CHARS
        and any(e.start <= start and end <= e.end for start, end in spans)
    ]
    if holding:
        best = min(holding, key=lambda e: (e.kind == "title", not e.usable, e.leans))
        return cite.citations([best], {document.id: document})[0]
    start, end = _around(document.text, *spans[0])
    return Citation(document.id, start, end, document.text[start:end])


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the line around a span, or the words of a long one that are near it."""
    first = max(text.rfind("\n", 0, start) + 1, start - CLIPPED_CHARS)
    if first == start - CLIPPED_CHARS:
        first = text.find(" ", first, start) + 1 or first
    line_end = text.find("\n", end)
    last = len(text) if line_end < 0 else line_end
    if last > end + CLIPPED_CHARS:
        last = max(text.rfind(" ", end, end + CLIPPED_CHARS), end)
    return first, last


def _claim(citation: Citation, n_articles: int) -> Claim:
    return Claim(
        id=cite.claim_id(citation.quote, (citation,)),
        text=citation.quote,
        verdict="verbatim",
        origins=1,
        articles=n_articles,
        citations=(citation,),
    )


def _capped(topic: Topic, mentions: Sequence[Claim], left: Sequence[Document]) -> Iterator[Note]:
    if left:
        n = sum(claim.articles for claim in mentions)
        message = (
            f"{topic.name}: of {n + len(left)} more articles that mention it, {n} are quoted in "
            f"{len(mentions)} sentences"
        )
        yield Note("mentions_capped", message, tuple(document.id for document in left))
