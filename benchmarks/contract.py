"""What must hold on every input: exact citations, a complete ledger, the same bytes, no traces.

Run `python -m benchmarks.contract [DATA] [--record]`. Every input of the evaluation data is
briefed through the Python interface as it is and as one story, each time a second time with the
documents in another order; the command line is then run in processes of its own, without a
network and in empty folders.
Ends with code 1 when anything does not hold.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

import summarizer
from benchmarks import isolation, results
from benchmarks.data import arguments_with_data, inputs
from summarizer.types import Briefing, Citation, Claim, Document

SEED = 7
GOALS = {  # what must come out; rows without a goal say how much was looked at
    "citations exact, %": 100.0,
    "verbatim claims that are no quote": 0,
    "claims without a citation": 0,
    "documents lost": 0,
    "documents twice in a ledger": 0,
    "documents of which use and story disagree": 0,
    "inputs with other stories in another order": 0,
    "crashes": 0,
    **isolation.GOALS,
}


def measure(folder: str) -> dict[str, float]:
    """Return the counts over all inputs of the folder."""
    counts: Counter[str] = Counter()
    for name, documents in inputs(folder):
        try:
            for one_story in (False, True):
                counts += examine(documents, one_story=one_story)
        except Exception as error:  # noqa: BLE001 - a crash of any kind is what is counted
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            counts["crashes"] += 1
        counts["inputs"] += 1
    shown = {name: counts[name] for name in GOALS if name not in isolation.GOALS}
    exact = 100 * counts["citations exact"] / max(1, counts["citations"])
    totals = {
        name: counts[name] for name in ("inputs", "documents in ledgers", "claims", "citations")
    }
    return {**totals, **shown, "citations exact, %": exact}


def examine(documents: Sequence[Document], *, one_story: bool) -> Counter[str]:
    """Brief one input and count what holds and what does not."""
    briefing = summarizer.brief(documents, one_story=one_story)
    shuffled = list(documents)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - some other order, always the same
    other = summarizer.brief(shuffled, one_story=one_story)
    told = (briefing.lead, briefing.stories, briefing.in_brief)
    return (
        _claims(briefing)
        + _ledger(briefing, documents)
        + Counter(
            {
                "inputs with other stories in another order": int(
                    told != (other.lead, other.stories, other.in_brief)
                )
            }
        )
    )


def printed(briefing: Briefing) -> Iterable[Claim]:
    """Yield every claim a reader may see, lead claims twice."""
    yield from briefing.lead
    for story in briefing.stories:
        yield from (story.headline, *story.claims)
    for line in briefing.in_brief:
        yield line.claim


def citations(briefing: Briefing) -> Iterable[Citation]:
    """Yield all that a reader may look up: what claims cite, and the values that differ."""
    for claim in printed(briefing):
        yield from claim.citations
    for story in briefing.stories:
        for conflict in story.conflicts:
            yield from (value.citation for value in conflict.values)


def _claims(briefing: Briefing) -> Counter[str]:
    text = {entry.id: entry.text for entry in briefing.documents}
    counts: Counter[str] = Counter()
    for claim in printed(briefing):
        counts["claims"] += 1
        counts["claims without a citation"] += not claim.citations
        quotes = {citation.quote for citation in claim.citations}
        is_verbatim = claim.verdict == "verbatim"
        counts["verbatim claims that are no quote"] += is_verbatim and claim.text not in quotes
    for c in citations(briefing):
        is_exact = c.start < c.end and text.get(c.document, "")[c.start : c.end] == c.quote
        counts["citations"] += 1
        counts["citations exact"] += is_exact
    return counts


def _ledger(briefing: Briefing, documents: Sequence[Document]) -> Counter[str]:
    """Compare the ledger with what was given, by text: equal documents get ids of their own."""
    given = Counter(document.text for document in documents)
    listed = Counter(entry.text for entry in briefing.documents)
    cited = {citation.document for citation in citations(briefing)}
    ids = Counter(entry.id for entry in briefing.documents)
    uses = Counter(entry.use for entry in briefing.documents)
    return Counter(
        {
            "documents in ledgers": len(documents),
            "documents lost": (given - listed).total() + abs(len(documents) - uses.total()),
            "documents twice in a ledger": (ids - Counter(set(ids))).total()
            + (listed - given).total(),
            "documents of which use and story disagree": sum(
                (entry.use == "cited") != (entry.id in cited)
                or (entry.use == "excluded") != (entry.story is None)
                for entry in briefing.documents
            ),
        }
    )


def main() -> None:
    """Print the table; end with code 1 when a row misses its goal."""
    given = arguments_with_data(__doc__).parse_args()
    figures = measure(given.data) | isolation.measure(given.data)
    missed = [name for name, goal in GOALS.items() if figures[name] != goal]
    for name, value in figures.items():
        shown = "not measured" if value is None else f"{value:g}"
        mark = f"  MISSED, must be {GOALS[name]:g}" if name in missed else ""
        print(f"{name:<48}{shown:>12}{mark}")
    if given.record:
        results.record("contract", figures)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
