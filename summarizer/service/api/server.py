"""How the service starts and stops: the store, the work that goes on by itself, and HTTP.

All of it is safe to kill; a stop that is asked for only spares clients an error.
"""

import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import uvicorn

from summarizer.errors import ConfigurationError
from summarizer.service.api import connections, logs
from summarizer.service.api.app import create_app
from summarizer.service.api.state import Service
from summarizer.service.clock import now
from summarizer.service.delivery.outbox import Dispatcher
from summarizer.service.editions import first, specs
from summarizer.service.editions.ticker import ticker
from summarizer.service.jobs import Jobs
from summarizer.service.store import lock, tokens
from summarizer.service.store.database import Database
from summarizer.service.store.opening import open_store
from summarizer.service.upkeep import Upkeep
from summarizer.settings import Settings
from summarizer.settings.server import Server

HTTP_S = 9  # for requests under way, once a stop is asked for
RUNS_S = 3.0  # for runs after that; the others go on after the next start
STOP_S = 14.0  # until the process ends, whatever hangs
KEEP_ALIVE_S = 5


def serve(
    settings: Settings, *, announce: Callable[[str], None], stop: threading.Event | None = None
) -> None:
    """Answer requests, make briefings and send them until interrupted.

    Args:
        settings: where to listen, what to work with, and the limits.
        announce: told the address when connections are accepted.
        stop: ends it when set; None: the signals SIGTERM and SIGINT do.

    Raises:
        ConfigurationError: the address cannot be listened on, others could use it without a
            token, or another process works on the store.
    """
    with (
        _stopping(stop) as ending,
        _store(settings) as db,
        listen(settings.server, db) as listener,
        _work(db, settings) as jobs,
    ):
        service = Service(settings, db, jobs, is_local=is_local(listener), stopping=ending)
        with http(service, listener):
            announce(f"serving on {_address(listener)}")
            ending.wait()


def work(
    settings: Settings, *, announce: Callable[[str], None], stop: threading.Event | None = None
) -> None:
    """Make briefings and send them until interrupted, without HTTP.

    Raises:
        ConfigurationError: another process works on the store.
    """
    with _stopping(stop) as ending, _store(settings) as db, _work(db, settings):
        announce(f"working on {db.engine.url.render_as_string(hide_password=True)}")
        ending.wait()


@contextmanager
def _store(settings: Settings) -> Iterator[Database]:
    """Provide the store; no other process works on it if it is a file."""
    with ExitStack() as stack:
        db = stack.enter_context(closing(open_store(settings)))
        if db.path is not None:
            stack.enter_context(lock.hold(db.path))
        yield db


@contextmanager
def _work(db: Database, settings: Settings) -> Iterator[Jobs]:
    """Provide all that works on the store by itself: it makes, schedules and sends."""
    specs.sync(db, settings, folder=Path.cwd(), now=now())
    first.accept(db, now=now())
    with ExitStack() as stack:
        jobs = stack.enter_context(Jobs(db, settings))
        stack.callback(jobs.stop, RUNS_S)
        keep_days = settings.server.retention_days
        stack.enter_context(Upkeep(db, keep_days=keep_days, forget=jobs.forget).loop)
        stack.enter_context(ticker(db, start=jobs.start))
        stack.enter_context(Dispatcher(db, settings))
        yield jobs


@contextmanager
def http(service: Service, listener: socket.socket) -> Iterator[None]:
    """Answer requests in a thread of its own while the block lasts; then the listener is closed."""
    server = service.settings.server
    heads = connections.Heads(server.max_connections // 2)
    configuration = uvicorn.Config(
        create_app(service),
        http=connections.protocol(heads),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=server.max_connections,
        backlog=server.max_connections,
        h11_max_incomplete_event_size=connections.MAX_HEAD_BYTES,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=HTTP_S,
    )
    running = uvicorn.Server(configuration)
    thread = threading.Thread(target=running.run, args=([listener],), name="http")
    thread.start()
    try:
        yield
    finally:
        service.stopping.set()
        running.should_exit = True
        thread.join()


@contextmanager
def _stopping(given: threading.Event | None) -> Iterator[threading.Event]:
    """Provide what is set when the service shall end."""
    if given is not None:
        yield given
        return
    ending = threading.Event()

    def end(_signal: int, _frame: object) -> None:
        ending.set()
        _end_in_time()

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        with logs.as_lines():
            yield ending
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _end_in_time() -> None:
    """End the process when the stop takes too long: nothing is lost, the store knows it all."""
    timer = threading.Timer(STOP_S, os._exit, [0])
    timer.daemon = True
    timer.start()


def listen(server: Server, db: Database) -> socket.socket:
    """Listen where the settings say.

    Raises:
        ConfigurationError: nobody can, or others could ask without a token.
    """
    where = f"server.host {server.host}, server.port {server.port}"
    try:
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:  # UnicodeError: no name can be like this
        raise ConfigurationError(f"{where}: no such host: use 127.0.0.1") from error
    family, _, _, _, address = found[0]
    if not ipaddress.ip_address(address[0]).is_loopback and not tokens.any(db, now()):
        raise ConfigurationError(
            f"{where}: other machines could use it without a token: make one with "
            "`summarizer token add NAME`, or use 127.0.0.1"
        )
    try:
        return socket.create_server((str(address[0]), server.port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise ConfigurationError(f"{where}: {why}: choose another port") from error


def is_local(listener: socket.socket) -> bool:
    """Tell whether only this machine can connect."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
