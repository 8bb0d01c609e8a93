"""What reports may state differently beyond the things that rules know: a second model decides.

Two reports that say almost the same with another number of the same unit may contradict each other,
and mostly do not: of such pairs of real news, read by eye, not one in five did. So nothing is shown
that a model has not called a conflict or an update, and what the rules have found always stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from summarizer.briefing.similarity import Space, cosine
from summarizer.errors import ModelError
from summarizer.models.engine import Evidence
from summarizer.text.facts import quantities
from summarizer.text.facts.quantities import Quantity
from summarizer.text.normalise import day
from summarizer.types import Citation, Conflict, ConflictKind, ConflictValue, Document

MIN_COSINE = 0.45  # of sentences that may state the same
MAX_ASKED = 3  # pairs of one story; nine days of real news had 4 in 67 stories
MAX_SENTENCES = 400  # of a story that are compared
MAX_ABOUT_CHARS = 60
_KINDS: Mapping[str, ConflictKind] = {"conflict": "conflict", "update": "update"}

Judgement = Callable[[Evidence, Evidence], str]
"""Says how two sentences relate, one of `judging.RELATIONS`; may raise `ModelError`."""


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence and the number in it that the other sentence does not have."""

    sentence: Evidence
    value: Quantity


Pair = tuple[Side, Side]


def conflicts(
    evidence: Sequence[Evidence],
    documents: Mapping[str, Document],
    known: Sequence[Conflict],
    judge: Judgement,
) -> tuple[Conflict, ...]:
    """Return what a model finds to be stated differently, beside what is known.

    Args:
        evidence: of one story.
        documents: by id, at least those of the evidence.
        known: conflicts that rules have found; what they cite is not judged again.
        judge: asks a model; a pair that it cannot judge is left out.
    """
    told = {(v.citation.document, v.citation.start) for c in known for v in c.values}
    new = [e for e in evidence if (e.document, e.start) not in told]
    found = (_conflict(pair, documents, judge) for pair in doubtful(new)[:MAX_ASKED])
    return tuple(conflict for conflict in found if conflict is not None)


def doubtful(evidence: Sequence[Evidence]) -> list[Pair]:
    """Return pairs of like sentences of two reports with different numbers, the likest first.

    A sentence is in one pair at most.
    """
    counted = {
        i: found
        for i, e in enumerate(evidence)
        if e.usable and e.kind == "body" and (found := quantities.find(e.text, e.language))
    }
    vectors = Space(evidence).vectors if len(counted) > 1 else ()
    rated: list[tuple[float, int, int, Pair]] = []
    for i, j in combinations([*counted][:MAX_SENTENCES], 2):
        if evidence[i].origin == evidence[j].origin:
            continue
        values = _different(counted[i], counted[j])
        if values is not None and (similarity := cosine(vectors[i], vectors[j])) >= MIN_COSINE:
            sides = Side(evidence[i], values[0]), Side(evidence[j], values[1])
            rated.append((-round(similarity, 9), i, j, sides))
    return [*_once_each(sorted(rated, key=lambda each: each[:3]))]


def _once_each(rated: Iterable[tuple[float, int, int, Pair]]) -> Iterator[Pair]:
    used: set[int] = set()
    for _, i, j, pair in rated:
        if used.isdisjoint((i, j)):
            used |= {i, j}
            yield pair


def _different(
    one: Sequence[Quantity], other: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """Return the only number of each that the other has not, if they are of one unit."""
    left, right = _only_in(one, other), _only_in(other, one)
    if len(left) == len(right) == 1 and left[0].unit == right[0].unit:
        return left[0], right[0]
    return None


def _only_in(one: Sequence[Quantity], other: Sequence[Quantity]) -> list[Quantity]:
    known = {(quantity.low, quantity.high, quantity.unit) for quantity in other}
    return [
        quantity for quantity in one if (quantity.low, quantity.high, quantity.unit) not in known
    ]


def _conflict(pair: Pair, documents: Mapping[str, Document], judge: Judgement) -> Conflict | None:
    try:
        kind = _KINDS.get(judge(pair[0].sentence, pair[1].sentence))
    except ModelError:
        return None
    if kind is None:
        return None
    days = [day(side.sentence.published) for side in pair]
    if None not in days and days[0] != days[1]:
        kind = "update"  # as of all that is stated on different days
    newest_first = sorted(pair, key=lambda side: side.sentence.published or "", reverse=True)
    values = tuple(_stated(side, documents) for side in newest_first)
    return Conflict(_about(*(side.sentence.text for side in pair)), kind, values)


def _stated(side: Side, documents: Mapping[str, Document]) -> ConflictValue:
    sentence, value = side.sentence, side.value
    quote = documents[sentence.document].text[sentence.start : sentence.end]
    citation = Citation(sentence.document, sentence.start, sentence.end, quote)
    return ConflictValue(sentence.text[value.start : value.end], citation)


def _about(one: str, other: str) -> str:
    """Return the longest run of words that two sentences share, or as much as heads a table."""
    words, others = one.split(), other.split()
    match = SequenceMatcher(None, words, others, autojunk=False).find_longest_match()
    shared = " ".join(words[match.a : match.a + match.size])
    if len(shared) > MAX_ABOUT_CHARS:
        shared = shared[: MAX_ABOUT_CHARS + 1].rpartition(" ")[0] or shared[:MAX_ABOUT_CHARS]
    return shared.strip(" ,.;:")
