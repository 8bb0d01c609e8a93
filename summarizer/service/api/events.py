"""What happens to a run while it happens, as server-sent events that can be resumed."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from summarizer.service.api import openapi
from summarizer.service.api import runs as told
from summarizer.service.api.auth import Reader
from summarizer.service.api.state import Service, Shared
from summarizer.service.store import events, runs
from summarizer.service.store.events import Event

router = APIRouter(tags=["briefings"])

LOOK_S = 0.25
HEARTBEAT_S = 15.0  # so that nobody between takes the connection for dead
RECONNECT_MS = 2_000
_MEDIA_TYPE = "text/event-stream"
_MAX_DIGITS = 9

_EXAMPLE = 'id: 1\nevent: accepted\ndata: {"at": "2026-03-04T05:40:00.000000+00:00"}\n\n'


@router.get(
    "/v1/briefings/{run}/events",
    summary="Follow the making of a briefing",
    description="Each event has a number; `Last-Event-ID` goes on after it. The last ends it.",
    response_class=Response,
    responses=openapi.responses(None, "Events of the run", "not_found", "stopping")
    | openapi.other(_MEDIA_TYPE, "Events of the run", _EXAMPLE),
    openapi_extra={
        "parameters": [openapi.parameter("Last-Event-ID", "The number of the last event seen.")]
    },
)
async def follow(request: Request, run: str, service: Shared, caller: Reader) -> Response:
    """Send the events of a run until its last."""
    found = await run_in_threadpool(told.own, service, run, caller.owner)
    request.state.run = found.id
    stream = _stream(service, found.id, _last_seen(request))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type=_MEDIA_TYPE, headers=headers)


def _last_seen(request: Request) -> int:
    given = request.headers.get("last-event-id", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _MAX_DIGITS else 0


async def _stream(service: Service, run_id: str, seq: int) -> AsyncIterator[str]:
    """Yield what happened after event `seq`, and what happens then, to the end of the run.

    A server that stops ends the stream in the middle; the client comes back by itself.
    """
    yield f"retry: {RECONNECT_MS}\n\n"
    told_at = time.monotonic()
    while not service.stopping.is_set():
        new, is_over = await run_in_threadpool(partial(_look, service, run_id, seq))
        for event in new:
            yield written(event)
            seq, told_at = event.seq, time.monotonic()
        if is_over:
            return
        if time.monotonic() - told_at >= HEARTBEAT_S:
            yield ": still here\n\n"
            told_at = time.monotonic()
        await asyncio.sleep(LOOK_S)


def _look(service: Service, run_id: str, seq: int) -> tuple[list[Event], bool]:
    """Return the events after `seq` and whether there will be no more."""
    run = runs.get(service.db, run_id)  # before the events: its last one is written with its end
    return events.after(service.db, run_id, seq), run is None or run.is_over


def written(event: Event) -> str:
    """Write an event as browsers read it; JSON in one line cannot break out of it."""
    data = event.data if isinstance(event.data, dict) else {"value": event.data}
    content = json.dumps({"at": event.at.isoformat(), **data})
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {content}\n\n"
