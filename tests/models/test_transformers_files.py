import json
import sys
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, MissingExtraError, ModelError
from summarizer.models.base import Prompt
from summarizer.models.transformers import Transformers
from tests.models import tiny

DAM = "The dam held overnight, officials said."


@pytest.fixture(scope="session")
def bart(local_models: Path) -> Path:
    return tiny.copying_bart(local_models / "whole", [DAM])


@pytest.fixture
def copied(tmp_path: Path, bart: Path) -> Path:
    made = tmp_path / "copied"
    made.mkdir()
    for path in bart.iterdir():
        (made / path.name).write_bytes(path.read_bytes())
    return made


def refused(source: Path | str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        Transformers(str(source))
    return str(caught.value)


@pytest.mark.usefixtures("local_models")
def test_a_folder_without_a_model_is_refused_by_name(tmp_path: Path) -> None:
    assert str(tmp_path) in refused(tmp_path)
    assert "no whole model" in refused(tmp_path / "missing")


def test_damaged_weights_are_refused(copied: Path) -> None:
    weights = copied / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1_000])
    assert "cannot be used" in refused(copied)


def test_missing_weights_are_refused_instead_of_guessed(copied: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(copied / "model.safetensors")
    del weights["model.decoder.layers.0.fc1.weight"]
    save_file(weights, copied / "model.safetensors", {"format": "pt"})
    assert "weights are missing: model.decoder.layers.0.fc1.weight" in refused(copied)


@pytest.mark.parametrize(
    "damage",
    [
        {"decoder_ffn_dim": 16},
        {"model_type": "of tomorrow"},
        {"vocab_size": "many"},
        {"encoder_attention_heads": 0},
        {"encoder_attention_heads": 7},
        {"activation_function": "unheard of"},
        {"pad_token_id": 10_000},
    ],
)
def test_a_damaged_configuration_is_refused(copied: Path, damage: dict[str, object]) -> None:
    config = json.loads((copied / "config.json").read_text())
    (copied / "config.json").write_text(json.dumps(config | damage))
    assert "cannot be used" in refused(copied)


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"])
@pytest.mark.parametrize("content", ["[]", "{% for %}", "{{ 1 / 0 }}"])
def test_a_damaged_tokenizer_is_refused(copied: Path, name: str, content: str) -> None:
    if (name, content) != ("chat_template.jinja", "[]"):  # that is a template
        (copied / name).write_text(content)
        assert "cannot be used" in refused(copied)


@pytest.mark.usefixtures("local_models")
def test_offline_only_what_was_fetched_before_is_used() -> None:
    with pytest.raises(ConfigurationError, match="nobody/no-such-model"):
        Transformers("nobody/no-such-model", is_offline=True)


@pytest.mark.usefixtures("local_models")
def test_a_model_that_cannot_be_fetched_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    said = refused("nobody/no-such-model")
    assert said.startswith("nobody/no-such-model: ")
    assert "folder" in said


def test_a_token_that_the_model_has_no_vector_for_is_an_error(copied: Path) -> None:
    from transformers import AutoTokenizer

    words = AutoTokenizer.from_pretrained(copied)
    words.add_tokens(["unheard"])
    words.save_pretrained(copied)
    model = Transformers(str(copied))
    known, unknown = (Prompt("abstract", "", text, "", "", {}, 60) for text in (DAM, "unheard of"))
    with pytest.raises(ModelError) as caught:
        model.complete(unknown, timeout_s=60)
    assert caught.value.code == "llm_unavailable"
    assert model.complete(known, timeout_s=60).text == DAM


def test_without_the_extra_its_installation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"summarizer\[local\]"):
        Transformers("without/extra")
