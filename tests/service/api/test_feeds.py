"""The feed of an edition."""

import feedparser
import pytest
from starlette.testclient import TestClient

import summarizer
from summarizer.service.api import Service
from summarizer.service.store import runs
from summarizer.service.store.runs import NewRun
from tests.service.api.clients import ARTICLES, NOW, assert_problem, with_token

MORNING = "/v1/editions/morning"
FEED = f"{MORNING}/feed.atom"
SPEC = {"title": "Harbour & port", "sources": ["https://example.org/feed.xml"]}


@pytest.fixture(autouse=True)
def edition(client: TestClient) -> None:
    client.put(MORNING, json=SPEC)


def publish(service: Service, run: str, day: str) -> None:
    new = NewRun(id=run, owner="local", request={}, input_hash=run, edition="morning", day=day)
    runs.accept(service.db, new, now=NOW)
    runs.publish(service.db, run, summarizer.brief(ARTICLES, day=day), now=NOW)


def test_feed_has_the_last_briefing_of_each_day(client: TestClient, service: Service) -> None:
    for run, day in (("a", "2026-03-03"), ("b", "2026-03-04"), ("c", "2026-03-04")):
        publish(service, run, day)
    answer = client.get(FEED)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    assert found.feed.title == "Harbour & port"
    assert [entry.link for entry in found.entries] == [
        f"http://127.0.0.1/briefings/{run}" for run in "ca"
    ]
    assert len({entry.id for entry in found.entries}) == 2
    assert "old bridge" in found.entries[0].content[0].value


def test_feed_before_the_first_briefing_is_empty(client: TestClient) -> None:
    assert feedparser.parse(client.get(FEED).content).entries == []


def test_feed_that_the_reader_has_is_not_sent_again(client: TestClient, service: Service) -> None:
    publish(service, "a", "2026-03-04")
    known = client.get(FEED).headers["etag"]
    assert client.get(FEED, headers={"if-none-match": known}).status_code == 304
    publish(service, "b", "2026-03-05")
    assert client.get(FEED, headers={"if-none-match": known}).status_code == 200


def test_feed_of_another_owner_is_not_found(service: Service) -> None:
    assert_problem(with_token(service).get(FEED), 404, "not_found")
