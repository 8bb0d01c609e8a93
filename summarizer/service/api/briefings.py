"""The routes of briefings: ask for one, look at it, list them, take one back."""

import re
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from summarizer.errors import InputError
from summarizer.service import requests
from summarizer.service.api import answers, budgets, intake, openapi, preferences
from summarizer.service.api import runs as told
from summarizer.service.api.auth import Caller, Reader, Writer
from summarizer.service.api.state import Service, Shared
from summarizer.service.api.views import DocumentView, RunPage, run_view
from summarizer.service.problems import ProblemError
from summarizer.service.store import briefings, documents, runs
from summarizer.service.store.runs import Run
from summarizer.types import Briefing, Json, plain

router = APIRouter(tags=["briefings"])

PAGE = 20
MAX_PAGE = 100
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_DOCUMENT = re.compile(r"[A-Za-z0-9._-]{1,80}")

Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many at most.")]
Cursor = Annotated[str | None, Query(description="`next` of the page before.", max_length=1_000)]
IncludeText = Annotated[
    Literal["text"] | None, Query(description="Put the documents' texts into the JSON.")
]

_IDEMPOTENCY_KEY = openapi.parameter(
    "Idempotency-Key",
    "A word of the client's own: the same request again is answered with the same briefing.",
    maxLength=255,
)


@router.post(
    "/v1/briefings",
    summary="Ask for a briefing",
    description="What was accepted is made, whatever happens to the connection or the server.",
    response_class=Response,
    responses=openapi.responses(
        Briefing,
        "The briefing, in the format of the Accept header",
        *openapi.READS_BODY,
        "not_acceptable",
        "no_usable_source",
        "idempotency_mismatch",
        "budget",
        "cancelled",
        formats=True,
    )
    | told.NOT_YET,
    openapi_extra=openapi.body(
        openapi.request_schema(), openapi.EXAMPLES, parameters=[told.PREFER, _IDEMPOTENCY_KEY]
    ),
)
async def ask(request: Request, service: Shared, caller: Writer) -> Response:
    """Accept a request, and answer with its briefing when that is ready in time."""
    answers.wanted(request)
    key = _idempotency_key(request)
    body = await intake.body(request, service)
    run = await run_in_threadpool(_accept, service, caller, body, key)
    wait = preferences.of(request, default_s=preferences.DEFAULT_WAIT_S)
    return await told.answered(service, request, run, wait)


def _accept(service: Service, caller: Caller, body: bytes, key: str | None) -> Run:
    def find(run_id: str) -> Json | None:
        own = told.find(service, run_id, caller.owner)
        return None if own is None else briefings.get(service.db, own.id)

    new = requests.new_run(
        body, service.settings, owner=caller.owner, idempotency_key=key, find=find
    )
    run, is_new = budgets.accept(service, caller, new)
    if is_new:
        service.jobs.start(run.id)
    return run


@router.get(
    "/v1/briefings",
    summary="List briefings and the runs that make them, newest first",
    responses=openapi.responses(
        RunPage,
        "A page of runs",
        "invalid_input",
        example={"briefings": [openapi.RUN_EXAMPLE], "next": None},
    ),
    response_class=Response,
)
def page(
    service: Shared,
    caller: Reader,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    edition: Annotated[str | None, Query(description="Of this edition only.")] = None,
) -> Response:
    """List runs of the caller."""
    if edition is not None and not told.is_word(edition):
        raise InputError("edition: use lower case letters, digits, - and _")
    found, after = runs.page(
        service.db, owner=caller.owner, limit=limit, cursor=cursor, edition=edition
    )
    return answers.plain(plain(RunPage(tuple(map(run_view, found)), after)))


@router.get(
    "/v1/briefings/{run}",
    summary="Look at a briefing",
    response_class=Response,
    responses=openapi.responses(
        Briefing,
        "The briefing, in the format of the Accept header",
        "not_found",
        "not_acceptable",
        "no_usable_source",
        "cancelled",
        formats=True,
    )
    | told.NOT_YET
    | {HTTPStatus.NOT_MODIFIED.value: {"description": "The client has it already"}},
    openapi_extra={
        "parameters": [
            told.PREFER,
            openapi.parameter("If-None-Match", "The ETag of the version that the client has."),
        ]
    },
)
async def look(
    request: Request, run: str, service: Shared, caller: Reader, include: IncludeText = None
) -> Response:
    """Answer with a briefing, or with how far it is."""
    answers.wanted(request)
    found = await run_in_threadpool(told.own, service, run, caller.owner)
    wait = preferences.of(request, default_s=0)
    return await told.answered(service, request, found, wait, includes_text=include is not None)


@router.get(
    "/v1/briefings/{run}/documents/{document}",
    summary="Read a document of a briefing",
    responses=openapi.responses(DocumentView, "The document with its text", "not_found"),
    response_class=Response,
)
def read(run: str, document: str, service: Shared, caller: Reader) -> Response:
    """Answer with a document."""
    own = told.own(service, run, caller.owner)
    is_id = _DOCUMENT.fullmatch(document)
    found = documents.one(service.db, own.id, document) if is_id else None
    if found is None:
        raise ProblemError("not_found", "the briefing has no document of this id: see its ledger")
    return answers.plain(plain(found))


@router.delete(
    "/v1/briefings/{run}",
    summary="Delete a briefing, and stop it being made",
    responses=openapi.responses(None, "It is gone", "not_found", status=HTTPStatus.NO_CONTENT),
    response_class=Response,
    status_code=HTTPStatus.NO_CONTENT,
)
def delete(run: str, service: Shared, caller: Writer) -> Response:
    """Delete a run, its briefing and its events."""
    own = told.own(service, run, caller.owner)
    if not own.is_over:
        service.jobs.cancel(own.id)
    runs.delete(service.db, own.id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise ProblemError("bad_request", "Idempotency-Key: 1 to 255 visible ASCII characters")
    return key
