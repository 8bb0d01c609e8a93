"""What an HTTP client is told when its request cannot be answered (RFC 9457).

`code` is what programs may rely on. The detail names the thing, the limit and the remedy and
never repeats what was sent: it may be shown to, or logged by, somebody else.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus

from summarizer.errors import SummarizerError
from summarizer.types import Json

MEDIA_TYPE = "application/problem+json"
MAX_DETAIL_CHARS = 300

# Every code, the status it comes with and its title.
CATALOGUE = {
    "malformed_body": (HTTPStatus.BAD_REQUEST, "The body is not JSON"),
    "bad_request": (HTTPStatus.BAD_REQUEST, "The request cannot be read"),
    "unauthorized": (HTTPStatus.UNAUTHORIZED, "A token is needed"),
    "budget": (HTTPStatus.PAYMENT_REQUIRED, "The budget of the token is used up"),
    "forbidden": (HTTPStatus.FORBIDDEN, "This is not allowed"),
    "not_found": (HTTPStatus.NOT_FOUND, "There is nothing at this address"),
    "method_not_allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "This address has other methods"),
    "not_acceptable": (HTTPStatus.NOT_ACCEPTABLE, "No accepted format can be produced"),
    "too_slow": (HTTPStatus.REQUEST_TIMEOUT, "The request did not arrive in time"),
    "conflict": (HTTPStatus.CONFLICT, "This belongs to somebody else"),
    "cancelled": (HTTPStatus.GONE, "The run was cancelled"),
    "limit_exceeded": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request exceeds a limit"),
    "unsupported_media_type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not plain JSON"),
    "misdirected": (HTTPStatus.MISDIRECTED_REQUEST, "This server has another name"),
    "invalid_input": (HTTPStatus.UNPROCESSABLE_ENTITY, "The request has a field of no use"),
    "no_usable_source": (HTTPStatus.UNPROCESSABLE_ENTITY, "No document can be summarised"),
    "idempotency_mismatch": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The Idempotency-Key was used with another body",
    ),
    "rate_limited": (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests in a minute"),
    "queue_full": (HTTPStatus.TOO_MANY_REQUESTS, "Too many briefings wait to be made"),
    "internal": (HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed here"),
    "stopping": (HTTPStatus.SERVICE_UNAVAILABLE, "The server is stopping"),
    "storage": (HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot be used now"),
}
_CODE_OF_STATUS = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
}
# Seconds after which it makes sense to ask again, where nothing better is known.
_RETRY_AFTER_S = {"queue_full": 2, "rate_limited": 2, "stopping": 5, "storage": 5}

SCHEMA: dict[str, Json] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": list(CATALOGUE)},
        "detail": {"type": "string", "maxLength": MAX_DETAIL_CHARS},
    },
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem document."""

    type: str
    title: str
    status: int
    code: str
    detail: str

    def plain(self) -> Json:
        """Return what `json.dumps` accepts."""
        return asdict(self)


class ProblemError(Exception):
    """Ends a request with a problem of the service itself, by its code in `CATALOGUE`."""

    def __init__(self, code: str, detail: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.retry_after_s = retry_after_s


def make(code: str, detail: str) -> Problem:
    """Make the problem of `code`; a code nobody listed is an internal one and tells nothing."""
    if code not in CATALOGUE or code == "internal":
        code, detail = "internal", "the request is not to blame: try again, or report it"
    status, title = CATALOGUE[code]
    return Problem(f"urn:summarizer:problem:{code}", title, status.value, code, shorten(detail))


def of(error: SummarizerError | ProblemError) -> Problem:
    """Make the problem that `error` stands for."""
    return make(error.code, str(error))


def headers(
    code: str, retry_after_s: int | None = None, *, is_browser: bool = False
) -> dict[str, str]:
    """Return the headers that tell a client what to do about a problem.

    A browser is asked for Basic, the one scheme for which it asks its user.
    """
    if code == "unauthorized":
        scheme = "Basic" if is_browser else "Bearer"
        return {"WWW-Authenticate": f'{scheme} realm="summarizer", charset="UTF-8"'}
    seconds = _RETRY_AFTER_S.get(code) if retry_after_s is None else retry_after_s
    return {} if seconds is None else {"Retry-After": str(seconds)}


def of_status(status: int) -> Problem:
    """Make the problem of a request that no route answers."""
    code = _CODE_OF_STATUS.get(HTTPStatus(status), "bad_request")
    return make(code, "the addresses and their methods are listed in /openapi.json")


def examples(codes: Iterable[str] = CATALOGUE) -> dict[int, dict[str, Json]]:
    """Return an example of each problem by status and code."""
    found: dict[int, dict[str, Json]] = {}
    for code in sorted(codes):
        status, title = CATALOGUE[code]
        example: Json = {"summary": title, "value": make(code, title).plain()}
        found.setdefault(status.value, {})[code] = example
    return found


def shorten(detail: str) -> str:
    """Cut a message to the length of a detail."""
    if len(detail) <= MAX_DETAIL_CHARS:
        return detail
    return detail[: MAX_DETAIL_CHARS - 1] + "\u2026"
