"""Casualty numbers that differ between reports of real events: are they meant for the same thing?

Run `python -m benchmarks.casualties [DATA] [--record]`. The pairs of numbers that the program finds
in the evaluation data are compared with `casualties.toml`, where each was read by eye: right, if
both numbers count the same people of the same event and the kind (conflict, update or range) is
what the two sentences allow. No text of a source is kept there. Pairs that nobody has read yet are
printed with their sentences and do not count.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks import results
from benchmarks.data import arguments_with_data, as_document, read_lines
from summarizer.briefing import agreement, evidence, plan
from summarizer.briefing.options import Options
from summarizer.types import Conflict, Document

READ = Path(__file__).with_name("casualties.toml")
MIN_PRECISION = 0.85
CLUSTERS = ("clustmcms", "multinews100", "multinews_trunc", "multiling2011_en", "multiling2011_xx")
MORE_CLUSTERS = ("t17_daily",)
EVENTS = ("ecbplus",)  # of `clustering`


class Pair(NamedTuple):
    """Two numbers that two documents of one cluster state for the same slot."""

    cluster: str
    about: str
    kind: str
    documents: tuple[str, str]
    values: tuple[str, str]


class Found(NamedTuple):
    """A pair and the sentences it was read from."""

    pair: Pair
    quotes: tuple[str, str]


class Figures(NamedTuple):
    """How many of the pairs found were read, and the share of those that are right."""

    precision: float
    n_read: int
    n_unread: int
    n_no_longer_found: int


def find(folder: str) -> list[Found]:
    """Return the pairs that the program finds in the clusters and days of the data."""
    found: dict[Pair, Found] = {}
    for name, documents in clusters(folder):
        is_day = name.startswith("day")
        planned = plan.make(documents, Options(one_story=not is_day))
        for story in planned.stories:
            by_id = {document.id: document for document in story.documents}
            gathered = evidence.gather(story.documents, story.origin)
            for conflict in agreement.conflicts(gathered.evidence, by_id):
                for each in _pairs(name, conflict):
                    found.setdefault(each.pair, each)
    return list(found.values())


def clusters(folder: str) -> Iterator[tuple[str, list[Document]]]:
    """Yield the name and the documents of each cluster of more than one."""
    for name in (*CLUSTERS, *MORE_CLUSTERS):
        for i, row in enumerate(read_lines(f"{folder}/mds/{name}.jsonl")):
            if len(row["documents"]) > 1:
                yield row.get("id") or f"{name}-{i}", list(map(as_document, row["documents"]))
    for name in EVENTS:
        members: dict[str, list[Document]] = defaultdict(list)
        for row in read_lines(f"{folder}/clustering/{name}.jsonl"):
            members[str(row["cluster"])].append(as_document(row))
        yield from ((n, same) for n, same in members.items() if len(same) > 1)
    for row in read_lines(f"{folder}/days/clustmcms_days.jsonl"):
        yield row["id"], list(map(as_document, row["documents"]))


def _pairs(cluster: str, conflict: Conflict) -> Iterator[Found]:
    for a, b in combinations(conflict.values, 2):
        documents = (a.citation.document, b.citation.document)
        pair = Pair(cluster, conflict.about, conflict.kind, documents, (a.value, b.value))
        yield Found(pair, (a.citation.quote, b.citation.quote))


def readings(path: Path = READ) -> dict[Pair, bool]:
    """Return which pairs were read, and whether each is right."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["pair"]
    return {
        Pair(
            row["cluster"], row["about"], row["kind"], tuple(row["documents"]), tuple(row["values"])
        ): row["right"]
        for row in rows
    }


def judge(found: Sequence[Found], read: dict[Pair, bool]) -> Figures:
    """Compare what is found with what was read."""
    known = [read[each.pair] for each in found if each.pair in read]
    return Figures(
        sum(known) / max(1, len(known)),
        len(known),
        len(found) - len(known),
        len(read.keys() - {each.pair for each in found}),
    )


def main() -> None:
    """Print the unread pairs and the table."""
    given = arguments_with_data(__doc__).parse_args()
    found, read = find(given.data), readings()
    for pair, quotes in found:
        if pair not in read:
            print(f"unread: {pair.cluster} {pair.about} {pair.kind}")
            for document, value, quote in zip(pair.documents, pair.values, quotes, strict=True):
                print(f"    [{value}] {document}: {quote}")
    figures = judge(found, read)
    print(f"{'precision':<20}{figures.precision:>8.3f}  goal >= {MIN_PRECISION}")
    print(f"{'read':<20}{figures.n_read:>8}")
    print(f"{'unread':<20}{figures.n_unread:>8}")
    print(f"{'no longer found':<20}{figures.n_no_longer_found:>8}")
    if given.record:
        results.record("casualties", figures._asdict())


if __name__ == "__main__":
    main()
