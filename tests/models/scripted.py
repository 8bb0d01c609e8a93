"""A model that says what it is told to, a clock nobody waits for, and evidence to ask about."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from summarizer.models import prompts, tokens
from summarizer.models.base import Answer, Prompt
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import Caller, Terms
from summarizer.models.engine import Evidence
from summarizer.models.journal import Journal, NoJournal
from summarizer.text import lexical
from tests.fake_llm import brains, prompt
from tests.fake_llm.answers import as_json

NO_CAPS, NO_TERMS = Caps(), Terms()
Reply = str | Exception | Callable[[Prompt], str]


class Time:
    """Passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 1_000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        with self._lock:
            return self.now_s

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now_s += seconds


@dataclass
class Scripted:
    """Gives its replies in order, the last one for ever."""

    replies: Sequence[Reply]
    name: str = "scripted"
    window_tokens: int = 8_000
    asked: list[Prompt] = field(default_factory=list)
    timeouts_s: list[float] = field(default_factory=list)
    time: Time | None = None
    takes_s: float = 0.0

    def count_tokens(self, text: str) -> int:
        return tokens.estimate(text)

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Answer:
        reply = self.replies[min(len(self.asked), len(self.replies) - 1)]
        self.asked.append(prompt)
        self.timeouts_s.append(timeout_s)
        if self.time is not None:
            self.time.sleep(self.takes_s)
        if isinstance(reply, Exception):
            raise reply
        text = reply(prompt) if callable(reply) else reply
        return Answer(text, self.count_tokens(prompt.user), self.count_tokens(text))


class Memory:
    """A journal without a file."""

    def __init__(self) -> None:
        self.kept: dict[str, Answer] = {}

    def recall(self, key: str) -> Answer | None:
        return self.kept.get(key)

    def record(self, key: str, answer: Answer) -> None:
        self.kept.setdefault(key, answer)


def calling(
    *models: Scripted,
    journal: Journal | None = None,
    caps: Caps = NO_CAPS,
    terms: Terms = NO_TERMS,
    time: Time | None = None,
) -> tuple[Caller, Budget]:
    """Return a caller in virtual time, and its budget."""
    time = time or Time()
    budget = Budget(caps, {}, clock=time.clock, sleep=time.sleep)
    caller = Caller(
        models, journal or NoJournal(), budget, terms, clock=time.clock, sleep=time.sleep
    )
    return caller, budget


def question(user: str = "What happened?", *, max_output_tokens: int = 100) -> Prompt:
    return Prompt("write", "Task: write", user, "In JSON.", "In lines.", {}, max_output_tokens)


def evidence(texts: Iterable[str], letter: str = "A", *, kind: str = "body") -> list[Evidence]:
    return [
        Evidence(
            alias=f"{letter}{i}",
            document=f"document-{letter}",
            start=1_000 * i,
            end=1_000 * i + len(text),
            text=text,
            words=tuple(lexical.words(text)),
            position=i,
            origin=f"document-{letter}",
            kind="title" if kind == "title" else "body",
            language="en",
            usable=True,
            leans=False,
            age_days=0,
            source="Northern Wire",
            published="2026-03-04T06:00:00Z",
        )
        for i, text in enumerate(texts)
    ]


def word(n: int) -> str:
    """Return a word of three syllables, another one for each number below 216,000."""
    syllables = [f"{c}{v}" for c in "bdfgklmnprst" for v in "aeiou"]
    return "".join(syllables[n // 60**i % 60] for i in range(3))


def report(n_sentences: int, letter: str = "A") -> tuple[Evidence, ...]:
    """Return one long report in which no two sentences are alike."""
    texts = (
        f"The {word(7 * i)} of {word(11 * i + 1)} lost {i} {word(13 * i + 2)} in the "
        f"{word(17 * i + 3)} that came down the {word(19 * i + 4)} at night."
        for i in range(n_sentences)
    )
    return tuple(evidence(texts, letter))


def faithful(asked: Prompt) -> str:
    """Answer as the fake endpoint does."""
    system = {"role": "system", "content": asked.system}
    user = {"role": "user", "content": asked.user}
    return as_json(brains.faithful(prompt.read({"messages": [system, user]})))


PROMPTS = prompts.load()
