import json
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from tests.fake_llm.asking import payload, request
from tests.fake_llm.endpoint import Endpoint, Setup
from tests.fake_llm.profiles import PROFILES
from tests.fake_llm.replies import Reply

URL = "/v1/chat/completions"
NOTHING: Mapping[str, object] = MappingProxyType({})
SCHEMA = {"type": "json_schema", "json_schema": {"name": "story", "schema": {}}}
OBJECT = {"type": "json_object"}


def ask(profile: str, fields: Mapping[str, object] = NOTHING, target: str = URL) -> Reply:
    reply, _ = Endpoint(Setup(profile=profile)).answer(request({**payload(), **fields}, target))
    return reply


def told(reply: Reply) -> dict[str, object]:
    value = json.loads(b"".join(part.data for part in reply.parts))
    assert isinstance(value, dict)
    return value


def text(reply: Reply) -> str:
    value = told(reply)
    choices = value["choices"]
    assert isinstance(choices, list)
    return str(choices[0]["message"]["content"])


@pytest.mark.parametrize(
    ("profile", "form", "status"),
    [
        ("full", SCHEMA, 200),
        ("full", OBJECT, 200),
        ("json_object", SCHEMA, 400),
        ("json_object", OBJECT, 200),
        ("json_schema", SCHEMA, 200),
        ("json_schema", OBJECT, 400),
        ("none", SCHEMA, 400),
        ("none", OBJECT, 400),
        ("ignores_schema", SCHEMA, 200),
    ],
)
def test_response_format_is_taken_or_refused(
    profile: str, form: dict[str, object], status: int
) -> None:
    assert ask(profile, {"response_format": form}).status == status
    assert ask(profile).status == 200


def test_refusal_names_the_parameter() -> None:
    error = told(ask("json_object", {"response_format": SCHEMA}))["error"]
    assert isinstance(error, dict)
    assert error["param"] == "response_format"
    assert "'json_schema' is not supported" in error["message"]


def test_some_servers_send_the_error_as_bare_text() -> None:
    error = told(ask("json_schema", {"response_format": OBJECT}))["error"]
    assert error == "'response_format.type' must be 'json_schema' or 'text'"


def test_json_object_needs_the_word_in_the_messages() -> None:
    body = payload(system="No format named.", response_format=OBJECT)
    reply, _ = Endpoint().answer(request(body))
    assert reply.status == 400


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_answers_a_plain_request(profile: str) -> None:
    reply = ask(profile, target="/v1/chat/completions?api-version=2026-01-01")
    assert "Divers recovered" in text(reply)


def test_wording_hides_the_json() -> None:
    assert text(ask("ignores_schema")).startswith("```json\n{")
    assert text(ask("thinks")).startswith("<think>")
    assert text(ask("prose")).startswith("Sure!")
    assert json.loads(text(ask("full")))["status"] == "ok"


def test_plain_lines_are_written_as_they_are() -> None:
    body = payload(system="Answer in plain lines.")
    reply, _ = Endpoint(Setup(profile="ignores_schema")).answer(request(body))
    assert text(reply).startswith("# [A1] Divers recovered")


def test_azure_wants_its_version() -> None:
    target = "/openai/deployments/fake-model/chat/completions"
    assert ask("azure", target=target).status == 404
    assert ask("azure", target=f"{target}?api-version=2026-01-01").status == 200


def test_some_servers_know_v1_alone() -> None:
    assert ask("v1_only", target="/chat/completions").status == 404
    assert ask("full", target="/chat/completions").status == 200
    assert ask("full", target="/v1/completions").status == 404


def test_usage_may_be_missing() -> None:
    assert "usage" not in told(ask("no_usage"))
    assert "usage" in told(ask("full"))


def test_stream_may_come_whole() -> None:
    assert "Divers recovered" in text(ask("no_stream", {"stream": True}))
    assert ask("full", {"stream": True}).headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("profile", "name", "value", "status"),
    [
        ("strict_parameters", "max_tokens", 9, 400),
        ("strict_parameters", "max_completion_tokens", 9, 200),
        ("strict_parameters", "temperature", 0, 400),
        ("strict_parameters", "temperature", 1, 200),
        ("old_parameters", "max_completion_tokens", 9, 400),
        ("old_parameters", "max_tokens", 9, 200),
    ],
)
def test_parameters_differ_between_servers(
    profile: str, name: str, value: int, status: int
) -> None:
    assert ask(profile, {name: value}).status == status
