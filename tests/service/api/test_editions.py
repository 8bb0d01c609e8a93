"""Editions over HTTP: defined, looked at, run; never with files of this machine or secrets."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service
from summarizer.service.store import editions, runs
from summarizer.types import Json
from tests.service.api.clients import NOW, SECRET, SETTINGS, URL, Maker, assert_problem, with_token

MORNING = "/v1/editions/morning"
SPEC: dict[str, Any] = {
    "title": "Harbour",
    "sources": ["https://example.org/feed.xml"],
    "at": "06:00",
    "timezone": "Europe/Paris",
    "webhooks": [{"url": "https://example.org/hook", "secret": "0123456789abcdef"}],
}


def test_edition_is_defined_and_defined_anew(client: TestClient) -> None:
    made = client.put(MORNING, json=SPEC)
    assert (made.status_code, made.headers["location"]) == (201, MORNING)
    again = client.put(MORNING, json=SPEC | {"title": "Port"})
    assert (again.status_code, again.json()["edition"]["title"]) == (200, "Port")
    found = client.get(MORNING).json()
    assert found == again.json()
    assert client.get("/v1/editions").json() == {"editions": [found]}


def test_edition_tells_when_it_is_due_next(client: TestClient) -> None:
    found = client.put(MORNING, json=SPEC).json()
    assert (found["name"], found["origin"]) == ("morning", "http")
    assert found["next"] == "2026-03-05T05:00:00.000000+00:00"  # 6:40 now in Paris
    client.put("/v1/editions/asked", json={"sources": SPEC["sources"]})
    assert client.get("/v1/editions/asked").json()["next"] is None


def test_secrets_of_an_edition_are_not_told(client: TestClient) -> None:
    answers = (client.put(MORNING, json=SPEC), client.get(MORNING), client.get("/v1/editions"))
    assert all("0123456789abcdef" not in answer.text for answer in answers)


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"sources": ["/etc/passwd"]}, "sources[0]: "),
        ({"sources": ["file:///etc/passwd"]}, "sources[0]: "),
        ({"sources": ["https://example.org/", "*.txt"]}, "sources[1]: "),
        ({"sources": []}, "sources: "),
        ({"files": ["{edition}.html"]}, "files: "),
        ({"on_failure": "/etc/cron.d/x"}, "on_failure: "),
        ({"engine": "openai:other"}, "engine: "),
        ({"timezone": SECRET}, "timezone: "),
        ({"recipients": [SECRET]}, "recipients: "),
        ({SECRET: 1}, "unknown key: choose one of "),
        ({"titel": "x"}, "unknown key: did you mean title?"),
        (
            {"webhooks": [{"url": "https://example.org/", "secret": "0" * 16, SECRET: 1}]},
            "webhooks.0: unknown key",
        ),
    ],
)
def test_definition_of_no_use_is_refused_by_its_field(
    client: TestClient, change: dict[str, Any], start: str
) -> None:
    problem = assert_problem(client.put(MORNING, json=SPEC | change), 422, "invalid_input")
    assert problem["detail"].startswith(start)
    assert_problem(client.get(MORNING), 404, "not_found")


@pytest.mark.parametrize("name", ["Morning", "a b", "-a", "x" * 65, "%00"])
def test_name_that_cannot_be_one_is_not_found(client: TestClient, name: str) -> None:
    assert_problem(client.put(f"/v1/editions/{name}", json=SPEC), 404, "not_found")
    assert_problem(client.get(f"/v1/editions/{name}"), 404, "not_found")


def test_deleted_edition_is_gone(client: TestClient) -> None:
    client.put(MORNING, json=SPEC)
    assert client.delete(MORNING).status_code == 204
    assert_problem(client.delete(MORNING), 404, "not_found")
    assert client.get("/v1/editions").json() == {"editions": []}


def test_edition_of_the_settings_file_is_changed_there(
    client: TestClient, service: Service
) -> None:
    spec: Json = {"sources": ["/srv/texts"]}
    editions.put(service.db, "local", "morning", spec, origin="file", now=NOW)
    assert client.get(MORNING).json()["origin"] == "file"
    assert_problem(client.put(MORNING, json=SPEC), 409, "conflict")
    assert_problem(client.delete(MORNING), 409, "conflict")


def test_edition_of_another_owner_is_not_found(service: Service) -> None:
    theirs, mine = with_token(service, "a"), with_token(service, "b")
    theirs.put(MORNING, json=SPEC)
    for answer in (mine.get(MORNING), mine.delete(MORNING), mine.post(f"{MORNING}/runs")):
        assert_problem(answer, 404, "not_found")
    assert mine.put(MORNING, json=SPEC).status_code == 201
    assert theirs.get(MORNING).status_code == 200


def test_edition_is_run_by_hand_once_a_day(
    client: TestClient, service: Service, maker: Maker
) -> None:
    maker.holds = True
    client.put(MORNING, json=SPEC)
    first, second = (client.post(f"{MORNING}/runs", headers={"prefer": "wait=0"}) for _ in range(2))
    assert first.status_code == second.status_code == 202
    assert first.json() == second.json()
    assert (first.json()["edition"], first.json()["day"]) == ("morning", "2026-03-04")
    assert client.get(URL, params={"edition": "morning"}).json()["briefings"] == [first.json()]
    runs.settle(service.db, first.json()["run"], now=NOW, outcome="quiet", message="nothing new")
    done = client.post(f"{MORNING}/runs", json={"day": "2026-03-04"})
    assert (done.status_code, done.json()["message"]) == (200, "nothing new")


def test_edition_that_found_no_source_is_a_problem(
    client: TestClient, service: Service, maker: Maker
) -> None:
    maker.holds = True
    client.put(MORNING, json=SPEC)
    run = client.post(f"{MORNING}/runs", headers={"prefer": "wait=0"}).json()["run"]
    runs.settle(service.db, run, now=NOW, outcome="failed", message="no source could be read")
    problem = assert_problem(client.get(f"{URL}/{run}"), 422, "no_usable_source")
    assert problem["detail"] == "no source could be read"


@pytest.mark.parametrize(
    "body", [{"day": "tomorrow"}, {"day": 4}, {"day": "2026-03-05"}, {"days": "2026-03-04"}]
)
def test_run_of_no_day_is_refused(client: TestClient, body: dict[str, object]) -> None:
    client.put(MORNING, json=SPEC)
    assert_problem(client.post(f"{MORNING}/runs", json=body), 422, "invalid_input")


def test_edition_whose_token_has_nothing_left_is_not_run(service: Service, maker: Maker) -> None:
    service.settings = SETTINGS.over(engine="openai:m", base_url="http://127.0.0.1:9/v1")
    maker.holds = True
    client = with_token(service, budget_usd_month=0.0)
    client.put(MORNING, json=SPEC)
    assert_problem(client.post(f"{MORNING}/runs"), 402, "budget")
