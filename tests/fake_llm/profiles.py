"""The kinds of servers that call themselves OpenAI-compatible, and how they differ.

The messages are those that the servers named beside them send.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.fake_llm.prompt import Object

_UNSUPPORTED = (
    "Invalid parameter: 'response_format' of type '{}' is not supported with this model."  # OpenAI
)
_LM_STUDIO = "'response_format.type' must be 'json_schema' or 'text'"
_XAI = "The response_format parameter is unsupported at the moment. Leave it unset."
_NO_JSON_WORD = (
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
    " 'json_object'."
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of server accepts and how it writes."""

    says: str
    refused: Mapping[str, str] = field(default_factory=dict)  # a type of response_format: message
    parameters: Mapping[str, str] = field(default_factory=dict)  # a parameter: message
    wording: Literal["as asked", "fenced", "prose", "thinking"] = "as asked"
    has_usage: bool = True
    can_stream: bool = True
    is_error_bare: bool = False  # {"error": "text"} in place of an object
    needs_api_version: bool = False
    needs_v1: bool = False


PROFILES: Mapping[str, Profile] = {
    "full": Profile("honours json_schema and json_object, as OpenAI"),
    "json_object": Profile(
        "knows json_object, refuses json_schema, as older models",
        refused={"json_schema": _UNSUPPORTED.format("json_schema")},
    ),
    "json_schema": Profile(
        "knows json_schema, refuses json_object, as LM Studio",
        refused={"json_object": _LM_STUDIO},
        is_error_bare=True,
    ),
    "none": Profile(
        "refuses every response_format",
        refused={"json_schema": _XAI, "json_object": _XAI},
    ),
    "ignores_schema": Profile(
        "accepts a schema and answers in fences, as llama.cpp", wording="fenced"
    ),
    "prose": Profile("accepts a schema and answers with prose around the JSON", wording="prose"),
    "thinks": Profile("writes a <think> block before the answer", wording="thinking"),
    "azure": Profile(
        "wants ?api-version= and sits at /openai/deployments/NAME", needs_api_version=True
    ),
    "v1_only": Profile("knows no path without /v1", needs_v1=True),
    "no_usage": Profile("never says what a call used", has_usage=False),
    "no_stream": Profile("answers whole where a stream is asked for", can_stream=False),
    "strict_parameters": Profile(
        "refuses max_tokens and temperature, as OpenAI's reasoning models",
        parameters={
            "max_tokens": "Unsupported parameter: 'max_tokens' is not supported with this model."
            " Use 'max_completion_tokens' instead.",
            "temperature": "Unsupported value: 'temperature' does not support the given value with"
            " this model. Only the default (1) value is supported.",
        },
    ),
    "old_parameters": Profile(
        "refuses max_completion_tokens and stream_options, as older servers",
        parameters={
            "max_completion_tokens": "Unrecognized request argument supplied:"
            " max_completion_tokens",
            "stream_options": "Unrecognized request argument supplied: stream_options",
        },
    ),
}


def refusal(profile: Profile, payload: Object) -> tuple[str, str] | None:
    """Return the parameter that this kind of server does not take, and its message."""
    form = payload.get("response_format")
    kind = str(form.get("type")) if isinstance(form, dict) else ""
    if kind in profile.refused:
        return "response_format", profile.refused[kind]
    if kind == "json_object" and "json" not in str(payload.get("messages")).lower():
        return "messages", _NO_JSON_WORD
    for name, message in profile.parameters.items():
        if payload.get(name) is not None and not (name == "temperature" and payload[name] == 1):
            return name, message
    return None


def word(profile: Profile, text: str) -> str:
    """Write an answer the way the server's model does."""
    match profile.wording:
        case "fenced":
            return f"```json\n{text}\n```"
        case "prose":
            return f"Sure! Here is the JSON you asked for:\n\n{text}\n\nLet me know if I can help."
        case "thinking":
            return (
                f"<think>\nThe user wants {{JSON}} with ids. I copy A1 first.\n</think>\n\n{text}"
            )
        case _:
            return text
