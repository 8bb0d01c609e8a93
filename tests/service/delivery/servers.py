"""The other sides of a delivery: a mail server and a web server, on the loopback address."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True)
class Taken:
    """A mail that a server took."""

    content: bytes
    mail_from: str | None
    rcpt_tos: list[str]


@dataclass
class Inbox:
    """What a mail server took, and what it answers instead of taking it."""

    mails: list[Taken] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # command or recipient -> answer
    breaks_after_data: bool = False
    at: dict[str, Callable[[], None]] = field(default_factory=dict)  # command -> done once
    port: int = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        del server, session, options
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - as above
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        del server, session, options
        self._do("RCPT")
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del session
        if "DATA" in self.answers:
            return self.answers["DATA"]
        assert isinstance(envelope.content, bytes)
        self.mails.append(Taken(envelope.content, envelope.mail_from, envelope.rcpt_tos))
        self._do("DATA")
        if self.breaks_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 taken"

    def _do(self, command: str) -> None:
        self.at.pop(command, lambda: None)()


@contextmanager
def mail_server(**options: Any) -> Iterator[Inbox]:  # noqa: ANN401 - those of aiosmtpd
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    inbox.port = controller.port
    try:
        yield inbox
    finally:
        controller.stop(no_assert=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@contextmanager
def script(*lines: bytes | None) -> Iterator[int]:
    """Answer one connection line by line, whatever is said; None hangs up.

    The port is that of a server that takes all connections and serves the first.
    """
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as said:
            for i, line in enumerate(lines):
                if i:
                    said.readline()
                if line is None:
                    return
                connection.sendall(line + b"\r\n")
            said.read()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        thread.join()
        server.close()


@dataclass(frozen=True)
class Posted:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A web server: what it was sent, and the status it answers with."""

    url: str = ""
    status: int = 204
    location: str = ""
    posted: list[Posted] = field(default_factory=list)
    wait: threading.Event | None = None  # before it answers
    arrived: threading.Event = field(default_factory=threading.Event)
    at_post: Callable[[], None] = lambda: None  # done before it answers


@contextmanager
def web_server() -> Iterator[Hook]:
    """Serve on a free port of the loopback address."""
    found = Hook()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        kept: ClassVar[Hook] = found

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            self.kept.posted.append(Posted(self.command, self.path, headers, body))
            self.kept.arrived.set()
            self.kept.at_post()
            if self.kept.wait is not None:
                self.kept.wait.wait()
            self.send_response(self.kept.status)
            if self.kept.location:
                self.send_header("Location", self.kept.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the name it is looked for under

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_port}/hook?key=hidden"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def knows(name: bytes, password: bytes) -> Callable[..., AuthResult]:
    """Return what lets one user in."""

    def authenticate(*given: Any) -> AuthResult:  # noqa: ANN401 - aiosmtpd's arguments
        said = given[-1]
        assert isinstance(said, LoginPassword)
        return AuthResult(success=(said.login, said.password) == (name, password), handled=False)

    return authenticate
