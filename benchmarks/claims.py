"""Checked claims: which labelled claims does the verification catch, and which does it alarm on?

Run `python -m benchmarks.claims [DATA] [--record]`. `claims/*` are sentences as language models
write them, right or with one error of a named class, each judged against its cited spans only:
caught is the share of wrong ones, alarms that of right ones. The sets of other people give the text
that a claim is compared with; balanced accuracy is the mean of both shares that are right. A claim
of several sentences is right if each of them is. The cost is the CPU time of judging 1,000 claims.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import Any, NamedTuple

from benchmarks import results
from benchmarks.data import arguments_with_data, read_lines
from summarizer.briefing.verify import Cited, judge
from summarizer.text.normalise import document
from summarizer.text.sentences import split

SOUND = frozenset({"verbatim", "supported"})
OTHERS = {
    "summedits_news": "faithfulness/summedits_news",
    "wice": "citation/wice",
    "attributionbench": "faithfulness/attributionbench",
}
N_TIMED = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, what it cites, and whether it is right."""

    text: str
    cited: tuple[Cited, ...]
    is_right: bool
    kind: str  # of the error, or of the faithful rewording
    language: str  # of the claim


class Shares(NamedTuple):
    """Shares of wrong claims that were caught and of right ones that were too."""

    caught: float
    alarms: float
    n_wrong: int
    n_right: int

    @property
    def balanced_accuracy(self) -> float:
        """Return the mean of the shares judged rightly."""
        return (self.caught + 1 - self.alarms) / 2


def cited_claims(rows: Iterable[Mapping[str, Any]]) -> list[Case]:
    """Read claims with their cited spans."""
    return [
        Case(
            row["claim"],
            tuple(_cited(row, citation) for citation in row["citations"]),
            bool(row["label"]),
            row["class"],
            row["lang"],
        )
        for row in rows
    ]


def claims_about(rows: Iterable[Mapping[str, Any]]) -> list[Case]:
    """Read claims about a whole text in English: one span."""
    return [
        Case(row["claim"], (Cited(row["source"], "en"),), bool(row["label"]), "", "en")
        for row in rows
    ]


def is_caught(case: Case) -> bool:
    """Tell whether a sentence of the claim would not be printed as it is."""
    text = document(case.text).text
    sentences = [sentence.text for sentence in split(text, language=case.language)] or [case.text]
    return any(judge(sentence, case.cited).verdict not in SOUND for sentence in sentences)


def shares(judged: Sequence[tuple[Case, bool]]) -> Shares:
    """Return the shares; of no claims it is 0."""
    wrong = [caught for case, caught in judged if not case.is_right]
    right = [caught for case, caught in judged if case.is_right]
    return Shares(_mean(wrong), _mean(right), len(wrong), len(right))


def by(
    judged: Sequence[tuple[Case, bool]], key: Callable[[Case], str]
) -> dict[str, list[tuple[Case, bool]]]:
    """Group judged claims."""
    groups: dict[str, list[tuple[Case, bool]]] = defaultdict(list)
    for case, caught in judged:
        groups[key(case)].append((case, caught))
    return dict(sorted(groups.items()))


def cost(cases: Sequence[Case]) -> float:
    """Return the CPU seconds of judging 1,000 claims, the lists of the language read before."""
    timed = list(islice(cycle(cases), N_TIMED))
    judge(timed[0].text, timed[0].cited)
    start = time.process_time()
    for case in timed:
        judge(case.text, case.cited)
    return time.process_time() - start


def _cited(row: Mapping[str, Any], citation: Mapping[str, Any]) -> Cited:
    source = row["documents"][citation["document"]]
    published = source.get("date")
    return Cited(
        citation["quote"],
        row.get("source_lang") or row["lang"],
        date.fromisoformat(published[:10]) if published else None,
        source.get("title") or "",
    )


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _print(name: str, found: Shares) -> dict[str, float]:
    print(
        f"{name:<44}{found.caught:>8.3f} ({found.n_wrong:>4}){found.alarms:>8.3f}"
        f" ({found.n_right:>4}){found.balanced_accuracy:>8.3f}"
    )
    return {**found._asdict(), "balanced_accuracy": found.balanced_accuracy}


def measure(folder: str) -> dict[str, object]:
    """Print the table and return the figures."""
    print(f"{'':<44}{'caught':>8}{'':>7}{'alarms':>8}{'':>7}{'balanced':>8}")
    figures: dict[str, object] = {}
    for name in ("claims_en", "claims_xx", "cross"):
        cases = cited_claims(read_lines(f"{folder}/claims/{name}.jsonl"))
        judged = [(case, is_caught(case)) for case in cases]
        figures[name] = _print(name, shares(judged))
        for language, group in by(judged, lambda case: case.cited[0].language).items():
            if language != "en":
                figures[f"{name} {language}"] = _print(f"{name} {language}", shares(group))
        if name == "claims_en":
            for kind, group in by(judged, lambda case: case.kind).items():
                figures[f"{name} {kind}"] = _print(f"{name} {kind}", shares(group))
    for name, path in OTHERS.items():
        cases = claims_about(read_lines(f"{folder}/{path}.jsonl"))
        figures[name] = _print(name, shares([(case, is_caught(case)) for case in cases]))
    timed = cost(cited_claims(read_lines(f"{folder}/claims/claims_en.jsonl")))
    print(f"1,000 claims against their spans: {timed:.2f} CPU seconds")
    return {**figures, "CPU seconds for 1,000 claims": timed}


def main() -> None:
    """Measure and keep the figures if asked to."""
    given = arguments_with_data(__doc__ or "").parse_args()
    figures = measure(given.data)
    if given.record:
        results.record("claims", figures)


if __name__ == "__main__":
    main()
