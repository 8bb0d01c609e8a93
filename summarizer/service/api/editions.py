"""The routes of editions: define one, look at it, run it."""

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from summarizer.service.api import answers, budgets, intake, openapi, preferences, specs
from summarizer.service.api import runs as told
from summarizer.service.api.auth import Caller, Reader, Writer
from summarizer.service.api.state import Service, Shared
from summarizer.service.api.views import EditionPage, EditionView
from summarizer.service.editions import manual
from summarizer.service.editions import specs as stored_specs
from summarizer.service.problems import ProblemError
from summarizer.service.store import editions
from summarizer.service.store.editions import Stored
from summarizer.service.store.runs import Run
from summarizer.settings.editions import NAME, Edition
from summarizer.types import Briefing, plain

router = APIRouter(tags=["editions"])

MAX_BYTES = 1_000_000  # of a definition

_VIEW_EXAMPLE = {
    "name": "morning",
    "origin": "http",
    "updated": "2026-03-03T14:00:00.000000+00:00",
    "next": "2026-03-04T05:00:00.000000+00:00",
    "edition": openapi.EDITION_EXAMPLES["morning"]["value"],
}


@router.get(
    "/v1/editions",
    summary="List editions by name",
    responses=openapi.responses(EditionPage, "All editions", example={"editions": [_VIEW_EXAMPLE]}),
    response_class=Response,
)
def page(service: Shared, caller: Reader) -> Response:
    """List the editions of the caller."""
    found = editions.all(service.db, caller.owner)
    return answers.plain(plain(EditionPage(tuple(specs.view(each, service) for each in found))))


@router.get(
    "/v1/editions/{name}",
    summary="Look at an edition",
    responses=openapi.responses(EditionView, "The edition", "not_found", example=_VIEW_EXAMPLE),
    response_class=Response,
)
def look(name: str, service: Shared, caller: Reader) -> Response:
    """Answer with an edition."""
    return answers.plain(plain(specs.view(own(service, name, caller.owner), service)))


@router.put(
    "/v1/editions/{name}",
    summary="Define an edition, or define it anew",
    description="The name is of lower case letters, digits, `-` and `_`.",
    responses=openapi.responses(
        EditionView,
        "It was defined anew",
        *openapi.READS_BODY,
        "not_found",
        "conflict",
        example=_VIEW_EXAMPLE,
    )
    | {HTTPStatus.CREATED.value: {"model": EditionView, "description": "It was defined"}},
    response_class=Response,
    openapi_extra=openapi.body(Edition.model_json_schema(), openapi.EDITION_EXAMPLES),
)
async def put(request: Request, name: str, service: Shared, caller: Writer) -> Response:
    """Define an edition."""
    body = await intake.body(request, service, max_bytes=MAX_BYTES)
    return await run_in_threadpool(_put, service, caller, name, body)


def _put(service: Service, caller: Caller, name: str, body: bytes) -> Response:
    if not NAME.fullmatch(name):
        raise ProblemError("not_found", "a name has up to 64 lower case letters, digits, - and _")
    edition = specs.read(body, service.settings)
    _refuse_files(editions.get(service.db, caller.owner, name))
    is_new = editions.put(
        service.db,
        caller.owner,
        name,
        edition.model_dump(mode="json"),
        origin="http",
        now=service.clock(),
    )
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    found = specs.view(own(service, name, caller.owner), service)
    return answers.plain(plain(found), {"Location": f"/v1/editions/{name}"}, status=status)


@router.delete(
    "/v1/editions/{name}",
    summary="Delete an edition; its briefings stay",
    responses=openapi.responses(
        None, "It is gone", "not_found", "conflict", status=HTTPStatus.NO_CONTENT
    ),
    response_class=Response,
    status_code=HTTPStatus.NO_CONTENT,
)
def delete(name: str, service: Shared, caller: Writer) -> Response:
    """Delete an edition."""
    _refuse_files(own(service, name, caller.owner))
    editions.delete(service.db, caller.owner, name, now=service.clock())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/v1/editions/{name}/runs",
    summary="Run an edition now",
    description=(
        "The briefing of a day, of today without one, is made once; one that failed is made "
        "again. The answer is that of `POST /v1/briefings`."
    ),
    response_class=Response,
    responses=openapi.responses(
        Briefing,
        "The briefing, in the format of the Accept header",
        *openapi.READS_BODY,
        "not_found",
        "not_acceptable",
        "no_usable_source",
        "budget",
        "cancelled",
        formats=True,
    )
    | told.NOT_YET,
    openapi_extra=openapi.body(
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {"day": {"type": "string", "format": "date"}},
        },
        openapi.RUN_EXAMPLES,
        required=False,
        parameters=[told.PREFER],
    ),
)
async def run(request: Request, name: str, service: Shared, caller: Writer) -> Response:
    """Run an edition, and answer with its briefing when that is ready in time."""
    answers.wanted(request)
    body = await intake.body(request, service, max_bytes=MAX_BYTES)
    accepted = await run_in_threadpool(_run, service, caller, name, body)
    wait = preferences.of(request, default_s=preferences.DEFAULT_WAIT_S)
    return await told.answered(service, request, accepted, wait)


def _run(service: Service, caller: Caller, name: str, body: bytes) -> Run:
    stored = own(service, name, caller.owner)
    day = specs.read_day(body)
    budgets.check(service, caller, stored_specs.read(stored).engine)
    accepted, is_new = manual.accept(
        service.db,
        stored,
        now=service.clock(),
        day=None if day is None else date.fromisoformat(day),
    )
    if is_new:
        service.jobs.start(accepted.id)
    return accepted


def own(service: Service, name: str, owner: str) -> Stored:
    """Return an edition of this owner.

    Raises:
        ProblemError: there is none; that of another owner is none.
    """
    found = editions.get(service.db, owner, name) if NAME.fullmatch(name) else None
    if found is None:
        raise ProblemError("not_found", "no edition of yours has this name: see GET /v1/editions")
    return found


def _refuse_files(stored: Stored | None) -> None:
    if stored is not None and stored.origin == "file":
        raise ProblemError("conflict", "summarizer.toml defines this edition: change it there")
