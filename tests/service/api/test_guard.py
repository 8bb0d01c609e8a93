"""What stands before all routes: names, origins, a stop; and what is on every answer."""

import json
import logging

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service, create_app
from tests.service.api.clients import (
    ARTICLES,
    HOST,
    SECRET,
    SETTINGS,
    URL,
    assert_problem,
    client_of,
    with_token,
)

BODY = {"documents": ARTICLES}


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1", "reader.example.org"]
)
def test_server_answers_to_its_own_names(service: Service, host: str) -> None:
    server = SETTINGS.server.model_copy(update={"public_url": "https://reader.example.org/x"})
    service.settings = SETTINGS.model_copy(update={"server": server})
    assert client_of(service).get(URL, headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "", "[", "localhost.evil.example", "a b"])
def test_other_names_are_refused_on_this_machine(client: TestClient, host: str) -> None:
    """A web page whose name was made to lead here must not read what is here."""
    assert_problem(client.get(URL, headers={"host": host}), 421, "misdirected")


def test_any_name_will_do_where_tokens_are_needed(service: Service) -> None:
    service.is_local = False
    answer = with_token(service).get(URL, headers={"host": "desk.example.org"})
    assert answer.status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", ""])
@pytest.mark.parametrize("path", [URL, "/v1/editions/morning/runs", "/v1/verify"])
def test_page_of_another_site_may_not_send(client: TestClient, origin: str, path: str) -> None:
    answer = client.post(path, content=b"{}", headers={"origin": origin})
    assert_problem(answer, 403, "forbidden")


def test_page_of_this_site_may_send(client: TestClient) -> None:
    answer = client.post(URL, json=BODY, headers={"origin": HOST})
    assert answer.status_code == 200


def test_no_answer_lets_other_sites_read_it(client: TestClient) -> None:
    headers = {"origin": "https://evil.example"}
    for answer in (
        client.get(URL, headers=headers),
        client.options(URL, headers=headers | {"access-control-request-method": "DELETE"}),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_stopping_server_refuses_and_closes(client: TestClient, service: Service) -> None:
    service.stopping.set()
    answer = client.get(URL)
    assert_problem(answer, 503, "stopping")
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["connection"] == "close"
    assert client.get("/healthz").status_code == 200
    assert_problem(client.get("/readyz"), 503, "stopping")


def test_each_answer_is_marked_and_kept_from_caches(client: TestClient) -> None:
    for path in ("/healthz", URL, "/nowhere"):
        answer = client.get(path, headers={"x-request-id": "abc.1"})
        assert answer.headers["x-request-id"] == "abc.1"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, 'a"b', "\x1b[31m"])
def test_request_id_that_could_steer_a_log_is_replaced(client: TestClient, given: str) -> None:
    found = client.get("/healthz", headers={"x-request-id": given}).headers["x-request-id"]
    assert len(found) == 32
    assert found.isalnum()


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/v1", "/v1/briefings/", "/%00"])
def test_unknown_address_is_a_problem(client: TestClient, path: str) -> None:
    assert_problem(client.get(path, follow_redirects=False), 404, "not_found")


def test_wrong_method_is_a_problem_that_names_the_right_ones(client: TestClient) -> None:
    answer = client.put(URL)
    assert_problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) >= {"POST"}


def test_unforeseen_failure_tells_nothing(service: Service) -> None:
    app = create_app(service)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError(SECRET)

    client = TestClient(app, base_url=HOST, raise_server_exceptions=False)
    assert_problem(client.get("/broken"), 500, "internal")
    with pytest.raises(RuntimeError):  # what a server logs
        TestClient(app, base_url=HOST).get("/broken")


def test_log_has_one_line_a_request_without_its_text(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "summarizer.service.api.guard")
    answer = client.post(
        f"{URL}?{SECRET}",
        json={"documents": [f"The {SECRET} council voted on Tuesday."]},
        headers={"x-request-id": "r1"},
    )
    (record,) = caplog.records
    fields = record.request  # type: ignore[attr-defined]
    assert fields["request"] == "r1"
    assert fields["route"] == URL
    assert (fields["method"], fields["status"], fields["owner"]) == ("POST", 200, "local")
    assert fields["run"] == answer.headers["location"].rpartition("/")[2]
    assert fields["ms"] > 0
    assert SECRET not in json.dumps(fields)


def test_application_starts_and_ends_under_any_server(service: Service) -> None:
    with client_of(service) as client:
        assert client.get("/healthz").status_code == 200
