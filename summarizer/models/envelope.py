"""What an OpenAI-compatible endpoint sent back: a whole answer, or the reason why there is none."""

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, TypeGuard

from summarizer.errors import ModelError
from summarizer.models import tokens
from summarizer.models.base import Answer, AskAgainError, Prompt

_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_BAD_REQUEST, _NO_CREDIT, _TOO_LARGE, _SERVER_ERROR = 400, 402, 413, 500
_DENIED = {
    401: "the key is missing or wrong: set api_key",
    _NO_CREDIT: "the quota is used up: check the account",
    403: "the key may not use this model",
    404: "no such model or address: check the model's name and that base_url ends like /v1",
    405: "the address takes no questions: check that base_url ends like /v1",
}
_QUOTA = ("insufficient_quota", "billing_hard_limit_reached", "quota_exceeded")
_TOO_LONG = (
    "context_length_exceeded",
    "context length",
    "context window",
    "context size",
    "prompt is too long",
    "too many tokens",
)
_FILTERED = ("content_filter", "content management policy", "responsibleaipolicyviolation")
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_SAID = ("message", "msg", "type", "code", "param", "loc")
_MAX_CHARS, _MAX_ITEMS = 2_000, 10  # of an error that are read


def answer(body: bytes, prompt: Prompt, name: str) -> Answer:
    """Return the text of a completion that is whole.

    Raises:
        ModelError: it is not, or is in another envelope.
    """
    choice, usage = _envelope(body, name)
    reason, message = choice.get("finish_reason"), choice.get("message")
    if reason == "length":
        raise ModelError(f"{name}: the answer was cut at its longest length", "llm_truncated")
    if reason is None:
        raise ModelError(f"{name}: the answer did not end", "llm_cut")
    if not isinstance(message, dict):
        raise ModelError(f"{name}: the answer has no message", "llm_envelope")
    if reason == "content_filter" or message.get("refusal"):
        raise ModelError(f"{name}: the model declined", "llm_declined")
    text = message.get("content")
    if reason != "stop" or not isinstance(text, str) or not text.strip():
        raise ModelError(f"{name}: the answer is no text", "llm_envelope")
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a character can be nowhere kept
    sent, written = tokens.estimate(f"{prompt.system}{prompt.user}"), tokens.estimate(text)
    n_in, n_out = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if _is_credible(n_in, sent) and _is_credible(n_out, written):
        return Answer(text, n_in, n_out)
    return Answer(text, sent, written, estimated=True)


def _envelope(body: bytes, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    choices = content.get("choices") if isinstance(content, dict) else None
    if not isinstance(choices, list):
        raise ModelError(
            f"{name}: the answer is no chat completion: check that base_url ends like /v1",
            "llm_envelope",
        )
    if len(choices) != 1 or not isinstance(choices[0], dict):
        raise ModelError(f"{name}: the answer has not exactly one choice", "llm_envelope")
    usage = content.get("usage")
    return choices[0], usage if isinstance(usage, dict) else {}


def _is_credible(reported: object, estimate: int) -> TypeGuard[int]:
    """Tell whether a number of tokens can be true of a text of about `estimate` tokens."""
    return type(reported) is int and 0 < reported <= 1_000 + 20 * estimate


def failure(status: int, headers: Mapping[str, str], body: bytes, name: str) -> ModelError:
    """Translate a refusal; its text may repeat the prompt and is never passed on."""
    words = refusal(body)
    if any(word in words for word in _QUOTA):
        status = _NO_CREDIT
    if status == _TOO_LARGE or (status < _SERVER_ERROR and any(w in words for w in _TOO_LONG)):
        return ModelError(f"{name}: the prompt is too long", "llm_context")
    if status == _BAD_REQUEST and any(word in words for word in _FILTERED):
        return ModelError(f"{name}: a filter declined the prompt", "llm_declined")
    if status in _DENIED or status < _BAD_REQUEST:
        remedy = _DENIED.get(status, "it redirects elsewhere: correct base_url")
        return ModelError(f"{name}: {remedy}", "llm_denied")
    if status in _LATER:
        return AskAgainError(f"{name}: not available ({status})", wait_s=retry_after_s(headers))
    return ModelError(f"{name}: the request was refused ({status})", "llm_unavailable")


def refusal(body: bytes) -> str:
    """Return the words of an error in lower case: message, type, code and what they are about."""
    try:
        error = json.loads(body)
    except (ValueError, RecursionError):
        return body[:_MAX_CHARS].decode("utf-8", "replace").lower()
    for key in ("error", "detail"):
        if isinstance(error, dict):
            error = error.get(key) or error
    items = error if isinstance(error, list) else [error]
    told: list[object] = []
    for item in items[:_MAX_ITEMS]:
        told += [item.get(key) for key in _SAID] if isinstance(item, dict) else [item]
    return " ".join(str(word) for word in told if isinstance(word, str | list))[:_MAX_CHARS].lower()


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return how long a server asks to wait; a date counts from the server's own clock."""
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if _SECONDS.fullmatch(headers.get(name, "").strip()):
            return float(headers[name]) * scale
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
        now = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
