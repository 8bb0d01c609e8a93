import json
import sys
from pathlib import Path

import pytest

from benchmarks import claims
from benchmarks.claims import Case, Shares
from summarizer.briefing.verify import Cited

TEXT = "The ferry sank off Kessel on Monday."
ROW = {
    "lang": "en",
    "claim": TEXT,
    "label": 1,
    "class": "paraphrase",
    "documents": [{"text": TEXT, "title": "Ferry sinks", "date": "2026-03-04T10:00:00"}],
    "citations": [{"document": 0, "start": 0, "end": len(TEXT), "quote": TEXT}],
}


def case(*, is_right: bool) -> Case:
    return Case(TEXT, (Cited(TEXT, "en"),), is_right, "", "en")


def test_cited_claims_know_title_day_and_language_of_their_source() -> None:
    (read,) = claims.cited_claims([{**ROW, "source_lang": "fr"}])
    (cited,) = read.cited
    assert (cited.text, cited.title, cited.language) == (TEXT, "Ferry sinks", "fr")
    assert str(cited.published) == "2026-03-04"
    assert (read.is_right, read.kind, read.language) == (True, "paraphrase", "en")


def test_claims_about_a_text_cite_all_of_it() -> None:
    (read,) = claims.claims_about([{"source": TEXT, "claim": TEXT, "label": 0}])
    assert read.cited == (Cited(TEXT, "en"),)
    assert not read.is_right


def test_one_wrong_sentence_makes_the_claim_wrong() -> None:
    wrong = Case(
        f"{TEXT} It sank with 900 people.",
        (Cited(TEXT, "en"),),
        is_right=False,
        kind="",
        language="en",
    )
    assert claims.is_caught(wrong)
    assert not claims.is_caught(case(is_right=True))


def test_shares_count_wrong_and_right_apart() -> None:
    judged = [(case(is_right=False), True), (case(is_right=False), False)]
    judged += [(case(is_right=True), False)] * 4
    found = claims.shares(judged)
    assert found == Shares(0.5, 0.0, 2, 4)
    assert found.balanced_accuracy == pytest.approx(0.75)
    assert claims.shares([]) == Shares(0.0, 0.0, 0, 0)


def test_groups_are_sorted_and_complete() -> None:
    judged = [(case(is_right=True), False), (case(is_right=False), True)]
    groups = claims.by(judged, lambda item: str(item.is_right))
    assert list(groups) == ["False", "True"]
    assert sum(map(len, groups.values())) == 2


def test_cost_is_cpu_time() -> None:
    assert 0 < claims.cost([case(is_right=True)]) < 5


def test_command_measures_every_set_of_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = json.dumps({"source": TEXT, "claim": "It sank with 900 people.", "label": 0})
    sets = {f"claims/{name}": json.dumps(ROW) for name in ("claims_en", "claims_xx")}
    sets["claims/cross"] = json.dumps({**ROW, "source_lang": "fr"})
    sets |= dict.fromkeys(claims.OTHERS.values(), other)
    (tmp_path / "README.md").touch()
    for name, line in sets.items():
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{line}\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["claims", str(tmp_path)])
    claims.main()
    shown = capsys.readouterr().out
    for name in ("claims_en paraphrase", "cross fr", "summedits_news", "CPU seconds"):
        assert name in shown
