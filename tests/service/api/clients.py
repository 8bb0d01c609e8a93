"""Clients of the application, whose runs are made in the thread that starts them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from summarizer.briefing import pipeline
from summarizer.errors import SummarizerError
from summarizer.service import requests
from summarizer.service.api import Service, create_app
from summarizer.service.problems import CATALOGUE, MAX_DETAIL_CHARS
from summarizer.service.store import briefings, documents, runs, tokens
from summarizer.service.store.database import Database
from summarizer.settings import Settings
from summarizer.settings.server import Server
from summarizer.types import Json

HOST = "http://127.0.0.1"
NOW = datetime(2026, 3, 4, 5, 40, tzinfo=UTC)
SETTINGS = Settings(server=Server(max_bytes=3_000_000, max_documents=20, max_waiting=30))

URL = "/v1/briefings"
SECRET = "xyzzy"  # noqa: S105 - what must not come back
ARTICLES = [
    "Council closes bridge\n\nThe city council voted on Tuesday to close the old bridge in May.",
    "Bridge to close\n\nThe old bridge will be closed in May, the city council said on Tuesday.",
]

_apps: list[FastAPI] = []

Answer = Any  # of the test client, whose library is typed under another name


@dataclass(slots=True)
class Maker:
    """Makes a run at once, or when it is told to."""

    db: Database
    settings: Settings = SETTINGS
    is_ready: bool = True
    failure: SummarizerError | None = None  # raised by `start`
    holds: bool = False  # what is started waits for `make`
    started: list[str] = field(default_factory=list)

    def start(self, run: str, /) -> None:
        if self.failure is not None:
            raise self.failure
        self.started.append(run)
        if not self.holds:
            self.make(run)

    def make(self, run: str) -> None:
        if not runs.claim(self.db, run, executor="test", now=NOW):
            return
        found = runs.get(self.db, run)
        assert found is not None
        try:
            asked = requests.asked(found, self.settings, self._find)
            made = pipeline.brief(documents.of_run(self.db, run), asked.options, notes=found.notes)
        except SummarizerError as error:
            runs.fail(self.db, run, code=error.code, message=str(error), now=NOW)
            return
        runs.publish(self.db, run, made, now=NOW)

    def _find(self, run: str) -> Json:
        return briefings.get(self.db, run)

    def wait(self, run: str, timeout_s: float, /) -> bool:
        del timeout_s
        found = runs.get(self.db, run)
        return found is None or found.is_over

    def cancel(self, run: str, /) -> None:
        runs.cancel(self.db, run, now=NOW)


def client_of(service: Service, secret: str | None = None) -> TestClient:
    headers = {} if secret is None else {"authorization": f"Bearer {secret}"}
    if not _apps:
        _apps.append(create_app(service))
    _apps[0].state.service = service  # all that differs: to make routes takes longer than a test
    return TestClient(_apps[0], base_url=HOST, headers=headers, raise_server_exceptions=False)


def with_token(service: Service, name: str = "desk", *scopes: str, **more: Any) -> TestClient:  # noqa: ANN401 - of `tokens.add`
    """Return a client with a token of its own."""
    given = scopes or ("read", "write")
    return client_of(service, tokens.add(service.db, name, scopes=given, now=NOW, **more))


def assert_problem(answer: Answer, status: int, code: str) -> dict[str, Any]:
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert set(problem) == {"type", "title", "status", "code", "detail"}
    assert problem["status"] == status == CATALOGUE[code][0]
    assert len(problem["detail"]) <= MAX_DETAIL_CHARS
    assert SECRET not in answer.text
    return problem
