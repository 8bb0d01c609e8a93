"""A fault as a value: at which step of an answer it strikes, and what it makes of that step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.fake_llm.answers import Answer
from tests.fake_llm.completions import Completion
from tests.fake_llm.prompt import Prompt
from tests.fake_llm.replies import Reply

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """What an error reply may speak of."""

    now: float  # seconds since 1970
    model: str
    tokens: int  # of the request
    elsewhere: str  # the URL that redirects point to


def keep(value: T) -> T:
    """Change nothing."""
    return value


def stay(answer: Answer, prompt: Prompt) -> Answer:
    """Change nothing, whatever was asked."""
    del prompt
    return answer


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong. Steps that it does not name go right."""

    code: str  # class of failure that a client should see in it
    says: str
    error: Callable[[Moment], Reply] | None = None  # in place of any answer
    answer: Callable[[Answer, Prompt], Answer] = stay
    text: Callable[[str], str] = keep
    completion: Callable[[Completion], Completion] = keep
    wire: Callable[[Reply], Reply] = keep
    needs_stream: bool = False  # can be played in a streamed answer alone
