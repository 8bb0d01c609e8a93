"""Who may ask: nobody needs a token on this machine until there is one, then everybody does."""

import base64
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service
from summarizer.service.api.rates import Rates
from summarizer.service.store import tokens
from tests.service.api.clients import (
    ARTICLES,
    NOW,
    SECRET,
    SETTINGS,
    URL,
    Maker,
    assert_problem,
    client_of,
    with_token,
)

BODY = {"documents": ARTICLES}


def test_without_a_token_this_machine_may_do_everything(client: TestClient) -> None:
    where = client.post(URL, json=BODY).headers["location"]
    assert client.get("/metrics").status_code == 200
    assert client.delete(where).status_code == 204


def test_without_a_token_nobody_else_may_do_anything(service: Service) -> None:
    service.is_local = False
    answer = client_of(service).get(URL)
    assert_problem(answer, 401, "unauthorized")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_once_there_is_a_token_each_request_needs_one(service: Service) -> None:
    with_token(service)
    for method, path in (("GET", URL), ("POST", URL), ("GET", "/metrics"), ("POST", "/v1/verify")):
        answer = client_of(service).request(method, path)
        assert_problem(answer, 401, "unauthorized")


def test_health_is_told_to_everybody(service: Service) -> None:
    with_token(service)
    assert client_of(service).get("/healthz").status_code == 200
    assert client_of(service).get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        f"Bearer {SECRET}",
        "Bearer",
        "Bearer " + "x" * 10_000,
        SECRET,
        f"Digest {SECRET}",
        f"Basic {SECRET}!",
        "Basic /w==",
    ],
)
def test_what_is_no_token_is_refused(service: Service, header: str) -> None:
    with_token(service)
    answer = client_of(service).get(URL, headers={"authorization": header})
    assert_problem(answer, 401, "unauthorized")


def test_wrong_token_is_refused_even_where_none_is_needed(client: TestClient) -> None:
    answer = client.get(URL, headers={"authorization": f"Bearer {SECRET}"})
    assert_problem(answer, 401, "unauthorized")


def test_expired_or_revoked_token_is_refused(service: Service) -> None:
    expired = with_token(service, "a", expires=NOW + timedelta(hours=1))
    revoked = with_token(service, "b")
    assert expired.get(URL).status_code == revoked.get(URL).status_code == 200
    tokens.revoke(service.db, "b", NOW)
    service.clock = lambda: NOW + timedelta(hours=2)
    for each in (expired, revoked):
        assert_problem(each.get(URL), 401, "unauthorized")


def test_token_that_expires_does_not_open_the_door(service: Service) -> None:
    with_token(service, expires=NOW + timedelta(hours=1))
    service.clock = lambda: NOW + timedelta(hours=2)
    assert_problem(client_of(service).get(URL), 401, "unauthorized")


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("read", {"GET /v1/briefings", "POST /v1/verify"}),
        ("write", {"POST /v1/briefings"}),
        ("admin", {"GET /metrics"}),
    ],
)
def test_token_may_do_what_its_scopes_say(service: Service, scope: str, allowed: set[str]) -> None:
    client = with_token(service, "desk", scope)
    for request in ("GET /v1/briefings", "POST /v1/briefings", "GET /metrics", "POST /v1/verify"):
        method, path = request.split()
        status = client.request(
            method, path, content=b"{}" if method == "POST" else b""
        ).status_code
        assert (status != 403) == (request in allowed)


def test_browser_may_read_with_the_token_as_a_password(service: Service) -> None:
    secret = tokens.add(service.db, "desk", scopes=("read", "write"), now=NOW)
    encoded = base64.b64encode(f"anybody:{secret}".encode()).decode()
    client = client_of(service)
    client.headers["authorization"] = f"Basic {encoded}"
    assert client.get(URL).status_code == 200
    assert_problem(client.post(URL, json=BODY), 401, "unauthorized")


def test_browser_is_asked_for_a_password(service: Service) -> None:
    with_token(service)
    page = client_of(service).get(URL, headers={"accept": "text/html"})
    assert page.headers["www-authenticate"].startswith("Basic")
    program = client_of(service).get(URL, headers={"accept": "application/json"})
    assert program.headers["www-authenticate"].startswith("Bearer")


def test_more_requests_than_a_minute_allows_are_told_when_to_come_back(service: Service) -> None:
    service.rates = Rates(6)
    client = with_token(service)
    first, refused = client.get(URL), client.get(URL)
    assert first.status_code == 200
    assert_problem(refused, 429, "rate_limited")
    assert int(refused.headers["retry-after"]) >= 1
    assert with_token(service, "other").get(URL).status_code == 200


@pytest.fixture
def paid(service: Service, maker: Maker) -> Service:
    """Return a service where a model writes unless a request says otherwise."""
    service.settings = SETTINGS.over(engine="openai:m", base_url="http://127.0.0.1:9/v1")
    maker.settings = service.settings
    maker.holds = True
    return service


NO_WAIT = {"prefer": "wait=0"}


def test_budget_of_a_token_caps_its_runs(paid: Service) -> None:
    client = with_token(paid, budget_usd_month=5.0)
    asked = BODY | {"options": {"budget_usd": 2.0}}
    assert client.post(URL, json=asked, headers=NO_WAIT).status_code == 202  # 3 are left
    assert client.post(URL, json=BODY, headers=NO_WAIT).status_code == 202  # takes all of them
    assert_problem(client.post(URL, json=BODY, headers=NO_WAIT), 402, "budget")


def test_embedded_engine_costs_nothing_of_a_budget(paid: Service) -> None:
    client = with_token(paid, budget_usd_month=0.0)
    asked = BODY | {"options": {"engine": "extractive"}}
    assert client.post(URL, json=asked, headers=NO_WAIT).status_code == 202
    assert_problem(client.post(URL, json=BODY, headers=NO_WAIT), 402, "budget")


def test_token_without_a_budget_has_no_limit(paid: Service) -> None:
    client = with_token(paid)
    for _ in range(3):
        assert client.post(URL, json=BODY, headers=NO_WAIT).status_code == 202
