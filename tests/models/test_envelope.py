import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelError
from summarizer.models import envelope
from summarizer.models.base import Answer, AskAgainError
from tests.models.scripted import question

PROMPT = question()
MESSAGE = {"role": "assistant", "content": "It held."}
CANARY = "sk-canary-in-the-body"


def body(choice: object = None, **fields: object) -> bytes:
    whole = {"index": 0, "message": MESSAGE, "finish_reason": "stop"}
    chosen = whole | choice if isinstance(choice, dict) else whole
    usage = {"prompt_tokens": 7, "completion_tokens": 3}
    return json.dumps({"choices": [chosen], "usage": usage, **fields}).encode()


def code_of(content: bytes) -> str:
    with pytest.raises(ModelError) as caught:
        envelope.answer(content, PROMPT, "m")
    return caught.value.code


def test_whole_answer_has_its_text_and_its_cost() -> None:
    assert envelope.answer(body(), PROMPT, "m") == Answer("It held.", 7, 3)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"finish_reason": "length"}, "llm_truncated"),
        ({"finish_reason": "length", "message": None}, "llm_truncated"),
        ({"finish_reason": None}, "llm_cut"),
        ({"finish_reason": "content_filter"}, "llm_declined"),
        ({"finish_reason": "tool_calls"}, "llm_envelope"),
        ({"finish_reason": "eos_token"}, "llm_envelope"),
        ({"message": None}, "llm_envelope"),
        ({"message": {"content": None}}, "llm_envelope"),
        ({"message": {"content": " \n"}}, "llm_envelope"),
        ({"message": {"content": 42}}, "llm_envelope"),
        ({"message": {"content": [{"type": "text", "text": "x"}]}}, "llm_envelope"),
        ({"message": {"content": None, "refusal": "No."}}, "llm_declined"),
    ],
)
def test_answer_that_is_not_whole_is_an_error(choice: dict[str, object], code: str) -> None:
    assert code_of(body(choice)) == code


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"<html>Sign in</html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"error": {"message": "upstream failed"}}',
        body(choices=[]),
        body(choices="none"),
        body(choices=[1]),
        body(choices=[{}, {}]),
        body(choices=None),
    ],
)
def test_other_envelope_is_an_error(content: bytes) -> None:
    assert code_of(content) == "llm_envelope"


@pytest.mark.parametrize(
    "usage",
    [
        None,
        "many",
        {},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": -5, "completion_tokens": 3},
        {"prompt_tokens": 10**18, "completion_tokens": 3},
        {"prompt_tokens": 7, "completion_tokens": "few"},
        {"prompt_tokens": True, "completion_tokens": 3},
        {"prompt_tokens": 7.5, "completion_tokens": 3},
    ],
)
def test_usage_that_cannot_be_true_is_estimated(usage: object) -> None:
    answer = envelope.answer(body(usage=usage), PROMPT, "m")
    assert answer.estimated
    assert 0 < answer.input_tokens < 100
    assert 0 < answer.output_tokens < 100


def test_half_a_character_does_not_get_into_an_answer() -> None:
    answer = envelope.answer(body({"message": {"content": "a\ud83db"}}), PROMPT, "m")
    assert answer.text == "a?b"


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (401, {"message": "Incorrect API key"}, "llm_denied"),
        (402, {"message": "Insufficient Balance"}, "llm_denied"),
        (403, {}, "llm_denied"),
        (404, {"code": "model_not_found"}, "llm_denied"),
        (405, {}, "llm_denied"),
        (302, {}, "llm_denied"),
        (307, {}, "llm_denied"),
        (429, {"code": "insufficient_quota"}, "llm_denied"),
        (400, {"code": "context_length_exceeded"}, "llm_context"),
        (400, {"message": "the request exceeds the available context size"}, "llm_context"),
        (413, {}, "llm_context"),
        (400, {"code": "content_filter"}, "llm_declined"),
        (400, {"message": "Bad request."}, "llm_unavailable"),
        (418, {}, "llm_unavailable"),
        (500, {"message": "context length of the pool"}, "llm_unavailable"),
    ],
)
def test_refusal_is_told_by_status_and_code(status: int, error: dict[str, str], code: str) -> None:
    content = json.dumps({"error": error | {"echo": CANARY}}).encode()
    assert envelope.failure(status, {}, content, "m").code == code


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_overload_may_pass(status: int) -> None:
    error = envelope.failure(status, {"retry-after": "2"}, b"<html>", "m")
    assert isinstance(error, AskAgainError)
    assert error.wait_s == 2
    assert not error.is_lesson


@given(st.integers(100, 599), st.text(max_size=80))
def test_no_word_of_a_server_gets_into_a_message(status: int, words: str) -> None:
    content = json.dumps({"error": {"message": f"{CANARY} {words}"}}).encode()
    for sent in (content, f"{CANARY} {words}".encode("utf-8", "replace")):
        assert CANARY not in str(envelope.failure(status, {}, sent, "m"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"error": "Plain Words"}', "plain words"),
        (b'{"error": {"message": "A", "type": "B", "code": 3, "param": null}}', "a b"),
        (
            b'{"detail": [{"loc": ["body", "temperature"], "msg": "M"}]}',
            "m ['body', 'temperature']",
        ),
        (b'{"message": "At the top"}', "at the top"),
        (b"[]", ""),
        (b"7", ""),
        (b"Not JSON", "not json"),
        (b"\xff", "\ufffd"),
    ],
)
def test_words_of_a_refusal_are_found_where_servers_put_them(content: bytes, words: str) -> None:
    assert envelope.refusal(content) == words


DATES = {"retry-after": "Wed, 04 Mar 2026 06:00:09 GMT", "date": "Wed, 04 Mar 2026 06:00:02 GMT"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3),
        ({"retry-after": " 0.5 "}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        (DATES, 7),
        ({**DATES, "date": "Wed, 04 Mar 2026 07:00:00 GMT"}, 0),
        ({"retry-after": DATES["retry-after"]}, None),
        ({**DATES, "date": "Wed, 04 Mar 2026 07:00:00 -0000"}, None),
        ({"retry-after": "soon; -1"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "\u00b2"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1" * 400}, None),
    ],
)
def test_time_to_wait_is_read_or_unknown(headers: dict[str, str], seconds: float | None) -> None:
    assert envelope.retry_after_s(headers) == seconds


@given(st.text(), st.text())
def test_any_header_is_a_time_to_wait_or_none(after: str, date: str) -> None:
    wait_s = envelope.retry_after_s({"retry-after": after, "date": date})
    assert wait_s is None or wait_s >= 0
