"""What is left of accepted work when the server is killed: all of it, and nothing twice.

Run `python -m benchmarks.kills [--kills 200] [--seed 1] [--database URL] [--workers N] [--record]`.
A real server works on briefings by the embedded engine and by a model (the fake endpoint of the
tests), and on editions that go to a file, a mailbox and a webhook. It is killed at random moments
and started again. On an empty PostgreSQL database N workers may share the work; then any of the
processes is the one that is killed.
"""

import json
import random
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from aiosmtpd.controller import Controller

from benchmarks import command, results
from benchmarks.data import arguments
from summarizer.sources import files
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.latency import Latency
from tests.fake_llm.server import FakeServer, serving

GOALS = {
    "accepted runs lost": 0,
    "runs made twice": 0,
    "briefings unlike those of an undisturbed server": 0,
    "editions without their mail": 0,
    "mails twice": 0,
    "editions without their webhook": 0,
    "recorded model calls made again": 0,
    "recovery after the kill, s, worst": 15.0,
}
EXAMPLES = Path(__file__).parent.parent / "examples"
ENGINE = f"openai:{MODEL}"
MODEL_S = 0.2  # that the model takes for an answer
PATIENCE_S = 120.0
_DELIVERY_S = 5.0  # for what was sent last to arrive
LATEST_S = 2.0  # after the requests were accepted, a kill comes
IN_FLIGHT_S = 0.1  # an answer that came this shortly before a kill may not be on record
_SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of the sink in this file


@dataclass(slots=True)
class Sinks:
    """What arrived."""

    hooks: Counter[str] = field(default_factory=Counter)  # by delivery
    mails: Counter[str] = field(default_factory=Counter)  # by Message-ID


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    content: Any
    location: str

    @property
    def run(self) -> str:
        """Return the id of the run that was accepted, and may have ended since."""
        assert self.status in {HTTPStatus.OK, HTTPStatus.ACCEPTED}, self
        return self.location.rpartition("/")[2]


@dataclass(slots=True)
class Server:
    """A server with its workers, each of which is started again after its kill."""

    folder: Path
    n_workers: int = 0
    port: int = field(default_factory=_free_port)
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)  # 0: the server

    def start(self) -> None:
        """Start what does not run and wait until the server is ready."""
        for i in {*range(1 + self.n_workers)} - self.processes.keys():
            what = ["worker"] if i else ["serve", "--port", str(self.port)]
            with (self.folder / "log").open("ab") as log:
                self.processes[i] = subprocess.Popen(
                    [*command.SUMMARIZER, *what], cwd=self.folder, stderr=log
                )
        _until(self._is_ready, "the server did not start")

    def kill(self, i: int) -> None:
        """End one process at once."""
        process = self.processes.pop(i)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        """End all processes at once."""
        for i in [*self.processes]:
            self.kill(i)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send a request.

        Raises:
            OSError, HTTPException: there is no answer.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            data = None if body is None else json.dumps(body)
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, data, {"Content-Type": "application/json"} | sent)
            answer = connection.getresponse()
            content = answer.read()
            location = answer.getheader("Location", "")
            return Answer(answer.status, json.loads(content) if content else None, location)
        finally:
            connection.close()

    def ask_until_answered(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> Answer:
        """Send a request, again after a kill, as a careful client does."""
        while True:
            try:
                return self.ask(method, path, body, **headers)
            except (OSError, HTTPException):
                time.sleep(0.05)

    def _is_ready(self) -> bool:
        try:
            return self.ask("GET", "/readyz").status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False


@dataclass(frozen=True, slots=True)
class Work:
    """The requests of one round: one briefing by each engine, one edition."""

    n: int

    @property
    def requests(self) -> list[tuple[str, dict[str, object]]]:
        """Return idempotency keys and bodies."""
        chosen = random.Random(self.n).sample(_records(), 8)  # noqa: S311 - not a secret
        bodies: list[dict[str, object]] = [
            {"documents": chosen, "options": {"words": 300}},
            {"documents": chosen, "options": {"words": 300, "engine": ENGINE}},
        ]
        return [(f"{i}-{self.n}", body) for i, body in enumerate(bodies)]

    @property
    def edition(self) -> str:
        """Return the name of the edition, of which there is one a round."""
        return f"e{self.n}"


def measure(n_kills: int, seed: int, *, database: str = "", n_workers: int = 0) -> dict[str, float]:
    """Kill processes so many times and count what was lost, changed or done twice."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    rounds = [Work(seed * 100_000 + i) for i in range(n_kills)]
    expected = _undisturbed(rounds)
    recoveries: list[float] = []
    kills: list[float] = []
    with _surroundings(rounds, database) as (server, model, sinks):
        server.n_workers = n_workers
        server.start()
        ids: dict[str, str] = {}
        for work in rounds:
            submitting = threading.Thread(target=_submit, args=(server, work, ids), daemon=True)
            submitting.start()
            time.sleep(chance.uniform(0, LATEST_S))
            server.kill(chance.randint(0, n_workers))
            kills.append(time.time())
            began = time.monotonic()
            server.start()
            submitting.join(PATIENCE_S)
            _until(partial(_is_done, server, work, ids), "a run did not end")
            recoveries.append(time.monotonic() - began)
        time.sleep(_DELIVERY_S)
        made = {name: server.ask("GET", f"/v1/briefings/{run}") for name, run in ids.items()}
        n_runs = _count_runs(server)
    briefings = {name: answer.content.get("id") for name, answer in made.items()}
    return {
        "kills": n_kills,
        "accepted runs": len(ids),
        "accepted runs lost": sum(answer.status != HTTPStatus.OK for answer in made.values()),
        "runs made twice": n_runs - len(ids),
        "briefings unlike those of an undisturbed server": sum(
            briefings[name] != briefing for name, briefing in expected.items()
        ),
        "editions without their mail": n_kills - len(sinks.mails),
        "mails twice": sum(n > 1 for n in sinks.mails.values()),
        "editions without their webhook": n_kills - len(sinks.hooks),
        "webhook deliveries repeated with their id": sum(sinks.hooks.values()) - len(sinks.hooks),
        "recorded model calls made again": _paid_twice(model, kills),
        "model calls": len(model.ledger.calls()),
        "recovery after the kill, s, median": median(recoveries),
        "recovery after the kill, s, worst": max(recoveries),
    }


def _submit(server: Server, work: Work, ids: dict[str, str]) -> None:
    """Send the requests of a round; the id of each accepted run comes in its address."""
    for key, body in work.requests:
        answer = server.ask_until_answered(
            "POST", "/v1/briefings", body, Prefer="wait=0", Idempotency_Key=key
        )
        ids[key] = answer.run
    path = f"/v1/editions/{work.edition}/runs"
    ids[work.edition] = server.ask_until_answered("POST", path, Prefer="wait=0").run


def _is_done(server: Server, work: Work, ids: Mapping[str, str]) -> bool:
    names = [*(key for key, _ in work.requests), work.edition]
    try:
        return all(
            name in ids and server.ask("GET", f"/v1/briefings/{ids[name]}").status == HTTPStatus.OK
            for name in names
        )
    except (OSError, HTTPException):
        return False


def _undisturbed(rounds: Sequence[Work]) -> dict[str, str]:
    """Return the ids of the briefings that a server makes which nobody kills."""
    with _surroundings(rounds) as (server, _, _):
        server.start()
        return {
            key: server.ask("POST", "/v1/briefings", body, Prefer="wait=60").content["id"]
            for work in rounds
            for key, body in work.requests
        }


def _count_runs(server: Server) -> int:
    n_runs, cursor = 0, ""
    while True:
        page = server.ask("GET", f"/v1/briefings?limit=100{cursor}").content
        n_runs += len(page["briefings"])
        if not page.get("next"):
            return n_runs
        cursor = f"&cursor={page['next']}"


def _paid_twice(model: FakeServer, kills: Sequence[float]) -> int:
    """Count calls made again though their answer had come well before a kill."""
    n_again = 0
    first: dict[str, float] = {}
    for call in model.ledger.calls():
        ended = first.get(call.digest)
        if ended is not None:
            n_again += not any(0 <= kill - ended < IN_FLIGHT_S for kill in kills)
        if call.is_whole and call.ended_at is not None:
            first[call.digest] = call.ended_at
    return n_again


@contextmanager
def _surroundings(
    rounds: Sequence[Work], database: str = ""
) -> Iterator[tuple[Server, FakeServer, Sinks]]:
    """Provide a server that is not started yet, the model it asks, and where it delivers to."""
    sinks = Sinks()
    hook = ThreadingHTTPServer(("127.0.0.1", 0), _hook_of(sinks))
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    mail = Controller(_Mailbox(sinks), hostname="127.0.0.1", port=_free_port())
    mail.start()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            serving(Setup(latency=Latency("constant", MODEL_S))) as model,
        ):
            text = _configuration(rounds, Path(folder), model, hook.server_port, mail.port)
            where = f'database_url = "{database}"\n' if database else ""
            Path(folder, "summarizer.toml").write_text(where + text, encoding="utf-8")
            server = Server(Path(folder))
            try:
                yield server, model, sinks
            finally:
                server.kill_all()
    finally:
        mail.stop()
        hook.shutdown()
        hook.server_close()


def _configuration(
    rounds: Sequence[Work], folder: Path, model: FakeServer, hook_port: int, mail_port: int
) -> str:
    lines = [
        f'data_dir = "{folder}/data"',
        f'base_url = "{model.base_url}"',
        'networks = ["127.0.0.0/8"]',
        "[server]",
        f'engines = ["{ENGINE}"]',
        "requests_per_minute = 1000000",
        "[email]",
        'host = "127.0.0.1"',
        f"port = {mail_port}",
        'security = "none"',
        'sender = "desk@example.org"',
    ]
    for work in rounds:
        lines += [
            f"[editions.{work.edition}]",
            f'sources = ["{EXAMPLES}/2026-03-03"]',
            'recipients = ["reader@example.org"]',
            f'files = ["{folder}/{{edition}}-{{day}}.html"]',
            f"[[editions.{work.edition}.webhooks]]",
            f'url = "http://127.0.0.1:{hook_port}/"',
            f'secret = "{_SECRET}"',
        ]
    return "\n".join(lines)


class _Mailbox:
    """Takes every mail and counts it by its Message-ID."""

    def __init__(self, sinks: Sinks) -> None:
        self._sinks = sinks

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's
        found = re.search(rb"^Message-ID:\s*(\S+)", envelope.content, re.IGNORECASE | re.MULTILINE)
        self._sinks.mails[found[1].decode() if found else ""] += 1
        return "250 OK"


def _hook_of(sinks: Sinks) -> type[BaseHTTPRequestHandler]:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            sinks.hooks[self.headers["X-Summarizer-Delivery"]] += 1
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in http.server
            """Say nothing."""

    return Hook


@cache
def _records() -> list[dict[str, object]]:
    found = files.load([str(EXAMPLES)]).documents
    keys = ("text", "title", "source", "published", "url")
    return [{key: getattr(document, key) for key in keys} for document in found]


def _until(is_so: Callable[[], bool], otherwise: str) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > ends_at:
            raise RuntimeError(otherwise)
        time.sleep(0.05)


def main() -> None:
    """Print the figures, and keep them if that is asked for."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    parser.add_argument("--workers", type=int, default=0, help="processes beside the server")
    asked = parser.parse_args()
    figures = measure(asked.kills, asked.seed, database=asked.database, n_workers=asked.workers)
    for name, value in figures.items():
        goal = f"   goal: at most {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:60} {value:10.2f}{goal}")
    if asked.record:
        name = f"kills, PostgreSQL, {asked.workers} workers" if asked.database else "kills"
        results.record(name, figures)


if __name__ == "__main__":
    main()
