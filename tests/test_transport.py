import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpcore2
import httpx2
import pytest

from summarizer import transport
from summarizer.transport import BodyTooLargeError, Transport, within

CAP = 1_000
LATEST_S = 5.0  # long after a deadline of these tests, and long before their peers give up
Script = Callable[[socket.socket], None]


@contextmanager
def listening(script: Script, *, reads: bool = True) -> Iterator[str]:
    """Serve every connection by a script; the address is yielded."""
    ended = threading.Event()
    threads: list[threading.Thread] = []

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                if reads:
                    connection.recv(65_536)
                script(connection)
            except OSError:
                return

    def accept() -> None:
        while not ended.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            threads.append(threading.Thread(target=serve, args=(connection,)))
            threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.02)
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            ended.set()
            accepting.join()
            for thread in threads:
                thread.join()


@contextmanager
def client(max_body_bytes: int = CAP, **options: transport.Connect) -> Iterator[httpx2.Client]:
    made = Transport(max_body_bytes=max_body_bytes, **options)
    with httpx2.Client(transport=made, timeout=None, trust_env=False) as opened:
        yield opened


def answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def saying(data: bytes) -> Script:
    return lambda connection: connection.sendall(data)


def dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    for _ in range(200):
        connection.sendall(b"x")
        time.sleep(0.05)


def silent(connection: socket.socket) -> None:
    connection.settimeout(2 * LATEST_S)
    connection.recv(1)


def not_reading(connection: socket.socket) -> None:
    del connection
    time.sleep(0.8)


@pytest.mark.parametrize("size", [0, 1, CAP])
def test_body_up_to_the_cap_arrives(size: int) -> None:
    with listening(saying(answer(b"x" * size))) as url, client() as http:
        assert http.get(url).content == b"x" * size


@pytest.mark.parametrize("size", [CAP + 1, 10_000_000])
def test_longer_body_is_an_error(size: int) -> None:
    with (
        listening(saying(answer(b"x" * size))) as url,
        client() as http,
        pytest.raises(BodyTooLargeError, match="1,000 bytes"),
    ):
        http.get(url)


@pytest.mark.parametrize("script", [dripping, silent])
def test_exchange_ends_at_its_deadline(script: Script) -> None:
    with listening(script) as url, client() as http:
        began = time.monotonic()
        with pytest.raises(httpx2.ReadTimeout), within(0.3):
            http.get(url)
        assert 0.2 < time.monotonic() - began < LATEST_S


def test_peer_that_does_not_read_meets_the_deadline() -> None:
    with listening(not_reading, reads=False) as url, client() as http:
        began = time.monotonic()
        with pytest.raises(httpx2.WriteTimeout), within(0.3):
            http.post(url, content=b"x" * 50_000_000)
        assert time.monotonic() - began < LATEST_S


def test_deadline_of_an_outer_exchange_comes_back() -> None:
    with listening(silent) as url, client() as http, within(0.3):
        with within(60):
            pass
        with pytest.raises(httpx2.ReadTimeout):
            http.get(url)


def test_deadline_that_has_passed_sends_nothing() -> None:
    seen: list[bytes] = []
    with (
        listening(lambda connection: seen.append(connection.recv(1))) as url,
        client() as http,
        within(0.0),
        pytest.raises(httpx2.ConnectTimeout),
    ):
        http.get(url)
    assert seen in ([], [b""])


def test_silence_within_an_answer_is_shorter_than_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "IDLE_S", 0.2)

    def late(connection: socket.socket) -> None:
        time.sleep(0.4)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nx")
        silent(connection)

    with listening(late) as url, client() as http:
        began = time.monotonic()
        with pytest.raises(httpx2.ReadTimeout), within(30):
            http.get(url)
        assert 0.5 < time.monotonic() - began < LATEST_S


def test_handshake_that_never_ends_meets_the_deadline() -> None:
    with listening(silent) as url, client() as http:
        began = time.monotonic()
        with pytest.raises(httpx2.ConnectTimeout), within(0.3):
            http.get(url.replace("http://", "https://"))
        assert time.monotonic() - began < LATEST_S


def test_plain_server_is_no_secure_one() -> None:
    with (
        listening(saying(b"no TLS")) as url,
        client() as http,
        within(5),
        pytest.raises((httpx2.ConnectError, ssl.SSLError)),
    ):
        http.get(url.replace("http://", "https://"))


def test_address_is_the_one_that_was_chosen() -> None:
    asked: list[tuple[str, int]] = []

    def choose(host: str, port: int) -> str:
        asked.append((host, port))
        return "127.0.0.1"

    with listening(saying(answer(b"here"))) as url, client(connect=choose) as http:
        port = int(url.rsplit(":", 1)[1].strip("/"))
        assert http.get(f"http://elsewhere.example:{port}/").content == b"here"
    assert asked == [("elsewhere.example", port)]


def test_address_that_is_refused_is_not_connected_to() -> None:
    def refuse(host: str, port: int) -> str:
        raise httpcore2.ConnectError(f"{host}:{port} is forbidden")

    with client(connect=refuse) as http, pytest.raises(httpx2.ConnectError, match="forbidden"):
        http.get("http://127.0.0.1:9/")


def test_choice_of_an_address_meets_the_deadline() -> None:
    hold = threading.Event()

    def wait(host: str, port: int) -> str:
        hold.wait(5)
        return f"{host}:{port}"

    with client(connect=wait) as http:
        began = time.monotonic()
        with pytest.raises(httpx2.ConnectTimeout, match="in time"), within(0.3):
            http.get("http://slow.example/")
        assert time.monotonic() - began < LATEST_S
        hold.set()


def test_each_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(saying(answer(b"here"))) as url, client() as http:
        port = url.rsplit(":", 1)[1]
        monkeypatch.setattr(
            socket, "getaddrinfo", _only_for("many.example", "127.0.0.9", "127.0.0.1")
        )
        assert http.get(f"http://many.example:{port}").content == b"here"


def _only_for(name: str, *addresses: str) -> Callable[..., list[tuple[object, ...]]]:
    """Resolve one name, and leave addresses to the system."""
    system = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: int, **options: int) -> list[tuple[object, ...]]:
        if host == name:
            return [(0, 0, 0, "", (address, port)) for address in addresses]
        return [*system(host, port, *rest, **options)]

    return resolve


def test_name_without_an_address_is_a_failed_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _only_for("none.example"))
    with client() as http, pytest.raises(httpx2.ConnectError, match="no address"):
        http.get("http://none.example/")

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with client() as http, pytest.raises(httpx2.ConnectError, match="not known"):
        http.get("http://unknown.example/")


def test_slow_resolver_meets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    hold = threading.Event()

    def wait(*_: object, **__: object) -> list[object]:
        hold.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    with client() as http:
        began = time.monotonic()
        with pytest.raises(httpx2.ConnectTimeout), within(0.3):
            http.get("http://slow.example/")
        assert time.monotonic() - began < LATEST_S
        hold.set()


def test_proxies_of_the_environment_see_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    with (
        listening(lambda _: seen.append(True)) as proxy,
        listening(saying(answer(b"here"))) as url,
        client() as http,
    ):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        assert http.get(url).content == b"here"
    assert seen == []


def test_kept_connection_is_used_again() -> None:
    n_connections = 0

    def twice(connection: socket.socket) -> None:
        nonlocal n_connections
        n_connections += 1
        connection.sendall(answer(b"one"))
        connection.settimeout(2 * LATEST_S)
        if connection.recv(65_536):
            connection.sendall(answer(b"two"))

    with listening(twice) as url, client() as http:
        assert [http.get(url).content for _ in range(2)] == [b"one", b"two"]
    assert n_connections == 1
