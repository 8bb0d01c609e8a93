# ruff: noqa: ANN401 - stands for untyped objects of a library
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.models import checkpoint

UNLIMITED = 10**30


def config(*, pair: bool = True, **values: Any) -> Any:
    made = SimpleNamespace(is_encoder_decoder=pair, **values)
    made.get_text_config = lambda: made
    return made


def tokenizer(*, limit: int = UNLIMITED, template: str | None = None, end: int | None = 2) -> Any:
    return SimpleNamespace(
        model_max_length=limit, chat_template=template, eos_token_id=end, pad_token_id=None
    )


def settings(**values: Any) -> Any:
    names = (
        *("bad_words_ids", "begin_suppress_tokens", "bos_token_id", "decoder_start_token_id"),
        *("forced_bos_token_id", "suppress_tokens", "no_repeat_ngram_size"),
        *("eos_token_id", "pad_token_id"),
    )
    return SimpleNamespace(**(dict.fromkeys(names) | values))


@pytest.mark.parametrize(
    ("source", "is_pair", "template", "mode"),
    [
        ("facebook/bart-large-cnn", True, None, "abstract"),
        ("models/pegasus-xsum", True, None, "abstract"),
        ("google/flan-t5-base", True, None, "write"),
        ("org/model-Instruct", True, None, "write"),
        ("org/italian-summaries", True, None, "abstract"),
        ("instruct/bart", True, None, "abstract"),
        ("org/bart", True, "{{ messages }}", "write"),
        ("org/llama", False, "{{ messages }}", "write"),
        ("org/llama", False, None, "write"),
    ],
)
def test_only_an_encoder_decoder_without_template_or_telling_name_is_a_summariser(
    *, source: str, is_pair: bool, template: str | None, mode: str
) -> None:
    made = config(pair=is_pair, n_positions=4_096)
    assert checkpoint.mode_of(made, tokenizer(template=template), source) == mode


def test_a_window_without_room_for_instructions_makes_a_summariser() -> None:
    made = config(n_positions=512)
    assert checkpoint.mode_of(made, tokenizer(), "google/flan-t5-base") == "abstract"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_smaller_of_two_declared_windows_counts(declared: int, limit: int) -> None:
    made = config(max_position_embeddings=declared)
    assert checkpoint.input_window(made, tokenizer(limit=limit)) == min(declared, limit)


def test_reading_and_writing_may_have_windows_of_their_own() -> None:
    made = config(max_encoder_position_embeddings=16_384, max_decoder_position_embeddings=1_024)
    assert checkpoint.input_window(made, tokenizer()) == 16_384
    assert checkpoint.output_window(made) == 1_024


@pytest.mark.parametrize(("is_pair", "n_tokens"), [(True, 512), (False, 2_048)])
def test_a_window_that_nobody_declares_is_a_common_one(*, is_pair: bool, n_tokens: int) -> None:
    assert checkpoint.input_window(config(pair=is_pair, n_positions=None), tokenizer()) == n_tokens
    assert checkpoint.output_window(config(pair=is_pair)) == 512


@pytest.mark.parametrize(
    ("tasks", "prefix"),
    [
        ({"summarization": {"prefix": "summarize: "}}, "summarize: "),
        ({"summarization": {"length_penalty": 2.0}}, ""),
        ({"translation": {"prefix": "translate: "}}, ""),
        ({"summarization": {"prefix": None}}, ""),
        (None, ""),
        ("odd", ""),
    ],
)
def test_the_prefix_is_that_of_the_summarisation_task(tasks: object, prefix: str) -> None:
    assert checkpoint.prefix(config(task_specific_params=tasks)) == prefix
    assert checkpoint.prefix(config()) == ""


def test_an_answer_may_end_with_the_token_of_model_or_tokenizer() -> None:
    made = checkpoint.decoding(settings(eos_token_id=[7, 5]), tokenizer(end=9), "write")
    assert made["eos_token_id"] == [5, 7, 9]
    assert made["pad_token_id"] == 5
    assert (
        checkpoint.decoding(settings(eos_token_id=4, pad_token_id=0), tokenizer(end=4), "write")[
            "pad_token_id"
        ]
        == 0
    )


def test_a_model_without_an_end_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no token that ends"):
        checkpoint.decoding(settings(), tokenizer(end=None), "write")


def test_decoding_is_greedy_whatever_the_model_prefers() -> None:
    theirs = settings(do_sample=True, num_beams=4, min_length=56, forced_eos_token_id=2)
    made = checkpoint.decoding(theirs, tokenizer(), "abstract")
    assert (made["do_sample"], made["num_beams"]) == (False, 1)
    assert not {"min_length", "forced_eos_token_id"} & made.keys()


def test_only_a_summariser_is_kept_from_repeating_itself() -> None:
    theirs = settings(no_repeat_ngram_size=3)
    assert checkpoint.decoding(theirs, tokenizer(), "abstract")["no_repeat_ngram_size"] == 3
    assert "no_repeat_ngram_size" not in checkpoint.decoding(theirs, tokenizer(), "write")


@pytest.mark.parametrize(
    ("stored", "device", "fast", "made"),
    [
        ("float32", "cuda", True, "float32"),
        ("bfloat16", "cuda", True, "bfloat16"),
        ("bfloat16", "cuda", False, "float32"),
        ("float16", "cuda", False, "float16"),
        ("bfloat16", "cpu", True, "bfloat16"),
        ("bfloat16", "cpu", False, "float32"),
        ("float16", "cpu", True, "float32"),
        ("float64", "mps", True, "float32"),
        ("None", "cpu", True, "float32"),
    ],
)
def test_half_precision_is_used_only_as_stored_and_where_it_is_fast(
    *, stored: str, device: str, fast: bool, made: str
) -> None:
    assert checkpoint.precision(stored, device, has_bfloat16=fast) == made


def test_a_processor_says_whether_it_has_bfloat16() -> None:
    assert checkpoint.has_bfloat16({"avx2": True, "avx512_bf16": True})
    assert not checkpoint.has_bfloat16({"avx2": True, "amx_bf16": False})


def test_a_name_tells_versions_of_a_folder_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "model", tmp_path / "b" / "model"
    for folder in (first, second):
        folder.mkdir(parents=True)
        (folder / "weights").write_bytes(bytes(3_000_000))
        (folder / "hub").mkdir()
    same = checkpoint.name(config(), str(first))
    assert same == checkpoint.name(config(), str(second))
    (second / "weights").write_bytes(os.urandom(3_000_000))
    other = checkpoint.name(config(), str(second))
    assert other != same
    assert other.startswith("model@")


def test_a_name_of_the_hub_carries_its_revision() -> None:
    assert checkpoint.name(config(_commit_hash="a" * 40), "org/model") == f"org/model@{'a' * 12}"
