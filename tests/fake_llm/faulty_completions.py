"""Faults of the envelope around an answer: choices, messages, finish reasons, usage."""

import json
from collections.abc import Callable, Mapping

from tests.fake_llm.completions import Completion
from tests.fake_llm.fault import Fault
from tests.fake_llm.replies import Reply, plain

_Change = Callable[[Completion], Completion]


def _set(**fields: object) -> _Change:
    """Return a change of the outermost fields."""
    return lambda told: {**told, **fields}


def _choice(**fields: object) -> _Change:
    """Return a change of each choice."""
    return lambda told: {**told, "choices": [{**choice, **fields} for choice in _choices(told)]}


def _message(**fields: object) -> _Change:
    """Return a change of each choice's message."""

    def change(told: Completion) -> Completion:
        changed = [{**c, "message": {**c["message"], **fields}} for c in _choices(told)]
        return {**told, "choices": changed}

    return change


def _choices(told: Completion) -> list[dict[str, dict[str, object]]]:
    return json.loads(json.dumps(told["choices"]))  # type: ignore[no-any-return] # our own shape


def _twice(told: Completion) -> Completion:
    first, *_ = _choices(told)
    other = {**first, "index": 1, "message": {**first["message"], "content": "{}"}}
    return {**told, "choices": [first, other]}


def _in_parts(told: Completion) -> Completion:
    content = _choices(told)[0]["message"]["content"]
    return _message(content=[{"type": "text", "text": content}])(told)


def _usage(tokens_in: object, tokens_out: object) -> _Change:
    return _set(
        usage={"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": 0}
    )


def _without(field: str) -> _Change:
    return lambda told: {key: value for key, value in told.items() if key != field}


def _body(body: bytes, kind: str) -> Callable[[Reply], Reply]:
    return lambda _: plain(200, body, {"content-type": kind})


_CALL = {"id": "call_1", "type": "function", "function": {"name": "browse", "arguments": "{}"}}
_ERROR = b'{"error": {"message": "upstream failed", "type": "server_error", "code": 500}}'
_CAPTIVE = b"<!doctype html><title>Sign in</title><p>Sign in to the network to continue.</p>"

COMPLETIONS: Mapping[str, Fault] = {
    "html": Fault("F17", "200 with HTML", wire=_body(_CAPTIVE, "text/html")),
    "error_object": Fault(
        "F17", "200 with an error object", wire=_body(_ERROR, "application/json")
    ),
    "empty_body": Fault("F17", "200 with nothing", wire=_body(b"", "application/json")),
    "json_scalar": Fault("F17", "200 with the body null", wire=_body(b"null", "application/json")),
    "no_choices": Fault("F17", "no field choices", completion=_without("choices")),
    "empty_choices": Fault("F17", "choices without any", completion=_set(choices=[])),
    "two_choices": Fault("F17", "two choices that differ", completion=_twice),
    "choices_not_a_list": Fault("F17", "choices as text", completion=_set(choices="none")),
    "no_message": Fault("F17", "a choice whose message is null", completion=_choice(message=None)),
    "content_in_parts": Fault("F17", "content as a list of parts", completion=_in_parts),
    "content_number": Fault("F17", "content as a number", completion=_message(content=42)),
    "null_content": Fault("F16", "content null", completion=_message(content=None)),
    "refusal": Fault(
        "F16",
        "declines in the field made for it",
        completion=_message(content=None, refusal="I'm sorry, I can't help with that."),
    ),
    "content_filter": Fault(
        "F16",
        "finish_reason content_filter, content cut",
        text=lambda text: text[: len(text) // 3],
        completion=_choice(finish_reason="content_filter"),
    ),
    "tool_calls": Fault(
        "F17",
        "calls a tool nobody offered",
        completion=lambda told: _choice(finish_reason="tool_calls")(
            _message(content=None, tool_calls=[_CALL])(told)
        ),
    ),
    "truncated": Fault(
        "F15",
        "finish_reason length in the middle of the answer",
        text=lambda text: text[: len(text) // 2],
        completion=_choice(finish_reason="length"),
    ),
    "finish_unknown": Fault(
        "F17", "a finish_reason nobody knows", completion=_choice(finish_reason="eos_token")
    ),
    "finish_null": Fault("F14", "finish_reason null", completion=_choice(finish_reason=None)),
    "usage_missing": Fault("F22", "no usage", completion=_without("usage")),
    "usage_null": Fault("F22", "usage null", completion=_set(usage=None)),
    "usage_zero": Fault("F22", "usage 0", completion=_usage(0, 0)),
    "usage_negative": Fault("F22", "usage below 0", completion=_usage(-5, -700)),
    "usage_absurd": Fault("F22", "usage of 1e18 tokens", completion=_usage(10**18, 10**18)),
    "usage_text": Fault("F22", "usage as words", completion=_usage("many", "few")),
}
