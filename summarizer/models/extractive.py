"""The embedded engine: choose source sentences that cover what the documents agree matters.

Concept coverage (Gillick & Favre 2009, "A scalable global model for summarization", section 2)
solved by lazy greedy selection (Lin & Bilmes 2010, "Multi-document summarization via budgeted
maximization of submodular functions", section 4). Departures, each measured on the development
sets named in `benchmarks/`: a concept weighs more the earlier a document mentions it, each origin
votes once, and opening sentences get a bonus where the budget has room for one of every report.
No model, no download, the same bytes every time.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from summarizer.models import concepts
from summarizer.models.concepts import Concept
from summarizer.models.engine import Draft, Evidence, WriteRequest
from summarizer.text import lexical

LENGTH_EXPONENT = 0.7  # r: 1 would favour short sentences, 0 long ones
LEAD_BONUS = 4.0  # b, of opening sentences, with room for one sentence a report; less with more
LEAD_DECAY = 0.5  # in sentences: the opening alone gets most of it
# What a sentence still weighs by the age of its document, a factor a day down to a floor. The
# first sentence tells what is newest; the rest may come from any day.
AGE_FACTOR, FIRST_AGE_FLOOR, AGE_FLOOR = 0.7, 0.25, 0.85
OLD_FIGURE = 0.3  # a sentence of an earlier day with a figure in it: figures grow stale first
GAIN_DIGITS = 12  # gains that differ by rounding errors only are ties, on every platform
MIN_LENGTH = 6  # words; shorter sentences get no advantage from being short
MIN_WORTH = 0.03  # of the first gain: less than this is not worth a line
MAX_OVERLAP = 0.5  # share of a sentence's content stems that one chosen sentence may already hold

_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int  # of the evidence
    n_words: int
    concepts: frozenset[Concept]
    stems: frozenset[str]


class Extractive:
    """Writes a story in its sources' own sentences."""

    def write(self, request: WriteRequest) -> list[Draft]:
        """Return the headline, if a title serves, and the sentences chosen, in reading order."""
        evidence = request.evidence
        analysed = [_analyse(i, sentence) for i, sentence in enumerate(evidence)]
        weights = concepts.weigh(evidence, [candidate.concepts for candidate in analysed])
        chosen = _select(evidence, analysed, weights, request.max_words)
        ordered = reading_order(evidence, chosen)
        while request.is_lead and len(ordered) > 1 and evidence[ordered[1]].leans:
            del ordered[1]
        drafts = [Draft(evidence[i].text, (evidence[i].alias,)) for i in ordered]
        title = _headline(evidence, analysed, chosen)
        if title is not None:
            drafts.insert(0, Draft(title.text, (title.alias,), is_headline=True))
        return drafts


def lead_bonus(lengths: Sequence[int], n_origins: int, max_words: int) -> float:
    """Return how much more the opening of a document counts, by how much there is room for.

    With room for one sentence a report the openings of all are a good summary. With room for n,
    the best of them get in by what they say: 1 / n of the bonus. With room for less than one,
    what reports share counts, wherever they say it: n^2 of the bonus.

    Args:
        lengths: words of each sentence that can be written, at least 1 each.
        n_origins: how many reports there are, at least 1.
        max_words: the budget, at least 1.
    """
    if not lengths:
        return 0.0
    n_each = max_words * len(lengths) / sum(lengths) / n_origins
    return LEAD_BONUS * min(n_each**2, 1 / n_each)


def _analyse(index: int, sentence: Evidence) -> _Candidate:
    stems = lexical.stems(sentence.words, sentence.language)
    is_content = concepts.are_content(sentence.words, sentence.language)
    return _Candidate(
        index,
        max(1, lexical.count_words(sentence.text)),
        concepts.pairs(stems, is_content),
        frozenset(compress(stems, is_content)),
    )


class _Coverage:
    """What the chosen sentences cover, and what another one would add."""

    def __init__(
        self, evidence: Sequence[Evidence], weights: Mapping[Concept, float], bonus: float
    ) -> None:
        self.chosen: list[_Candidate] = []
        self.first_gain = 0.0
        self._covered: set[Concept] = set()
        self._evidence = evidence
        self._weights = weights
        self._bonus = bonus

    def gain(self, candidate: _Candidate) -> float:
        """Return the weight of the concepts a sentence would add, by its place, age and length."""
        value = math.fsum(map(self._weights.__getitem__, candidate.concepts - self._covered))
        sentence = self._evidence[candidate.index]
        value *= 1 + self._bonus * math.exp(-sentence.position / LEAD_DECAY)
        floor = AGE_FLOOR if self.chosen else FIRST_AGE_FLOOR
        value *= max(floor, AGE_FACTOR**sentence.age_days)
        if sentence.age_days > 0 and _FIGURE.search(sentence.text):
            value *= OLD_FIGURE
        value /= math.pow(max(MIN_LENGTH, candidate.n_words), LENGTH_EXPONENT)
        return round(value, GAIN_DIGITS)

    def entry(self, candidate: _Candidate) -> tuple[float, int, int]:
        """Return the sentence's place in the queue, good until another one is chosen."""
        return -self.gain(candidate), candidate.index, len(self.chosen)

    def add(self, candidate: _Candidate) -> None:
        """Choose a sentence."""
        if not self.chosen:
            self.first_gain = self.gain(candidate)
        self.chosen.append(candidate)
        self._covered |= candidate.concepts


def _select(
    evidence: Sequence[Evidence],
    analysed: Sequence[_Candidate],
    weights: Mapping[Concept, float],
    max_words: int,
) -> list[int]:
    """Choose sentences by coverage; one sentence at least, if any can be written.

    Returns:
        Indices of the evidence, in the order chosen.
    """
    writable = [c for c in analysed if _is_writable(evidence[c.index])]
    n_origins = len({sentence.origin for sentence in evidence})
    bonus = lead_bonus([c.n_words for c in writable], max(1, n_origins), max_words)
    coverage = _Coverage(evidence, weights, bonus)
    standing = [c for c in writable if not evidence[c.index].leans]
    fitting = [c for c in standing if c.n_words <= max_words]
    first = min(map(coverage.entry, fitting or standing), default=None)
    if first is not None:
        coverage.add(analysed[first[1]])
    if fitting:
        followers = {c.index - 1: c for c in writable if _leans_on_previous(evidence, c.index)}
        _fill(coverage, fitting, followers, max_words - coverage.chosen[0].n_words)
    return [candidate.index for candidate in coverage.chosen]


def _fill(
    coverage: _Coverage,
    candidates: Sequence[_Candidate],
    followers: Mapping[int, _Candidate],
    n_left: int,
) -> None:
    """Add sentences by lazy greedy; what does not fit makes room for what does.

    Gains only fall as concepts get covered, so an entry whose recomputed gain is still on top is
    the best one: the result equals plain greedy. Ties go to the earlier sentence. A sentence that
    leans on the one before it, its follower, joins once that one is chosen.
    """
    by_index = {c.index: c for c in (*candidates, *followers.values())}
    ahead = followers.get(coverage.chosen[0].index)
    worth = MIN_WORTH * coverage.first_gain
    heap = [coverage.entry(c) for c in (*candidates, *([ahead] if ahead else []))]
    heapq.heapify(heap)
    while heap:
        value, index, n_chosen = heapq.heappop(heap)
        candidate = by_index[index]
        if -value <= worth or candidate.n_words > n_left:
            continue
        if n_chosen < len(coverage.chosen):
            heapq.heappush(heap, coverage.entry(candidate))
        elif not any(_repeats(candidate, other) for other in coverage.chosen):
            coverage.add(candidate)
            n_left -= candidate.n_words
            if index in followers:
                heapq.heappush(heap, coverage.entry(followers[index]))


def _is_writable(sentence: Evidence) -> bool:
    return sentence.usable and sentence.kind == "body"


def _leans_on_previous(evidence: Sequence[Evidence], index: int) -> bool:
    """Tell whether a sentence leans on the evidence just before it, which is of its document."""
    return (
        index > 0
        and evidence[index].leans
        and evidence[index - 1].document == evidence[index].document
        and evidence[index - 1].position == evidence[index].position - 1
    )


def _repeats(candidate: _Candidate, other: _Candidate) -> bool:
    shared = len(candidate.stems & other.stems)
    return shared > MAX_OVERLAP * len(candidate.stems)


def reading_order(evidence: Sequence[Evidence], chosen: Sequence[int]) -> list[int]:
    """Order sentences for reading: the strongest one's document first, each document in its order.

    Later days follow earlier ones. Of one day, or where no day is known, documents come in the
    order in which their first sentences were chosen.
    """
    rank: dict[str, int] = {}
    for i in chosen:
        rank.setdefault(evidence[i].document, len(rank))

    def place(i: int) -> tuple[bool, int, int, int]:
        place_of_document = rank[evidence[i].document]
        return place_of_document > 0, -evidence[i].age_days, place_of_document, i

    return sorted(chosen, key=place)


def _headline(
    evidence: Sequence[Evidence], analysed: Sequence[_Candidate], chosen: Sequence[int]
) -> Evidence | None:
    """Return the title that heads the chosen sentences best.

    The title of the first chosen sentence's document if it is usable; else the usable one whose
    words most origins use, the earlier one at a tie.
    """
    first = evidence[chosen[0]].document if chosen else None
    titles = [c for c in analysed if evidence[c.index].kind == "title" and evidence[c.index].usable]
    in_titles = frozenset[str]().union(*(title.stems for title in titles))
    mentions: dict[str, set[str]] = defaultdict(set)
    for sentence, candidate in zip(evidence, analysed, strict=True):
        for stem in candidate.stems & in_titles:
            mentions[stem].add(sentence.origin)

    def fitness(candidate: _Candidate) -> tuple[bool, float, int]:
        n_mentions = sum(len(mentions[stem]) for stem in candidate.stems)
        is_first = evidence[candidate.index].document == first
        return is_first, n_mentions / math.sqrt(len(candidate.stems) or 1), -candidate.index

    best = max(titles, key=fitness, default=None)
    return None if best is None else evidence[best.index]
