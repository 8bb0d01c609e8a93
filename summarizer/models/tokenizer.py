"""A local model's own tokenizer: prompts to tokens in the form the model knows, and answers back.

Text of documents never becomes a control token: what looks like one in it is encoded as the mere
characters it is, so that no document can end its part of the prompt.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateError

from summarizer.models.base import Prompt
from summarizer.models.checkpoint import Mode

BREAK = "\f"  # between the texts of a prompt to a summariser, and between its summaries

_PROBE = "probe"  # no template has this word of its own


@dataclass(frozen=True, slots=True, eq=False)
class Tokenizer:
    """A tokenizer for one mode; safe for many threads."""

    inner: Any  # as transformers loads it
    mode: Mode
    prefix: str = ""  # before each text to be summarised
    _has_system_role: bool = field(init=False)
    # The library keeps settings of the call under way, and fails when two threads set them.
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Find out whether the chat template, if any, passes a system message on.

        Raises:
            TemplateError: the template is broken.
        """
        object.__setattr__(self, "_has_system_role", self._passes_system())

    def count(self, text: str) -> int:
        """Return how many tokens a text has by itself."""
        return len(self._encode([text], add_special_tokens=False)[0])

    def inputs(self, prompt: Prompt) -> list[list[int]]:
        """Return the tokens of what a prompt gives to the model, one row for each text.

        A summariser gets `user` alone, cut at each BREAK. The others are asked for plain lines,
        since nothing here makes a model write JSON.
        """
        if self.mode == "abstract":
            return self._encode([self.prefix + text for text in prompt.user.split(BREAK)])
        system = f"{prompt.system}\n{prompt.lines_form}"
        if not self.inner.chat_template:
            return self._encode([f"{system}\n\n{prompt.user}\n\n"])
        with self._lock:
            row = self._chat(self._messages(system, prompt.user), sanitize_control_tokens=True)
        return [list(row)]

    def frame(self) -> int:
        """Return how many tokens the model's form adds to a prompt or to a text."""
        return len(self.inputs(Prompt("", "", "", "", "", {}, 0))[0])

    def decode(self, rows: Iterable[Sequence[int]]) -> list[str]:
        """Return the text of each row of tokens."""
        with self._lock:
            return [str(self.inner.decode(row, skip_special_tokens=True)) for row in rows]

    def _encode(self, texts: Sequence[str], *, add_special_tokens: bool = True) -> list[list[int]]:
        with self._lock:
            rows: list[list[int]] = self.inner(
                list(texts),
                add_special_tokens=add_special_tokens,
                split_special_tokens=True,
                verbose=False,  # the window is checked by whoever uses it
            )["input_ids"]
        return rows

    def _messages(self, system: str, user: str) -> list[dict[str, str]]:
        if not self._has_system_role:
            return [{"role": "user", "content": f"{system}\n\n{user}"}]
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    def _chat(self, messages: Sequence[Mapping[str, str]], **options: bool) -> Any:  # noqa: ANN401 - tokens or text
        return self.inner.apply_chat_template(
            messages,
            add_generation_prompt=True,
            enable_thinking=False,  # the room for the answer is for the answer
            return_dict=False,
            **options,
        )

    def _passes_system(self) -> bool:
        """Tell whether a system message reaches the model: some templates refuse or drop it."""
        if self.mode == "abstract" or not self.inner.chat_template:
            return False
        user = {"role": "user", "content": ""}
        try:
            text = self._chat([{"role": "system", "content": _PROBE}, user], tokenize=False)
        except TemplateError:
            self._chat([user], tokenize=False)
            return False
        return _PROBE in text
