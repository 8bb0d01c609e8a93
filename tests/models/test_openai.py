import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from summarizer.errors import ConfigurationError, ModelError
from summarizer.models.base import Answer, AskAgainError, Prompt
from summarizer.models.openai import CONNECT_S, Endpoint, OpenAI
from tests.fake_llm import brains, faults, profiles
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.server import FakeServer, refused_url, serving
from tests.models.scripted import PROMPTS

KEY = "sk-canary-3f9a7c51"
TIMEOUT_S = 20.0


def asked(*, max_output_tokens: int = 500) -> Prompt:
    sentence = "A1 The dam held on Wednesday."
    values = {"sentences": sentence, "nonce": "n", "max_words": 40}
    schema = {"type": "object"}
    return PROMPTS["write"].fill(
        "write", values, schema=schema, max_output_tokens=max_output_tokens
    )


def model_of(server: FakeServer, *, key: str = KEY, query: str = "") -> OpenAI:
    return OpenAI(Endpoint(MODEL, server.base_url + query, key))


@contextmanager
def faulty(fault: str | None = None, **setup: object) -> Iterator[tuple[OpenAI, FakeServer]]:
    plans = [faults.parse(fault)] if fault else []
    with serving(Setup(plans=plans, **setup)) as server:  # type: ignore[arg-type]
        yield model_of(server), server


def taught(model: OpenAI, n_lessons: int) -> Answer:
    """Ask again after each lesson, as a caller does."""
    for _ in range(n_lessons):
        with pytest.raises(AskAgainError) as caught:
            model.complete(asked(), timeout_s=TIMEOUT_S)
        assert caught.value.is_lesson
    return model.complete(asked(), timeout_s=TIMEOUT_S)


def test_answer_comes_with_the_tokens_the_endpoint_counted() -> None:
    with faulty() as (model, server):
        answer = model.complete(asked(), timeout_s=TIMEOUT_S)
        assert "The dam held" in answer.text
        assert (answer.input_tokens, answer.output_tokens) == server.ledger.tokens
        assert not answer.estimated


@pytest.mark.parametrize(
    ("profile", "n_lessons", "form"),
    [
        ("full", 0, "json_schema"),
        ("json_object", 1, "json_object"),
        ("json_schema", 0, "json_schema"),
        ("none", 2, "lines"),
        ("ignores_schema", 0, "json_schema"),
        ("prose", 0, "json_schema"),
        ("thinks", 0, "json_schema"),
        ("v1_only", 0, "json_schema"),
        ("no_usage", 0, "json_schema"),
        ("no_stream", 0, "json_schema"),
        ("strict_parameters", 2, "json_schema"),
        ("old_parameters", 0, "json_schema"),
    ],
)
def test_each_kind_of_server_is_learnt_once(profile: str, n_lessons: int, form: str) -> None:
    with faulty(profile=profile) as (model, server):
        answer = taught(model, n_lessons)
        assert model.complete(asked(), timeout_s=TIMEOUT_S) == answer
        assert model.form == form
        assert answer.estimated is not profiles.PROFILES[profile].has_usage
        assert len(server.ledger.calls()) == n_lessons + 2


def test_azure_gets_its_version_and_its_key_in_its_own_header() -> None:
    with serving(Setup(profile="azure", key=KEY)) as server:
        model = model_of(server, query="?api-version=2026-01-01")
        assert model.complete(asked(), timeout_s=TIMEOUT_S).text
        (host_and_path,) = {model.name}
        assert "api-version" not in host_and_path
        with pytest.raises(ModelError) as caught:
            model_of(server).complete(asked(), timeout_s=TIMEOUT_S)
        assert caught.value.code == "llm_denied"


def test_refusal_without_a_reason_steps_down_until_one_answer_has_come() -> None:
    with faulty("bad_request:write:x2") as (model, _):
        assert taught(model, 2).text
        assert model.form == "lines"
    with serving(Setup(plans=[faults.parse("bad_request")])) as server:
        model = model_of(server)
        for _ in range(2):
            with pytest.raises(AskAgainError):
                model.complete(asked(), timeout_s=TIMEOUT_S)
        for _ in range(2):
            with pytest.raises(ModelError) as caught:
                model.complete(asked(), timeout_s=TIMEOUT_S)
            assert not isinstance(caught.value, AskAgainError)


def test_refusal_of_one_prompt_does_not_cost_the_form_that_worked() -> None:
    with serving(Setup()) as server:
        model = model_of(server)
        model.complete(asked(), timeout_s=TIMEOUT_S)
        server.endpoint._plans = [faults.Playing(faults.parse("bad_request"))]  # noqa: SLF001 - it breaks from now on
        with pytest.raises(ModelError) as caught:
            model.complete(asked(), timeout_s=TIMEOUT_S)
        assert not isinstance(caught.value, AskAgainError)
        assert model.form == "json_schema"


def test_key_is_shown_when_there_is_one_and_none_is_made_up() -> None:
    with serving(Setup(key=KEY)) as server:
        assert model_of(server).complete(asked(), timeout_s=TIMEOUT_S).text
        with pytest.raises(ModelError, match="set api_key") as caught:
            model_of(server, key="").complete(asked(), timeout_s=TIMEOUT_S)
        assert caught.value.code == "llm_denied"
        assert server.ledger.calls()[-1].key_hash is None


@pytest.mark.parametrize("fault", ["redirect", "redirect_kept"])
def test_redirect_is_not_followed_with_the_key(fault: str) -> None:
    with (
        serving() as other,
        serving(
            Setup(plans=[faults.parse(fault)], elsewhere=f"{other.base_url}/chat/completions")
        ) as server,
    ):
        with pytest.raises(ModelError, match="base_url") as caught:
            model_of(server).complete(asked(), timeout_s=TIMEOUT_S)
        assert caught.value.code == "llm_denied"
        assert other.ledger.calls() == []


def test_base_url_without_v1_names_the_remedy() -> None:
    with serving(Setup(profile="v1_only")) as server:
        model = OpenAI(Endpoint(MODEL, server.url, KEY))
        with pytest.raises(ModelError, match="base_url ends like /v1") as caught:
            model.complete(asked(), timeout_s=TIMEOUT_S)
        assert caught.value.code == "llm_denied"


def test_nobody_at_the_address_is_told_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(AskAgainError, match="no connection: check base_url"):
        OpenAI(Endpoint(MODEL, refused_url())).complete(asked(), timeout_s=TIMEOUT_S)
    assert time.monotonic() - began < CONNECT_S


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("rate_limited_bare", "llm_unavailable"),
        ("quota", "llm_denied"),
        ("context_length", "llm_context"),
        ("truncated", "llm_truncated"),
        ("content_filter", "llm_declined"),
        ("finish_null", "llm_cut"),
        ("cut", "llm_cut"),
        ("reset_midway", "llm_cut"),
        ("reset", "llm_unavailable"),
        ("flood", "llm_envelope"),
        ("bomb", "llm_envelope"),
        ("not_gzip", "llm_envelope"),
        ("html", "llm_envelope"),
        ("wrong_charset", "llm_envelope"),
        ("empty_body", "llm_envelope"),
    ],
)
def test_fault_has_its_code(fault: str, code: str) -> None:
    with faulty(fault) as (model, _):
        with pytest.raises(ModelError) as caught:
            model.complete(asked(), timeout_s=TIMEOUT_S)
        assert caught.value.code == code


@pytest.mark.parametrize("fault", ["hang", "hang_after_headers", "drip", "stall"])
def test_deadline_is_kept_in_any_silence(fault: str) -> None:
    with faulty(fault) as (model, _):
        began = time.monotonic()
        with pytest.raises(ModelError) as caught:
            model.complete(asked(), timeout_s=0.5)
        assert caught.value.code == "llm_deadline"
        assert 0.4 < time.monotonic() - began < 5  # the machine may be busy


def test_connection_closed_while_it_was_kept_may_be_tried_again() -> None:
    with faulty("closes_kept_alive") as (model, server):
        for _ in range(5):
            try:
                model.complete(asked(), timeout_s=TIMEOUT_S)
            except AskAgainError:
                continue
        assert len(server.ledger.calls()) >= 3


def test_threads_share_one_client() -> None:
    with faulty("bad_request:write:0%", brain=brains.faithful) as (model, server):
        told: list[str] = []
        threads = [
            threading.Thread(
                target=lambda: told.append(model.complete(asked(), timeout_s=TIMEOUT_S).text)
            )
            for _ in range(16)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == 16
        assert len(set(told)) == 1
        assert server.ledger.max_attempts() == 16


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:11434/v1",
        "ftp://host/v1",
        "http://",
        "http:///v1",
        "http://user:secret@host/v1",
        "http://[::1/v1",
        "http://host:99999/v1",
        "http://ho st/v1",
    ],
)
def test_address_that_cannot_be_asked_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url must be"):
        Endpoint("m", url)


@pytest.mark.parametrize("key", [f"{KEY}\n", f" {KEY}", "sk-ключ", f"{KEY}\u200b"])
def test_key_that_would_break_its_header_is_refused_unseen(key: str) -> None:
    with pytest.raises(ConfigurationError, match="copy it again") as caught:
        Endpoint("m", "http://127.0.0.1/v1", key)
    assert KEY not in str(caught.value)


def test_model_needs_a_name() -> None:
    with pytest.raises(ConfigurationError, match="--engine openai:MODEL"):
        Endpoint("", "http://127.0.0.1/v1")


def test_name_tells_where_a_model_is_without_any_secret() -> None:
    endpoint = Endpoint("m", "https://host.example/v1?key=secret", KEY, window_tokens=9_000)
    model = OpenAI(endpoint)
    assert model.name == "m@host.example/v1"
    assert model.window_tokens == 9_000
    assert model.count_tokens("It held.") > 1
    assert KEY not in repr(endpoint)
    assert KEY not in repr(model)


def test_nothing_is_read_from_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
        monkeypatch.setenv("OPENAI_ORG_ID", "org-other")
        with serving(Setup(key=KEY)) as server:
            assert model_of(server).complete(asked(), timeout_s=TIMEOUT_S).text


def test_key_is_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("unauthorized", "hang", "cut", "bomb", "reset", "quota", "redirect", "html"):
        with faulty(name) as (model, _), pytest.raises(ModelError) as caught:
            model.complete(asked(), timeout_s=0.3)
        error: BaseException | None = caught.value
        while error is not None:
            assert KEY not in f"{error!s}{error!r}"
            error = error.__cause__ or error.__context__
    assert caplog.records
    assert KEY not in caplog.text


def test_connection_that_does_not_come_in_time_may_come_later() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:  # fills the queue of those who wait to be accepted
            each.settimeout(0)
            each.connect_ex(("127.0.0.1", port))
        model = OpenAI(Endpoint("m", f"http://127.0.0.1:{port}/v1"))
        with pytest.raises(AskAgainError, match="no connection in time"):
            model.complete(asked(), timeout_s=0.3)
        for each in waiting:
            each.close()
