import json

import pytest

from summarizer.errors import ModelError
from summarizer.models.judging import BATCH, MAX_LEAD, Judge
from tests.models.scripted import PROMPTS, Reply, Scripted, calling

SENTENCES = [f"Event number {i} happened in the valley of the dam." for i in range(6)]
CLAIMS = [(f"Claim {i}.", f"Evidence {i}.") for i in range(2 * BATCH + 3)]


def judging(*replies: Reply, window_tokens: int = 8_000) -> tuple[Judge, Scripted]:
    model = Scripted(replies, window_tokens=window_tokens)
    return Judge(calling(model)[0], PROMPTS), model


def chosen(*ids: str) -> str:
    return json.dumps({"lead": [{"cites": [k]} for k in ids]})


def test_lead_is_told_by_index_in_the_model_s_order() -> None:
    judge, model = judging(chosen("S4", "S1", "S4"))
    assert judge.lead(SENTENCES, "2026-03-04") == [3, 0]
    assert "Day of the briefing: 2026-03-04" in model.asked[0].user


def test_lead_is_short() -> None:
    judge, _ = judging(chosen("S1", "S2", "S3", "S4"))
    assert judge.lead(SENTENCES, None) == [0, 1, 2]
    assert MAX_LEAD == 3


def test_lead_of_more_sentences_than_fit_reads_the_first() -> None:
    judge, model = judging(chosen("S2"), window_tokens=1_000)
    assert judge.lead(SENTENCES * 20, None) == [1]
    lines = [line for line in model.asked[0].user.split("\n") if line.startswith("S")]
    assert lines[0] == f"S1 {SENTENCES[0]}"
    assert 3 <= len(lines) < 120


def test_unknown_sentence_is_no_lead() -> None:
    judge, _ = judging(chosen("S9"))
    with pytest.raises(ModelError) as caught:
        judge.lead(SENTENCES, None)
    assert caught.value.code == "llm_schema"


def verdict(n: int, word: str = "supported") -> str:
    return json.dumps({"items": [{"k": k, "verdict": word} for k in range(1, n + 1)]})


def test_verdicts_come_in_the_order_of_claims() -> None:
    judge, model = judging(verdict(BATCH), verdict(BATCH, "partly"), verdict(3, "contradicted"))
    expected = ["supported"] * BATCH + ["partly"] * BATCH + ["contradicted"] * 3
    assert judge.verdicts(CLAIMS) == expected
    assert len(model.asked) == 3


def test_claim_without_a_verdict_has_none() -> None:
    judge, _ = judging('{"items": [{"k": 2, "verdict": "partly"}]}')
    assert judge.verdicts(CLAIMS[:3]) == ["", "partly", ""]


def test_failed_question_costs_only_its_own_verdicts() -> None:
    judge, _ = judging(verdict(BATCH), ModelError("m", "llm_declined"), verdict(3))
    assert judge.verdicts(CLAIMS) == ["supported"] * BATCH + [""] * BATCH + ["supported"] * 3


def test_no_verdict_at_all_is_an_error() -> None:
    judge, _ = judging(ModelError("m", "llm_declined"))
    with pytest.raises(ModelError):
        judge.verdicts(CLAIMS)


def test_no_claims_take_no_question() -> None:
    judge, model = judging("")
    assert judge.verdicts([]) == []
    assert model.asked == []


def test_long_evidence_is_judged_in_smaller_parts() -> None:
    claims = [(f"Claim {i}.", "The dam held in the night. " * 20) for i in range(BATCH)]
    judge, model = judging(lambda asked: verdict(asked.user.count('"k": ')), window_tokens=2_000)
    assert judge.verdicts(claims) == ["supported"] * BATCH
    assert len(model.asked) > 1


def test_judge_names_the_model_it_asks() -> None:
    judge, model = judging("")
    assert judge.model is model
