import json
import sys
from pathlib import Path

import pytest

from benchmarks import mutations
from benchmarks.mutate.classes import MUTATIONS
from benchmarks.mutate.source import sources
from benchmarks.mutations import Case, Share
from summarizer.briefing.verify import Cited, Judgement
from summarizer.sources import files
from summarizer.text.normalise import document

ARTICLE = document(
    "Police arrested 12 men and 30 women in London on Monday. The court said on Tuesday that "
    "Mary Harrow was not at home in May 2019. Ms Harrow may leave Paris with 40 dollars, police "
    "said. Paul Dexter nearly lost 15 per cent.\n\nThe ferry came back to the harbour at noon.",
    published="2026-03-04",
    language="en",
)


def cases(seed: int, n_each: int = 5) -> list[Case]:
    return list(mutations.make(list(sources([ARTICLE])), seed, n_each))


def test_seed_decides_every_case() -> None:
    assert cases(1) == cases(1)
    assert cases(1) != cases(2)


def test_cases_are_bounded_and_changed_unless_verbatim() -> None:
    made = cases(1, n_each=2)
    for case in made:
        same = [c for c in made if (c.name, c.form) == (case.name, case.form)]
        assert len(same) <= 2
        assert (case.text in {cited.text for cited in case.cited}) == (case.name == "verbatim")


def test_joined_sentences_cite_both_and_others_one() -> None:
    for case in cases(1):
        assert len(case.cited) == (2 if case.name == "sentence joined" else 1)


def test_paraphrased_cases_are_mutations() -> None:
    made = cases(1)
    assert {case.form for case in made} == {"near", "paraphrased", "faithful"}
    assert all(case.name in MUTATIONS for case in made if case.form == "paraphrased")


def test_verbatim_is_no_alarm_and_another_number_is_caught() -> None:
    text = "Police arrested 12 men in London."
    cited = (Cited(text, "en"),)
    right = Case("en", "verbatim", "faithful", text, cited)
    wrong = Case("en", "number", "near", text.replace("12", "17"), cited)
    tally, judged = mutations.measure([right, wrong])
    assert tally == {
        ("faithful", "verbatim", "en"): Share(0, 1),
        ("near", "number", "en"): Share(1, 1),
    }
    assert [case for case, _ in judged] == [right, wrong]


def test_unsupported_and_contradicted_are_caught() -> None:
    assert mutations.is_caught(Judgement("unsupported", "x"))
    assert mutations.is_caught(Judgement("contradicted", "x"))
    assert not mutations.is_caught(Judgement("supported", "x"))
    assert not mutations.is_caught(Judgement("verbatim", None))


def test_invented_reports_cover_every_class_of_faithful_rewording_they_can() -> None:
    loaded = files.load([str(mutations.TEXTS)]).documents
    assert {d.language for d in loaded} == {"de", "es", "pt", "ru"}
    made = list(mutations.make(list(sources(loaded)), 1, 1))
    for language in ("de", "es", "pt", "ru"):
        names = {case.name for case in made if case.language == language}
        assert {"number", "date", "weekday", "name from outside", "antonym"} <= names
        assert {"verbatim", "sentence joined", "clause dropped", "date made absolute"} <= names


def test_command_reads_any_text_and_prints_shares_and_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(ARTICLE.text, encoding="utf-8")
    options = ["--texts", str(path), "--languages", "en", "--show", "1", "--classes", "number"]
    monkeypatch.setattr(sys, "argv", ["mutations", *options])
    mutations.main()
    shown = capsys.readouterr().out
    assert "[en | near | number]" in shown
    assert "near                                      en" in shown
    assert "weekday" not in shown


def test_wrong_only_shows_what_was_missed_or_alarmed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cited = (Cited("It rained.", "en"),)
    near, faithful = (
        Case("en", "number", form, f"It {form}.", cited) for form in ("near", "faithful")
    )
    caught, sound = Judgement("unsupported", "no"), Judgement("supported", None)
    judged = [(near, caught), (near, sound), (faithful, caught), (faithful, sound)]
    mutations.show(judged, 5, wrong_only=True)
    assert capsys.readouterr().out.splitlines() == [
        "[en | near | number] supported: None",
        "   It rained.",
        "-> It near.",
        "[en | faithful | number] unsupported: no",
        "   It rained.",
        "-> It faithful.",
    ]


def test_figures_are_nested_by_form_class_and_language() -> None:
    tally = {("near", "number", "en"): Share(3, 4)}
    assert mutations.figures(tally) == {"near": {"number": {"en": {"caught": 0.75, "n": 4}}}}


def test_default_sources_are_the_data_and_the_invented_reports(tmp_path: Path) -> None:
    row = {"text": "Samedi 8 janvier 2005\n\nLes secours ont trouvé douze personnes.", "title": ""}
    undated = {"text": "Les secours ont trouvé douze personnes ici.", "title": ""}
    for name in mutations.SETS:
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"documents": [row, undated]}) + "\n", encoding="utf-8")
    found = mutations.default_documents(str(tmp_path))
    assert [d.published for d in found[:2]] == ["2005-01-08", None]
    assert {"de", "es", "pt", "ru"} <= {d.language for d in found}
