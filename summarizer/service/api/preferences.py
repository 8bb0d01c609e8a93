"""What a client would like and is not entitled to (RFC 7240): how long to wait for a result."""

import re
from dataclasses import dataclass

from fastapi import Request

DEFAULT_WAIT_S = 30
MAX_WAIT_S = 60
_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Wait:
    """How long an answer may be waited for."""

    seconds: int
    is_asked: bool = False  # by the client, so that the answer says it was honoured

    @property
    def headers(self) -> dict[str, str]:
        """Return what tells the client that its wish was granted."""
        return {"Preference-Applied": f"wait={self.seconds}"} if self.is_asked else {}


def wait(header: str, *, default_s: int) -> Wait:
    """Read `Prefer: wait=N` or `Prefer: respond-async`; what cannot be read counts as absent."""
    wishes: dict[str, str] = {}
    for item in header.lower().split(","):
        name, _, value = item.partition(";")[0].partition("=")
        wishes.setdefault(name.strip(), value.strip().strip('"'))
    if _SECONDS.fullmatch(wishes.get("wait", "")):
        return Wait(min(int(wishes["wait"]), MAX_WAIT_S), is_asked=True)
    return Wait(0, is_asked=False) if "respond-async" in wishes else Wait(default_s)


def of(request: Request, *, default_s: int) -> Wait:
    """Read what a request prefers."""
    return wait(", ".join(request.headers.getlist("prefer")), default_s=default_s)
