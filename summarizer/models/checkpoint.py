"""What the files of a local model say of it: how to ask it, how much it reads, how it ends.

Reads configurations and tokenizers as transformers loads them, without importing it.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from summarizer.errors import ConfigurationError

Mode = Literal["write", "abstract"]
"""`write`: follows instructions. `abstract`: summarises whatever text it is given."""

# Where the window is not declared; what most models of the kind were trained with.
DEFAULT_ENCODER_TOKENS, DEFAULT_CAUSAL_TOKENS = 512, 2_048

# What of a checkpoint's own settings is part of the model. The others say how its authors like to
# decode: sampling, beams, how much it writes at least. A forced end would hide that it was cut.
_SETTINGS = (
    "bad_words_ids",
    "begin_suppress_tokens",
    "bos_token_id",
    "decoder_start_token_id",
    "forced_bos_token_id",
    "suppress_tokens",
)
_REPEATS = "no_repeat_ngram_size"  # keeps a summariser from circling; other answers need repeats
MIN_PROMPT_TOKENS = 2_000  # instructions, evidence and the answer; FLAN-T5 reads 512

_INSTRUCTED = frozenset({"chat", "flan", "instruct", "instruction", "it", "t0"})
_WORD = re.compile(r"[a-z0-9]+")
_ENCODER_KEYS = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
_DECODER_KEYS = ("max_decoder_position_embeddings", "max_position_embeddings", "n_positions")
_BFLOAT16 = ("avx512_bf16", "amx_bf16", "bf16")  # the last one on ARM
_NO_LIMIT = 10**9  # tokenizers declare more than this when they know no limit
_SAMPLE_BYTES = 65_536
_SAMPLES = 16
_VERSION_CHARS = 12


def mode_of(config: Any, tokenizer: Any, source: str) -> Mode:  # noqa: ANN401 - untyped library
    """Tell how a model can be asked.

    An encoder-decoder without a chat template takes instructions only if its name says so and its
    window holds them: such models are trained for one task, here to summarise. All others write.
    """
    if not config.is_encoder_decoder or tokenizer.chat_template:
        return "write"
    words = _WORD.findall(Path(source).name.lower())
    takes_prompts = input_window(config, tokenizer) >= MIN_PROMPT_TOKENS
    return "write" if takes_prompts and _INSTRUCTED.intersection(words) else "abstract"


def input_window(config: Any, tokenizer: Any) -> int:  # noqa: ANN401 - untyped library
    """Return how many tokens the model reads at most, special ones and a causal answer included."""
    default = DEFAULT_ENCODER_TOKENS if config.is_encoder_decoder else DEFAULT_CAUSAL_TOKENS
    declared = [*_declared(config, _ENCODER_KEYS), tokenizer.model_max_length]
    return min((int(n) for n in declared if 0 < n < _NO_LIMIT), default=default)


def output_window(config: Any) -> int:  # noqa: ANN401 - untyped library
    """Return how many tokens the decoder of an encoder-decoder writes at most."""
    return min(_declared(config, _DECODER_KEYS), default=DEFAULT_ENCODER_TOKENS)


def _declared(config: Any, keys: tuple[str, ...]) -> list[int]:  # noqa: ANN401 - untyped library
    text_config = config.get_text_config()
    values = (getattr(text_config, key, None) for key in keys)
    return [value for value in values if isinstance(value, int) and value > 0]


def prefix(config: Any) -> str:  # noqa: ANN401 - untyped library
    """Return what a summariser of several tasks wants before the text, "summarize: " for T5."""
    tasks = getattr(config, "task_specific_params", None)
    task = tasks.get("summarization") if isinstance(tasks, Mapping) else None
    return str(task.get("prefix") or "") if isinstance(task, Mapping) else ""


def decoding(theirs: Any, tokenizer: Any, mode: Mode) -> dict[str, Any]:  # noqa: ANN401 - untyped library
    """Return settings for greedy decoding that keep what belongs to the model.

    Args:
        theirs: the settings that came with the model.
        tokenizer: of the model; its end token counts, too, as chats may end with another one.
        mode: how the model is asked.

    Raises:
        ConfigurationError: the model never ends.
    """
    listed = theirs.eos_token_id if isinstance(theirs.eos_token_id, list) else [theirs.eos_token_id]
    ends = sorted({*listed, tokenizer.eos_token_id} - {None})
    if not ends:
        raise ConfigurationError("the model has no token that ends an answer")
    names = (*_SETTINGS, _REPEATS) if mode == "abstract" else _SETTINGS
    kept = {name: getattr(theirs, name) for name in names}
    pads = (theirs.pad_token_id, tokenizer.pad_token_id, *ends)
    pad = next(token for token in pads if token is not None)
    return {**kept, "do_sample": False, "num_beams": 1, "eos_token_id": ends, "pad_token_id": pad}


def precision(stored: str, device: str, *, has_bfloat16: bool) -> str:
    """Return the precision to compute in: as the weights are stored, where that is fast.

    float32 takes the place of what is not: float16 would, but for its range, which is too small
    for T5 and others that were trained in bfloat16.
    """
    is_fast = {"bfloat16": has_bfloat16, "float16": device != "cpu"}
    return stored if is_fast.get(stored, False) else "float32"


def has_bfloat16(capabilities: Mapping[str, object]) -> bool:
    """Tell whether a processor computes in bfloat16 by itself, from what torch knows of it."""
    return any(capabilities.get(name) for name in _BFLOAT16)


def name(config: Any, source: str) -> str:  # noqa: ANN401 - untyped library
    """Return the name of a folder or of a model on the hub, and which version of it this is."""
    folder = Path(source)
    if folder.is_dir():
        return f"{folder.resolve().name}@{_fingerprint(folder)}"
    return f"{source}@{str(getattr(config, '_commit_hash', None))[:_VERSION_CHARS]}"


def _fingerprint(folder: Path) -> str:
    """Return hexadecimal digits that change when a model's files do.

    Of large files the size and sixteen places are read: training changes all weights, and reading
    them all would take as long as loading them.
    """
    digest = sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        n_bytes = path.stat().st_size
        digest.update(f"{path.name}\0{n_bytes}\0".encode("utf-8", "surrogateescape"))
        with path.open("rb") as file:
            for i in range(_SAMPLES):
                file.seek(i * max(_SAMPLE_BYTES, n_bytes // _SAMPLES))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:_VERSION_CHARS]
