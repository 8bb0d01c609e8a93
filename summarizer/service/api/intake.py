"""Bodies of requests: of the right kind, within the limits, and in time."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.requests import ClientDisconnect

from summarizer.errors import LimitError
from summarizer.service.api.state import Service
from summarizer.service.problems import ProblemError

BODY_S = 60.0  # for the whole body
GRACE_S = 10.0  # before the least rate counts
MIN_BYTES_PER_S = 1_000
BODIES_AT_A_TIME = 4  # of the greatest size; memory for more is not given away
_LOOK_S = 0.25  # how soon a stop is noticed while nothing arrives

JSON = "application/json"


async def body(
    request: Request,
    service: Service,
    *,
    media_type: str | None = JSON,
    max_bytes: int | None = None,
) -> bytes:
    """Read the body of a request, counting: a declared length may be missing or wrong.

    Raises:
        ProblemError: it is of another type, compressed, too slow, or the server is busy or stops.
        LimitError: it is larger than `max_bytes`, by default the setting `server.max_bytes`.
    """
    if media_type is not None:
        _check(request.headers, media_type)
    limit = service.settings.server.max_bytes if max_bytes is None else max_bytes
    parts: list[bytes] = []
    arrival = _Arrival(time.monotonic())
    try:
        while True:
            message = await _message(request, service, arrival)
            part = message.get("body", b"")
            assert isinstance(part, bytes)
            parts.append(part)
            arrival.n_bytes += len(part)
            service.held += len(part)
            _refuse_beyond(arrival.n_bytes, limit, service)
            if not message.get("more_body", False):
                return b"".join(parts)
    finally:
        service.held -= arrival.n_bytes


@dataclass(slots=True)
class _Arrival:
    """How a body comes in."""

    started_s: float
    n_bytes: int = 0

    @property
    def until_s(self) -> float:
        """Return when it is too slow, unless more comes before."""
        return self.started_s + min(BODY_S, GRACE_S + self.n_bytes / MIN_BYTES_PER_S)


async def _message(request: Request, service: Service, arrival: _Arrival) -> Mapping[str, object]:
    """Return the next part of a body."""
    while True:
        left_s = arrival.until_s - time.monotonic()
        if left_s <= 0:
            raise ProblemError(
                "too_slow",
                f"a body has {BODY_S:.0f} s and must bring {MIN_BYTES_PER_S:,} bytes a second: "
                "send less at a time",
            )
        if service.stopping.is_set():
            raise ProblemError("stopping", "send the request again in a moment")
        try:
            async with asyncio.timeout(min(left_s, _LOOK_S)):
                message = await request.receive()
        except TimeoutError:
            continue
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        return message


def _refuse_beyond(n_bytes: int, limit: int, service: Service) -> None:
    if n_bytes > limit:
        raise LimitError(
            f"the body may have {limit:,} bytes, the setting server.max_bytes: "
            "send the documents in several requests"
        )
    if service.held > BODIES_AT_A_TIME * service.settings.server.max_bytes:
        raise ProblemError("queue_full", "too many large requests at a time: try again in 2 s")


def _check(headers: Mapping[str, str], media_type: str) -> None:
    """Refuse bodies of another type.

    A web page may send a form or plain text across sites without asking; JSON it may not.
    """
    given = headers.get("content-type", media_type).partition(";")[0]
    if given.strip().lower() != media_type:
        raise ProblemError("unsupported_media_type", f"send Content-Type: {media_type}")
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ProblemError("unsupported_media_type", "send the body without Content-Encoding")
