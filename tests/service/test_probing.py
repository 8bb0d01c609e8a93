"""The row "model" of the self-check: what is wrong with a model, and what to do about it."""

import socket
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, ModelError
from summarizer.service import doctor
from summarizer.service.probing import PROBE_S, probe
from summarizer.settings import Settings
from tests.fake_llm import brains, faults
from tests.fake_llm.answers import Answer
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.server import refused_url, serving

KEY = "sk-canary-51d0"


@pytest.fixture(autouse=True)
def folder(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where nothing is configured."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return clean_folder


def asking(base_url: str, **other: object) -> Settings:
    return Settings().over(**{"engine": f"openai:{MODEL}", "base_url": base_url} | other)


def said(setup: Setup, *, path: str = "/v1", **other: object) -> str:
    """Return what is said of an endpoint that cannot be used."""
    with serving(setup) as server:
        base_url = server.base_url.removesuffix("/v1") + path
        with pytest.raises(ModelError) as caught:
            probe(asking(base_url, **other))
    return str(caught.value)


@pytest.mark.parametrize(
    ("profile", "form"),
    [
        ("full", "json_schema"),
        ("json_object", "json_object"),
        ("none", "lines"),
        ("thinks", "json_schema"),
        ("strict_parameters", "json_schema"),
    ],
)
def test_form_that_the_endpoint_supports_is_named(profile: str, form: str) -> None:
    with serving(Setup(profile=profile)) as server:
        told = probe(asking(server.base_url))
        assert len(server.ledger.calls()) <= 3
    assert told.startswith(f"{MODEL}@127.0.0.1")
    assert f"answers as {form}, " in told


def test_embedded_engine_is_not_asked() -> None:
    assert probe(Settings()) == "none: the embedded engine writes"


def test_nobody_at_the_address_says_to_start_the_server() -> None:
    with pytest.raises(ModelError, match=r"check base_url; see that the server runs"):
        probe(asking(refused_url(), call_timeout_s=0.2))


def test_endpoint_that_does_not_answer_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        settings = asking(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", call_timeout_s=0.3)
        with pytest.raises(
            ModelError, match=r"no whole answer in 0\.3 s; .* or raise call_timeout"
        ):
            probe(settings)
    assert PROBE_S <= 60


def test_wrong_key_is_not_repeated() -> None:
    told = said(Setup(key="sk-right"), api_key=KEY)
    assert "the key is missing or wrong: set api_key" in told
    assert KEY not in told


@pytest.mark.parametrize(
    ("setup", "path"), [(Setup(models=("another",)), "/v1"), (Setup(profile="v1_only"), "")]
)
def test_unknown_model_and_address_without_v1_name_both_remedies(setup: Setup, path: str) -> None:
    assert said(setup, path=path).endswith(
        "no such model or address: check the model's name and that base_url ends like /v1"
    )


def test_model_that_follows_no_instructions_is_no_use() -> None:
    chatting = Setup(brain=lambda _: Answer("other", prose="I like turtles."))
    assert said(chatting).endswith("choose a model that follows instructions")
    assert said(Setup(brain=brains.empty)).endswith(
        "a chat model behind an OpenAI-compatible address"
    )


def test_used_up_quota_sends_to_the_account() -> None:
    assert said(Setup(plans=[faults.parse("quota")])).endswith("check the account")


def test_budget_that_allows_no_call_is_named() -> None:
    assert said(Setup(), budget_tokens=10).endswith("or set the price of the model in prices")


def test_missing_key_is_a_matter_of_configuration() -> None:
    with pytest.raises(ConfigurationError, match="set OPENAI_API_KEY"):
        probe(Settings().over(engine="openai:gpt-5"))


def test_self_check_has_a_row_for_the_model() -> None:
    with serving(Setup(key="sk-right")) as server:
        Path("summarizer.toml").write_text(
            f'engine = "openai:{MODEL}"\nbase_url = "{server.base_url}"\n', encoding="utf-8"
        )
        (row,) = [check for check in doctor.examine() if check.name == "model"]
    assert not row.ok
    assert "set api_key" in row.detail
    assert "\n" not in row.detail
