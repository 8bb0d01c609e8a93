"""The fake endpoint without a network: a request in, a reply as a value out.

What the kind of server or its limits refuse is refused first; then a fault may strike; else the
brain answers.
"""

import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from email.utils import formatdate
from typing import Literal

from tests.fake_llm import completions, faults, ledger, profiles, prompt, replies, tokens
from tests.fake_llm.answers import Answer, as_json, as_lines
from tests.fake_llm.brains import Brain, faithful
from tests.fake_llm.clock import Clock, RealClock
from tests.fake_llm.fault import Fault, Moment
from tests.fake_llm.latency import Latency
from tests.fake_llm.limits import Limits
from tests.fake_llm.prompt import Object, Prompt
from tests.fake_llm.replies import Reply, error

MODEL = "fake-model"
HEALTHY = Fault("", "nothing goes wrong")
_INVALID = "invalid_request_error"


@dataclass(frozen=True, slots=True)
class Setup:
    """What kind of endpoint it is."""

    brain: Brain = faithful
    profile: str = "full"
    plans: Sequence[faults.Plan] = ()  # the first that strikes is played
    latency: Latency = field(default_factory=Latency)
    rpm: int | None = None
    tpm: int | None = None
    window: int | None = None  # tokens of a request and its answer; None: no end
    key: str | None = None  # that calls must show; None: none is needed
    models: Sequence[str] = ()  # that it knows; empty: any
    elsewhere: str = "http://127.0.0.1:9/v1/chat/completions"  # where redirects point


@dataclass(frozen=True, slots=True)
class Request:
    """What came over the wire."""

    method: str
    target: str  # path and query
    headers: Mapping[str, str]  # names in lower case
    body: bytes = b""


class Endpoint:
    """Answers requests and keeps the ledger. Safe for many threads."""

    def __init__(self, setup: Setup | None = None, clock: Clock | None = None) -> None:
        self.setup = setup or Setup()
        self.clock = clock or RealClock()
        self.ledger = ledger.Ledger(self.clock)
        self._profile = profiles.PROFILES[self.setup.profile]
        self._plans = [faults.Playing(plan) for plan in self.setup.plans]
        self._limits = Limits(rpm=self.setup.rpm, tpm=self.setup.tpm, now=self.clock.now())
        self._attempts = Counter[str]()
        self._lock = threading.Lock()

    def answer(self, request: Request) -> tuple[Reply, int | None]:
        """Return the reply and the number of the call, None for what is no call of the model.

        Whoever sends the reply closes the call in the ledger.
        """
        path, _, query = request.target.partition("?")
        if request.method == "GET" and path == "/__ledger":
            calls = [asdict(call) for call in self.ledger.calls()]
            return replies.plain(200, json.dumps(calls).encode()), None
        if not self._is_known(path, query):
            return error(404, f"Invalid URL ({request.method} {path})", _INVALID), None
        if request.method == "GET":
            return self._models(), None
        return self._chat(request)

    def _is_known(self, path: str, query: str) -> bool:
        if self._profile.needs_api_version and "api-version=" not in query:
            return False
        if self._profile.needs_v1 and not path.startswith("/v1/"):
            return False
        return path.endswith(("/chat/completions", "/models"))

    def _models(self) -> Reply:
        names = self.setup.models or (MODEL,)
        listed = [{"id": name, "object": "model", "owned_by": "nobody"} for name in names]
        return replies.plain(200, json.dumps({"object": "list", "data": listed}).encode())

    def _chat(self, request: Request) -> tuple[Reply, int]:
        payload = _payload(request.body)
        asked = prompt.read(payload)
        tokens_in = tokens.count(asked.system) + tokens.count(asked.user)
        n = self.ledger.open(
            ledger.Call(
                host=request.headers.get("host", ""),
                key_hash=ledger.key_hash(request.headers),
                task=asked.task,
                digest=asked.digest,
                model=str(payload.get("model")),
                max_tokens=_max_tokens(payload),
                is_stream=payload.get("stream") is True,
                tokens_in=tokens_in,
            )
        )
        reply = self._refusal(request, payload, tokens_in) or self._reply(n, payload, asked)
        self.ledger.note(
            n,
            status=reply.status,
            told_wait_s=ledger.told_wait_s(reply.headers, self.clock.now()),
        )
        # Every real server sends the date, and a client reads Retry-After dates by it.
        date = formatdate(self.clock.now(), usegmt=True)
        return replies.with_headers(reply, {"date": date}), n

    def _refusal(self, request: Request, payload: Object, tokens_in: int) -> Reply | None:
        """Return what a sound server says to a request that it cannot take."""
        setup, model = self.setup, payload.get("model")
        if "messages" not in payload:
            return error(400, "We could not parse the JSON body of your request.", _INVALID)
        shown = {request.headers.get("authorization"), request.headers.get("api-key")}
        if setup.key is not None and not shown & {f"Bearer {setup.key}", setup.key}:
            return error(401, "Incorrect API key provided.", _INVALID, code="invalid_api_key")
        if setup.models and model not in setup.models:
            told = f"The model `{model}` does not exist or you do not have access to it."
            return error(404, told, _INVALID, code="model_not_found")
        refused = profiles.refusal(self._profile, payload)
        if refused:
            return self._refused(*refused)
        if setup.window is not None and tokens_in + (_max_tokens(payload) or 1) > setup.window:
            told = (
                f"This model's maximum context length is {setup.window} tokens. However, you"
                f" requested {tokens_in + (_max_tokens(payload) or 0)} tokens ({tokens_in} in the"
                f" messages, {_max_tokens(payload) or 0} in the completion). Please reduce the"
                " length of the messages or completion."
            )
            return error(400, told, _INVALID, code="context_length_exceeded", param="messages")
        return None

    def _refused(self, param: str, message: str) -> Reply:
        if self._profile.is_error_bare:
            return replies.plain(400, json.dumps({"error": message}).encode())
        return error(400, message, _INVALID, param=param)

    def _reply(self, n: int, payload: Object, asked: Prompt) -> Reply:
        """Let the limits refuse, a fault strike or the brain answer."""
        answer = self.setup.brain(asked)
        _, honest = _capped(self._write(answer, asked), _max_tokens(payload))
        used = tokens.count(asked.system) + tokens.count(asked.user) + tokens.count(honest)
        ruling = self._limits.rule(self.clock.now(), used)
        if not ruling.is_allowed:
            headers, code = ruling.headers, "rate_limit_exceeded"
            return error(429, ruling.message, "tokens", code=code, headers=headers)
        with self._lock:
            attempt = self._attempts[asked.digest]
            self._attempts[asked.digest] += 1
        is_stream = payload.get("stream") is True and self._profile.can_stream
        name, fault = self._fault(asked, attempt, is_stream=is_stream)
        call = self.ledger.note(n, fault=name)
        if fault.error is not None:
            moment = Moment(self.clock.now(), call.model, call.tokens_in, self.setup.elsewhere)
            return fault.error(moment)
        answer = fault.answer(answer, asked)
        told = self._completion(call, fault.text(self._write(answer, asked)), attempt)
        told = fault.completion(told)
        self.ledger.note(n, finish=_finish(told), lies=answer.lies)
        seconds = self.setup.latency.draw(asked.digest, attempt)
        reply = (
            completions.streamed(told, seconds, with_usage=_wants_usage(payload))
            if is_stream
            else completions.whole(told, seconds)
        )
        return fault.wire(replies.with_headers(reply, ruling.headers))

    def _completion(self, call: ledger.Call, text: str, attempt: int) -> completions.Completion:
        """Wrap a text, cut at the cap of the call, and note how long it is."""
        finish, text = _capped(text, call.max_tokens)
        tokens_out = tokens.count(text)
        self.ledger.note(call.n, tokens_out=tokens_out)
        return completions.completion(
            text,
            model=call.model,
            name=f"{call.digest}-{attempt}",
            created=int(self.clock.now()),
            usage=(call.tokens_in, tokens_out) if self._profile.has_usage else None,
            finish=finish,
        )

    def _fault(self, asked: Prompt, attempt: int, *, is_stream: bool) -> tuple[str | None, Fault]:
        for playing in self._plans:
            if playing.strikes(asked, attempt, is_stream=is_stream):
                return playing.plan.fault, faults.FAULTS[playing.plan.fault]
        return None, HEALTHY

    def _write(self, answer: Answer, asked: Prompt) -> str:
        if asked.is_plain:
            return as_lines(answer)
        return profiles.word(self._profile, as_json(answer))


def _payload(body: bytes) -> Object:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _max_tokens(payload: Object) -> int | None:
    for name in ("max_completion_tokens", "max_tokens"):
        value = payload.get(name)
        if isinstance(value, int) and value > 0:
            return value
    return None


def _capped(text: str, max_tokens: int | None) -> tuple[Literal["stop", "length"], str]:
    """Cut a text that is longer than the client allows, as every server does."""
    if max_tokens is None or tokens.count(text) <= max_tokens:
        return "stop", text
    return "length", text.encode("utf-8", "replace")[: 4 * max_tokens].decode("utf-8", "ignore")


def _finish(told: completions.Completion) -> str | None:
    choices = told.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    reason = first.get("finish_reason") if isinstance(first, dict) else None
    return reason if isinstance(reason, str) else None


def _wants_usage(payload: Object) -> bool:
    options = payload.get("stream_options")
    return isinstance(options, dict) and options.get("include_usage") is True
