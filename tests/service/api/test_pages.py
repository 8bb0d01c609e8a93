"""The pages for people as a browser gets them."""

from base64 import b64encode

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service
from tests.service.api.clients import ARTICLES, URL, Maker, client_of, with_token

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SPEC = {"title": "Harbour & port", "sources": ["https://example.org/feed.xml"], "at": "06:00"}


@pytest.fixture
def run(client: TestClient) -> str:
    """Return the id of a run with a briefing."""
    answer = client.post(URL, json={"documents": ARTICLES})
    return answer.headers["location"].rpartition("/")[2]


@pytest.mark.parametrize("path", ["/", "/search?q=bridge", "/briefings/{run}/audit"])
def test_page_is_html_that_may_load_nothing(client: TestClient, run: str, path: str) -> None:
    answer = client.get(path.format(run=run), headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_briefing_is_shown_below_links_to_the_rest(client: TestClient, run: str) -> None:
    answer = client.get(f"/briefings/{run}")
    assert f'<a href="/briefings/{run}/audit">' in answer.text
    assert "old bridge" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_claim_that_was_found_leads_to_its_place(client: TestClient, run: str) -> None:
    claim = client.get("/v1/claims?q=bridge").json()["claims"][0]["claim"]
    answer = client.get(f"/briefings/{run}?claim={claim}", follow_redirects=False)
    assert answer.status_code == 303
    path, _, anchor = answer.headers["location"].partition("#")
    assert path == f"/briefings/{run}"
    assert f'id="{anchor}"' in client.get(path).text


def test_claim_that_is_not_there_leads_to_the_briefing(client: TestClient, run: str) -> None:
    answer = client.get(f"/briefings/{run}?claim=none", follow_redirects=False)
    assert answer.headers["location"] == f"/briefings/{run}"


def test_run_under_way_has_a_page(client: TestClient, maker: Maker) -> None:
    maker.holds = True
    answer = client.post(URL, json={"documents": ARTICLES}, headers={"prefer": "wait=0"})
    run = answer.headers["location"].rpartition("/")[2]
    assert 'http-equiv="refresh"' in client.get(f"/briefings/{run}").text


def test_edition_has_a_page(client: TestClient) -> None:
    client.put("/v1/editions/morning", json=SPEC)
    text = client.get("/editions/morning").text
    assert "Harbour &amp; port" in text
    assert "over HTTP" in text
    assert "/editions/morning" in client.get("/").text


@pytest.mark.parametrize(
    "path",
    [
        "/editions/none",
        "/editions/%00",
        "/briefings/none",
        "/briefings/none/audit",
        "/briefings/%20?claim=a",
    ],
)
def test_what_is_not_there_is_a_page_too(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Not here" in answer.text


def test_pages_of_others_are_not_there(client: TestClient, service: Service, run: str) -> None:
    client.put("/v1/editions/morning", json=SPEC)
    other = with_token(service, "other", "read")
    for path in (f"/briefings/{run}", f"/briefings/{run}/audit", "/editions/morning"):
        assert other.get(path).status_code == 404
    assert run not in other.get("/").text
    assert run not in other.get("/search?q=bridge").text


def test_browser_is_asked_for_the_token_and_gets_in_with_it(service: Service) -> None:
    secret = with_token(service, "desk", "read").headers["authorization"].partition(" ")[2]
    browser = client_of(service)
    answer = browser.get("/", headers=BROWSER)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    basic = b64encode(f"anyone:{secret}".encode()).decode()
    let_in = browser.get("/", headers=BROWSER | {"authorization": f"Basic {basic}"})
    assert let_in.status_code == 200


def test_token_that_may_only_write_sees_no_page(service: Service) -> None:
    assert with_token(service, "desk", "write").get("/").status_code == 403


def test_cursor_of_no_page_is_refused(client: TestClient) -> None:
    client.put("/v1/editions/morning", json=SPEC)
    assert client.get("/editions/morning?cursor=nonsense").status_code == 422


def test_pages_change_nothing(client: TestClient, run: str) -> None:
    for path in ("/", "/search", f"/briefings/{run}", "/editions/morning"):
        assert client.post(path).status_code == 405


def test_pages_are_no_part_of_the_programs_interface(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert "/search" not in paths
    assert "/" not in paths
