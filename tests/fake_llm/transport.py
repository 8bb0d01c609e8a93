"""The fake endpoint inside the client, without a socket: the way to share virtual time.

    clock = VirtualClock(sleepers=1)
    endpoint = Endpoint(Setup(plans=[faults.parse("hang:write:once")]), clock)
    http = httpx2.Client(transport=FakeTransport(endpoint))

The read time-out of the client passes in the clock's time and raises what httpx2 raises, so that an
hour of silence is over at once and always after the same number of seconds.
"""

from collections.abc import Iterator

import httpx2

from tests.fake_llm.endpoint import Endpoint
from tests.fake_llm.endpoint import Request as Incoming
from tests.fake_llm.replies import Reply


class FakeTransport(httpx2.BaseTransport):
    """Answers a client's requests from an endpoint, as a server at any address would."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request, after the time that the endpoint takes."""
        target = request.url.raw_path.decode("ascii")
        headers = {name.lower(): value for name, value in request.headers.items()}
        incoming = Incoming(request.method, target, headers, request.read())
        reply, n = self._endpoint.answer(incoming)
        body = _Body(self._endpoint, reply, n, request)
        try:
            body.start()
        except httpx2.TransportError:
            body.close()
            raise
        length = {} if reply.n_declared is None else {"content-length": str(reply.n_declared)}
        return httpx2.Response(reply.status, headers={**reply.headers, **length}, stream=body)


class _Body(httpx2.SyncByteStream):
    """The parts of a reply, each after its silence."""

    def __init__(
        self, endpoint: Endpoint, reply: Reply, n: int | None, request: httpx2.Request
    ) -> None:
        self._endpoint = endpoint
        self._reply = reply
        self._n = n
        self._request = request
        self._timeout_s: float | None = request.extensions.get("timeout", {}).get("read")
        self._n_bytes = 0
        self._is_whole = False

    def start(self) -> None:
        """Let the time before the headers pass."""
        if self._reply.breaks == "connecting":
            raise httpx2.ConnectError("[Errno 111] Connection refused", request=self._request)
        if self._reply.breaks == "reading":
            raise httpx2.ReadError("[Errno 104] Connection reset by peer", request=self._request)
        self._wait(self._reply.wait_s)

    def __iter__(self) -> Iterator[bytes]:
        for part in self._reply.parts:
            self._wait(part.wait_s)
            self._n_bytes += len(part.data)
            yield part.data
        if self._reply.end == "reset":
            raise httpx2.ReadError("[Errno 104] Connection reset by peer", request=self._request)
        if self._reply.end == "cut":
            raise httpx2.RemoteProtocolError(
                "peer closed connection without sending complete message body",
                request=self._request,
            )
        self._is_whole = True

    def close(self) -> None:
        """Note in the ledger how far the client has read."""
        if self._n is not None:
            n_bytes, is_whole = self._n_bytes, self._is_whole
            self._endpoint.ledger.close(self._n, n_bytes=n_bytes, is_whole=is_whole)
            self._n = None

    def _wait(self, seconds: float) -> None:
        if self._timeout_s is not None and seconds > self._timeout_s:
            self._endpoint.clock.sleep(self._timeout_s)
            raise httpx2.ReadTimeout("The read operation timed out", request=self._request)
        if seconds:
            self._endpoint.clock.sleep(seconds)
