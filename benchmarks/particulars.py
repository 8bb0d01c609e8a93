"""Particulars that two reports of a real event state: are they meant for the same thing?

Run `python -m benchmarks.particulars [DATA] [--record]`. Magnitudes, votes, scores, sums, days and
offices of the evaluation data that the program compares are looked up in `particulars.toml`, where
each pair was read by eye: right, if both sentences speak of the same thing. Reports of one event
hardly ever differ on these, so pairs of equal values are read too: a conflict is as sure as the
comparison. Pairs that differ are figured apart. No text of a source is kept there. Pairs that
nobody has read yet are printed with their sentences and do not count.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import results
from benchmarks.casualties import clusters
from benchmarks.data import arguments_with_data
from summarizer.briefing import evidence, pairing, plan, statements
from summarizer.briefing.options import Options
from summarizer.briefing.particulars import Particular
from summarizer.briefing.similarity import Space
from summarizer.briefing.statements import Geography, Statement
from summarizer.models.engine import Evidence
from summarizer.types import Document

READ = Path(__file__).with_name("particulars.toml")
MIN_PRECISION = 0.85


class Pair(NamedTuple):
    """What two documents of one cluster state of the same particular."""

    cluster: str
    about: str
    documents: tuple[str, str]
    values: tuple[str, str]


class Found(NamedTuple):
    """A pair, whether its values differ, and the sentences it was read from."""

    pair: Pair
    differs: bool
    quotes: tuple[str, str]


class Figures(NamedTuple):
    """The share of the pairs read that are right, of how many, by kind and of those that differ."""

    precision: float
    n_read: int
    n_by_kind: Mapping[str, int]
    n_differing: int
    n_differing_wrong: int
    n_unread: int


def find(folder: str) -> list[Found]:
    """Return the pairs that the program compares in the clusters and days of the data.

    Of the pairs of one cluster with the same two values the first one stands for all.
    """
    found: dict[tuple[str, str, frozenset[str]], Found] = {}
    for name, documents in clusters(folder):
        planned = plan.make(documents, Options(one_story=not name.startswith("day")))
        for story in planned.stories:
            by_id = {document.id: document for document in story.documents}
            gathered = evidence.gather(story.documents, story.origin)
            for each in _compared(name, gathered.evidence, by_id):
                pair = each.pair
                found.setdefault((pair.cluster, pair.about, frozenset(pair.values)), each)
    return list(found.values())


def _compared(
    cluster: str, sentences: Sequence[Evidence], documents: Mapping[str, Document]
) -> Iterator[Found]:
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements.collect(sentences, documents):
        if isinstance(statement.slot, Particular):
            by_name[statement.slot.name].append(statement)
    differing = {n: some for n, some in by_name.items() if len({s.document for s in some}) > 1}
    if not differing:
        return
    vectors, geography = Space(sentences).vectors, Geography(sentences)
    for name, same in differing.items():
        for i, j in pairing.pairs(same, vectors, geography):
            a, b = same[i], same[j]
            if a.sentence.origin != b.sentence.origin:
                values = (_written(a), _written(b))
                pair = Pair(cluster, name, (a.document, b.document), values)
                yield Found(pair, a.value != b.value, (a.sentence.text, b.sentence.text))


def _written(statement: Statement) -> str:
    return statement.sentence.text[statement.slot.start : statement.slot.end]


def readings(path: Path = READ) -> dict[Pair, bool]:
    """Return which pairs were read, and whether each is right."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["pair"]
    return {
        Pair(row["cluster"], row["about"], tuple(row["documents"]), tuple(row["values"])): row[
            "right"
        ]
        for row in rows
    }


def judge(found: Sequence[Found], read: Mapping[Pair, bool]) -> Figures:
    """Compare what is found with what was read."""
    known = [each for each in found if each.pair in read]
    kinds: dict[str, int] = defaultdict(int)
    for each in known:
        kinds[each.pair.about.partition(":")[0]] += 1
    differing = [each for each in known if each.differs]
    return Figures(
        sum(read[each.pair] for each in known) / max(1, len(known)),
        len(known),
        kinds,
        len(differing),
        sum(not read[each.pair] for each in differing),
        len(found) - len(known),
    )


def main() -> None:
    """Print the unread pairs and the table."""
    given = arguments_with_data(__doc__).parse_args()
    found, read = find(given.data), readings()
    for pair, differs, quotes in found:
        if pair not in read:
            print(f"unread: {pair.cluster} {pair.about} {'differs' if differs else 'equal'}")
            for document, value, quote in zip(pair.documents, pair.values, quotes, strict=True):
                print(f"    [{value}] {document}: {quote}")
    figures = judge(found, read)
    print(f"{'precision':<20}{figures.precision:>8.3f}  goal >= {MIN_PRECISION}")
    for kind, n in sorted(figures.n_by_kind.items()):
        print(f"  {kind:<18}{n:>8}")
    print(f"{'read':<20}{figures.n_read:>8}")
    print(f"{'that differ':<20}{figures.n_differing:>8}")
    print(f"{'of them wrong':<20}{figures.n_differing_wrong:>8}")
    print(f"{'unread':<20}{figures.n_unread:>8}")
    if given.record:
        results.record("particulars", figures._asdict())


if __name__ == "__main__":
    main()
