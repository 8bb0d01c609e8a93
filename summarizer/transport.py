"""HTTP connections that end when they should: one deadline for a whole exchange, a cap on a body.

A client's own timeouts count each read by itself, so that a server which sends one byte a second
can hold a call for hours. Here every read gets what is left until the deadline.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from ipaddress import ip_address
from ssl import SSLContext, create_default_context
from typing import Any, TypeVar

import httpcore2
import httpx2

IDLE_S = 15.0  # without a byte once an answer has begun
MAX_CONNECTIONS = 256  # as many as calls can be under way at once
_WRITE_BYTES = 1 << 14  # at a time, so that a peer that reads slowly meets the deadline, too

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)

Connect = Callable[[str, int], str]
"""Returns the address to connect to for a host and a port, or raises `httpcore2.ConnectError`."""

T = TypeVar("T")


class BodyTooLargeError(httpx2.ReadError):
    """The body of an answer is longer than the transport's cap."""


@contextmanager
def within(timeout_s: float) -> Iterator[None]:
    """End every exchange of this thread that is still going on after `timeout_s`."""
    token = _deadline.set(time.monotonic() + timeout_s)
    try:
        yield
    finally:
        _deadline.reset(token)


class Transport(httpx2.HTTPTransport):
    """Reads no proxy variables and no `.netrc`, and stops at the deadline and at the cap.

    Args:
        max_body_bytes: of an answer as it comes over the wire; a longer one is a
            `BodyTooLargeError`.
        connect: chooses and checks the address to connect to; None: each that the system names.
    """

    def __init__(self, *, max_body_bytes: int, connect: Connect | None = None) -> None:
        super().__init__(verify=_ssl_context(), trust_env=False)
        self._max_body_bytes = max_body_bytes
        # httpx2 has no argument for the network backend of its pool.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_ssl_context(),
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=MAX_CONNECTIONS // 5,
            network_backend=_Backend(connect),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its answer's body is counted while it is read."""
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Capped(response.stream, self._max_body_bytes)
        return response


class _Capped(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        n_bytes = 0
        for part in self._stream:
            n_bytes += len(part)
            if n_bytes > self._max_bytes:
                raise BodyTooLargeError(f"the answer is larger than {self._max_bytes:,} bytes")
            yield part

    def close(self) -> None:
        self._stream.close()


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, connect: Connect | None) -> None:
        self._inner = httpcore2.SyncBackend()
        self._connect = connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        last: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port, timeout):
            left_s = _left(timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._inner.connect_tcp(
                    address, port, left_s, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
            else:
                return _Stream(stream)
        raise last

    def _addresses(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        """Return what to try, in order, within the deadline: the system's resolver knows none."""
        choose = self._connect
        if choose is None:
            return [host] if is_address(host) else _in_time(resolve, host, port, timeout)
        return [_in_time(choose, host, port, timeout)]


def is_address(host: str) -> bool:
    """Tell whether a host is a network address and no name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system knows of a host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host}: {error}") from error
    return [*dict.fromkeys(str(address[0]) for *_, address in found)]


def _in_time(ask: Callable[[str, int], T], host: str, port: int, timeout: float | None) -> T:
    """Return what `ask` says of a host and a port, unless it takes too long.

    A thread that waits for a resolver cannot be stopped; it ends when the resolver gives up.
    """
    answers: list[T] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            answers.append(ask(host, port))
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that waits
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(_left(timeout, httpcore2.ConnectTimeout))
    if errors:
        raise errors[0]
    if not answers:
        raise httpcore2.ConnectTimeout(f"the address of {host} was not found in time")
    return answers[0]


class _Stream(httpcore2.NetworkStream):
    """Passes everything on, with timeouts that end at the deadline."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner
        self._has_begun = False  # an answer, since the last write

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._has_begun:
            timeout = IDLE_S if timeout is None else min(timeout, IDLE_S)
        part = self._inner.read(max_bytes, _left(timeout, httpcore2.ReadTimeout))
        self._has_begun = True
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._has_begun = False
        for start in range(0, len(buffer), _WRITE_BYTES):
            left_s = _left(timeout, httpcore2.WriteTimeout)
            self._inner.write(buffer[start : start + _WRITE_BYTES], left_s)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left_s = _left(timeout, httpcore2.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left_s))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the library has it
        return self._inner.get_extra_info(info)


def _left(timeout: float | None, expired: type[Exception]) -> float | None:
    """Return the seconds a step may take: its own timeout, at most what is left."""
    deadline = _deadline.get()
    if deadline is None:
        return timeout
    left_s = deadline - time.monotonic()
    if left_s <= 0:
        raise expired("the deadline has passed")
    return left_s if timeout is None else min(timeout, left_s)


@cache
def _ssl_context() -> SSLContext:
    """Return the one context of the process: reading the certificates takes 20 ms."""
    return create_default_context()
