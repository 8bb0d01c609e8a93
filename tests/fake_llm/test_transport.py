import heapq
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.fake_llm import faults, prompt
from tests.fake_llm.asking import payload
from tests.fake_llm.clock import EPOCH, VirtualClock
from tests.fake_llm.endpoint import Endpoint, Setup
from tests.fake_llm.latency import Latency
from tests.fake_llm.transport import FakeTransport

URL = "http://fake.example/v1/chat/completions"
READ_S = 15.0


def talk(setup: Setup) -> tuple[httpx2.Client, Endpoint]:
    endpoint = Endpoint(setup, VirtualClock(sleepers=1))
    timeout = httpx2.Timeout(READ_S)
    return httpx2.Client(transport=FakeTransport(endpoint), timeout=timeout), endpoint


def passed_s(endpoint: Endpoint) -> float:
    return endpoint.clock.now() - EPOCH


def test_latency_passes_in_virtual_time() -> None:
    client, endpoint = talk(Setup(latency=Latency("constant", 7.0)))
    assert client.post(URL, json=payload()).status_code == 200
    assert passed_s(endpoint) == 7


def test_streamed_latency_is_spread() -> None:
    client, endpoint = talk(Setup(latency=Latency("constant", 7.0)))
    with client.stream("POST", URL, json=payload(stream=True)) as response:
        assert passed_s(endpoint) == 3.5
        assert b"[DONE]" in response.read()
    assert passed_s(endpoint) == pytest.approx(7)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [("hang", READ_S), ("hang_after_headers", READ_S), ("stall", READ_S)],
)
def test_silence_ends_at_the_read_timeout(fault: str, seconds: float) -> None:
    client, endpoint = talk(Setup(plans=[faults.parse(fault)]))
    with pytest.raises(httpx2.ReadTimeout):
        client.post(URL, json=payload())
    assert passed_s(endpoint) == seconds
    (call,) = endpoint.ledger.calls()
    assert (call.ended_at, call.is_whole) == (EPOCH + seconds, False)


def test_drip_outlasts_any_read_timeout() -> None:
    client, endpoint = talk(Setup(plans=[faults.parse("drip")]))
    body = client.post(URL, json=payload()).content
    assert passed_s(endpoint) == len(body)


def test_client_that_stops_reading_is_on_record() -> None:
    client, endpoint = talk(Setup(plans=[faults.parse("endless")]))
    with client.stream("POST", URL, json=payload(stream=True)) as response:
        for n, _ in enumerate(response.iter_raw()):
            if n == 100:
                break
    (call,) = endpoint.ledger.calls()
    assert call.ended_at is not None
    assert not call.is_whole


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("refused", httpx2.ConnectError),
        ("reset", httpx2.ReadError),
        ("reset_midway", httpx2.ReadError),
        ("cut", httpx2.RemoteProtocolError),
    ],
)
def test_broken_connections_raise_what_httpx2_raises(fault: str, error: type[Exception]) -> None:
    client, endpoint = talk(Setup(plans=[faults.parse(f"{fault}:write:once")]))
    with pytest.raises(error):
        client.post(URL, json=payload())
    assert client.post(URL, json=payload()).status_code == 200
    assert [call.is_whole for call in endpoint.ledger.calls()] == [False, True]


def test_pings_outlast_any_read_timeout() -> None:
    client, endpoint = talk(Setup(plans=[faults.parse("stall_with_pings")]))
    with client.stream("POST", URL, json=payload(stream=True)) as response:
        pings = (piece for piece in response.iter_raw() if piece.startswith(b":"))
        for _ in range(720):
            next(pings)
    assert passed_s(endpoint) == 3600


def test_threads_share_one_schedule() -> None:
    clock = VirtualClock(sleepers=4)
    setup = Setup(latency=Latency("lognormal", 2.0))
    transport = FakeTransport(Endpoint(setup, clock))
    bodies = [payload(texts=[f"Fact {n} holds."]) for n in range(80)]
    with httpx2.Client(transport=transport, timeout=60) as client, ThreadPoolExecutor(4) as pool:
        assert all(
            reply.is_success for reply in pool.map(lambda b: client.post(URL, json=b), bodies)
        )
    free = [0.0] * 4
    for body in bodies:
        heapq.heapreplace(free, free[0] + setup.latency.draw(prompt.read(body).digest, 0))
    assert clock.now() - EPOCH == pytest.approx(max(free), rel=0.05)


def test_models_are_no_call() -> None:
    client, endpoint = talk(Setup(models=("one", "two")))
    listed = client.get("http://fake.example/v1/models").json()["data"]
    assert [model["id"] for model in listed] == ["one", "two"]
    assert endpoint.ledger.calls() == []


def test_without_a_timeout_an_hour_passes_too() -> None:
    endpoint = Endpoint(Setup(latency=Latency("constant", 3600)), VirtualClock(sleepers=1))
    with httpx2.Client(transport=FakeTransport(endpoint), timeout=None) as client:
        client.post(URL, json=payload())
    assert passed_s(endpoint) == 3600
