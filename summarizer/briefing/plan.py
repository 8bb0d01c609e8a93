"""Decide what a briefing will tell: usable documents, origins, stories, their order and words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import inf

from summarizer.briefing import crosslingual, origins, rank, stories, topics
from summarizer.briefing.options import Options
from summarizer.briefing.topics import NOTHING_FOUND, Found
from summarizer.errors import NoUsableSourceError
from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.text.normalise import derive_id, moment
from summarizer.types import Document, Join, Note

MAX_LEAD = 3  # claims, of the stories told first
MIN_STORY_WORDS = 45  # two short sentences; fewer words print fewer stories


@dataclass(frozen=True, slots=True)
class PlannedStory:
    """The documents about one event and the words it may use."""

    id: str
    documents: tuple[Document, ...]  # in publication order, reprints included
    origin: Mapping[str, str]  # id of the document that stands for each document's origin
    max_words: int = 0  # 0: told in one line, if at all
    is_lead: bool = False  # its first claim is printed in the lead
    see_also: tuple[str, ...] = ()  # ids of stories in other languages, perhaps about this event
    joined: tuple[Join, ...] = ()  # why its documents are together, if that was asked for
    topics: tuple[int, ...] = ()  # that it is about, by their number in `Plan.found`

    @property
    def n_origins(self) -> int:
        """Return how many independent reports there are."""
        return len(set(self.origin.values()))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a briefing is made of, before a word is written."""

    documents: tuple[Document, ...]  # all given, in publication order
    excluded: Mapping[str, str]  # reason by document id
    origin: Mapping[str, str]  # id of the document that stands for a document's origin
    stories: tuple[PlannedStory, ...]  # in the order told
    notes: tuple[Note, ...]
    found: Found = NOTHING_FOUND  # where the topics that a reader named are mentioned
    muted: tuple[PlannedStory, ...] = ()  # about topics that a reader does not want to see

    def muted_documents(self) -> dict[str, str]:
        """Return why documents are left out of the stories though they could be used, by id."""
        return {
            document.id: f"its story is about {topic.name}, which is muted"
            for story in self.muted
            if (topic := self.found.muting(story.topics))
            for document in story.documents
        }


def make(documents: Iterable[Document], options: Options) -> Plan:
    """Plan a briefing.

    The order in which documents are given makes no difference: they are put in order of
    publication, then of id.

    Raises:
        NoUsableSourceError: no document has text that can be summarised.
    """
    given, notes = _with_unique_ids(documents)
    ordered = sorted(given, key=lambda d: (_publication(d), d.id))
    excluded = {d.id: reason for d in ordered if (reason := _unusable(d)) is not None}
    usable = [d for d in ordered if d.id not in excluded]
    if not usable:
        raise NoUsableSourceError(_nothing_usable(excluded))
    first = origins.group(usable)
    origin = {d.id: usable[i].id for d, i in zip(usable, first, strict=True)}
    found = topics.search(usable, options.topics)
    planned = [
        replace(story, topics=found.of_story(story.documents))
        for story in _stories(usable, origin, options)
    ]
    muted = tuple(story for story in planned if found.muting(story.topics))
    ranked = _ranked([story for story in planned if not found.muting(story.topics)], found)
    return Plan(
        tuple(ordered),
        excluded,
        origin,
        _allot(ranked, options.words, options.stories),
        (*notes, *_exclusion_notes(excluded), *_muting_notes(muted, found)),
        found,
        muted,
    )


def _publication(document: Document) -> float:
    when = moment(document.published)
    return inf if when is None else when


def _unusable(document: Document) -> str | None:
    """Say why a document cannot be summarised, if so."""
    if not any(map(str.isalnum, document.text)):
        return "it has no text: give the text itself"
    if len(document.text) > MAX_DOCUMENT_CHARS:
        return f"it is longer than {MAX_DOCUMENT_CHARS:,} characters: split it into parts"
    return None


def _nothing_usable(excluded: Mapping[str, str]) -> str:
    if not excluded:
        return "no document was given: name at least one file, folder or text"
    reason = next(iter(excluded.values()))
    return f"no usable document among {len(excluded)}: of the first, {reason}"


def _exclusion_notes(excluded: Mapping[str, str]) -> list[Note]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for document, reason in excluded.items():
        by_reason[reason].append(document)
    return [
        Note("document_excluded", f"{len(ids)} left out: {reason}", tuple(ids))
        for reason, ids in by_reason.items()
    ]


def _muting_notes(muted: Sequence[PlannedStory], found: Found) -> Iterator[Note]:
    by_topic: dict[str, list[PlannedStory]] = defaultdict(list)
    for story in muted:
        if topic := found.muting(story.topics):
            by_topic[topic.name].append(story)
    for name, left_out in by_topic.items():
        ids = tuple(document.id for story in left_out for document in story.documents)
        yield Note("muted", f"{len(left_out)} stories left out: {name} is muted", ids)


def _with_unique_ids(documents: Iterable[Document]) -> tuple[list[Document], list[Note]]:
    """Give each document an id of its own: equal documents are numbered, repeated ids replaced.

    Of different documents with one id the one whose derived id sorts first keeps it.
    """
    by_id: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_id[document.id].append(document)
    taken = set(by_id)
    n_used: Counter[str] = Counter(taken)

    def unused(name: str) -> str:
        made = name
        while made in taken:
            n_used[name] += 1
            made = f"{name}-{n_used[name]}"
        taken.add(made)
        return made

    unique = [same[0] for same in by_id.values() if len(same) == 1]
    notes: list[Note] = []
    for name in sorted(name for name, same in by_id.items() if len(same) > 1):
        first, *others = sorted(by_id[name], key=derive_id)
        unique.append(first)
        for document in others:
            derived = derive_id(document)
            made = unused(name if derived == derive_id(first) else derived)
            unique.append(replace(document, id=made))
            if derived != derive_id(first):
                message = f"the id {name} is used more than once: a derived one replaces it"
                notes.append(Note("id_replaced", message, (made,)))
    return unique, notes


def _stories(
    usable: Sequence[Document], origin: Mapping[str, str], options: Options
) -> list[PlannedStory]:
    """Return the stories, each with the reprints of its reports."""
    firsts = [d for d in usable if origin[d.id] == d.id]
    if options.one_story:
        groups, related = [list(range(len(firsts)))], list[tuple[int, int]]()
    else:
        across = crosslingual.join(firsts, stories.cluster(firsts, options.background))
        groups, related = across.clusters, across.see_also
    joined: Sequence[tuple[Join, ...]] = [()] * len(groups)
    if options.explain:
        joined = stories.explain(firsts, groups, options.background)
    number = {firsts[i].id: n for n, group in enumerate(groups) for i in group}
    members: dict[int, list[Document]] = defaultdict(list)
    for document in usable:
        members[number[origin[document.id]]].append(document)
    names = [f"s{sha256(members[n][0].id.encode()).hexdigest()[:12]}" for n in range(len(groups))]
    return [
        PlannedStory(
            id=names[n],
            documents=tuple(members[n]),
            origin={document.id: origin[document.id] for document in members[n]},
            see_also=tuple(names[a + b - n] for a, b in related if n in (a, b)),
            joined=joined[n],
        )
        for n in range(len(groups))
    ]


def _ranked(told: Sequence[PlannedStory], found: Found) -> list[PlannedStory]:
    """Order stories by importance; those of one origin that nobody asked for follow all others."""
    dates = [when for s in told for d in s.documents if (when := moment(d.published)) is not None]
    newest = max(dates, default=None)
    return sorted(
        told,
        key=lambda s: (
            s.n_origins == 1 and not found.is_asked(s.topics),
            -rank.importance(s.documents, s.n_origins, newest)
            - topics.ASKED_WEIGHT * found.is_asked(s.topics),
            _publication(s.documents[0]),
            s.id,
        ),
    )


def _allot(
    ranked: Sequence[PlannedStory], words: int, max_stories: int
) -> tuple[PlannedStory, ...]:
    """Share the words out: more to stories told first, none below what two sentences take."""
    n = min(len(ranked), max_stories, max(1, words // MIN_STORY_WORDS))
    spare = max(0, words - n * MIN_STORY_WORDS)
    weights = [n - i for i in range(n)]
    return tuple(
        replace(
            story,
            max_words=min(words, MIN_STORY_WORDS) + spare * weights[i] // sum(weights),
            is_lead=n > 1 and i < MAX_LEAD,
        )
        if i < n
        else story
        for i, story in enumerate(ranked)
    )
