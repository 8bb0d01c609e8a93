"""Who asks: bearer tokens by their scopes, or this machine itself while nobody made a token."""

import base64
import binascii
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from summarizer.service.api.state import Service, Shared
from summarizer.service.problems import ProblemError
from summarizer.service.store import tokens
from summarizer.service.store.database import Database

LOCAL = "local"  # the owner of everything while there is no token
SCOPES = frozenset({"read", "write", "admin"})
_MAX_SECRET_CHARS = 512
_REMEDY = "send Authorization: Bearer with a token of `summarizer token add`"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request."""

    owner: str
    scopes: frozenset[str] = SCOPES
    is_limited: bool = True  # in requests a minute
    budget_usd_month: float | None = None  # None: no limit


def allowed(scope: str) -> Callable[[Request, Shared], Awaitable[Caller]]:
    """Return what finds the caller of a request and refuses one without `scope`."""

    async def caller(request: Request, service: Shared) -> Caller:
        secret = _secret(request)
        found = await run_in_threadpool(_identify, service, secret)
        request.state.owner = found.owner
        if scope not in found.scopes:
            raise ProblemError("forbidden", f"the token needs the scope {scope}")
        if found.is_limited:
            _count(service, found.owner)
        return found

    return caller


Reader = Annotated[Caller, Depends(allowed("read"))]
Writer = Annotated[Caller, Depends(allowed("write"))]
Admin = Annotated[Caller, Depends(allowed("admin"))]


def _count(service: Service, owner: str) -> None:
    """Refuse one request more than its owner may send."""
    if wait_s := service.rates.wait_s(owner, time.monotonic()):
        raise ProblemError(
            "rate_limited",
            f"a token may send {service.rates.per_minute:,} requests a minute, the setting "
            f"server.requests_per_minute: try again in {wait_s} s",
            retry_after_s=wait_s,
        )


def _identify(service: Service, secret: str | None) -> Caller:
    now = service.clock()
    if secret is None:
        if service.is_local and not needs_token(service.db):
            return Caller(LOCAL, is_limited=False)
        raise ProblemError("unauthorized", _REMEDY)
    token = tokens.check(service.db, secret, now=now)
    if token is None:
        raise ProblemError("unauthorized", f"the token is unknown, expired or revoked: {_REMEDY}")
    return Caller(token.name, token.scopes, budget_usd_month=token.budget_usd_month)


def needs_token(db: Database) -> bool:
    """Tell whether requests need a token: while there is one, even if it has expired."""
    return any(token.revoked is None for token in tokens.list(db))


def _secret(request: Request) -> str | None:
    """Return the secret of a request; None without any.

    A browser can only send a password, with any name. It sends it along whenever another site
    makes it ask, so it serves for reading alone.
    """
    header = request.headers.get("authorization", "")
    kind, _, value = header.partition(" ")
    value = value.strip()
    if len(value) > _MAX_SECRET_CHARS:
        raise ProblemError("unauthorized", _REMEDY)
    if kind.lower() == "bearer" and value:
        return value
    if kind.lower() == "basic" and request.method in {"GET", "HEAD"}:
        return _password(value)
    if header:
        raise ProblemError("unauthorized", _REMEDY)
    return None


def _password(encoded: str) -> str:
    try:
        decoded = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ProblemError("unauthorized", _REMEDY) from error
    return decoded.partition(":")[2]
