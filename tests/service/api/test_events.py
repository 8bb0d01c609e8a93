"""Events of a run as they are sent, resumed and ended."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from summarizer.service.api import Service, events
from summarizer.service.store.events import Event
from summarizer.types import Json
from tests.service.api.clients import ARTICLES, NOW, URL, Maker


@pytest.fixture
def where(client: TestClient) -> str:
    found: str = client.post(URL, json={"documents": ARTICLES}).headers["location"]
    return f"{found}/events"


def read(text: str) -> list[dict[str, str]]:
    """Read a stream as browsers do, comments and the time to reconnect left out."""
    blocks = [block for block in text.split("\n\n") if block.startswith("id:")]
    return [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]


def test_events_are_numbered_and_end_with_the_last(client: TestClient, where: str) -> None:
    answer = client.get(where)
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = read(answer.text)
    assert [each["event"] for each in found] == ["accepted", "started", "done"]
    assert [each["id"] for each in found] == ["1", "2", "3"]
    assert json.loads(found[-1]["data"])["outcome"] == "briefing"
    assert answer.text.startswith("retry: ")


def test_reader_who_was_cut_off_goes_on_after_the_last_event(
    client: TestClient, where: str
) -> None:
    found = read(client.get(where, headers={"last-event-id": "2"}).text)
    assert [each["id"] for each in found] == ["3"]
    assert read(client.get(where, headers={"last-event-id": "3"}).text) == []


@pytest.mark.parametrize("given", ["", "x", "-1", "9" * 100, "²"])
def test_number_that_is_none_starts_anew(client: TestClient, where: str, given: str) -> None:
    headers = [(b"last-event-id", given.encode())]
    assert len(read(client.get(where, headers=headers).text)) == 3


def test_stream_follows_a_run_while_it_is_made(
    client: TestClient, service: Service, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOOK_S", 0.0)
    maker.holds = True
    answer = client.post(URL, json={"documents": ARTICLES}, headers={"prefer": "wait=0"})
    run = answer.json()["run"]

    async def follow() -> list[str]:
        found = []
        async for part in events._stream(service, run, 0):  # noqa: SLF001 - as a client reads it
            found.append(part)
            if "event: accepted" in part:
                maker.make(run)
        return found

    text = "".join(asyncio.run(follow()))
    assert [each["event"] for each in read(text)] == ["accepted", "started", "done"]


def test_stream_is_kept_alive_and_ends_when_the_server_stops(
    client: TestClient, service: Service, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOOK_S", 0.0)
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.0)
    maker.holds = True
    answer = client.post(URL, json={"documents": ARTICLES}, headers={"prefer": "wait=0"})
    run = answer.json()["run"]

    async def follow() -> list[str]:
        found = []
        async for part in events._stream(service, run, 0):  # noqa: SLF001 - as a client reads it
            found.append(part)
            if part.startswith(":"):
                service.stopping.set()
        return found

    assert asyncio.run(follow())[-1].startswith(":")


@given(
    st.integers(min_value=1), st.dictionaries(st.text(), st.text()).map(dict[str, Json]) | st.text()
)
def test_event_is_one_block_whatever_it_holds(seq: int, data: Json) -> None:
    text = events.written(Event(seq, "done", data, NOW))
    head, event, content, *rest = text.split("\n")
    assert (head, event, rest) == (f"id: {seq}", "event: done", ["", ""])
    assert content.startswith("data: ")
    json.loads(content.removeprefix("data: "))
