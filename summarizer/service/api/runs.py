"""Runs as clients see them: waited for, answered, listed."""

import asyncio
import re
import time
from functools import partial
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from summarizer.render import render
from summarizer.service import problems
from summarizer.service.api import answers, openapi
from summarizer.service.api.preferences import Wait
from summarizer.service.api.state import Service
from summarizer.service.api.views import run_view
from summarizer.service.problems import ProblemError
from summarizer.service.store import briefings, documents, runs
from summarizer.service.store.runs import Run
from summarizer.service.stored import restore
from summarizer.types import plain

RETRY_AFTER_S = 1
_WORD = re.compile(r"[A-Za-z0-9_-]{1,128}")
STOP_S = 7.0  # what is left for waiting when the server stops
_SLICE_S = 0.5  # how soon a stop is noticed

PREFER = openapi.parameter(
    "Prefer", "How many seconds to wait for the result, at most 60.", examples=["wait=10"]
)
NOT_YET: openapi.Responses = {
    HTTPStatus.ACCEPTED.value: {
        "description": "It is being made: look at `Location` after `Retry-After` seconds",
        "content": {"application/json": {"example": openapi.RUN_EXAMPLE}},
    }
}


def address(run_id: str) -> str:
    """Return where a run is found."""
    return f"/v1/briefings/{run_id}"


def find(service: Service, run_id: str, owner: str) -> Run | None:
    """Return a run of this owner; None when there is none."""
    return runs.get(service.db, run_id, owner=owner) if is_word(run_id) else None


def own(service: Service, run_id: str, owner: str) -> Run:
    """Return a run of this owner.

    Raises:
        ProblemError: there is none; that of another owner is none.
    """
    found = find(service, run_id, owner)
    if found is None:
        raise ProblemError("not_found", "no run of yours has this id: see GET /v1/briefings")
    return found


def is_word(given: str) -> bool:
    """Tell whether an id or a name can be one at all, before a database is asked for it."""
    return _WORD.fullmatch(given) is not None


async def finished(service: Service, run: Run, seconds: float) -> Run:
    """Wait for the end of a run, and return it as it is then."""
    until = time.monotonic() + seconds
    is_stopping = False
    while not run.is_over:
        if service.stopping.is_set() and not is_stopping:
            is_stopping, until = True, min(until, time.monotonic() + STOP_S)
        left_s = until - time.monotonic()
        if left_s <= 0:
            break
        look = partial(service.jobs.wait, run.id, min(left_s, _SLICE_S))
        if await asyncio.get_running_loop().run_in_executor(service.waits, look):
            break
    return await run_in_threadpool(runs.get, service.db, run.id) or run


async def answered(
    service: Service, request: Request, run: Run, wait: Wait, *, includes_text: bool = False
) -> Response:
    """Answer with the briefing of a run in the format accepted, or with how far it is.

    The documents' texts are in its JSON when this request or the first one asks for them.
    """
    wanted = answers.wanted(request)
    request.state.run = run.id
    run = await finished(service, run, wait.seconds)
    includes_text = includes_text or _asks_for_text(run)
    answer = await run_in_threadpool(
        _answer, service, request, run, wanted, includes_text=includes_text
    )
    answer.headers.update(wait.headers)
    return answer


def _answer(
    service: Service, request: Request, run: Run, wanted: str, *, includes_text: bool
) -> Response:
    headers = {"Location": address(run.id)}
    if not run.is_over:
        headers |= {"Retry-After": str(RETRY_AFTER_S), "Vary": "Accept"}
        return answers.plain(plain(run_view(run)), headers, status=HTTPStatus.ACCEPTED)
    if run.status == "cancelled":
        return answers.problem(problems.make("cancelled", "ask again to have it made"), headers)
    if run.outcome == "failed" and run.briefing is None:
        found = problems.make(run.error_code or "no_usable_source", run.error or "")
        return answers.problem(found, headers)
    if run.briefing is None:
        return answers.plain(plain(run_view(run)), headers)
    headers |= {"ETag": f'"{run.briefing}"', "Cache-Control": "private, no-cache"}
    if request.method == "GET" and answers.is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers | {"Vary": "Accept"})
    content = briefings.get(service.db, run.id)
    has_texts = includes_text or wanted != "json"
    given = documents.of_run(service.db, run.id) if has_texts else ()
    text = render(restore(content, given), wanted, include_text=includes_text)
    return answers.rendered(text, wanted, headers)


def _asks_for_text(run: Run) -> bool:
    options = run.request.get("options") if isinstance(run.request, dict) else None
    return isinstance(options, dict) and options.get("include_text") is True
