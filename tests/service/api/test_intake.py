"""Bodies of requests: counted, timed, of the right kind."""

import asyncio
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service, create_app, intake
from tests.service.api.clients import ARTICLES, URL, assert_problem

LIMIT = 3_000_000


def test_body_over_the_limit_is_refused_by_its_length(client: TestClient) -> None:
    problem = assert_problem(client.post(URL, content=b" " * (LIMIT + 1)), 413, "limit_exceeded")
    assert "3,000,000" in problem["detail"]
    assert "server.max_bytes" in problem["detail"]


def test_endless_body_without_length_is_refused_at_the_limit(service: Service) -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        for i in range(1_000_000):
            sent.append(i)
            yield b" " * 1_000_000

    parts = endless()

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": next(parts), "more_body": True}

    assert call(create_app(service), receive)["status"] == 413
    assert len(sent) == 4
    assert service.held == 0


def test_bodies_share_the_memory_there_is(service: Service) -> None:
    service.held = intake.BODIES_AT_A_TIME * LIMIT

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b" ", "more_body": True}

    assert call(create_app(service), receive)["status"] == 429


def test_client_that_leaves_halfway_is_no_failure_of_the_service(service: Service) -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    assert call(create_app(service), receive)["status"] == 400


def test_body_that_does_not_come_is_given_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "GRACE_S", 0.01)

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        raise AssertionError

    assert call(create_app(service), receive)["status"] == 408


def test_body_that_comes_below_the_least_rate_is_given_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "GRACE_S", 0.01)
    monkeypatch.setattr(intake, "MIN_BYTES_PER_S", 1_000_000)

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b" ", "more_body": True}

    assert call(create_app(service), receive)["status"] == 408


def test_body_under_way_is_given_up_when_the_server_stops(service: Service) -> None:
    async def receive() -> dict[str, object]:
        service.stopping.set()
        return {"type": "http.request", "body": b" ", "more_body": True}

    assert call(create_app(service), receive)["status"] == 503


def call(app: Any, receive: Any) -> dict[str, Any]:  # noqa: ANN401 - an ASGI application is called
    """Call an application the way a server does and return how its answer starts."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": URL,
        "raw_path": URL.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    messages: list[dict[str, Any]] = []

    async def answer(message: dict[str, Any]) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, answer))
    return messages[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-encoding": "gzip"},
        {"content-encoding": "br"},
    ],
)
def test_body_in_another_coding_or_type_is_refused(
    client: TestClient, headers: dict[str, str]
) -> None:
    body = gzip.compress(json.dumps({"documents": ARTICLES}).encode())
    answer = client.post(URL, content=body, headers=headers)
    assert_problem(answer, 415, "unsupported_media_type")


def test_json_type_with_a_parameter_is_accepted(client: TestClient) -> None:
    body = json.dumps({"documents": ARTICLES}).encode()
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.post(URL, content=body, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"[" * 100_000, b'{"documents": [NaN]}', b"[]", b'{"a": 1, "a": 2}', b"xyzzy"],
)
def test_body_that_is_no_json_object_is_malformed(client: TestClient, body: bytes) -> None:
    assert_problem(client.post(URL, content=body), 400, "malformed_body")


@pytest.fixture
def hostile() -> Path:
    data = os.environ.get("EVALUATION_DATA")  # noqa: TID251 - the data is where the tester says
    if data is None:
        is_required = "data" in os.environ.get("TEST_REQUIRE", "").split(",")  # noqa: TID251
        (pytest.fail if is_required else pytest.skip)("EVALUATION_DATA is not set")
    return Path(data).parent / "hostile"


@pytest.mark.slow
def test_invalid_json_of_the_test_suite_is_refused_and_valid_never_fails(
    client: TestClient, hostile: Path
) -> None:
    paths = sorted((hostile / "json_test_suite").rglob("*.json"))
    assert paths
    for path in paths:
        raw = path.read_bytes()
        for body in (raw, b'{"documents": ["Text."], "options": ' + raw + b"}"):
            status = client.post(URL, content=body).status_code
            assert 400 <= status < 500 if path.name.startswith("n_") else status < 500, path.name


@pytest.mark.slow
def test_naughty_strings_never_make_the_service_fail(client: TestClient, hostile: Path) -> None:
    strings = json.loads((hostile / "blns" / "blns.json").read_bytes())
    for i in range(0, len(strings), 20):
        batch = json.dumps({"documents": strings[i : i + 20]}).encode()
        for accept in ("application/json", "text/html", "text/markdown", "text/plain"):
            answer = client.post(URL, content=batch, headers={"accept": accept})
            assert answer.status_code < 500
    for string in strings:
        record = dict.fromkeys(("text", "title", "source", "url", "kind", "language"), string)
        body = json.dumps({"documents": [record]}).encode()
        assert client.post(URL, content=body).status_code < 500
