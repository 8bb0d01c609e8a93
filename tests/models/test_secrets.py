"""The key is in no log, error, journal or output, whatever goes wrong."""

import logging
from pathlib import Path

import pytest

from summarizer.errors import SummarizerError
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import Caller, Terms
from summarizer.models.engine import WriteRequest
from summarizer.models.journal import FileJournal
from summarizer.models.judging import Judge
from summarizer.models.openai import Endpoint, OpenAI
from summarizer.models.writing import Writer
from tests.fake_llm import faults
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.server import serving
from tests.models.scripted import PROMPTS, report

KEY = "sk-canary-8d1f60b2e4"
STRUCK = (
    *("none", "unauthorized", "quota", "bad_request", "redirect_kept", "server_error", "html"),
    *("reset", "cut", "bomb", "flood", "truncated", "invalid_json", "refusal", "prompt_leaked"),
    *("hang", "refused", "context_length", "wrong_charset", "closes_kept_alive"),
)


def chain(error: BaseException) -> str:
    """Return the words of an error and of all that led to it."""
    words = [f"{error!s} {error!r} {vars(error)}"]
    cause = error.__cause__ or error.__context__
    return "\n".join([*words, *([chain(cause)] if cause else [])])


def test_key_is_nowhere_but_in_the_header(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx2", "httpcore2", "summarizer"):
        caplog.set_level(logging.DEBUG, logger=name)
    told: list[str] = []
    journal = FileJournal(tmp_path)
    for i, name in enumerate(STRUCK):
        plans = [] if name == "none" else [faults.parse(f"{name}:any:x4")]
        with serving(Setup(plans=plans, key=KEY)) as server:
            model = OpenAI(Endpoint(MODEL, server.base_url, KEY))
            budget = Budget(Caps(), {}, sleep=lambda _: None)
            terms = Terms("owner", call_timeout_s=0.3)
            caller = Caller([model], journal, budget, terms, sleep=lambda _: None)
            for _ in range(2):
                try:
                    drafts = Writer(caller, PROMPTS, writes_short=True).write(
                        WriteRequest(report(80)[4 * i : 4 * i + 4], 60)
                    )
                    lead = Judge(caller, PROMPTS).lead(["It held."], None)
                    told += [repr(drafts), repr(lead)]
                except SummarizerError as error:
                    told.append(chain(error))
            told += [repr(model), model.name, repr(budget.usage), repr(terms)]
            assert len(server.ledger.keys) == 1 or name == "refused"
    journal.close()
    assert len(caplog.records) > 100
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"sentences" in written
    out, err = capfd.readouterr()
    for text in (caplog.text, "\n".join(told), written.decode("utf-8", "replace"), out, err):
        assert KEY not in text
        assert "canary" not in text
