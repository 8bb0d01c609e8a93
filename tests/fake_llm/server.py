"""The fake endpoint as an HTTP server on 127.0.0.1, one thread a connection.

with serving(Setup(brain=brains.liar(5))) as server:
    client = OpenAI(base_url=server.base_url, api_key="unused")
    ...
    assert server.ledger.respected_retry_after()
"""

import contextlib
import socket
import struct
import sys
import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fake_llm.clock import Clock, StoppedError
from tests.fake_llm.endpoint import MODEL, Endpoint, Request, Setup
from tests.fake_llm.ledger import Ledger
from tests.fake_llm.replies import Part, Reply

HOST = "127.0.0.1"
_NO_LINGER = struct.pack("ii", 1, 0)  # closing sends a reset


class FakeServer:
    """A running server. Closing it stops its clock, and leaves no thread and no socket behind."""

    def __init__(self, endpoint: Endpoint, port: int = 0) -> None:
        self.endpoint = endpoint
        self._http = _HTTPServer((HOST, port), endpoint)
        poll = {"poll_interval": 0.02}  # seconds that closing may take
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs=poll)
        self._thread.start()

    @property
    def ledger(self) -> Ledger:
        """Return the record of all calls."""
        return self.endpoint.ledger

    @property
    def url(self) -> str:
        """Return scheme, host and port."""
        return f"http://{HOST}:{self._http.server_port}"

    @property
    def base_url(self) -> str:
        """Return what a client is given as base URL."""
        if self.endpoint.setup.profile == "azure":
            return f"{self.url}/openai/deployments/{MODEL}"
        return f"{self.url}/v1"

    def close(self) -> None:
        """Break off whatever goes on and wait for all threads."""
        self.endpoint.clock.stop()
        self._http.shutdown()
        self._http.break_off()
        self._http.server_close()
        self._thread.join()


@contextlib.contextmanager
def serving(
    setup: Setup | None = None, *, clock: Clock | None = None, port: int = 0
) -> Iterator[FakeServer]:
    """Serve while the block runs."""
    server = FakeServer(Endpoint(setup, clock), port)
    try:
        yield server
    finally:
        server.close()


def refused_url() -> str:
    """Return a base URL at which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return f"http://{HOST}:{probe.getsockname()[1]}/v1"


class _HTTPServer(ThreadingHTTPServer):
    """Knows its open connections, so that closing need not wait for them."""

    daemon_threads = False  # so that closing waits for all of them
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._open = set[socket.socket]()
        self._lock = threading.Lock()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in socketserver
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as in socketserver
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in socketserver
        if not isinstance(sys.exception(), OSError):  # clients may leave at any time
            super().handle_error(request, client_address)

    def break_off(self) -> None:
        """Wake every handler that reads or writes."""
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """Reads requests off one connection and plays the replies."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _HTTPServer

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in http.server
        """Say nothing: the ledger knows."""

    def _respond(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        endpoint = self.server.endpoint
        reply, n = endpoint.answer(request)
        exchange = _Exchange(endpoint.ledger, n)
        try:
            self._play(reply, endpoint.clock, exchange)
        except (OSError, StoppedError):
            self.close_connection = True
            exchange.end(is_whole=False)

    def _play(self, reply: Reply, clock: Clock, exchange: "_Exchange") -> None:
        if reply.breaks:
            exchange.end(is_whole=False)
            self._reset()
            return
        clock.sleep(reply.wait_s)
        self._head(reply)
        is_chunked = reply.n_declared is None
        is_whole = reply.end in {"whole", "closed"}
        for part, is_last in _marked(reply.parts):
            clock.sleep(part.wait_s)
            exchange.n_bytes += len(part.data)
            if is_last:
                # The client may be back before this thread runs again.
                exchange.end(is_whole=is_whole)
            if part.data:
                self.wfile.write(_chunk(part.data) if is_chunked else part.data)
        if reply.end == "reset":
            self._reset()
        elif is_whole and is_chunked:
            self.wfile.write(_chunk(b""))
        self.close_connection = self.close_connection or reply.end != "whole"

    def _head(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.n_declared is None:
            self.send_header("transfer-encoding", "chunked")
        else:
            self.send_header("content-length", str(reply.n_declared))
        self.end_headers()

    def _reset(self) -> None:
        """Close so that the client sees a reset instead of an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.connection.close()
        self.close_connection = True


class _Exchange:
    """One reply on its way, and its line in the ledger if it has one."""

    def __init__(self, ledger: Ledger, n: int | None) -> None:
        self._ledger = ledger
        self._n = n
        self.n_bytes = 0

    def end(self, *, is_whole: bool) -> None:
        """Note the end; a later one corrects an earlier one."""
        if self._n is not None:
            self._ledger.close(self._n, n_bytes=self.n_bytes, is_whole=is_whole)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _marked(parts: Iterable[Part]) -> Iterator[tuple[Part, bool]]:
    """Yield each part and whether it is the last."""
    rest = iter(parts)
    part = next(rest, Part(b""))
    for following in rest:
        yield part, False
        part = following
    yield part, True
