"""Fetch pages and feeds from strangers' servers, politely and within bounds.

Redirects are followed by hand, so that each address is checked; cookies, proxies and `.netrc` are
never used; a body is read up to its cap, and all of it ends at one deadline.
"""

import math
import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from typing import Self
from urllib.parse import urljoin

import httpx2

from summarizer import limits, transport
from summarizer.sources import addresses, answers, bodies, robots
from summarizer.sources.addresses import PUBLIC_ONLY, Policy, Resolve, shown
from summarizer.sources.answers import BusyError
from summarizer.sources.robots import Robots
from summarizer.sources.status import SourceError
from summarizer.sources.turns import Turns

PROGRAM = "summarizer"  # what a robots.txt may name

_OK, _NO_CONTENT_FROM, _NOT_MODIFIED = 200, 300, 304
_CLIENT_ERRORS = range(400, 500)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FIRST_WAIT_S = 0.5  # before a second try; doubled before the third
_HEADERS = {
    "User-Agent": f"{PROGRAM}/0.1 (reads pages and feeds for briefings)",
    "Accept": (
        "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
        "application/feed+json, application/xml;q=0.9, */*;q=0.5"
    ),
    "Accept-Encoding": "gzip",
}
_TIMEOUTS = {
    "timeout": {
        "connect": limits.CONNECT_TIMEOUT_S,
        "read": limits.FETCH_TIMEOUT_S,
        "write": limits.FETCH_TIMEOUT_S,
        "pool": limits.FETCH_TIMEOUT_S,
    }
}
_VALIDATOR = re.compile("[ -~]{1,1000}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version it sent, so that it may say later that it is unchanged."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer that can be used: a body, or the word that it has not changed (304)."""

    status: int
    body: bytes
    headers: Mapping[str, str]  # names in lower case
    final_url: str  # after all redirects

    @property
    def is_unchanged(self) -> bool:
        """Whether the version the caller has is still the current one."""
        return self.status == _NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """What to send with the next request for the same address."""
        return Validators(self._validator("etag"), self._validator("last-modified"))

    def _validator(self, name: str) -> str | None:
        value = self.headers.get(name, "")
        return value if _VALIDATOR.fullmatch(value) else None


@dataclass(slots=True)
class _Job:
    """One call of `fetch`."""

    url: str
    headers: Mapping[str, str]  # for every site on the way
    credentials: Mapping[str, str]  # for the first site alone
    obey_robots: bool
    left_s: float  # of work; waiting for a turn is none

    @property
    def is_conditional(self) -> bool:
        return len(self.headers) > len(_HEADERS)


class Fetcher:
    """Fetches for one run; safe for many threads.

    Each host gets one request at a time and a pause after it. What a robots.txt said is kept, so
    a fetcher is not to be used for longer than a day.

    Args:
        policy: which network addresses may be connected to.
        resolve: finds the network addresses of a host.
        delay_s: from the end of one request to a host to the next.
        timeout_s: of one address, its redirects and retries included.
        deadline_s: from now until nothing is fetched any more; None: never.
        clock: seconds that only grow.
        sleep: waits for seconds.
    """

    def __init__(  # noqa: PLR0913 - what tests replace, each by its name
        self,
        *,
        policy: Policy = PUBLIC_ONLY,
        resolve: Resolve = transport.resolve,
        delay_s: float = limits.HOST_DELAY_S,
        timeout_s: float = limits.FETCH_TIMEOUT_S,
        deadline_s: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = transport.Transport(
            max_body_bytes=limits.MAX_WIRE_BYTES, connect=addresses.connector(policy, resolve)
        )
        self._timeout_s = timeout_s
        self._clock = clock
        self._sleep = sleep
        self._ends = math.inf if deadline_s is None else clock() + deadline_s
        self._turns = Turns(delay_s=delay_s, clock=clock, sleep=self._rest)
        self._robots: dict[str, Robots | SourceError] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._transport.close()

    def fetch(
        self,
        url: str,
        *,
        have: Validators | None = None,
        credentials: Mapping[str, str] | None = None,
        obey_robots: bool = False,
    ) -> Fetched:
        """Fetch one address, with its redirects and retries, within its time.

        Args:
            url: what to fetch.
            have: of the version the caller has; an unchanged one is not sent again.
            credentials: headers for the site of `url` alone; no other gets them after a redirect.
            obey_robots: whether robots.txt has a say.

        Raises:
            SourceError: there is nothing to use; its `status` says how it went.
        """
        headers = _HEADERS | _conditions(have or Validators())
        job = _Job(url, headers, credentials or {}, obey_robots, self._timeout_s)
        wait_s = _FIRST_WAIT_S
        for _ in range(limits.MAX_RETRIES):
            try:
                return self._follow(job)
            except BusyError as error:
                wait_s = max(wait_s, error.retry_after_s)
                if wait_s >= min(job.left_s, self._left_s()):
                    raise
            self._sleep(wait_s)
            job.left_s -= wait_s
            wait_s *= 2
        return self._follow(job)

    def _follow(self, job: _Job) -> Fetched:
        """Send the request, and again wherever the answers lead."""
        target = first = addresses.parse(job.url)
        for _ in range(limits.MAX_REDIRECTS + 1):
            if job.obey_robots:
                self._obey_robots(target)
            own = job.credentials if _origin(target) == _origin(first) else {}
            answer = self._send(target, {**job.headers, **own}, job)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                answers.check(answer.status, answer.headers, shown(job.url))
                if answer.is_unchanged and not job.is_conditional:
                    raise SourceError(f"{shown(job.url)}: it sends nothing", "empty")
                return answer
            target = addresses.parse(_joined(answer.final_url, answer.headers["location"]))
        why = f"it leads on more than {limits.MAX_REDIRECTS} times: correct the address"
        raise SourceError(f"{shown(job.url)}: {why}", "unreachable")

    def _send(self, target: httpx2.URL, headers: Mapping[str, str], job: _Job) -> Fetched:
        """Send one request in the host's turn and read its answer."""
        request = httpx2.Request("GET", target, headers=headers, extensions=_TIMEOUTS)
        where = shown(job.url)
        with self._turns.take(target.host):
            if self._left_s() <= 0:
                why = "it was not read before the deadline: try again later"
                raise SourceError(f"{where}: {why}", "unreachable")
            started = self._clock()
            try:
                with transport.within(min(job.left_s, self._left_s())):
                    return self._exchange(request)
            except (bodies.BodyError, transport.BodyTooLargeError) as error:
                raise SourceError(
                    f"{where}: {error}: give its text as a file", "unreadable"
                ) from error
            except httpx2.TransportError as error:
                raise answers.no_answer(error, where) from error
            finally:
                job.left_s -= self._clock() - started

    def _left_s(self) -> float:
        return self._ends - self._clock()

    def _rest(self, wait_s: float) -> None:
        """Sleep before a turn, at most until the deadline."""
        self._sleep(max(0.0, min(wait_s, self._left_s())))

    def _exchange(self, request: httpx2.Request) -> Fetched:
        with closing(self._transport.handle_request(request)) as response:
            body = b""
            if _OK <= response.status_code < _NO_CONTENT_FROM:
                packed = response.headers.get("content-encoding", "")
                body = bodies.unpack(response.iter_raw(), packed)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Fetched(response.status_code, body, headers, str(request.url))

    def obey_robots(self, url: str) -> None:
        """Refuse a page that the site's robots.txt keeps programs from.

        Raises:
            SourceError: it does, or it could not be read.
        """
        self._obey_robots(addresses.parse(url))

    def _obey_robots(self, target: httpx2.URL) -> None:
        """Read the rules of each site once."""
        origin = _origin(target)
        with self._lock:
            rules = self._robots.get(origin)
        if rules is None:
            rules = self._read_robots(origin)
            with self._lock:
                self._robots[origin] = rules
        if isinstance(rules, SourceError):
            raise SourceError(str(rules), rules.status)
        if not rules.allow(target.raw_path.decode("ascii")):
            why = "the site's robots.txt keeps programs from it: save the page and give its file"
            raise SourceError(f"{shown(str(target))}: {why}", "refused")

    def _read_robots(self, origin: str) -> Robots | SourceError:
        """Without a robots.txt all may be read; where it cannot be told, nothing (RFC 9309)."""
        try:
            fetched = self.fetch(f"{origin}/robots.txt")
        except SourceError as error:
            is_there_none = error.http_status in _CLIENT_ERRORS
            return Robots() if is_there_none else error
        return robots.parse(fetched.body, program=PROGRAM)


def _origin(url: httpx2.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location.strip())
    except ValueError:  # brackets that hold no address; the strict parser says so
        return location


def _conditions(have: Validators) -> dict[str, str]:
    conditions = {"If-None-Match": have.etag, "If-Modified-Since": have.last_modified}
    return {name: value for name, value in conditions.items() if value is not None}
