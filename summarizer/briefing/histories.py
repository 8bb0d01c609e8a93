"""Which stories of different days are one: by the documents they share, else by what they say.

Earlier briefings are read from the oldest to the newest, so each story has one history, also when
those briefings knew nothing of each other.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from summarizer.briefing import proximity
from summarizer.briefing.previous import Previous, ToldStory
from summarizer.briefing.similarity import cosine
from summarizer.text import lexical

MIN_SHARED = 0.5  # of the documents of the smaller story
MIN_LIKENESS = 0.1  # cosine; English pairs all right, .77 and .97 found: newsmix, ecbplus, 2026-11
TIME_SPREAD_DAYS = 7.0  # sigma of the time factor
BACKGROUND = 200  # stories of unknown content, so that the idf of few stories stays sensible
N_RARE = 12  # rarest terms of a story that its candidates are found by
MAX_HOLDERS = 200  # stories that hold a term or document by which candidates are found

_WORD = re.compile(r"\b[^\W\d_a-z]\w+")  # capitalised if ASCII; of other scripts, asked for


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as one earlier briefing told it."""

    briefing: Previous
    story: ToldStory


@dataclass(frozen=True, slots=True)
class Profile:
    """What a story is recognised by on another day."""

    documents: frozenset[str]  # addresses; digests of texts without one of their own
    terms: Mapping[str, int]
    day: date | None


@dataclass(frozen=True, slots=True)
class History:
    """What earlier briefings told of one story."""

    id: str  # that the newest of them gave it
    tellings: tuple[Telling, ...]  # newest first
    profile: Profile


def gather(previous: Iterable[Previous]) -> tuple[History, ...]:
    """Join the stories of earlier briefings into histories.

    The order in which briefings are given makes no difference; one given twice counts once.
    """
    unique = {briefing.id: briefing for briefing in previous}
    histories: list[History] = []
    for briefing in sorted(unique.values(), key=lambda b: (b.day or date.min, b.id)):
        shared = repeated(record.url for record in briefing.documents.values())
        told = [_first(Telling(briefing, story), shared) for story in briefing.stories]
        place = {history.id: i for i, history in enumerate(histories)}
        named = {place[new.id]: new for new in told if new.id in place}
        others = [new for new in told if new.id not in place]
        known = [i for i in range(len(histories)) if i not in named]
        pairs = pair([new.profile for new in others], [histories[i].profile for i in known])
        found = match(pairs)
        for i, new in (named | {known[j]: others[i] for i, j in found.items()}).items():
            histories[i] = _continued(histories[i], new)
        histories += [new for i, new in enumerate(others) if i not in found]
    return tuple(histories)


def _first(telling: Telling, shared: AbstractSet[str]) -> History:
    """Return the history of a story that was told once."""
    records = telling.briefing.documents
    named = (records[name] for name in telling.story.documents)
    documents = frozenset(
        d.url if d.url is not None and d.url not in shared else d.sha256 for d in named
    )
    terms: Counter[str] = Counter()
    for claim in telling.story.printed:
        terms.update(stems(claim.text, records[claim.citations[0].document].language))
    profile = Profile(documents, terms, telling.briefing.day)
    return History(telling.story.id, (telling,), profile)


def _continued(history: History, new: History) -> History:
    """Add a newer telling."""
    old = history.profile
    terms = Counter(old.terms)
    terms.update(new.profile.terms)
    profile = Profile(old.documents | new.profile.documents, terms, new.profile.day)
    return History(new.id, (*new.tellings, *history.tellings), profile)


def repeated(urls: Iterable[str | None]) -> frozenset[str]:
    """Return the addresses that are given more than once."""
    return frozenset(url for url, n in Counter(urls).items() if url is not None and n > 1)


def stems(text: str, language: str) -> list[str]:
    """Return the content stems of a text, those of names twice."""
    words = lexical.words(text)
    names = (word.lower() for word in _WORD.findall(text) if word[0].isupper())
    return lexical.content_stems([*words, *names], language)


def pair(new: Sequence[Profile], old: Sequence[Profile]) -> list[tuple[int, int]]:
    """Return which stories may be one, as indices in `new` and in `old`, the surest first.

    Those that share most of their documents come before those that say the most alike.
    """
    return [(i, j) for *_, i, j in sorted([*_by_documents(new, old), *_by_likeness(new, old)])]


def match(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Choose pairs so that no story is in two; earlier pairs win."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in pairs:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _by_documents(
    new: Sequence[Profile], old: Sequence[Profile]
) -> Iterator[tuple[int, float, int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for j, known in enumerate(old):
        for mark in known.documents:
            holders[mark].append(j)
    for i, story in enumerate(new):
        shared = (holders[mark] for mark in story.documents if mark in holders)
        n_shared = Counter(j for held in shared if len(held) <= MAX_HOLDERS for j in held)
        for j, n in n_shared.items():
            if n >= MIN_SHARED * min(len(story.documents), len(old[j].documents)):
                yield 0, -float(n), i, j


def _by_likeness(
    new: Sequence[Profile], old: Sequence[Profile]
) -> Iterator[tuple[int, float, int, int]]:
    """Yield pairs of likely stories, compared where they share one of a story's rarest terms."""
    frequency = Counter(term for story in (*new, *old) for term in story.terms)
    n = len(new) + len(old) + BACKGROUND
    idf = {term: math.log(n / (df + 1)) for term, df in frequency.items()}
    known = [_vector(story.terms, idf) for story in old]
    holders: dict[str, list[int]] = defaultdict(list)
    for j, vector in enumerate(known):
        for term in vector:
            holders[term].append(j)
    for i, story in enumerate(new):
        vector = _vector(story.terms, idf)
        shared = sorted((t for t in vector if t in holders), key=lambda t: (-idf[t], t))[:N_RARE]
        near = {j for t in shared if len(holders[t]) <= MAX_HOLDERS for j in holders[t]}
        for j in near:
            likeness = cosine(vector, known[j]) * _time_factor(story.day, old[j].day)
            if likeness >= MIN_LIKENESS:
                yield 1, -likeness, i, j


def _vector(terms: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    """Weigh terms to unit length; idf squared, as a few rare names tell more than common words."""
    vector = {t: (1 + math.log(tf)) * idf[t] ** 2 for t, tf in terms.items()}
    norm = math.sqrt(math.fsum(value**2 for value in vector.values())) or 1.0
    return {term: value / norm for term, value in vector.items()}


def _time_factor(a: date | None, b: date | None) -> float:
    """Return .5 to 1, falling with the days between two briefings; 1 if one has no day."""
    if a is None or b is None:
        return 1.0
    return proximity.factor((a - b).days, spread_days=TIME_SPREAD_DAYS)
