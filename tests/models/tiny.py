"""Tiny models with weights set by hand, built where they are needed: nothing is downloaded.

Attention and feed-forward layers are left without effect but for what a model is there for, so that
what it answers is known: BART copies its input, T5 and Llama say a sequence of tokens by heart.
"""

# ruff: noqa: ANN401, S106 - the library has no types everywhere, and its tokens are no secrets
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
POSITIONS = 100  # of BART
N_TOKENS = 280
WINDOW = 16_384  # of the Llama that recites

_SIZES: dict[str, dict[str, float]] = {  # weights large enough to make answers differ
    "bart": {
        "d_model": 32,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32,
        "init_std": 1.0,
    },
    "t5": {
        "d_model": 32,
        "d_kv": 8,
        "d_ff": 32,
        "num_layers": 1,
        "num_heads": 2,
    },
    "llama": {
        "hidden_size": 32,
        "intermediate_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "initializer_range": 1.0,
    },
}


def tokenizer(texts: Sequence[str], specials: Sequence[str], *, whole: Sequence[str] = ()) -> Any:
    """Train a tokenizer that loses nothing; each of `whole` is one token of it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=N_TOKENS,
        special_tokens=list(specials),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    inner.train_from_iterator(texts, trainer)
    inner.add_tokens(list(whole))
    ends = {name: inner.token_to_id(name) for name in ("<s>", "</s>") if name in specials}
    if "<mask>" in specials:
        inner.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", special_tokens=list(ends.items())
        )
    return PreTrainedTokenizerFast(
        tokenizer_object=inner,
        bos_token="<s>" if "<s>" in specials else None,
        eos_token="</s>",
        pad_token="<pad>",
        clean_up_tokenization_spaces=False,
    )


def copying_bart(folder: Path, texts: Sequence[str], **settings: Any) -> Path:
    """Save a BART that copies its input, whatever it is, and ends where that ends."""
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    words = tokenizer(texts, ["<s>", "<pad>", "</s>", "<mask>"])
    n_tokens = len(words)
    width = n_tokens + POSITIONS + 1
    config = BartConfig(
        vocab_size=n_tokens,
        d_model=width,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=1,
        decoder_attention_heads=1,
        encoder_ffn_dim=8,
        decoder_ffn_dim=8,
        max_position_embeddings=POSITIONS,
        **settings,
    )
    model = BartForConditionalGeneration(config)
    encoder, decoder = model.model.encoder, model.model.decoder
    one = torch.eye(width)
    with torch.no_grad():
        model.model.shared.weight.copy_(one[:n_tokens])
        # Position p of the answer looks for position p + 1 of the input: the first is a mark.
        encoder.embed_positions.weight[2:] = one[n_tokens : n_tokens + POSITIONS]
        decoder.embed_positions.weight[2:] = one[n_tokens + 1 :]
        for layer in (encoder.layers[0], decoder.layers[0]):
            for part in (layer.self_attn.out_proj, layer.fc2):
                part.weight.zero_()
                part.bias.zero_()
        copied = decoder.layers[0].encoder_attn
        is_position = (torch.arange(width) >= n_tokens).float()
        copied.q_proj.weight.copy_(torch.diag(50 * is_position))
        copied.k_proj.weight.copy_(torch.diag(is_position))
        copied.v_proj.weight.copy_(torch.diag(1 - is_position))
        copied.out_proj.weight.copy_(20 * one)
    return _saved(model, words, folder)


def reciting_t5(folder: Path, sentence: str, texts: Sequence[str], **settings: Any) -> Path:
    """Save a T5 that writes `sentence`, whatever it reads."""
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    words = tokenizer(texts, ["<pad>", "</s>", "<unk>"], whole=[sentence])
    config = T5Config(
        vocab_size=len(words),
        d_model=32,
        d_kv=8,
        d_ff=8,
        num_layers=1,
        num_heads=1,
        decoder_start_token_id=0,
        **settings,
    )
    model = T5ForConditionalGeneration(config)
    attention, across, forward = model.decoder.block[0].layer
    with torch.no_grad():
        for part in (
            attention.SelfAttention.o,
            across.EncDecAttention.o,
            forward.DenseReluDense.wo,
        ):
            part.weight.zero_()
        # What is read and what is written share their vectors: each must be nearest to the next.
        vectors = model.shared.weight
        vectors[:, :2] = 0
        for token, vector in ((0, (1, 0)), (len(words) - 1, (3, 1)), (1, (0, 40))):
            vectors[token] = 0
            vectors[token, :2] = torch.tensor(vector)
    return _saved(model, words, folder)


def reciting_llama(
    folder: Path,
    lines: Sequence[str],
    texts: Sequence[str],
    *,
    template: str | None = TEMPLATE,
    dtype: Any = None,
) -> Path:
    """Save a Llama that writes `lines` once it is its turn, whatever it was asked."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    roles = ["<|system|>", "<|user|>", "<|assistant|>"]
    words = tokenizer(texts, ["<s>", "</s>", "<pad>", *roles], whole=lines)
    words.chat_template = template
    width = -(-len(words) // 8) * 8
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=width,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        max_position_embeddings=WINDOW,
        tie_word_embeddings=False,
        bos_token_id=0,
        eos_token_id=1,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        model.model.embed_tokens.weight.copy_(torch.eye(len(words), width))
        model.model.layers[0].self_attn.o_proj.weight.zero_()
        model.model.layers[0].mlp.down_proj.weight.zero_()
        last = "<|assistant|>" if template else "\u010a"  # the line end of a plain prompt
        _recite(model.lm_head, words.convert_tokens_to_ids([last, *lines, "</s>"]))
    return _saved(model.to(dtype), words, folder)


def random_model(folder: Path, kind: str, texts: Sequence[str]) -> Path:
    """Save a model as it is before any training; every eighth token ends its answer.

    Args:
        kind: "bart", "t5" or "llama".
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM

    words = tokenizer(texts, ["<s>", "<pad>", "</s>", "<mask>"])
    sizes = _SIZES[kind]
    limit = "n_positions" if kind == "t5" else "max_position_embeddings"
    torch.manual_seed(0)
    config = AutoConfig.for_model(kind, vocab_size=len(words), **{limit: POSITIONS}, **sizes)
    config.pad_token_id, config.decoder_start_token_id = 1, 2
    auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
    model = auto.from_config(config)
    if kind == "t5":  # else each token is nearest to itself, and follows itself for ever
        model.shared.weight.data.mul_(0.05)
    model.generation_config.eos_token_id = list(range(2, len(words), 8))
    return _saved(model, words, folder)


def _recite(head: Any, tokens: Sequence[int]) -> None:
    """Make each token follow the one before it, and the last one all others."""
    head.weight.zero_()
    head.weight[tokens[-1]] = 0.5
    for before, after in pairwise(tokens):
        head.weight[after, before] = 1.0


def _saved(model: Any, words: Any, folder: Path) -> Path:
    from transformers.utils import logging

    logging.disable_progress_bar()
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    return folder
