"""One question, from the journal or a model, within budget and time, with one chance to correct.

The only place that asks again: after a refusal that may pass, after an answer that was lost or cut,
and once with the list of what was wrong. A model that keeps failing is given up for the run, the
next one of the chain is asked, and when none is left the embedded engine takes over.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from secrets import SystemRandom
from typing import TypeVar

from summarizer.errors import ConfigurationError, ModelError
from summarizer.limits import CALL_TIMEOUT_S
from summarizer.models.answers import Read
from summarizer.models.base import Answer, AskAgainError, Model, Prompt
from summarizer.models.budget import Budget, Reservation
from summarizer.models.deadline import Deadline
from summarizer.models.journal import Journal, key_of

MAX_ATTEMPTS = 3  # in one turn, of a model that is not available
MAX_REQUESTS = 10  # in one turn, refusals of a form included
MAX_FAILURES = 3  # in a row; then a model is not asked again
MARGIN = 1.1  # of the window, for estimated tokens
FIRST_DELAY_S, MAX_DELAY_S = 0.5, 8.0

_DENIED = "llm_denied"  # key, quota, unknown model: asking again cannot help
_ONCE_MORE = frozenset({"llm_truncated", "llm_envelope", "llm_cut", "llm_deadline"})
_UNBILLED = frozenset({"llm_unavailable", "llm_denied", "llm_context"})
_NOT_THE_MODEL = frozenset({"budget", "llm_context", "llm_declined", "llm_schema"})

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terms:
    """Whose calls these are and how long they may take."""

    owner: str = ""  # answers are not shared between owners
    call_timeout_s: float = CALL_TIMEOUT_S  # of one turn, without the wait for its minute
    deadline: Deadline = field(default_factory=Deadline)  # of the run, shared by all its callers


class Caller:
    """Asks a chain of models; safe for many threads.

    Args:
        models: the first is asked, the others when it fails.
        journal: of answers already paid for.
        budget: of the run.
        terms: whose calls, and how long.
        clock: seconds, monotonic.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        models: Sequence[Model],
        journal: Journal,
        budget: Budget,
        terms: Terms = Terms(),
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._models = models
        self._journal = journal
        self._budget = budget
        self._terms = terms
        self._clock = clock
        self._sleep = sleep
        self._jitter = SystemRandom().random
        self._failures: Counter[str] = Counter()
        self._given_up: dict[str, ModelError] = {}
        self._lock = threading.Lock()

    @property
    def model(self) -> Model:
        """The model that is asked first."""
        return self._models[0]

    def room(self, prompt: Prompt) -> int:
        """Return how many tokens a prompt leaves of the smallest window; negative: it is too long.

        Every model of the chain may have to answer it.
        """
        return min(_room(model, prompt) for model in self._models)

    def is_known(self, prompt: Prompt) -> bool:
        """Tell whether the answer of the first model is on record and costs nothing."""
        return self._recall(key_of(self._terms.owner, self.model.name, prompt)) is not None

    def cost_usd(self, input_tokens: int, output_tokens: int) -> float | None:
        """Return what so many tokens of the first model cost; None when no price is known."""
        return self._budget.cost_usd(self.model.name, input_tokens, output_tokens)

    def ask(self, prompt: Prompt, read: Callable[[str], Read[T]]) -> T:
        """Return what `read` makes of the answer.

        Raises:
            ModelError: no model gave an answer of which anything can be used.
        """
        last = ModelError("there is no model to ask")
        for model in self._models:
            key = key_of(self._terms.owner, model.name, prompt)
            known = self._recall(key)
            found = None if known is None else read(known.text).value
            if found is not None:
                self._budget.count_cached()
                return found
            try:
                answer, value = self._usable(model, prompt, read)
            except ModelError as error:
                _log.info("%s: %s failed: %s", model.name, prompt.task, error.code)
                self._count_failure(model, error)
                last = error
                continue
            with self._lock:
                self._failures[model.name] = 0
            self._record(key, answer)
            return value
        raise last

    def _usable(
        self, model: Model, prompt: Prompt, read: Callable[[str], Read[T]]
    ) -> tuple[Answer, T]:
        """Return the answer without problems, else the better of two."""
        try:
            first = self._turn(model, prompt)
        except ModelError as error:
            prompt = _mended(model, prompt, error)
            first = self._turn(model, prompt)
            return first, _value(model, read(first.text))
        result = read(first.text)
        if not result.problems:
            return first, _value(model, result)
        try:
            second = self._turn(model, _with_problems(prompt, result.problems))
        except ModelError:
            if result.value is None:
                raise
            return first, result.value
        corrected = read(second.text)
        if result.value is not None and (
            corrected.value is None or len(corrected.problems) >= len(result.problems)
        ):
            return first, result.value
        return second, _value(model, corrected)

    def _turn(self, model: Model, prompt: Prompt) -> Answer:
        """Get one whole answer; ask again while the model says that one may come."""
        n_input = _n_input(model, prompt)
        if _room(model, prompt) < 0:
            raise ModelError(f"the prompt does not fit the window of {model.name}", "llm_context")
        left_s = self._terms.call_timeout_s
        n_refused = 0
        for _ in range(MAX_REQUESTS):
            held = self._budget.reserve(
                model.name,
                n_input,
                prompt.max_output_tokens,
                timeout_s=self._terms.deadline.left_s(),
            )
            began = self._clock()
            try:
                return self._send(model, prompt, held, left_s)
            except AskAgainError as error:
                n_refused += not error.is_lesson
                wait_s = 0.0 if error.is_lesson else self._delay_s(error, n_refused)
                left_s -= self._clock() - began + wait_s
                if (
                    n_refused == MAX_ATTEMPTS
                    or min(left_s, self._terms.deadline.left_s() - wait_s) <= 0
                ):
                    raise
            self._sleep(wait_s)
        raise ModelError(f"{model.name} refuses every form of the question")

    def _send(self, model: Model, prompt: Prompt, held: Reservation, left_s: float) -> Answer:
        """Ask once, if that still makes sense, and settle what was held, whatever comes."""
        try:
            self._refuse_given_up(model)
            timeout_s = min(left_s, self._terms.deadline.left_s())
        except ModelError:
            self._budget.release(held)
            raise
        try:
            answer = model.complete(prompt, timeout_s=timeout_s)
        except ModelError as error:
            if error.code in _UNBILLED:
                self._budget.release(held)
            else:
                self._budget.forfeit(held)
            raise
        except BaseException:
            self._budget.forfeit(held)
            raise
        self._budget.settle(held, answer)
        return answer

    def _recall(self, key: str) -> Answer | None:
        try:
            return self._journal.recall(key)
        except ConfigurationError as error:  # a broken disk must not cost the briefing
            _log.warning("no answer was looked up: %s", error)
            return None

    def _record(self, key: str, answer: Answer) -> None:
        try:
            self._journal.record(key, answer)
        except ConfigurationError as error:  # nor must a full one
            _log.warning("an answer was not recorded: %s", error)

    def _delay_s(self, error: AskAgainError, n_refused: int) -> float:
        """Return how long to wait: what the model asks for, else longer each time, by chance."""
        if error.wait_s is not None:
            return error.wait_s
        ceiling: float = min(MAX_DELAY_S, FIRST_DELAY_S * 2.0**n_refused)
        return ceiling * self._jitter()

    def _refuse_given_up(self, model: Model) -> None:
        with self._lock:
            reason = self._given_up.get(model.name)
        if reason is not None:
            raise ModelError(str(reason), reason.code)

    def _count_failure(self, model: Model, error: ModelError) -> None:
        if error.code in _NOT_THE_MODEL:
            return
        with self._lock:
            self._failures[model.name] += 1
            if error.code == _DENIED or self._failures[model.name] >= MAX_FAILURES:
                self._given_up.setdefault(model.name, error)


def _room(model: Model, prompt: Prompt) -> int:
    return model.window_tokens - _n_input(model, prompt) - prompt.max_output_tokens


def _n_input(model: Model, prompt: Prompt) -> int:
    """Return a safe number of tokens of a prompt in its longest form."""
    form = max(prompt.json_form, prompt.lines_form, key=len)
    return int(MARGIN * model.count_tokens(f"{prompt.system}\n{form}\n{prompt.user}"))


def _value(model: Model, result: Read[T]) -> T:
    if result.value is None:
        reasons = "; ".join(result.problems[:3])
        raise ModelError(f"{model.name} did not answer as asked: {reasons}", "llm_schema")
    return result.value


def _mended(model: Model, prompt: Prompt, error: ModelError) -> Prompt:
    """Return what to ask after an answer that was lost, or raise the error again.

    A cut answer gets more room: the same question would be cut at the same place.
    """
    if error.code not in _ONCE_MORE:
        raise error
    if error.code != "llm_truncated":
        return prompt
    n_more = min(prompt.max_output_tokens, _room(model, prompt))
    if n_more <= 0:
        raise error
    return replace(prompt, max_output_tokens=prompt.max_output_tokens + n_more)


def _with_problems(prompt: Prompt, problems: Sequence[str]) -> Prompt:
    refused = "\n".join(f"- {problem}" for problem in problems[:10])
    return replace(
        prompt, user=f"{prompt.user}\n\nYour last answer was refused:\n{refused}\nAnswer again."
    )
