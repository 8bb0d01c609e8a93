"""What independent reports agree on, and what they state differently."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from summarizer.briefing import pairing, slots, statements
from summarizer.briefing.pairing import Pair
from summarizer.briefing.similarity import Space, bag, cosine
from summarizer.briefing.statements import Geography, Statement
from summarizer.models.engine import Evidence
from summarizer.text.facts import quantities
from summarizer.text.normalise import day
from summarizer.types import Citation, Claim, Conflict, ConflictKind, ConflictValue, Document

MIN_COSINE = 0.6  # at and above it, 10 of 10 pairs read by eye stated the same fact
MIN_RECALL = 0.6
# Of 55 pairs of the days below MIN_COSINE that pass these, read by eye, 50 stated the same fact.
MIN_COSINE_HELD, MIN_RECALL_HELD, MIN_TERMS_HELD = 0.45, 0.45, 6
MAX_VALUES = 5  # of one conflict that are shown

Values = tuple[float | str, ...]


class Support:
    """Compares sentences of one story, idf local to the story."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._evidence = evidence
        self._space = Space(evidence)

    def origins(self, sentence: Evidence) -> frozenset[str]:
        """Return the origins that state the same, the sentence's own included.

        A body sentence needs one other sentence at tf-idf cosine MIN_COSINE; at MIN_COSINE_HELD
        it needs one that has all its numbers and MIN_RECALL_HELD of its words, weighed by idf. One
        that fills a slot with another number does not state the same. A title is shorter than what
        it announces: its origins are those whose text holds MIN_RECALL of its words.
        """
        terms = bag(sentence.words, sentence.language)
        is_title = sentence.kind == "title"
        found = self._by_recall(terms) if is_title else self._by_cosine(sentence, terms)
        return found | {sentence.origin}

    def _by_cosine(self, sentence: Evidence, terms: Counter[str]) -> frozenset[str]:
        vector = self._space.vector(terms)
        found = {sentence.origin}
        for i, other in enumerate(self._evidence):
            if other.kind != "body" or other.origin in found:
                continue
            similarity = cosine(vector, self._space.vectors[i])
            is_like = similarity >= MIN_COSINE or (
                similarity >= MIN_COSINE_HELD and self._holds(i, sentence, terms)
            )
            if is_like and not _is_contradicted(sentence, other):
                found.add(other.origin)
        return frozenset(found)

    def _holds(self, i: int, sentence: Evidence, terms: Counter[str]) -> bool:
        """Tell whether the i-th sentence holds the numbers and enough words of another one."""
        shared = self._space.bags[i].keys() & terms.keys()
        return (
            len(terms) >= MIN_TERMS_HELD
            and self._space.weight(shared) >= MIN_RECALL_HELD * self._space.weight(terms)
            and _numbers(sentence) <= _numbers(self._evidence[i])
        )

    def _by_recall(self, terms: Counter[str]) -> frozenset[str]:
        held: dict[str, set[str]] = {}
        for other, known in zip(self._evidence, self._space.bags, strict=True):
            held.setdefault(other.origin, set()).update(known.keys() & terms.keys())
        enough = MIN_RECALL * self._space.weight(terms)
        return frozenset(o for o, shared in held.items() if self._space.weight(shared) >= enough)


def _numbers(sentence: Evidence) -> frozenset[tuple[float, float, str]]:
    found = quantities.find(sentence.text, sentence.language)
    return frozenset((quantity.low, quantity.high, quantity.unit) for quantity in found)


def _is_contradicted(sentence: Evidence, other: Evidence) -> bool:
    """Tell whether two like sentences fill one slot with numbers that no bound reconciles."""
    stated, compared = (slots.find(each.text, each.language) for each in (sentence, other))
    return any(a.name == b.name and not a.may_equal(b) for a in stated for b in compared)


def conflicts(
    evidence: Sequence[Evidence], documents: Mapping[str, Document]
) -> tuple[Conflict, ...]:
    """Return what the reports of one story state differently.

    Two statements are compared when they fill one slot for the same thing as far as their
    sentences tell; a pair in doubt is left out. Statements of different publication days
    are an update, as are those of different versions of one report; those whose bounds allow one
    number are a range, others a conflict.

    Args:
        evidence: of one story.
        documents: by id, at least those of the evidence.

    Returns:
        In the order in which the evidence first states them; values newest first.
    """
    by_slot: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements.collect(evidence, documents):
        by_slot[statement.slot.name].append(statement)
    differing = [same for same in by_slot.values() if len({s.value for s in same}) > 1]
    if not differing:
        return ()
    vectors = Space(evidence).vectors
    geography = Geography(evidence)
    return tuple(
        conflict
        for same in differing
        for group in _groups(same, pairing.pairs(same, vectors, geography))
        if (conflict := _conflict(group, documents)) is not None
    )


def _groups(same: Sequence[Statement], pairs: Iterable[Pair]) -> Iterator[list[Statement]]:
    """Join pairs to groups, in order of the first statement of each."""
    group = list(range(len(same)))
    for i, j in pairs:
        low, high = sorted((group[i], group[j]))
        group = [low if g == high else g for g in group]
    members: dict[int, list[Statement]] = defaultdict(list)
    for g, statement in zip(group, same, strict=True):
        members[g].append(statement)
    yield from members.values()


def _conflict(group: Sequence[Statement], documents: Mapping[str, Document]) -> Conflict | None:
    """Say how the values of a group differ; None if they do not."""
    latest: dict[Values, Statement] = {}
    for statement in group:
        known = latest.get(statement.value)
        if known is None or statement.recency > known.recency:
            latest[statement.value] = statement
    if len(latest) == 1:
        return None
    stated = sorted(latest.values(), key=lambda s: s.recency, reverse=True)
    last = max((s.published for s in stated if s.published), default=None)
    newest = [s for s in stated if s.published in {last, None}]
    others = stated[len(newest) :]
    kind: ConflictKind
    if any(_is_at_odds(a, b) for a, b in combinations(newest, 2)):
        kind, stated = "conflict", newest
    elif others or len({s.sentence.origin for s in newest}) == 1:
        kind = "update"
    else:
        kind = "range"
    values = tuple(_value(statement, documents) for statement in stated[:MAX_VALUES])
    return Conflict(group[0].slot.name, kind, values)


def _is_at_odds(a: Statement, b: Statement) -> bool:
    """Tell whether two independent reports state values that no bound reconciles."""
    return a.sentence.origin != b.sentence.origin and not statements.may_agree(a, b)


def _value(statement: Statement, documents: Mapping[str, Document]) -> ConflictValue:
    sentence, slot = statement.sentence, statement.slot
    quote = documents[sentence.document].text[sentence.start : sentence.end]
    citation = Citation(sentence.document, sentence.start, sentence.end, quote)
    return ConflictValue(sentence.text[slot.start : slot.end], citation)


def is_disputed(
    claim: Claim, conflicts: Sequence[Conflict], documents: Mapping[str, Document]
) -> bool:
    """Tell whether a claim states one side of a conflict, which is then not plain fact."""
    sides = [(c, value) for c in conflicts if c.kind == "conflict" for value in c.values]
    if not sides:
        return False
    cited = documents[claim.citations[0].document]
    stated = {(name, value) for name, _, value in _values(claim.text, cited)}
    return any(
        stated & _read(conflict, value, documents[value.citation.document])
        or (_is_cited(value, claim) and _is_mentioned(value, claim, cited.language))
        for conflict, value in sides
    )


def _read(conflict: Conflict, value: ConflictValue, document: Document) -> set[tuple[str, Values]]:
    return {
        (name, read)
        for name, written, read in _values(value.citation.quote, document)
        if name == conflict.about and written == value.value
    }


def _values(text: str, document: Document) -> tuple[tuple[str, str, Values], ...]:
    return statements.values(text, document.language, day(document.published))


def _is_cited(value: ConflictValue, claim: Claim) -> bool:
    span = value.citation
    return any(
        span.document == cited.document and span.start < cited.end and cited.start < span.end
        for cited in claim.citations
    )


def _is_mentioned(value: ConflictValue, claim: Claim, language: str) -> bool:
    """Tell whether a claim has a value in whatever words: "a toll of 14"."""
    numbers = {(q.low, q.high) for q in quantities.find(value.value, language)}
    if not numbers:
        return value.value in claim.text
    return not numbers.isdisjoint((q.low, q.high) for q in quantities.find(claim.text, language))
