"""Texts written elsewhere, checked over HTTP."""

import json

import pytest
from starlette.testclient import TestClient

from tests.service.api.clients import ARTICLES, SECRET, Answer, assert_problem


def verify(
    client: TestClient, text: object, accept: str = "application/json", options: object = None
) -> Answer:
    body = {"text": text, "documents": ARTICLES, "options": options}
    headers = {"accept": accept}
    return client.post("/v1/verify", content=json.dumps(body).encode(), headers=headers)


def test_text_is_checked_sentence_by_sentence(client: TestClient) -> None:
    answer = verify(client, f"- Nobody voted.\n- {ARTICLES[0].splitlines()[-1]}")
    assert answer.status_code == 200
    made = answer.json()
    assert len(made["claims"]) == 2
    assert made["claims"][1]["verdict"] == "verbatim"
    assert len(made["documents"]) == len(ARTICLES)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_review_comes_in_the_format_accepted(
    client: TestClient, accept: str, media_type: str
) -> None:
    answer = verify(client, "The old bridge will be closed in May.", accept)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["vary"] == "Accept"
    assert ("content-security-policy" in answer.headers) == media_type.startswith("text/html")
    assert "old bridge" in answer.text


def test_options_of_a_review_are_honoured(client: TestClient) -> None:
    options = {"language": "de", "include_text": True}
    made = verify(client, "The old bridge shuts.", options=options).json()
    assert made["language"] == "de"
    assert all(entry["text"] for entry in made["documents"])


@pytest.mark.parametrize(
    ("text", "options", "start"),
    [
        (None, {}, "text: "),
        ("", {}, "the text to check has no sentence"),
        ("Bridge.", {"language": SECRET}, "language must be an ISO 639 code"),
        ("Bridge.", {"words": 3}, "options: unknown key"),
    ],
)
def test_review_that_cannot_be_made_says_why(
    client: TestClient, text: object, options: dict[str, object], start: str
) -> None:
    answer = verify(client, text, options=options)
    assert assert_problem(answer, 422, "invalid_input")["detail"].startswith(start)


def test_text_over_the_limit_is_refused(client: TestClient) -> None:
    problem = assert_problem(verify(client, "a" * 2_000_001), 413, "limit_exceeded")
    assert "2,000,000 characters" in problem["detail"]


def test_review_without_a_document_has_no_source(client: TestClient) -> None:
    body = json.dumps({"text": "Bridge.", "documents": []}).encode()
    assert_problem(client.post("/v1/verify", content=body), 422, "no_usable_source")
