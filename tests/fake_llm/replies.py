"""A reply as a value: status, headers, the parts of the body, and how it ends."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

FOREVER_S = 86_400.0

_JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a body, and the seconds of silence before them."""

    data: bytes
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire. `parts` may be endless; it is read once."""

    status: int
    parts: Iterable[Part]
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_s: float = 0.0  # before the first byte
    n_declared: int | None = None  # Content-Length; None: chunked
    end: Literal["whole", "closed", "cut", "reset"] = "whole"  # closed: whole, then unannounced
    breaks: Literal["connecting", "reading"] | None = None  # before anything is sent


def plain(status: int, body: bytes, headers: Mapping[str, str] = _JSON) -> Reply:
    """Return a reply that is sent at once and in full."""
    return Reply(status, (Part(body),), headers, n_declared=len(body))


def error(
    status: int,
    message: str,
    kind: str,
    *,
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return an error in the form of the OpenAI interface."""
    told = {"message": message, "type": kind, "param": param, "code": code}
    return plain(status, json.dumps({"error": told}).encode(), {**_JSON, **(headers or {})})


def with_headers(reply: Reply, headers: Mapping[str, str]) -> Reply:
    """Return the reply with more headers."""
    return replace(reply, headers={**reply.headers, **headers})
