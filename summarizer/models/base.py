"""What a language model is to the rest of the package: a prompt in, an answer out, and its cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from summarizer.errors import ModelError
from summarizer.types import Json


class AskAgainError(ModelError):
    """There is no answer now, but the same model may give one when it is asked again.

    Args:
        message: names the model and the reason.
        wait_s: how long it asks to be left alone; None when it does not say.
        is_lesson: it refused the form of the question, which will be another one next time.
    """

    def __init__(
        self, message: str, *, wait_s: float | None = None, is_lesson: bool = False
    ) -> None:
        super().__init__(message, "llm_unavailable")
        self.wait_s = wait_s
        self.is_lesson = is_lesson


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model. Everything that decides its answer is in here."""

    task: str  # name of the prompt file: "write", "repair", ...
    system: str  # without the form of the answer
    user: str
    json_form: str  # asks for the answer as JSON that matches `schema`
    lines_form: str  # asks for the same in plain lines, for models that cannot write JSON
    schema: Mapping[str, Json]  # JSON Schema of the answer
    max_output_tokens: int
    digest: str = field(default="", compare=False)  # of the prompt file


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote, whole: an answer that was cut is an error and never gets here."""

    text: str
    input_tokens: int
    output_tokens: int
    estimated: bool = False  # the tokens were not reported, or not credibly


class Model(Protocol):
    """A language model behind an endpoint or in this process."""

    @property
    def name(self) -> str:
        """What identifies the model and where it runs, without any key."""
        ...

    @property
    def window_tokens(self) -> int:
        """Input and output tokens that fit into one call."""
        ...

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has, or a safe estimate."""
        ...

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Answer:
        """Answer a prompt, or say why not; asking again is the caller's business.

        Raises:
            AskAgainError: the model may answer later, or in another form.
            ModelError: there is no whole answer within `timeout_s`; its `code` says why.
        """
        ...
