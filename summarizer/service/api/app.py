"""The application: all routes, what stands before them, and what becomes of errors."""

from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from summarizer.errors import SummarizerError
from summarizer.service import problems
from summarizer.service.api import (
    answers,
    briefings,
    editions,
    events,
    feeds,
    guard,
    health,
    pages,
    reviews,
    searching,
    unsubscribing,
)
from summarizer.service.api.state import Service
from summarizer.service.problems import ProblemError

_ROUTERS = (
    briefings.router,
    events.router,
    reviews.router,
    editions.router,
    feeds.router,
    searching.router,
    unsubscribing.router,
    pages.router,
    health.router,
)


def create_app(service: Service) -> FastAPI:
    """Make the application.

    Interactive documentation pages are off, because they load scripts from another site;
    `/openapi.json` is on.
    """
    app = FastAPI(
        title="summarizer",
        version=version("summarizer"),
        description="Many documents in, one cited briefing out.",
        openapi_url=None,  # a route of `health`
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={
            SummarizerError: _refused,
            ProblemError: _refused,
            RequestValidationError: _invalid,
            HTTPException: _unrouted,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
    )
    app.state.service = service
    app.add_middleware(guard.Guard)
    for router in _ROUTERS:
        app.include_router(router)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SummarizerError | ProblemError)
    wait_s = getattr(error, "retry_after_s", None)
    is_browser = request.method == "GET" and answers.wants_page(request)
    headers = problems.headers(error.code, wait_s, is_browser=is_browser)
    return answers.problem(problems.of(error), headers)


async def _invalid(_request: Request, error: Exception) -> Response:
    """Name the parameter that is of no use, without its value."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = first["loc"][-1]
    return answers.problem(problems.make("invalid_input", f"{name}: {first['msg']}"))


async def _unrouted(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answers.problem(problems.of_status(error.status_code), error.headers)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Answer a client that left before its request was complete: nobody reads it."""
    return answers.problem(problems.make("bad_request", "the body ends too early"))


async def _failed(request: Request, _error: Exception) -> Response:
    """Tell nothing; the server logs the error, which is raised again after this answer.

    This answer alone does not pass the guard.
    """
    headers = guard.HEADERS | {"X-Request-Id": request.state.request_id}
    return answers.problem(problems.make("internal", ""), headers)
