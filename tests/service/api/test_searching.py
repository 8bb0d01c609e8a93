"""Claims that were printed and what models cost, over HTTP."""

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service
from tests.service.api.clients import ARTICLES, SECRET, URL, assert_problem, with_token

BODY = {"documents": ARTICLES, "options": {"day": "2026-03-04"}}


def test_printed_claim_is_found_by_its_words(client: TestClient) -> None:
    answer = client.post(URL, json=BODY)
    (hit,) = client.get("/v1/claims", params={"q": 'COUNCIL "old bridge"'}).json()["claims"]
    assert hit["run"] == answer.headers["location"].rpartition("/")[2]
    assert hit["briefing"] == answer.json()["id"]
    assert hit["day"] == "2026-03-04"
    assert "old bridge" in hit["text"]
    assert client.get("/v1/claims", params={"q": "ferry"}).json() == {"claims": [], "next": None}


def test_days_bound_the_search(client: TestClient) -> None:
    client.post(URL, json=BODY)
    for query, n in (
        ({"from": "2026-03-04", "to": "2026-03-04"}, 1),
        ({"from": "2026-03-05"}, 0),
        ({"to": "2026-03-03"}, 0),
    ):
        assert len(client.get("/v1/claims", params={"q": "bridge"} | query).json()["claims"]) == n


def test_claims_come_page_by_page(client: TestClient) -> None:
    for _ in range(3):
        client.post(URL, json=BODY)
    first = client.get("/v1/claims", params={"q": "bridge", "limit": 2}).json()
    params = {"q": "bridge", "limit": 2, "cursor": first["next"]}
    second = client.get("/v1/claims", params=params).json()
    found = {each["run"] for each in (*first["claims"], *second["claims"])}
    assert (len(found), second["next"]) == (3, None)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%20",
        "q=a%00b",
        "q=" + "x" * 501,
        f"q=a&cursor={SECRET}",
        f"q=a&from={SECRET}",
        "q=a&limit=0",
    ],
)
def test_search_of_no_use_is_refused(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/v1/claims?{query}"), 422, "invalid_input")


@pytest.mark.parametrize("q", ["%", "_", "'", '"', "\\", "* OR 1=1 --", "\U0001f600"])
def test_signs_that_mean_something_to_databases_are_only_signs(client: TestClient, q: str) -> None:
    client.post(URL, json=BODY)
    answer = client.get("/v1/claims", params={"q": q})
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        assert answer.json()["claims"] == []


def test_claims_of_another_owner_are_not_found(service: Service) -> None:
    theirs, mine = with_token(service, "a"), with_token(service, "b")
    theirs.post(URL, json=BODY)
    assert mine.get("/v1/claims", params={"q": "bridge"}).json()["claims"] == []
    assert mine.get("/v1/usage").json()["month"]["runs"] == 0


def test_cost_is_told_by_month_and_day(service: Service) -> None:
    client = with_token(service, budget_usd_month=20.0)
    client.post(URL, json=BODY)
    found = client.get("/v1/usage").json()
    assert (found["owner"], found["budget_usd_month"]) == ("desk", 20.0)
    assert (found["month"]["runs"], found["month"]["usd"]) == (1, 0.0)
    assert [day["day"] for day in found["days"]] == ["2026-03-04"]
    assert client.get("/v1/usage", params={"from": "2026-03-05"}).json()["days"] == []
