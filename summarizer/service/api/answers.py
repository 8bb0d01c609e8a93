"""Answers: what was made in the format that is accepted, and problems."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from summarizer.render import FORMATS
from summarizer.service import accept, problems
from summarizer.service.problems import ProblemError
from summarizer.types import Json

# The page needs its own style sheet and nothing else.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action {form}; "
    "frame-ancestors 'none'"
)


def wanted(request: Request) -> str:
    """Return the format that a request accepts.

    Raises:
        ProblemError: none that can be produced.
    """
    found = accept.choose(", ".join(request.headers.getlist("accept")))
    if found is None:
        raise ProblemError("not_acceptable", f"accept one of {', '.join(served().values())}")
    return found


def wants_page(request: Request) -> bool:
    """Tell whether a person sits before a browser."""
    return accept.choose(", ".join(request.headers.getlist("accept"))) == "html"


def served() -> dict[str, str]:
    """Return the media type of each format that can be asked for."""
    return {name: FORMATS[name] for name in accept.ORDER}


def rendered(text: str, format: str, headers: Mapping[str, str]) -> Response:  # noqa: A002 - its name everywhere
    """Answer with what was made, in one of the formats."""
    policy = page_policy() if format == "html" else {}
    return Response(
        text.encode(),
        media_type=FORMATS[format],
        headers={"Vary": "Accept", **headers, **policy},
    )


def page_policy(*, has_form: bool = False) -> dict[str, str]:
    """Return the header that lets a page load nothing and send nothing, but its own form."""
    form = "'self'" if has_form else "'none'"
    return {"Content-Security-Policy": _CONTENT_SECURITY_POLICY.format(form=form)}


def plain(
    content: Json, headers: Mapping[str, str] | None = None, *, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """Answer with JSON."""
    return JSONResponse(content, status_code=status.value, headers=dict(headers or {}))


def problem(found: problems.Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a problem."""
    return JSONResponse(
        found.plain(),
        status_code=found.status,
        media_type=problems.MEDIA_TYPE,
        headers={**problems.headers(found.code), **(headers or {}), "Vary": "Accept"},
    )


def is_known(request: Request, etag: str) -> bool:
    """Tell whether the client has this version (RFC 9110, section 13.1.2)."""
    given = ", ".join(request.headers.getlist("if-none-match"))
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return bool(tags & {"*", etag})
