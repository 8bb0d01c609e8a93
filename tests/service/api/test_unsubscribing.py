"""The way out of a list of recipients."""

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service
from summarizer.service.delivery.unsubscribing import Subscription, unsubscribe_url
from summarizer.service.store import outbox
from tests.service.api.clients import HOST, assert_problem, with_token

READER = "reader@example.org"


@pytest.fixture
def link(service: Service) -> str:
    url = unsubscribe_url(service.db, HOST, Subscription("local", "morning", READER))
    return url.removeprefix(HOST)


def unsubscribed(service: Service) -> set[str]:
    return outbox.unsubscribed(service.db, "local", "morning")


def test_looking_at_the_link_ends_nothing(client: TestClient, service: Service, link: str) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert "morning" in page.text
    assert 'method="post"' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert unsubscribed(service) == set()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"List-Unsubscribe": "One-Click"}, {}),
        ({}, {"origin": "null"}),  # a browser that tells nobody where it was
    ],
)
def test_one_click_ends_the_mails(
    client: TestClient, service: Service, link: str, body: dict[str, str], headers: dict[str, str]
) -> None:
    for _ in range(2):  # once more changes nothing
        answer = client.post(link, data=body, headers=headers)
        assert answer.status_code == 200
        assert READER in answer.text
    assert unsubscribed(service) == {READER}


def test_reader_needs_no_token_of_the_service(service: Service, link: str) -> None:
    client = with_token(service)
    del client.headers["authorization"]
    assert client.post(link).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "x" * 5_000, "a.b", "é", "%00"])
def test_link_that_nobody_was_sent_is_not_found(client: TestClient, token: str) -> None:
    for send in (client.get, client.post):
        assert_problem(send(f"/unsubscribe?token={token}"), 404, "not_found")


def test_link_without_a_token_is_refused(client: TestClient) -> None:
    assert_problem(client.get("/unsubscribe"), 422, "invalid_input")
