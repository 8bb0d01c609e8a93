"""The HTTP service: briefings of the documents in a request, and checks of texts against them.

The work is synchronous and runs in a thread. Interactive documentation pages are off, because
they load scripts from another site; `/openapi.json` is on.
"""

import copy
import ipaddress
import os
import socket
from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from summarizer.briefing import pipeline, review
from summarizer.errors import ConfigurationError, LimitError, SummarizerError
from summarizer.render import FORMATS, render, verification
from summarizer.service import accept, engines, problems, requests
from summarizer.service.problems import ProblemError
from summarizer.settings import Settings
from summarizer.settings.server import Server
from summarizer.types import Briefing, Review

_HEADERS = {"X-Content-Type-Options": "nosniff"}
_UNROUTED = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
# The page needs its own style sheet and nothing else.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def create_app(settings: Settings) -> FastAPI:
    """Make the service with these settings."""
    app = FastAPI(
        title="summarizer",
        version=version("summarizer"),
        description="Many documents in, one cited briefing out.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={
            SummarizerError: _refused,
            ProblemError: _refused,
            HTTPException: _unrouted,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
    )

    @app.get("/healthz", summary="Tell whether the service runs")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.post(
        "/v1/briefings",
        summary="Make a briefing",
        description="The format is that of the Accept header; JSON when it has no preference.",
        response_class=Response,
        responses=_responses(Briefing, "The briefing"),
        openapi_extra=_request_body(requests.schema(), requests.EXAMPLES),
    )
    async def create_briefing(request: Request) -> Response:
        return await _answered(request, settings, _briefing)

    @app.post(
        "/v1/verify",
        summary="Check a text written elsewhere",
        description=(
            "Each sentence of the text gets its nearest passages in the documents, however weak, "
            "and a verdict. The format is that of the Accept header."
        ),
        response_class=Response,
        responses=_responses(Review, "Each sentence with its verdict"),
        openapi_extra=_request_body(requests.review_schema(), requests.REVIEW_EXAMPLES),
    )
    async def create_review(request: Request) -> Response:
        return await _answered(request, settings, _review)

    # The texts of documents are in an answer only when asked for.
    app.openapi()["components"]["schemas"]["LedgerEntry"]["required"].remove("text")
    return app


def serve(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Answer requests until interrupted.

    Args:
        settings: where to listen, and the limits.
        announce: told the address when connections are accepted.

    Raises:
        ConfigurationError: the address cannot be listened on, or is not this machine's own.
    """
    listener = _listen(settings.server)
    host, port = listener.getsockname()[:2]
    announce(f"serving on http://{f'[{host}]' if ':' in host else host}:{port}")
    log = copy.deepcopy(uvicorn.config.LOGGING_CONFIG)
    log["handlers"]["access"]["stream"] = "ext://sys.stderr"
    configuration = uvicorn.Config(create_app(settings), log_config=log, server_header=False)
    uvicorn.Server(configuration).run(sockets=[listener])


def _listen(server: Server) -> socket.socket:
    where = f"server.host {server.host}, server.port {server.port}"
    try:
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:  # UnicodeError: no name can be like this
        raise ConfigurationError(f"{where}: no such host: use 127.0.0.1") from error
    family, _, _, _, address = found[0]
    if not ipaddress.ip_address(address[0]).is_loopback:
        raise ConfigurationError(
            f"{where}: other machines could use it without a token, and tokens are not available "
            "yet: use 127.0.0.1"
        )
    try:
        return socket.create_server((str(address[0]), server.port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise ConfigurationError(f"{where}: {why}: choose another port") from error


def _check_headers(request: Request) -> None:
    """Refuse bodies that are not plain JSON.

    A wrong type is refused as a web page may send one across sites without asking; JSON it may not.
    """
    media_type = request.headers.get("content-type", "application/json").partition(";")[0]
    if media_type.strip().lower() != "application/json":
        raise ProblemError("unsupported_media_type", "send Content-Type: application/json")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ProblemError("unsupported_media_type", "send the body without Content-Encoding")


async def _body(request: Request, max_bytes: int) -> bytes:
    """Read the body, counting: a declared length may be missing or wrong."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > max_bytes:
            raise LimitError(
                f"the body may have {max_bytes:,} bytes, the setting server.max_bytes: "
                "send the documents in several requests"
            )
    return bytes(body)


async def _answered(
    request: Request, settings: Settings, answer: Callable[[bytes, str, Settings], Response]
) -> Response:
    """Answer a request with a body, in the format that it accepts."""
    wanted = accept.choose(", ".join(request.headers.getlist("accept")))
    if wanted is None:
        choices = ", ".join(FORMATS.values())
        raise ProblemError("not_acceptable", f"accept one of {choices}")
    _check_headers(request)
    body = await _body(request, settings.server.max_bytes)
    return await run_in_threadpool(answer, body, wanted, settings)


def _briefing(body: bytes, wanted: str, settings: Settings) -> Response:
    asked = requests.read(body, settings)
    run = engines.Run(writes_short=asked.options.one_story)
    with engines.staff(asked.settings, run) as staff:
        briefing = pipeline.brief(asked.documents, asked.options, notes=asked.notes, staff=staff)
    rendered = render(briefing, wanted, include_text=asked.include_text)
    return _rendered(rendered, wanted, {"ETag": f'"{briefing.id}"'})


def _review(body: bytes, wanted: str, settings: Settings) -> Response:
    asked = requests.read_review(body, settings)
    made = review.review(asked.text, asked.documents, language=asked.language)
    return _rendered(verification.render(made, wanted, include_text=asked.include_text), wanted, {})


def _rendered(text: str, wanted: str, headers: Mapping[str, str]) -> Response:
    policy = {"Content-Security-Policy": _CONTENT_SECURITY_POLICY} if wanted == "html" else {}
    return Response(
        text.encode(),
        media_type=FORMATS[wanted],
        headers={**_HEADERS, "Vary": "Accept", **headers, **policy},
    )


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, SummarizerError | ProblemError)
    return _problem(problems.of(error))


async def _unrouted(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(problems.of_status(error.status_code), error.headers)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Answer a client that left before its request was complete: nobody reads it."""
    return _problem(problems.make("bad_request", "the body ends too early"))


async def _failed(_request: Request, _error: Exception) -> Response:
    """Tell nothing; the server logs the error, which is raised again after this answer."""
    return _problem(problems.make("internal", ""))


def _problem(problem: problems.Problem, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(
        problem.plain(),
        status_code=problem.status,
        media_type=problems.MEDIA_TYPE,
        headers={**(headers or {}), **_HEADERS, "Vary": "Accept"},
    )


def _request_body(schema: Mapping[str, Any], examples: Mapping[str, Any]) -> dict[str, Any]:
    content = {"schema": schema, "examples": examples}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def _responses(model: type, description: str) -> dict[int | str, dict[str, Any]]:
    """Describe the answers for OpenAPI: the result in each format, and the problems by status."""
    text = {"schema": {"type": "string"}}
    formats = {media_type: text for name, media_type in FORMATS.items() if name != "json"}
    described: dict[int | str, dict[str, Any]] = {
        HTTPStatus.OK.value: {"model": model, "description": description, "content": formats}
    }
    for status, examples in problems.examples().items():
        if status in _UNROUTED:
            continue
        content = {"schema": problems.SCHEMA, "examples": examples}
        described[status] = {
            "description": HTTPStatus(status).phrase,
            "content": {problems.MEDIA_TYPE: content},
        }
    return described
