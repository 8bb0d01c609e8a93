"""Which statements of a story speak of the same thing, so that their values can be compared."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from summarizer.briefing import statements
from summarizer.briefing.particulars import Particular
from summarizer.briefing.similarity import Vector, cosine
from summarizer.briefing.statements import Geography, Statement

MIN_COUNTED = 0.25  # cosine of two sentences whose counts may be meant for the same people
MIN_COUNTED_ALONE = 0.1  # where both documents state one number of the slot and no other
# Of two sentences that state a particular, each the only one of its kind in its document.
MIN_COSINE = {"magnitude": 0.0, "vote": 0.1, "money": 0.25, "date": 0.5, "role": 0.2, "score": 0.1}
MAX_TOLD = 20  # values of one particular that are read of one document

Pair = tuple[int, int]
Value = tuple[float | str, ...]


def pairs(same: Sequence[Statement], vectors: Sequence[Vector], geography: Geography) -> list[Pair]:
    """Return the pairs of statements that speak of the same thing.

    Args:
        same: statements of one slot or particular, in order.
        vectors: of the sentences of the evidence.
        geography: of the story.

    Returns:
        Indices into `same`, the lower one first.
    """
    if same and isinstance(same[0].slot, Particular):
        return list(_particular(same, vectors, geography))
    return _counted(same, vectors, geography)


def _counted(
    same: Sequence[Statement], vectors: Sequence[Vector], geography: Geography
) -> list[Pair]:
    """Return the pairs of statements that count the same people.

    Of two documents the most similar statements are compared. A document that states both numbers
    knows that they are meant for two things.
    """
    stated: dict[str, set[Value]] = defaultdict(set)
    for statement in same:
        stated[statement.document].add(statement.value)
    pairs: list[Pair] = []
    near: dict[Pair, float] = {}
    nearest: dict[tuple[int, str], float] = defaultdict(float)
    for (i, a), (j, b) in combinations(enumerate(same), 2):
        if not statements.is_same_thing(a, b) or not geography.agree(a.places, b.places):
            continue
        if a.document == b.document:
            pairs += [(i, j)] if a.value == b.value else []
            continue
        similarity = cosine(vectors[a.index], vectors[b.index])
        has_one = len(stated[a.document]) == len(stated[b.document]) == 1
        if similarity >= (MIN_COUNTED_ALONE if has_one else MIN_COUNTED):
            near[i, j] = similarity
            nearest[i, b.document] = max(similarity, nearest[i, b.document])
            nearest[j, a.document] = max(similarity, nearest[j, a.document])
    for (i, j), similarity in near.items():
        a, b = same[i], same[j]
        knows_both = a.value in stated[b.document] or b.value in stated[a.document]
        is_nearest = similarity >= max(nearest[i, b.document], nearest[j, a.document])
        if is_nearest and (a.value == b.value or not knows_both):
            pairs.append((i, j))
    return pairs


def _particular(
    same: Sequence[Statement], vectors: Sequence[Vector], geography: Geography
) -> Iterator[Pair]:
    """Yield the pairs of statements of one particular.

    A document that states two values for what may be one thing knows that they are two things.
    """
    told = list(_first_told(same))
    others = [same[i] for i in told]
    sure = [i for i in told if _has_one_value(same[i], others)]
    for i, j in combinations(sure, 2):
        a, b = same[i], same[j]
        is_other = a.document != b.document
        if is_other and statements.is_same_thing(a, b) and _is_near(a, b, vectors, geography):
            yield i, j


def _first_told(same: Sequence[Statement]) -> Iterator[int]:
    """Yield where each document first states each value, of the first MAX_TOLD ones."""
    told: dict[str, set[object]] = defaultdict(set)
    for i, statement in enumerate(same):
        assert isinstance(statement.slot, Particular)
        what = (statement.value, statement.slot.of, statement.slot.over)
        known = told[statement.document]
        if what not in known and len(known) < MAX_TOLD:
            known.add(what)
            yield i


def _has_one_value(statement: Statement, same: Sequence[Statement]) -> bool:
    return all(
        other.value == statement.value
        for other in same
        if other.document == statement.document and _may_be_one(statement, other)
    )


def _may_be_one(a: Statement, b: Statement) -> bool:
    """Tell whether two values of one document are of one thing, whatever they are."""
    a_slot, b_slot = a.slot, b.slot
    assert isinstance(a_slot, Particular)
    assert isinstance(b_slot, Particular)
    if a_slot.kind == "score" and not a_slot.over & b_slot.over:
        return False
    return not (a_slot.of and b_slot.of) or bool(a_slot.of & b_slot.of)


def _is_near(a: Statement, b: Statement, vectors: Sequence[Vector], geography: Geography) -> bool:
    """Tell whether two reports speak of one thing, as far as their words tell."""
    one, other = a.slot, b.slot
    assert isinstance(one, Particular)
    assert isinstance(other, Particular)
    if a.value != b.value:
        if one.is_rounded(other):
            return False
        is_known = _is_named(a, b, geography) or _is_named(b, a, geography)
        if one.kind == "role" and is_known:  # whoever both name has another office
            return False
    if one.kind not in {"role", "score"} and not geography.agree(a.places, b.places):
        return False
    return cosine(vectors[a.index], vectors[b.index]) >= MIN_COSINE[one.kind]


def _is_named(a: Statement, b: Statement, geography: Geography) -> bool:
    return geography.is_named(str(a.value[0]), b.document)
