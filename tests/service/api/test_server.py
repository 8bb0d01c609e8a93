"""The service as a whole: where it listens, how it starts, how it stops."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from summarizer.errors import ConfigurationError
from summarizer.service import api
from summarizer.service.api import Service, server
from summarizer.service.store import tokens
from summarizer.service.store.opening import open_store
from summarizer.settings import Settings
from summarizer.settings.server import Server
from tests.service.api.clients import ARTICLES, NOW, URL, Maker

PATIENCE_S = 30.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=str(tmp_path / "data"), server=Server(port=0, workers=1))


def serve(settings: Settings, **changed: object) -> None:
    listening = settings.server.model_copy(update=changed)
    api.serve(
        settings.model_copy(update={"server": listening}),
        announce=pytest.fail,
        stop=threading.Event(),
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 - refused
def test_address_others_can_reach_is_refused_without_a_token(settings: Settings, host: str) -> None:
    with pytest.raises(ConfigurationError, match=r"`summarizer token add NAME`, or use 127"):
        serve(settings, host=host)


def test_address_others_can_reach_is_listened_on_with_a_token(settings: Settings) -> None:
    db = open_store(settings)
    tokens.add(db, "desk", scopes=("read",), now=NOW)
    everywhere = settings.server.model_copy(update={"host": "0.0.0.0"})  # noqa: S104 - on purpose
    with server.listen(everywhere, db) as listener:
        assert not server.is_local(listener)
    db.close()


@pytest.mark.parametrize("host", ["no such host", "a" * 70, ".."])
def test_host_that_does_not_exist_is_refused(settings: Settings, host: str) -> None:
    with pytest.raises(ConfigurationError, match="no such host: use 127"):
        serve(settings, host=host)


def test_port_in_use_is_said(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            ConfigurationError, match=rf"{port}: Address already in use: choose another port"
        ):
            serve(settings, port=port)


@contextmanager
def answering(service: Service) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    port: int = listener.getsockname()[1]
    with server.http(service, listener):
        yield port


def test_request_that_waits_is_told_where_to_look_when_the_server_stops(
    service: Service, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.service.api.runs.STOP_S", 0.0)
    maker.holds = True
    service.stopping = threading.Event()
    with answering(service) as port:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        body = json.dumps({"documents": ARTICLES})
        client.request("POST", URL, body, {"Content-Type": "application/json"})
        while not maker.started:
            threading.Event().wait(0.01)
    answer = client.getresponse()
    assert answer.status == 202
    assert answer.getheader("location") == f"{URL}/{maker.started[0]}"
    assert answer.getheader("connection") == "close"
    client.close()


def test_body_under_way_does_not_keep_the_server_from_stopping(service: Service) -> None:
    with answering(service) as port:
        client = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        client.sendall(
            b"POST /v1/briefings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
        )
        while service.metrics.n_open == 0:
            threading.Event().wait(0.01)
    assert b"503" in client.recv(100)
    client.close()


def test_service_makes_what_it_is_asked_for_and_ends_when_told(settings: Settings) -> None:
    stop, found = threading.Event(), []

    def use(line: str) -> None:
        address = line.rsplit(maxsplit=1)[-1]
        request = Request(  # noqa: S310 - http
            address + URL,
            json.dumps({"documents": ARTICLES}).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - http
            found.append(json.load(answer)["schema"])
        stop.set()

    api.serve(settings, announce=use, stop=stop)
    assert found == ["summarizer.briefing/1"]
    api.work(settings, announce=found.append, stop=stop)  # the file is free again
    assert "working on" in found[1]


@contextmanager
def running(command: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a command until its first line that is no log."""
    environment = {**os.environ, "SUMMARIZER_DATA_DIR": str(folder / "data")}  # noqa: TID251
    environment["SUMMARIZER_SERVER__WORKERS"] = "1"
    arguments = [sys.executable, "-m", "summarizer", *command.split()]
    with subprocess.Popen(  # noqa: S603 - our own command
        arguments,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        try:
            yield process, next(line for line in lines if line.startswith("summarizer: "))
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_process_serves_until_asked_to_stop_and_ends_well(tmp_path: Path, how: int) -> None:
    with running("serve --port 0", tmp_path) as (process, line):
        address = line.rsplit(maxsplit=1)[-1]
        request = Request(  # noqa: S310 - http
            address + URL,
            json.dumps({"documents": ARTICLES}).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - http
            assert json.load(answer)["schema"] == "summarizer.briefing/1"
        process.send_signal(how)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (0, "")
    logged = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert URL in {line.get("route") for line in logged}
    assert "Traceback" not in err
    assert "council" not in err


@pytest.mark.slow
def test_worker_works_until_asked_to_stop_and_shares_no_file(tmp_path: Path) -> None:
    with running("worker", tmp_path) as (process, line):
        assert "working on" in line
        with running("serve --port 0", tmp_path) as (second, refusal):
            assert f"in use by process {process.pid}" in refusal
            assert second.wait(PATIENCE_S) == 5
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
