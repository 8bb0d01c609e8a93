"""What the answers of web servers mean, by their status."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import httpx2

from summarizer.sources.addresses import shown
from summarizer.sources.status import SourceError, Status

_SUCCESSES = range(200, 300)
_NOT_MODIFIED = 304
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_STATUSES: Mapping[int, Status] = {
    402: "paywalled",
    404: "missing",
    410: "missing",
}
_REMEDIES: Mapping[Status, str] = {
    "challenge": "it wants proof that no program reads it: save the page and give its file",
    "missing": "there is nothing at this address: correct it",
    "paywalled": "it is for subscribers: save the page and give its file",
    "refused": "the server refuses to send it: save the page and give its file",
    "unreachable": "the server is in trouble: try again later",
}
_MAX_DIGITS = 10  # of a number of seconds that may be meant
_CHALLENGES = ("cf-mitigated", "x-amzn-waf-action")  # headers of pages that test for programs


class BusyError(SourceError):
    """An address that may answer when it is asked again."""

    def __init__(
        self, message: str, *, http_status: int | None = None, retry_after_s: float = 0.0
    ) -> None:
        super().__init__(message, "unreachable", http_status=http_status)
        self.retry_after_s = retry_after_s  # as the server asks


def check(status: int, headers: Mapping[str, str], where: str) -> None:
    """Refuse an answer that holds nothing to read.

    Args:
        status: of HTTP.
        headers: their names in lower case.
        where: what was asked for, as notes name it.

    Raises:
        SourceError: what kind of answer it is.
        BusyError: it is worth asking again.
    """
    if any(name in headers for name in _CHALLENGES):
        raise _refusal("challenge", status, where)
    if status in _SUCCESSES or status == _NOT_MODIFIED:
        return
    if status in _BUSY:
        why = f"{_REMEDIES['unreachable']} (status {status})"
        raise BusyError(f"{where}: {why}", http_status=status, retry_after_s=_wait_s(headers))
    is_server_error = status not in range(400, 500)
    default: Status = "unreachable" if is_server_error else "refused"
    raise _refusal(_STATUSES.get(status, default), status, where)


def no_answer(error: httpx2.TransportError, where: str) -> BusyError:
    """Say why there is no answer."""
    if isinstance(error, httpx2.TimeoutException):
        why = "it did not answer in time"
    elif isinstance(error, httpx2.ConnectError):  # the system's own words, nothing of the server
        why = f"there is no connection to it ({shown(str(error))})"
    else:
        why = "the connection to it broke"
    return BusyError(f"{where}: {why}: try again later, or correct the address")


def _refusal(kind: Status, status: int, where: str) -> SourceError:
    return SourceError(f"{where}: {_REMEDIES[kind]} (status {status})", kind, http_status=status)


def _wait_s(headers: Mapping[str, str]) -> float:
    """Return the seconds a server asks to wait; 0 for what cannot be understood.

    A date is compared with that of the answer: the server's clock may be wrong, and we need none.
    """
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written) if len(written) < _MAX_DIGITS else 0.0
    try:
        wait = parsedate_to_datetime(written) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return max(0.0, wait.total_seconds())
