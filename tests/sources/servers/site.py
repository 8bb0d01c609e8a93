"""A web site on 127.0.0.1 that does what it is told, byte by byte, and keeps a record.

with serving({"/": page("<p>News</p>")}) as site:
    site.fetcher().fetch(site.url("news.test"))
"""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network

from summarizer.sources.addresses import Policy
from summarizer.sources.fetch import Fetcher

HOST = "127.0.0.1"
LOCAL = Policy(networks=(ip_network("127.0.0.0/8"),))

Answer = Iterable[bytes]  # the parts of an answer; an endless one is broken off by the client
Routes = Mapping[str, bytes | Callable[["Asked"], Answer]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived."""

    host: str
    path: str
    headers: Mapping[str, str]  # names in lower case


@dataclass(slots=True)
class Site:
    """A running site."""

    port: int
    routes: Routes
    asked: list[Asked] = field(default_factory=list)
    n_connections: int = 0

    def url(self, host: str = HOST, path: str = "/") -> str:
        """Return an address at this site, under any name."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return what was asked for, in order."""
        return [asked.path for asked in self.asked]

    @contextmanager
    def fetcher(self, *, policy: Policy = LOCAL, timeout_s: float = 5.0) -> Iterator[Fetcher]:
        """Return a fetcher to which every name is this site, and that never waits."""
        with Fetcher(
            policy=policy,
            resolve=lambda _host, _port: [HOST],
            delay_s=0.0,
            timeout_s=timeout_s,
            sleep=lambda _: None,
        ) as fetcher:
            yield fetcher


def answer(
    body: bytes = b"",
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return a whole answer."""
    fields = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + body


def page(body: str, *, head: str = "") -> bytes:
    """Return the answer that is an HTML page."""
    html = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def redirect(location: str, status: int = 302) -> bytes:
    """Return an answer that leads elsewhere."""
    return answer(status=status, headers={"Location": location})


@contextmanager
def serving(routes: Routes, *, address: str = HOST) -> Iterator[Site]:
    """Serve while the block runs; afterwards no thread and no socket is left."""
    with socket.create_server((address, 0)) as listener:
        site = Site(listener.getsockname()[1], routes)
        open_sockets: list[socket.socket] = []
        threads: list[threading.Thread] = []

        def accept() -> None:
            with suppress(OSError):  # the listener was shut down
                while True:
                    connection, _ = listener.accept()
                    site.n_connections += 1
                    open_sockets.append(connection)
                    threads.append(threading.Thread(target=_answer, args=(site, connection)))
                    threads[-1].start()

        acceptor = threading.Thread(target=accept)
        acceptor.start()
        try:
            yield site
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            acceptor.join()
            for connection in open_sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()
            for connection in open_sockets:
                connection.close()


def _answer(site: Site, connection: socket.socket) -> None:
    with suppress(OSError):  # the client went away, or the site was closed
        asked = _read(connection)
        if asked is not None:
            site.asked.append(asked)
            route = site.routes.get(asked.path, answer(status=404))
            for part in [route] if isinstance(route, bytes) else route(asked):
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)


def _read(connection: socket.socket) -> Asked | None:
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(1 << 16)
        if not part:
            return None
        received += part
    first, *lines = received.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return Asked(headers.get("host", ""), first.split(" ")[1], headers)


def in_turn(*answers: bytes) -> Callable[[Asked], Sequence[bytes]]:
    """Return a route that gives another answer each time, and the last one from then on."""
    waiting = list(answers)
    return lambda _: [waiting.pop(0) if len(waiting) > 1 else waiting[0]]
