"""What each request passes first, each answer last: names, origins, a stop, headers, the log."""

import logging
import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.service import problems
from summarizer.service.api import answers, logs
from summarizer.service.api.state import Service
from summarizer.service.delivery.unsubscribing import PATH

_log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OF_MAIL = frozenset({PATH})  # whose addresses carry what entitles to them
_HEALTH = frozenset({"/healthz", "/readyz"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_UNROUTED = "unrouted"  # the one name of all addresses that no route answers
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


@dataclass(frozen=True, slots=True)
class Guard:
    """The middleware."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        service = scope["app"].state.service
        assert isinstance(service, Service)
        headers, started = Headers(scope=scope), time.perf_counter()
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        status = 500

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                found = MutableHeaders(scope=message)
                found["X-Request-Id"] = request_id
                for name, value in HEADERS.items():
                    found.setdefault(name, value)
                if service.stopping.is_set():
                    found["Connection"] = "close"
            await send(message)

        refused = _refusal(scope, headers, service)
        app = self.app if refused is None else answers.problem(refused)
        try:
            with service.metrics.open():
                await app(scope, receive, marked)
        finally:
            _note(service, scope, status, time.perf_counter() - started)


def _note(service: Service, scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", _UNROUTED)
    method = scope["method"] if scope["method"] in _METHODS else "other"
    service.metrics.observe(method, route, status, seconds)
    state = scope["state"]
    fields = {
        "request": state["request_id"],
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "owner": state.get("owner"),
        "run": state.get("run"),
    }
    level = logging.DEBUG if route in _HEALTH else logging.INFO
    _log.log(level, "request", extra={logs.REQUEST: fields})


def _refusal(scope: Scope, headers: Headers, service: Service) -> problems.Problem | None:
    """Return why a request is not looked at; None when it is."""
    if service.stopping.is_set() and scope["path"] not in _HEALTH:
        return problems.make("stopping", "send the request again in a moment")
    host = _host(headers.get("host", ""))
    names = _names(service)
    if service.is_local and host not in names:
        return problems.make(
            "misdirected",
            "the Host header names another server: use the address that `serve` told, or set "
            "server.public_url",
        )
    is_harmless = scope["method"] in _SAFE or scope["path"] in _OF_MAIL
    if is_harmless or "origin" not in headers:
        return None
    # A page of another site made a browser send this.
    if _host_of(headers["origin"]) in {host, *names}:
        return None
    return problems.make("forbidden", "web pages of other sites may not send requests")


def _names(service: Service) -> frozenset[str]:
    """Return the names this server is asked by."""
    server = service.settings.server
    public = _host_of(server.public_url or "")
    return _LOOPBACK | {server.host.lower()} | ({public} if public else set())


def _host_of(url: str) -> str:
    """Return the host of an address in lower case; empty when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _host(header: str) -> str:
    return _host_of(f"//{header}")
