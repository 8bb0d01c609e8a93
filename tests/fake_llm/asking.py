"""Requests in the form that the fake model reads, for tests."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from summarizer.models import blocks
from summarizer.types import Json
from tests.fake_llm import prompt
from tests.fake_llm.endpoint import Request
from tests.fake_llm.prompt import Prompt, Task

NONCE = "7c1d"
SENTENCES = (
    "Divers recovered seven more bodies from the wreck of the ferry Grey Heron on Wednesday.",
    "However, the coastguard (based in Kessel) said 21 people were dead.",
    "Varrow Railways reached a tentative agreement with the union led by Ida Brandt.",
)


def fenced(name: str, lines: Sequence[Mapping[str, object]]) -> str:
    """Write objects as JSON lines between fences."""
    written = blocks.lines(cast("Sequence[Mapping[str, Json]]", lines))
    return f"<{name} {NONCE}>\n{written}\n</{name} {NONCE}>\n"


def sentences(texts: Sequence[str], about: str = "Northern Wire, 2026-03-04") -> str:
    """Write sentences with the ids A1, A2, ... between fences, as the prompts hold them."""
    lines = [("A:", about), *((f"A{n}", text) for n, text in enumerate(texts, 1))]
    return f"<sentences {NONCE}>\n{blocks.labelled(lines)}\n</sentences {NONCE}>\n"


def payload(
    task: Task = "write",
    texts: Sequence[str] = SENTENCES,
    *,
    system: str = "Answer in JSON.",
    user: str = "",
    **fields: object,
) -> dict[str, object]:
    """Return the body of a chat request."""
    messages = [
        {"role": "system", "content": f"Task: {task}\n{system}"},
        {"role": "user", "content": f"{user}\n{sentences(texts)}"},
    ]
    return {"model": "fake-model", "messages": messages, **fields}


def prompted(task: Task = "write", texts: Sequence[str] = SENTENCES, **more: str) -> Prompt:
    """Return the same, as the model reads it."""
    return prompt.read(
        payload(task, texts, system=more.get("system", ""), user=more.get("user", ""))
    )


def request(body: object, target: str = "/v1/chat/completions", key: str | None = None) -> Request:
    """Return a request as it comes over the wire."""
    headers = {"host": "127.0.0.1"} | ({"authorization": f"Bearer {key}"} if key else {})
    return Request("POST", target, headers, json.dumps(body).encode())
