"""Logs as JSON lines that hold no text."""

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.api import logs
from tests.service.api.clients import SECRET


def record(message: str, *arguments: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("a.b", logging.WARNING, __file__, 1, message, arguments, None)
    vars(made).update(more)
    return made


@given(st.text())
def test_record_is_one_line_of_json_in_ascii(message: str) -> None:
    line = logs.Lines().format(record("%s", message))
    assert line.isascii()
    assert line.isprintable()
    fields = json.loads(line)
    assert fields["message"] == message[: logs.MAX_CHARS]
    assert (fields["level"], fields["event"]) == ("warning", "a.b")


def test_request_is_told_by_its_fields() -> None:
    line = logs.Lines().format(record("request", request={"status": 200, "route": "/x"}))
    fields = json.loads(line)
    assert (fields["event"], fields["status"], fields["route"]) == ("request", 200, "/x")
    assert "message" not in fields


def test_error_is_told_by_its_place_and_not_by_its_message() -> None:
    try:
        int(SECRET)
    except ValueError:
        line = logs.Lines().format(record("failed", exc_info=sys.exc_info()))
    fields = json.loads(line)
    assert SECRET not in line
    assert fields["error"] == "ValueError"
    assert "test_error_is_told_by_its_place_and_not_by_its_message" in fields["trace"][-1]


def test_configured_process_logs_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    with logs.as_lines():
        logging.getLogger("uvicorn.error").info("started")
        logging.getLogger("httpx2").info("asked https://%s", SECRET)
    assert (root.handlers[:], root.level) == before
    out, err = capsys.readouterr()
    assert out == ""
    assert [json.loads(line)["message"] for line in err.splitlines()] == ["started"]
