"""What an HTTP client is told when its request cannot be answered (RFC 9457).

`code` is what programs may rely on. The detail names the thing, the limit and the remedy and
never repeats what was sent: it may be shown to, or logged by, somebody else.
"""

from dataclasses import asdict, dataclass
from http import HTTPStatus

from summarizer.errors import SummarizerError
from summarizer.types import Json

MEDIA_TYPE = "application/problem+json"
MAX_DETAIL_CHARS = 300

# Every code, the status it comes with and its title.
CATALOGUE = {
    "malformed_body": (HTTPStatus.BAD_REQUEST, "The body is not JSON"),
    "not_found": (HTTPStatus.NOT_FOUND, "There is nothing at this address"),
    "method_not_allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "This address has other methods"),
    "not_acceptable": (HTTPStatus.NOT_ACCEPTABLE, "No accepted format can be produced"),
    "limit_exceeded": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request exceeds a limit"),
    "unsupported_media_type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not plain JSON"),
    "invalid_input": (HTTPStatus.UNPROCESSABLE_ENTITY, "The request has a field of no use"),
    "no_usable_source": (HTTPStatus.UNPROCESSABLE_ENTITY, "No document can be summarised"),
    "bad_request": (HTTPStatus.BAD_REQUEST, "The request cannot be read"),
    "internal": (HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed here"),
}
_CODE_OF_STATUS = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
}

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

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def make(code: str, detail: str) -> Problem:
    """Make the problem of `code`; a code nobody listed is an internal one and tells nothing."""
    if code not in CATALOGUE or code == "internal":
        code, detail = "internal", "the request is not to blame: try again, or report it"
    status, title = CATALOGUE[code]
    return Problem(f"urn:summarizer:problem:{code}", title, status.value, code, _shorten(detail))


def of(error: SummarizerError | ProblemError) -> Problem:
    """Make the problem that `error` stands for."""
    return make(error.code, str(error))


def of_status(status: int) -> Problem:
    """Make the problem of a request that no route answers."""
    code = _CODE_OF_STATUS.get(HTTPStatus(status), "bad_request")
    return make(code, "the addresses and their methods are listed in /openapi.json")


def examples() -> dict[int, dict[str, Json]]:
    """Return an example of each problem by status and code."""
    found: dict[int, dict[str, Json]] = {}
    for code, (status, title) in sorted(CATALOGUE.items()):
        example: Json = {"summary": title, "value": make(code, title).plain()}
        found.setdefault(status.value, {})[code] = example
    return found


def _shorten(detail: str) -> str:
    if len(detail) <= MAX_DETAIL_CHARS:
        return detail
    return detail[: MAX_DETAIL_CHARS - 1] + "\u2026"
