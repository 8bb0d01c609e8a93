"""Connections over real sockets: clients that take too long, and those beside them."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from summarizer.service.api import Service, connections, server
from tests.service.api.clients import SETTINGS

SHORT_S = 0.2
PATIENCE_S = 10.0  # of the test; nothing waits for it


@pytest.fixture
def port(service: Service) -> Iterator[int]:
    limits = SETTINGS.server.model_copy(update={"max_connections": 20})
    service.settings = SETTINGS.model_copy(update={"server": limits})
    with ExitStack() as stack:
        listener = socket.create_server(("127.0.0.1", 0))
        found: int = listener.getsockname()[1]
        stack.enter_context(server.http(service, listener))
        yield found


def connect(port: int, start: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    connection.sendall(start)
    return connection


def is_closed(connection: socket.socket) -> bool:
    """Wait for the server to close a connection without a word."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def status(port: int, path: str = "/healthz") -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    client.request("GET", path)
    found = client.getresponse().status
    client.close()
    return found


@pytest.mark.parametrize("start", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: a"])
def test_head_that_does_not_come_is_given_up(
    port: int, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_S", SHORT_S)
    with connect(port, start) as connection:
        assert is_closed(connection)


def test_second_head_of_a_connection_is_given_up_as_the_first(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_S", SHORT_S)
    with connect(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n") as connection:
        answer = b""
        while not answer.endswith(b"}"):
            answer += connection.recv(10_000)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow:")
        assert is_closed(connection)


def test_connection_that_is_answered_is_not_given_up(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_S", SHORT_S)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    for _ in range(3):
        client.request("GET", "/healthz")
        assert client.getresponse().read() == b'{"status":"ok"}'
    client.close()


def test_who_does_nothing_is_never_in_the_way_of_who_asks(port: int) -> None:
    """Of more silent connections than the server holds, the longest waiting are closed."""
    with ExitStack() as stack:
        silent = [stack.enter_context(connect(port)) for _ in range(30)]
        assert [status(port) for _ in range(5)] == [200] * 5
        assert is_closed(silent[0])


def test_head_that_is_too_long_is_refused(port: int) -> None:
    head = b"GET / HTTP/1.1\r\nX-Long: " + b"a" * (connections.MAX_HEAD_BYTES + 1)
    with connect(port, head) as connection:
        assert connection.recv(20).startswith(b"HTTP/1.1 400")


def test_client_that_does_not_read_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "READ_S", SHORT_S)
    with connect(port) as connection:
        asked = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.sendall(asked * 100_000)
