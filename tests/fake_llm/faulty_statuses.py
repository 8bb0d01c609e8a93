"""Faults that an HTTP status tells: limits, refusals, overload, redirects."""

from collections.abc import Callable, Mapping
from email.utils import formatdate
from math import ceil

from tests.fake_llm.fault import Fault, Moment
from tests.fake_llm.replies import Reply, error, plain

_HTML = {"content-type": "text/html; charset=utf-8"}
_BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def _limited(headers: Callable[[Moment], Mapping[str, str]]) -> Callable[[Moment], Reply]:
    return lambda moment: error(
        429,
        f"Rate limit reached for {moment.model}.",
        "requests",
        code="rate_limit_exceeded",
        headers=headers(moment),
    )


def _fixed(
    status: int,
    message: str,
    kind: str,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Callable[[Moment], Reply]:
    return lambda moment: error(status, message.format(moment), kind, code=code, headers=headers)


def _elsewhere(status: int) -> Callable[[Moment], Reply]:
    return lambda moment: plain(status, b"", {**_HTML, "location": moment.elsewhere})


def _in_two_seconds(moment: Moment) -> Mapping[str, str]:
    return {"retry-after": formatdate(ceil(moment.now) + 2, usegmt=True)}


STATUSES: Mapping[str, Fault] = {
    "rate_limited": Fault(
        "F09", "429, Retry-After in seconds", _limited(lambda _: {"retry-after": "2"})
    ),
    "rate_limited_date": Fault("F09", "429, Retry-After as a date", _limited(_in_two_seconds)),
    "rate_limited_ms": Fault(
        "F09", "429, retry-after-ms", _limited(lambda _: {"retry-after-ms": "1500"})
    ),
    "rate_limited_long": Fault(
        "F11", "429, Retry-After of an hour", _limited(lambda _: {"retry-after": "3600"})
    ),
    "rate_limited_bare": Fault("F09", "429 without Retry-After", _limited(lambda _: {})),
    "rate_limited_garbage": Fault(
        "F09", "429, Retry-After that is no time", _limited(lambda _: {"retry-after": "soon; -1"})
    ),
    "quota": Fault(
        "F10",
        "429 insufficient_quota: no retry can help",
        _fixed(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            "insufficient_quota",
        ),
    ),
    "unauthorized": Fault(
        "F10",
        "401 wrong key",
        _fixed(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
    ),
    "forbidden": Fault(
        "F10",
        "403",
        _fixed(
            403,
            "Country, region, or territory not supported",
            "request_forbidden",
            "unsupported_country_region_territory",
        ),
    ),
    "model_not_found": Fault(
        "F10",
        "404 unknown model",
        _fixed(
            404,
            "The model `{0.model}` does not exist or you do not have access to it.",
            "invalid_request_error",
            "model_not_found",
        ),
    ),
    "path_not_found": Fault(
        "F10", "404 without a body, as from a wrong base URL", lambda _: plain(404, b"", _HTML)
    ),
    "bad_request": Fault(
        "F10", "400 that no retry can help", _fixed(400, "Bad request.", "invalid_request_error")
    ),
    "context_length": Fault(
        "F12",
        "400 context_length_exceeded",
        _fixed(
            400,
            "This model's maximum context length is 1024 tokens. However, your messages resulted"
            " in {0.tokens} tokens. Please reduce the length of the messages.",
            "invalid_request_error",
            "context_length_exceeded",
        ),
    ),
    "request_timeout": Fault("F09", "408", _fixed(408, "Request timed out.", "timeout")),
    "conflict": Fault("F09", "409", _fixed(409, "Conflict, try again.", "conflict")),
    "server_error": Fault(
        "F09",
        "500",
        _fixed(500, "The server had an error processing your request.", "server_error"),
    ),
    "bad_gateway": Fault("F09", "502 with HTML", lambda _: plain(502, _BAD_GATEWAY, _HTML)),
    "unavailable": Fault(
        "F09",
        "503, Retry-After in seconds",
        _fixed(503, "The engine is overloaded.", "server_error", None, {"retry-after": "1"}),
    ),
    "gateway_timeout": Fault("F09", "504 without a body", lambda _: plain(504, b"", _HTML)),
    "overloaded": Fault("F09", "529", _fixed(529, "Overloaded", "overloaded_error")),
    "redirect": Fault("F10", "302 to another host", _elsewhere(302)),
    "redirect_kept": Fault("F10", "307 to another host, body and all", _elsewhere(307)),
}
