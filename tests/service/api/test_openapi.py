"""The description of all routes is true and whole."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from summarizer.service.problems import CATALOGUE
from tests.service.api.clients import ARTICLES, URL, Maker

OPEN = {"/healthz", "/readyz", "/unsubscribe"}


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_all_routes_are_described(document: dict[str, Any]) -> None:
    assert set(operations(document)) == {
        ("POST", "/v1/briefings"),
        ("GET", "/v1/briefings"),
        ("GET", "/v1/briefings/{run}"),
        ("DELETE", "/v1/briefings/{run}"),
        ("GET", "/v1/briefings/{run}/events"),
        ("GET", "/v1/briefings/{run}/documents/{document}"),
        ("POST", "/v1/verify"),
        ("GET", "/v1/editions"),
        ("GET", "/v1/editions/{name}"),
        ("PUT", "/v1/editions/{name}"),
        ("DELETE", "/v1/editions/{name}"),
        ("POST", "/v1/editions/{name}/runs"),
        ("GET", "/v1/editions/{name}/feed.atom"),
        ("GET", "/v1/claims"),
        ("GET", "/v1/usage"),
        ("GET", "/unsubscribe"),
        ("POST", "/unsubscribe"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
    }


def test_each_problem_has_its_type_and_an_example(document: dict[str, Any]) -> None:
    for operation in operations(document).values():
        for status, answer in operation["responses"].items():
            if status < "400":
                continue
            (media_type,) = answer["content"]
            assert media_type == "application/problem+json"
            for code, example in answer["content"][media_type]["examples"].items():
                assert example["value"]["status"] == CATALOGUE[code][0] == int(status)


def test_each_code_of_the_catalogue_is_told_by_some_route(document: dict[str, Any]) -> None:
    told = {
        code
        for operation in operations(document).values()
        for answer in operation["responses"].values()
        for content in answer.get("content", {}).values()
        for code in content.get("examples", {})
    }
    assert told >= set(CATALOGUE) - {"method_not_allowed"}


def test_each_route_behind_a_token_says_so(document: dict[str, Any]) -> None:
    for (_, path), operation in operations(document).items():
        if path not in OPEN:
            assert {"401", "403", "429"} <= set(operation["responses"])


def test_each_success_has_an_example_or_a_schema(document: dict[str, Any]) -> None:
    for operation in operations(document).values():
        for status, answer in operation["responses"].items():
            if status in {"204", "304"} or status >= "400":
                continue
            assert answer["content"], operation["summary"]


@pytest.mark.parametrize("path", ["/v1/briefings", "/v1/verify"])
def test_each_example_of_a_request_is_accepted(
    client: TestClient, document: dict[str, Any], maker: Maker, path: str
) -> None:
    maker.holds = True
    body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    assert body["examples"]
    for example in body["examples"].values():
        answer = client.post(path, json=example["value"], headers={"prefer": "wait=0"})
        assert answer.status_code in {200, 202}


def test_example_of_an_edition_can_be_put(client: TestClient, document: dict[str, Any]) -> None:
    described = document["paths"]["/v1/editions/{name}"]["put"]["requestBody"]
    (example,) = described["content"]["application/json"]["examples"].values()
    assert client.put("/v1/editions/morning", json=example["value"]).status_code == 201


def test_answer_has_the_fields_the_document_requires(
    client: TestClient, document: dict[str, Any]
) -> None:
    schemas = document["components"]["schemas"]
    answer = client.post(URL, json={"documents": ARTICLES})
    briefing = answer.json()
    run = client.get(URL).json()["briefings"][0]
    review = client.post("/v1/verify", json={"text": "Said.", "documents": ARTICLES}).json()
    claim = client.get("/v1/claims", params={"q": "bridge"}).json()["claims"][0]
    first = briefing["documents"][0]["id"]
    for name, value in (
        ("Briefing", briefing),
        ("Story", briefing["stories"][0]),
        ("Claim", briefing["stories"][0]["claims"][0]),
        ("Citation", briefing["stories"][0]["claims"][0]["citations"][0]),
        ("LedgerEntry", briefing["documents"][0]),
        ("Review", review),
        ("RunView", run),
        ("ClaimView", claim),
        ("UsageView", client.get("/v1/usage").json()),
        ("DocumentView", client.get(f"{answer.headers['location']}/documents/{first}").json()),
    ):
        assert set(schemas[name]["required"]) <= set(value) <= set(schemas[name]["properties"])


def test_formats_are_listed(document: dict[str, Any]) -> None:
    for method, path in (("post", URL), ("get", f"{URL}/{{run}}"), ("post", "/v1/verify")):
        assert set(document["paths"][path][method]["responses"]["200"]["content"]) == {
            "application/json",
            "text/html",
            "text/markdown",
            "text/plain",
        }
