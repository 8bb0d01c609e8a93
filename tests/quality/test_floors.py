"""Floors on the evaluation data. They rise with evidence and fall only by a commit that says why.

Each figure is of a corpus whose digest is pinned: a changed corpus needs new figures, not new luck.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import claims, quality, stories
from benchmarks.data import read_lines
from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.text.normalise import document
from summarizer.types import Briefing, Claim, Document

DIGESTS = {
    "mds/clustmcms": "f52412172beb8ced3660d684bc46c733d303af80ebfeb8d76b7a5eae15a12ca9",
    "mds/multinews100": "dd133ff9407b92c604a41a4292146ed08f3cbb32218ce1832ecc539de730d3e0",
    "clustering/clustmcms": "4fd2ce0402471ca2da00b3f933051a77ab0aa66879c2529cc6e91ff48b690a44",
    "clustering/ecbplus": "e28eef40c4bd5ccb963c9a204660950cd1768ee08d9bcc5e12be208c47d9a3da",
    "clustering/newsmix": "3ae2db16968197e08e74558933a32fe93f94b9dc610d00a97d3c400e51f693ab",
    "claims/claims_en": "4362bc1bd70c3e71fc5f6cf1c3daf9717942ad29d11d6fbd4b2e53db974da618",
    "faithfulness/attributionbench": (
        "e5ed60d6ac63534509f66ef48ed6e91ed45be64857b24e20d4846edf5868818c"
    ),
}
ROUGE_2 = {"clustmcms": 21.0, "multinews100": 13.3}  # F1 x 100, whole sentences
BCUBED = {"clustmcms en": 0.92, "ecbplus": 0.88, "newsmix": 0.88}  # F1
CAUGHT, ALARMS = 0.60, 0.08  # of the claims a model wrote in English
BALANCED = 0.68  # accuracy on AttributionBench
SETS = (
    *("clustmcms", "multiling2011_en", "multiling2011_xx", "multinews100", "multinews_trunc"),
    *("opinosis", "single_news", "t17_daily", "vimds200"),
    *("summhay_news3", "summhay_news4", "summhay_news5"),
)


@pytest.fixture(scope="module")
def bcubed(evaluation_data: Path) -> dict[str, tuple[float, float, float]]:
    return stories.measure(str(evaluation_data))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read the records of a JSON Lines file, or the one of a JSON file."""
    if path.suffix == ".json":
        yield json.loads(path.read_text(encoding="utf-8"))
    else:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def made(row: dict[str, Any]) -> list[Document]:
    return [
        document(each["text"], title=each.get("title") or "", published=each.get("date"))
        for each in row["documents"]
    ]


def printed(briefing: Briefing) -> Iterator[Claim]:
    yield from briefing.lead
    for story in briefing.stories:
        yield story.headline
        yield from story.claims
    for line in briefing.in_brief:
        yield line.claim


def assert_sound(briefing: Briefing, given: Sequence[Document]) -> None:
    """Check every citation against its document, and the ledger against what was given."""
    assert len({entry.id for entry in briefing.documents}) == len(briefing.documents)
    ledger = {entry.id: entry.text for entry in briefing.documents}
    assert sorted(ledger.values()) == sorted(each.text for each in given)
    claims = list(printed(briefing))
    assert claims
    for claim in claims:
        assert claim.citations
        for citation in claim.citations:
            assert citation.quote == ledger[citation.document][citation.start : citation.end]


@pytest.mark.parametrize(("name", "digest"), DIGESTS.items(), ids=DIGESTS)
def test_corpus_is_the_one_the_floors_were_set_on(
    evaluation_data: Path, name: str, digest: str
) -> None:
    found = hashlib.sha256((evaluation_data / f"{name}.jsonl").read_bytes()).hexdigest()
    assert found == digest, f"{name}.jsonl has changed: measure again, then set floor and digest"


@pytest.mark.parametrize(("name", "floor"), ROUGE_2.items(), ids=ROUGE_2)
def test_summaries_reach_the_floor_of_rouge_2(
    evaluation_data: Path, name: str, floor: float
) -> None:
    _, rouge_2, _ = quality.measure(str(evaluation_data), [name])[name]["whole"]
    assert rouge_2 >= floor


@pytest.mark.parametrize(("name", "floor"), BCUBED.items(), ids=BCUBED)
def test_stories_reach_the_floor_of_bcubed(
    bcubed: dict[str, tuple[float, float, float]], name: str, floor: float
) -> None:
    _, _, f1 = bcubed[name]
    assert f1 >= floor


def test_claims_of_a_model_are_judged_at_least_as_well_as_before(evaluation_data: Path) -> None:
    cases = claims.cited_claims(read_lines(f"{evaluation_data}/claims/claims_en.jsonl"))
    found = claims.shares([(case, claims.is_caught(case)) for case in cases])
    assert found.caught >= CAUGHT
    assert found.alarms <= ALARMS


def test_claims_about_whole_texts_are_judged_at_least_as_well_as_before(
    evaluation_data: Path,
) -> None:
    path = f"{evaluation_data}/faithfulness/attributionbench.jsonl"
    cases = claims.claims_about(read_lines(path))
    found = claims.shares([(case, claims.is_caught(case)) for case in cases])
    assert found.balanced_accuracy >= BALANCED


def test_every_day_gives_a_sound_briefing(evaluation_data: Path) -> None:
    for path in sorted((evaluation_data / "days").glob("*.jsonl")):
        for row in rows(path):
            documents = made(row)
            assert_sound(brief(documents, Options()), documents)


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_cluster_gives_a_sound_briefing(evaluation_data: Path, name: str) -> None:
    (path,) = (evaluation_data / "mds").glob(f"{name}.json*")
    for row in rows(path):
        documents = made(row)
        assert_sound(brief(documents, Options()), documents)
        assert_sound(brief(documents, Options(one_story=True, words=250)), documents)
