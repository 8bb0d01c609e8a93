"""Connections that get a bounded time: to send the head of a request, and to read an answer.

uvicorn waits for both as long as a client likes. This stands between the transport and uvicorn's
protocol; bodies are timed where they are read.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 10.0
READ_S = 30.0  # without the client taking anything of an answer
MAX_HEAD_BYTES = 64 * 1024


@dataclass(slots=True)
class Heads:
    """The connections that have not sent the head of a request, the longest waiting first.

    When there are more than `limit`, the longest waiting is closed: a client that sends its head
    at once is never in the way, however many others do nothing.
    """

    limit: int
    _waiting: dict["Patient", None] = field(default_factory=dict)

    def add(self, connection: "Patient") -> None:
        """Note that a connection waits."""
        self._waiting[connection] = None
        if len(self._waiting) > self.limit:
            next(iter(self._waiting)).abort()

    def remove(self, connection: "Patient") -> None:
        """Note that it does not."""
        self._waiting.pop(connection, None)


class Patient(asyncio.Protocol):
    """Passes on all that happens to a connection, and ends it when the client takes too long."""

    def __init__(self, inner: H11Protocol, heads: Heads) -> None:
        self._inner = inner
        self._heads = heads
        self._transport: asyncio.Transport | None = None
        self._head_timer: asyncio.TimerHandle | None = None
        self._read_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a head."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._inner.connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Pass on what came, and look whether a head is still incomplete."""
        self._inner.data_received(data)
        if self._inner.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._head_timer is None:
            self._wait_for_head()

    def eof_received(self) -> None:
        """Pass on the end of what the client sends."""
        self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass on the end of the connection."""
        self._stop_waiting()
        self.resume_writing(is_lost=True)
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for the client to take what was sent."""
        self._inner.pause_writing()
        if self._read_timer is None:
            self._read_timer = asyncio.get_running_loop().call_later(READ_S, self.abort)

    def resume_writing(self, *, is_lost: bool = False) -> None:
        """Note that the client has taken enough."""
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None
        if not is_lost:
            self._inner.resume_writing()

    def abort(self) -> None:
        """End the connection at once."""
        self._stop_waiting()
        if self._transport is not None:
            self._transport.abort()

    def _wait_for_head(self) -> None:
        self._head_timer = asyncio.get_running_loop().call_later(HEAD_S, self.abort)
        self._heads.add(self)

    def _stop_waiting(self) -> None:
        self._heads.remove(self)
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def protocol(heads: Heads) -> Any:  # noqa: ANN401 - uvicorn asks for a class and calls it
    """Return what makes the protocol of each connection."""

    def make(**given: Any) -> Patient:  # noqa: ANN401 - whatever uvicorn passes on
        return Patient(H11Protocol(**given), heads)

    return make
