"""A model in this process, from a folder or a model hub, through Hugging Face transformers.

Models that follow instructions answer a prompt as an endpoint would. Summarisers of the BART, T5
and PEGASUS kind know no instructions: they get bare texts and return a summary of each. Decoding is
greedy, so that the same files on the same machine give the same answer, and an answer that did not
end by itself is a `ModelError`, never a text.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import TIMEOUT_MAX, Lock
from typing import Any

from jinja2 import TemplateError

from summarizer.errors import ConfigurationError, MissingExtraError, ModelError
from summarizer.models import checkpoint
from summarizer.models.base import Answer, Prompt
from summarizer.models.checkpoint import Mode
from summarizer.models.tokenizer import BREAK, Tokenizer

MAX_TEXTS = 64  # of one prompt to a summariser
# Of them summarised at a time: eight take half the processor time they take one by one, and four
# no more than eight (BART of 139M weights, texts of 400 tokens, two cores, November 2026).
BATCH = 4

# What damaged files make the libraries raise, beside errors of their own.
_UNUSABLE = (
    *(ArithmeticError, AssertionError, AttributeError, ImportError, LookupError),
    *(RuntimeError, TypeError, ValueError, TemplateError),
)
_MAX_REASON_CHARS = 200

_loading = Lock()


class Transformers:
    """A local model; safe for many threads, of which one generates at a time.

    Models of one name share their weights in this process.

    Args:
        source: a folder, or a name on the hub. What was downloaded before is used as it is.
        mode: how it is asked; None: as its configuration suggests.
        is_offline: fetch nothing from the hub.
        clock: seconds, monotonic.

    Raises:
        MissingExtraError: torch or transformers is not installed.
        ConfigurationError: there is no such model, or it cannot be used.
    """

    def __init__(
        self,
        source: str,
        *,
        mode: Mode | None = None,
        is_offline: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        with _loading:
            self._local = _load(source, mode, is_offline=is_offline)
        self._clock = clock

    @property
    def name(self) -> str:
        """The model, and which version of its files this is."""
        return self._local.name

    @property
    def mode(self) -> Mode:
        """How it is asked."""
        return self._local.tokenizer.mode

    @property
    def window_tokens(self) -> int:
        """Input and output tokens of one call; of a summariser, of all texts of a call."""
        if self.mode == "write":
            return self.text_tokens
        return MAX_TEXTS * (self._local.input_window + self._local.output_window)

    @property
    def text_tokens(self) -> int:
        """Tokens that one text or prompt may have beside the model's own form."""
        return max(0, self._local.input_window - self._local.frame_tokens)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has, by the model's own tokenizer."""
        return self._local.tokenizer.count(text)

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Answer:
        """Answer a prompt; of a summariser: one summary for each text of `prompt.user`.

        The texts are parted by BREAK, as are the summaries; they share the prompt's output tokens
        evenly. The time includes waiting for other threads; it is looked at before each part of the
        model is computed.

        Raises:
            ModelError: there is no whole answer within `timeout_s`, or the prompt is too long.
        """
        deadline = self._clock() + timeout_s
        rows = self._local.tokenizer.inputs(prompt)
        n_new = self._room(rows, prompt.max_output_tokens // len(rows))
        late = ModelError(
            f"{self.name}: no whole answer in {timeout_s:.0f} s: allow more, or a smaller model",
            "llm_deadline",
        )

        def look(*_: object) -> None:
            if self._clock() >= deadline:
                raise late

        if not self._local.generating.acquire(timeout=min(max(0.0, timeout_s), TIMEOUT_MAX)):
            raise late
        try:
            written: list[list[int]] = []
            for start in range(0, len(rows), BATCH):
                written += self._generate(rows[start : start + BATCH], n_new, look)
        finally:
            self._local.generating.release()
        if not all(row and row[-1] in self._local.ends for row in written):
            raise ModelError(f"{self.name}: the answer was cut at {n_new} tokens", "llm_truncated")
        return self._answer(rows, written)

    def _room(self, rows: Sequence[Sequence[int]], n_new: int) -> int:
        """Return how many tokens may be written for each row of input.

        Raises:
            ModelError: the window is too small.
        """
        local = self._local
        n_longest = max(map(len, rows))
        if local.is_encoder_decoder:
            n_new = min(n_new, local.output_window - 1)
        else:
            n_longest += n_new
        if n_longest > local.input_window or len(rows) > MAX_TEXTS:
            raise ModelError(
                f"{self.name}: the prompt does not fit the window of {local.input_window} tokens",
                "llm_context",
            )
        return max(1, n_new)

    def _generate(
        self, rows: Sequence[Sequence[int]], n_new: int, look: Callable[..., None]
    ) -> list[list[int]]:
        """Return the tokens written for each row, up to its end token where it has one.

        `look` is called before each part of the model is, while reading and for each token; it
        raises when it is time to stop.
        """
        import torch

        local = self._local
        n_longest = max(map(len, rows))
        ids = torch.tensor([[*row, *[local.pad] * (n_longest - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (n_longest - len(row)) for row in rows])
        hooks = [part.register_forward_pre_hook(look) for part in local.model.modules()]
        try:
            output = local.model.generate(
                input_ids=ids.to(local.model.device),
                attention_mask=mask.to(local.model.device),
                max_new_tokens=n_new,
            )
        except (RuntimeError, IndexError) as error:  # no memory, or a token it has no vector for
            raise ModelError(f"{self.name}: {_reason(error)}", "llm_unavailable") from error
        finally:
            for hook in hooks:
                hook.remove()
        n_given = 1 if local.is_encoder_decoder else n_longest
        return [_up_to(local.ends, row) for row in output[:, n_given:].tolist()]

    def _answer(self, rows: Sequence[Sequence[int]], written: Sequence[Sequence[int]]) -> Answer:
        texts = self._local.tokenizer.decode(written)
        if not all(map(str.strip, texts)):
            raise ModelError(f"{self.name}: the answer is empty", "llm_envelope")
        text = BREAK.join(text.replace(BREAK, " ") for text in texts)
        return Answer(text, sum(map(len, rows)), sum(map(len, written)))


@dataclass(frozen=True, slots=True, eq=False)
class _Local:
    """A model in memory and what was learnt of it while it was loaded."""

    name: str
    model: Any
    tokenizer: Tokenizer
    ends: frozenset[int]  # tokens that end an answer
    pad: int
    frame_tokens: int
    input_window: int  # of a causal model: its answer included
    output_window: int
    generating: Lock = field(default_factory=Lock)

    @property
    def is_encoder_decoder(self) -> bool:
        """Tell whether what is read and what is written have windows of their own."""
        return bool(self.model.config.is_encoder_decoder)


@cache
def _load(source: str, mode: Mode | None, *, is_offline: bool) -> _Local:
    """Load a model; the files in its folder or the cache before anything on the hub."""
    try:
        import torch  # noqa: F401 - transformers comes without it
        import transformers
        from huggingface_hub.errors import StrictDataclassError
        from safetensors import SafetensorError
    except ImportError as error:
        raise MissingExtraError(
            "local models need torch and transformers: pip install 'summarizer[local]'"
        ) from error
    folder = Path(source).expanduser()
    is_folder = folder.is_dir()
    target = str(folder) if is_folder else source
    if is_folder:
        transformers.logging.disable_progress_bar()
    may_fetch = not (is_folder or is_offline)
    try:
        if may_fetch:
            with suppress(OSError):  # it is not in the cache
                return _read(target, mode, is_offline=True)
        return _read(target, mode, is_offline=not may_fetch)
    except OSError as error:
        raise ConfigurationError(
            f"{source}: no whole model in a folder of this name, nor can one be fetched from the "
            f"hub: {_reason(error)}"
        ) from error
    except (*_UNUSABLE, SafetensorError, StrictDataclassError) as error:
        raise ConfigurationError(
            f"{source}: a model that cannot be used: {_reason(error)}"
        ) from error


def _read(target: str, mode: Mode | None, *, is_offline: bool) -> _Local:
    import transformers

    common = {"local_files_only": is_offline, "trust_remote_code": False}
    config = transformers.AutoConfig.from_pretrained(target, **common)
    inner = transformers.AutoTokenizer.from_pretrained(target, **common)
    tokenizer = Tokenizer(
        inner, mode or checkpoint.mode_of(config, inner, target), checkpoint.prefix(config)
    )
    kind = transformers.AutoModelForCausalLM
    if config.is_encoder_decoder:
        kind = transformers.AutoModelForSeq2SeqLM
    elif tokenizer.mode == "abstract":
        raise ConfigurationError(f"{target}: only an encoder-decoder can be used as a summariser")
    device, dtype = _place(config)
    model, report = kind.from_pretrained(
        target, config=config, dtype=dtype, output_loading_info=True, **common
    )
    if report["missing_keys"]:
        raise ConfigurationError(f"{target}: weights are missing: {min(report['missing_keys'])}")
    settings = checkpoint.decoding(model.generation_config, inner, tokenizer.mode)
    model.generation_config = transformers.GenerationConfig(**settings)
    return _Local(
        name=checkpoint.name(config, target),
        model=model.to(device).eval(),
        tokenizer=tokenizer,
        ends=frozenset(settings["eos_token_id"]),
        pad=settings["pad_token_id"],
        frame_tokens=tokenizer.frame(),
        input_window=checkpoint.input_window(config, inner),
        output_window=checkpoint.output_window(config),
    )


def _place(config: Any) -> tuple[str, str]:  # noqa: ANN401 - untyped library
    """Return the device to compute on and the precision to compute in."""
    import torch

    found = torch.accelerator.current_accelerator(check_available=True)
    device = "cpu" if found is None else str(found.type)
    checks: dict[str, Callable[[], bool]] = {
        "cpu": lambda: checkpoint.has_bfloat16(torch.cpu.get_capabilities()),
        "cuda": torch.cuda.is_bf16_supported,
    }
    has_bfloat16 = device not in checks or checks[device]()
    stored = str(config.dtype).removeprefix("torch.")
    return device, checkpoint.precision(stored, device, has_bfloat16=has_bfloat16)


def _up_to(ends: frozenset[int], row: Sequence[int]) -> list[int]:
    """Leave out what stands behind the end of an answer: others of its batch were longer."""
    n = next((i + 1 for i, token in enumerate(row) if token in ends), len(row))
    return list(row[:n])


def _reason(error: Exception) -> str:
    """Return the first line of what a library says."""
    return f"{type(error).__name__}: {error}".partition("\n")[0][:_MAX_REASON_CHARS]
