import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.fake_llm import faults
from tests.fake_llm.asking import payload
from tests.fake_llm.clock import EPOCH, VirtualClock
from tests.fake_llm.endpoint import Endpoint, Setup
from tests.fake_llm.faults import FAULTS, Plan
from tests.fake_llm.latency import Latency
from tests.fake_llm.server import FakeServer, refused_url, serving
from tests.fake_llm.transport import FakeTransport

WAITS = {
    "hang",
    "hang_after_headers",
    "drip",
    "stall",
    "stall_with_pings",
    "endless",
    "flood",
    "bomb",
}
PROMPT = [f"Fact {n} of Kessel holds." for n in range(6)]


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    """Return a client that opens a connection for each call."""
    with httpx2.Client(limits=httpx2.Limits(max_keepalive_connections=0), timeout=30) as client:
        yield client


def planned() -> Setup:
    """Return a setup that plays the fault whose name the user message holds."""
    return Setup(plans=[Plan(name, contains=f"play {name}.") for name in FAULTS])


def outcome(client: httpx2.Client, base_url: str, name: str, *, is_stream: bool) -> list[object]:
    seen: list[object] = []
    body = payload(texts=PROMPT, user=f"play {name}.", stream=is_stream)
    try:
        with client.stream("POST", f"{base_url}/chat/completions", json=body) as response:
            seen += [response.status_code, response.headers.get("content-type")]
            seen.append(response.headers.get("content-length"))
            seen.append(b"".join(response.iter_raw()).partition(b'"cr')[0])
    except httpx2.TransportError as error:
        # A reset may overtake what was sent before it.
        return ["broken" if isinstance(error, httpx2.NetworkError) else type(error)]
    return seen


@pytest.mark.parametrize("is_stream", [False, True])
def test_wire_and_transport_play_every_fault_alike(http: httpx2.Client, is_stream: bool) -> None:  # noqa: FBT001 - a case
    inside = FakeTransport(Endpoint(planned(), VirtualClock(sleepers=1)))
    with (
        serving(planned()) as server,
        httpx2.Client(transport=inside) as inner,
    ):
        for name in sorted(FAULTS.keys() - WAITS):
            seen = outcome(http, server.base_url, name, is_stream=is_stream)
            assert seen == outcome(inner, "http://fake.example", name, is_stream=is_stream), name


def test_client_is_at_the_base_url_of_its_profile(http: httpx2.Client) -> None:
    for profile in ("full", "azure"):
        with serving(Setup(profile=profile)) as server:
            url = f"{server.base_url}/chat/completions?api-version=1"
            assert http.post(url, json=payload()).status_code == 200
            assert server.ledger.calls()[0].host == server.url.removeprefix("http://")


def test_connection_is_kept_and_used_again() -> None:
    with serving() as server, httpx2.Client() as client:
        before = threading.active_count()
        for _ in range(5):
            assert client.post(f"{server.base_url}/chat/completions", json=payload()).is_success
        assert threading.active_count() == before + 1


def test_connection_that_closes_unannounced_shows_at_the_next_call() -> None:
    plans = [faults.parse("closes_kept_alive:any:once")]
    with (
        serving(Setup(plans=plans)) as server,
        socket.create_connection(
            ("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5
        ) as connection,
    ):
        connection.sendall(
            b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 16\r\n\r\n"
        )
        connection.sendall(b'{"messages": []}')
        received = b""
        while data := connection.recv(65_536):
            received += data
    assert b"connection: close" not in received.lower()
    assert received.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("name", ["hang", "hang_after_headers", "stall", "drip"])
def test_silence_lasts_until_the_server_closes(http: httpx2.Client, name: str) -> None:
    before = threading.active_count()
    started = time.monotonic()
    with serving(Setup(plans=[Plan(name)])) as server, pytest.raises(httpx2.ReadTimeout):
        http.post(f"{server.base_url}/chat/completions", json=payload(), timeout=0.05)
    assert time.monotonic() - started < 5
    assert threading.active_count() == before
    assert not server.ledger.calls()[0].is_whole


def test_real_latency_takes_real_time(http: httpx2.Client) -> None:
    with serving(Setup(latency=Latency("constant", 0.05))) as server:
        started = time.monotonic()
        http.post(f"{server.base_url}/chat/completions", json=payload())
        assert time.monotonic() - started >= 0.05


def test_server_waits_for_a_virtual_clock_that_a_test_advances(http: httpx2.Client) -> None:
    clock = VirtualClock()
    with (
        serving(Setup(latency=Latency("constant", 3600)), clock=clock) as server,
        ThreadPoolExecutor(1) as pool,
    ):
        url = f"{server.base_url}/chat/completions"
        answer = pool.submit(http.post, url, json=payload(), timeout=60)
        assert clock.wait_for_sleepers(1)
        assert not answer.done()
        clock.advance(3600)
        assert answer.result(30).is_success


def test_server_on_a_clock_that_jumps_answers_at_once(http: httpx2.Client) -> None:
    clock = VirtualClock(sleepers=1)
    with serving(Setup(latency=Latency("constant", 3600)), clock=clock) as server:
        url = f"{server.base_url}/chat/completions"
        assert http.post(url, json=payload(), timeout=20).is_success
    assert clock.now() == EPOCH + 3600


def test_calls_at_once_are_counted_exactly(http: httpx2.Client) -> None:
    clock = VirtualClock()
    setup = Setup(latency=Latency("constant", 1))
    with serving(setup, clock=clock) as server, ThreadPoolExecutor(8) as pool:
        url = f"{server.base_url}/chat/completions"
        for n_rounds in (1, 2):
            answers = [pool.submit(http.post, url, json=payload()) for _ in range(8)]
            assert clock.wait_for_sleepers(8)
            clock.advance(1)
            assert all(answer.result(30).is_success for answer in answers)
            assert len(server.ledger.calls()) == 8 * n_rounds
        assert server.ledger.max_in_flight == 8


def test_client_that_leaves_early_is_on_record_and_harms_nobody(http: httpx2.Client) -> None:
    with serving(Setup(plans=[faults.parse("flood:any:once")])) as server:
        url = f"{server.base_url}/chat/completions"
        with http.stream("POST", url, json=payload()) as response:
            assert len(next(response.iter_raw())) > 0
        assert http.post(url, json=payload()).is_success
    first, second = server.ledger.calls()
    assert (first.is_whole, second.is_whole) == (False, True)
    assert 0 < first.n_bytes < 1 << 30


def test_redirect_leads_to_a_server_that_sees_who_follows(http: httpx2.Client) -> None:
    with serving() as other:
        setup = Setup(plans=[Plan("redirect_kept")], elsewhere=f"{other.base_url}/chat/completions")
        with serving(setup) as server:
            url = f"{server.base_url}/chat/completions"
            headers = {"authorization": "Bearer secret"}
            http.post(url, json=payload(), headers=headers)
            assert other.ledger.calls() == []
            http.post(url, json=payload(), headers=headers, follow_redirects=True)
            assert len(other.ledger.calls()) == 1


def test_nobody_listens_at_the_refused_url(http: httpx2.Client) -> None:
    with pytest.raises(httpx2.ConnectError):
        http.get(refused_url())


def test_closing_a_server_leaves_no_thread() -> None:
    before = threading.active_count()
    server = FakeServer(Endpoint())
    with httpx2.Client() as client:
        assert client.get(f"{server.base_url}/models").json()["data"][0]["id"] == "fake-model"
        server.close()
    assert threading.active_count() == before


def test_bug_in_a_brain_is_not_hidden(
    http: httpx2.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(prompt: object) -> object:
        raise ZeroDivisionError(prompt)

    with serving(Setup(brain=broken)) as server, pytest.raises(httpx2.TransportError):  # type: ignore[arg-type]
        http.post(f"{server.base_url}/chat/completions", json=payload())
    assert "ZeroDivisionError" in capsys.readouterr().err
