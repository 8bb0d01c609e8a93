import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_llm import brains, faults
from tests.fake_llm.asking import payload, request
from tests.fake_llm.clock import VirtualClock
from tests.fake_llm.endpoint import Endpoint, Request, Setup
from tests.fake_llm.profiles import PROFILES
from tests.fake_llm.replies import Reply


def told(reply: Reply) -> dict[str, object]:
    value = json.loads(b"".join(part.data for part in reply.parts))
    assert isinstance(value, dict)
    return value


def code(reply: Reply) -> object:
    error = told(reply)["error"]
    assert isinstance(error, dict)
    return error["code"]


def test_answer_is_a_chat_completion_with_usage() -> None:
    endpoint = Endpoint()
    reply, n = endpoint.answer(request(payload()))
    value = told(reply)
    assert (reply.status, n, value["object"]) == (200, 0, "chat.completion")
    (call,) = endpoint.ledger.calls()
    assert value["usage"] == {
        "prompt_tokens": call.tokens_in,
        "completion_tokens": call.tokens_out,
        "total_tokens": call.tokens_in + call.tokens_out,
    }


def test_same_request_gets_the_same_words() -> None:
    first, second = (told(Endpoint().answer(request(payload()))[0]) for _ in range(2))
    assert first["choices"] == second["choices"]


def test_answer_longer_than_its_cap_is_cut() -> None:
    endpoint = Endpoint(Setup(brain=brains.verbose))
    for field in ("max_tokens", "max_completion_tokens"):
        endpoint.answer(request(payload(**{field: 20})))  # type: ignore[arg-type]
    assert [(c.finish, c.tokens_out, c.max_tokens) for c in endpoint.ledger.calls()] == [
        ("length", 20, 20)
    ] * 2


@pytest.mark.parametrize(("key", "status"), [(None, 401), ("wrong", 401), ("right", 200)])
def test_key_is_asked_for_where_one_is_set(key: str | None, status: int) -> None:
    endpoint = Endpoint(Setup(key="right"))
    reply, _ = endpoint.answer(request(payload(), key=key))
    assert reply.status == status
    assert len(endpoint.ledger.keys) == 1
    assert (endpoint.ledger.keys == {None}) is (key is None)


def test_key_may_stand_in_the_header_of_azure() -> None:
    body = json.dumps(payload()).encode()
    asked = Request("POST", "/v1/chat/completions", {"api-key": "right"}, body)
    assert Endpoint(Setup(key="right")).answer(asked)[0].status == 200


def test_unknown_model_is_not_found() -> None:
    reply, _ = Endpoint(Setup(models=("other",))).answer(request(payload()))
    assert (reply.status, code(reply)) == (404, "model_not_found")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"messages": json_values | st.just(payload()["messages"])},
        optional=dict.fromkeys(("model", "max_tokens", "stream", "stream_options"), json_values)
        | {"response_format": json_values | st.fixed_dictionaries({"type": json_values})},
    ),
    st.sampled_from(sorted(PROFILES)),
)
def test_no_body_breaks_the_endpoint(body: dict[str, object], profile: str) -> None:
    endpoint = Endpoint(Setup(profile=profile))
    reply, _ = endpoint.answer(request(body, "/v1/chat/completions?api-version=1"))
    assert reply.status in {200, 400}
    assert b"".join(part.data for part in reply.parts)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"model": 1}', b"[" * 100_000, b'{"a":' * 100_000]
)
def test_body_that_is_no_chat_is_refused(body: bytes) -> None:
    reply, _ = Endpoint().answer(Request("POST", "/v1/chat/completions", {}, body))
    assert reply.status == 400


def test_request_over_the_window_is_refused_with_its_size() -> None:
    endpoint = Endpoint(Setup(window=200))
    assert endpoint.answer(request(payload()))[0].status == 200
    reply, _ = endpoint.answer(request(payload(max_tokens=150)))
    assert (reply.status, code(reply)) == (400, "context_length_exceeded")
    endpoint.answer(request(payload(texts=["word " * 500])))
    assert [call.status for call in endpoint.ledger.calls()] == [200, 400, 400]


def test_limits_refuse_and_tell_when_to_come_back() -> None:
    clock = VirtualClock()
    endpoint = Endpoint(Setup(rpm=1), clock)
    first, _ = endpoint.answer(request(payload()))
    assert first.headers["x-ratelimit-remaining-requests"] == "0"
    second, _ = endpoint.answer(request(payload()))
    assert (second.status, code(second)) == (429, "rate_limit_exceeded")
    clock.advance(float(second.headers["retry-after"]))
    assert endpoint.answer(request(payload()))[0].status == 200
    assert [call.told_wait_s for call in endpoint.ledger.calls()] == [None, 60, None]


def test_fault_spares_what_the_server_refuses_anyway() -> None:
    endpoint = Endpoint(Setup(plans=[faults.parse("quota:any:once")], window=300))
    endpoint.answer(request(payload(texts=["word " * 500])))
    endpoint.answer(request(payload()))
    assert [call.fault for call in endpoint.ledger.calls()] == [None, "quota"]


def test_fault_spares_what_the_limits_refuse() -> None:
    clock = VirtualClock()
    endpoint = Endpoint(Setup(plans=[faults.parse("conflict:any:x2")], rpm=1), clock)
    for _ in range(3):
        endpoint.answer(request(payload()))
        clock.advance(30)
    told = [(call.status, call.fault) for call in endpoint.ledger.calls()]
    assert told == [(409, "conflict"), (429, None), (409, "conflict")]


def test_first_plan_that_strikes_is_played() -> None:
    plans = [faults.parse("quota:lead"), faults.parse("conflict"), faults.parse("refusal")]
    endpoint = Endpoint(Setup(plans=plans))
    for task in ("lead", "write"):
        endpoint.answer(request(payload(task)))
    assert [call.fault for call in endpoint.ledger.calls()] == ["quota", "conflict"]


def test_redirect_points_where_it_is_told() -> None:
    setup = Setup(plans=[faults.parse("redirect")], elsewhere="http://other.example/v1")
    reply, _ = Endpoint(setup).answer(request(payload()))
    assert (reply.status, reply.headers["location"]) == (302, "http://other.example/v1")


def test_ledger_is_served_as_json() -> None:
    endpoint = Endpoint(Setup(brain=brains.liar(1)))
    endpoint.answer(request(payload()))
    reply, n = endpoint.answer(Request("GET", "/__ledger", {}))
    (call,) = json.loads(b"".join(part.data for part in reply.parts))
    assert (n, call["task"], call["status"]) == (None, "write", 200)
    assert call["lies"]


def test_unknown_path_is_not_found() -> None:
    assert Endpoint().answer(Request("GET", "/", {}))[0].status == 404
