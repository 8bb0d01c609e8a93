"""What a model wrote and the checks refused is on record for auditors and in no reader's copy."""

import json
import re
from email import message_from_bytes, policy

import pytest

from benchmarks.briefed import runs
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.briefing.staff import Staff
from summarizer.models.base import Prompt
from summarizer.models.writing import Writer
from summarizer.render import BRIEFING_FORMATS, render
from summarizer.text.normalise import document
from summarizer.types import Briefing
from tests.fake_llm import brains, prompt
from tests.fake_llm.answers import as_json
from tests.models.scripted import PROMPTS, Scripted, calling

_REPLACED = re.compile("replaces \u201c(?P<draft>[^\u201d]+)")
REPORTS = (
    (
        "Dam opened\n\nEngineers opened the sluice gates of the Hollin Dam on Wednesday morning. "
        "The water authority said the level had fallen by 40 centimetres since Monday night."
    ),
    (
        "Gates of the dam\n\nThe sluice gates of the Hollin Dam were opened on Wednesday morning. "
        "About 4,800 people may return to the Brenn valley on Friday, the governor said."
    ),
)


@pytest.fixture(scope="module")
def lied() -> Briefing:
    """A briefing whose model changed every number, name and negation, twice."""

    def liar(asked: Prompt) -> str:
        messages = [
            {"role": "system", "content": asked.system},
            {"role": "user", "content": asked.user},
        ]
        return as_json(brains.liar(1)(prompt.read({"messages": messages})))

    caller, budget = calling(Scripted([liar]))
    staff = Staff(engine=Writer(caller, PROMPTS), budget=budget)
    return pipeline.brief(map(document, REPORTS), Options(one_story=True), staff=staff)


def refused(briefing: Briefing) -> list[str]:
    """Return the drafts that were replaced, as the reasons quote them."""
    found = (_REPLACED.match(claim.reason or "") for claim in runs.claims(briefing))
    return [match["draft"] for match in found if match]


def test_reason_says_what_it_replaced_for_auditors(lied: Briefing) -> None:
    assert len(refused(lied)) >= 2
    written = json.dumps(json.loads(render(lied, "json")), ensure_ascii=False)
    assert all(json.dumps(draft, ensure_ascii=False)[1:-1] in written for draft in refused(lied))


@pytest.mark.parametrize("name", sorted({*BRIEFING_FORMATS} - {"json"}))
def test_no_reader_s_copy_holds_a_refused_draft(lied: Briefing, name: str) -> None:
    if name == "eml":
        mail = message_from_bytes(render(lied, name).encode("ascii"), policy=policy.default)
        parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
        copy = runs.one_line(" ".join(str(part.get_content()) for part in parts))
    else:
        copy = runs.printed(lied, name)
    assert "sluice gates" in copy
    assert not [draft for draft in refused(lied) if runs.one_line(draft) in copy]
    assert not [draft.text for draft in lied.withheld if runs.one_line(draft.text) in copy]
    assert "replaces" not in copy
