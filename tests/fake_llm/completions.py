"""Write a chat completion, whole or as a stream of events."""

import json
from collections.abc import Iterator
from typing import Literal

from tests.fake_llm.replies import Part, Reply, plain

Completion = dict[str, object]

PIECE = 24  # characters of one streamed piece, about six tokens
DONE = b"data: [DONE]\n\n"

_STREAM = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache"}


def completion(
    text: str,
    *,
    model: str,
    name: str,
    created: int,
    usage: tuple[int, int] | None,
    finish: Literal["stop", "length"] = "stop",
) -> Completion:
    """Return the object that answers a request; `usage` is tokens in and out."""
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    told: Completion = {
        "id": f"chatcmpl-{name}",
        "object": "chat.completion",
        "created": created,
        "model": model,
        "choices": [choice],
    }
    if usage is not None:
        tokens_in, tokens_out = usage
        told["usage"] = {
            "prompt_tokens": tokens_in,
            "completion_tokens": tokens_out,
            "total_tokens": tokens_in + tokens_out,
        }
    return told


def whole(told: Completion, latency_s: float) -> Reply:
    """Return the completion as one JSON body, after `latency_s`."""
    reply = plain(200, json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
    return Reply(reply.status, reply.parts, reply.headers, latency_s, reply.n_declared)


def streamed(told: Completion, latency_s: float, *, with_usage: bool) -> Reply:
    """Return the completion as events: half of the latency before the first, half between them."""
    events = [event(chunk) for chunk in _chunks(told, with_usage=with_usage)]
    wait_s = latency_s / 2 / len(events)
    parts = (*(Part(data, wait_s) for data in events), Part(DONE))
    return Reply(200, parts, _STREAM, latency_s / 2)


def event(value: object) -> bytes:
    """Write one event of a stream."""
    return b"data: " + json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n\n"


def _chunks(told: Completion, *, with_usage: bool) -> Iterator[Completion]:
    """Yield the chunks; what is not of the usual shape goes through as it is."""
    frame = {key: value for key, value in told.items() if key not in {"choices", "usage"}}
    frame["object"] = "chat.completion.chunk"
    choices = told.get("choices")
    if not isinstance(choices, list) or not choices:
        yield {**frame, "choices": choices}
        choices = []
    for choice in choices:
        for delta, finish in _deltas(choice):
            index = choice.get("index", 0) if isinstance(choice, dict) else 0
            yield {
                **frame,
                "choices": [{"index": index, "delta": delta, "finish_reason": finish}],
            }
    if with_usage and "usage" in told:
        yield {**frame, "choices": [], "usage": told["usage"]}


def _deltas(choice: object) -> Iterator[tuple[object, object]]:
    """Yield the pieces of one choice, then its finish reason."""
    if not isinstance(choice, dict) or not isinstance(choice.get("message"), dict):
        yield choice, None
        return
    message = choice["message"]
    content = message.get("content")
    yield {"role": "assistant", "content": "" if isinstance(content, str) else content}, None
    if isinstance(content, str):
        for i in range(0, len(content), PIECE):
            yield {"content": content[i : i + PIECE]}, None
    rest = {key: message[key] for key in ("refusal", "tool_calls") if message.get(key)}
    if rest:
        yield rest, None
    yield {}, choice.get("finish_reason")
