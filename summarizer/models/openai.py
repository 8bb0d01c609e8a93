"""A model behind any OpenAI-compatible endpoint, by chat completions.

An answer counts only when it is whole: what is cut, refused, filtered, empty or in another envelope
is a `ModelError` with its reason, never a text. What an endpoint does not support (JSON schemas,
the name of a parameter) is learnt from its refusals and remembered.
"""

import re
import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2

from summarizer.errors import ConfigurationError, ModelError
from summarizer.limits import MAX_ANSWER_BYTES
from summarizer.models import envelope, tokens
from summarizer.models.base import Answer, AskAgainError, Prompt
from summarizer.transport import BodyTooLargeError, Transport, within

CONNECT_S = 5.0
FORMS = ("json_schema", "json_object", "lines")  # of an answer, the strictest first

_OK, _REDIRECT = 200, 300
_REFUSED = frozenset({400, 422})  # for a parameter, perhaps
_KEY = re.compile(r"[!-~]*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is and how it is reached.

    Raises:
        ConfigurationError: no request could be sent to it.
    """

    model: str
    base_url: str  # ends where "/chat/completions" follows; may carry a query
    api_key: str = field(default="", repr=False)  # sent to this host and to no other
    window_tokens: int = 8_000  # input and output of one call

    def __post_init__(self) -> None:
        """Refuse what would fail with every request, and could then print the key."""
        if not _is_address(self.base_url):
            raise ConfigurationError(
                "base_url must be an http or https address without a user name, such as "
                "http://127.0.0.1:11434/v1"
            )
        if not self.model:
            raise ConfigurationError("name the model: --engine openai:MODEL")
        if not _KEY.fullmatch(self.api_key):
            raise ConfigurationError(
                "api_key holds a space, a line end or a letter that no key has: copy it again"
            )


class OpenAI:
    """A model behind an endpoint; safe for many threads.

    Args:
        endpoint: where it is.

    Raises:
        ConfigurationError: its address cannot be used.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        import openai

        self._endpoint = endpoint
        self._learnt = _Learnt()
        self._lock = threading.Lock()
        parts = urlsplit(endpoint.base_url)
        query = dict(parse_qsl(parts.query))
        http = httpx2.Client(
            transport=Transport(max_body_bytes=MAX_ANSWER_BYTES),
            trust_env=False,
            follow_redirects=False,
            event_hooks={"response": [_refuse_packed]},
        )
        # Whoever lets go of a model leaves no connection behind.
        weakref.finalize(self, http.close)
        self._headers = _headers(endpoint.api_key, is_azure="api-version" in query)
        self._client = openai.OpenAI(
            api_key=endpoint.api_key or "none",
            base_url=parts._replace(query="", fragment="").geturl(),
            default_query=query,
            max_retries=0,
            http_client=http,
        )

    @property
    def name(self) -> str:
        """The model and the address it is at."""
        parts = urlsplit(self._endpoint.base_url)
        return f"{self._endpoint.model}@{parts.netloc}{parts.path}"

    @property
    def window_tokens(self) -> int:
        """Input and output tokens of one call."""
        return self._endpoint.window_tokens

    @property
    def form(self) -> str:
        """The strictest form of an answer that the endpoint was not seen to refuse."""
        return FORMS[self._learnt.form]

    def count_tokens(self, text: str) -> int:
        """Return a safe estimate: the endpoint's tokenizer is not known."""
        return tokens.estimate(text)

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Answer:
        """Send one request.

        Raises:
            AskAgainError: the endpoint is not available now, or refused a parameter.
            ModelError: there is no whole answer within `timeout_s`.
        """
        learnt = self._learnt
        status, headers, body = self._send(learnt.arguments(self._endpoint, prompt), timeout_s)
        if _OK <= status < _REDIRECT:
            answer = envelope.answer(body, prompt, self.name)
            self._remember(learnt, replace(learnt, is_proven=True))
            return answer
        failure = envelope.failure(status, headers, body, self.name)
        if status in _REFUSED and failure.code == "llm_unavailable":
            better = learnt.after(envelope.refusal(body))
            self._remember(learnt, better)
            if better != learnt:
                raise AskAgainError(str(failure), is_lesson=True)
        raise failure

    def _send(
        self, arguments: Mapping[str, Any], timeout_s: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body of one exchange."""
        import openai

        create = self._client.chat.completions.with_streaming_response.create
        timeout = httpx2.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s))
        try:
            with (
                within(timeout_s),
                create(**arguments, extra_headers=self._headers, timeout=timeout) as response,
            ):
                return response.status_code, response.headers, response.read()
        except openai.APIStatusError as error:
            return error.response.status_code, error.response.headers, error.response.content
        except openai.APIConnectionError as error:
            raise self._broken(error.__cause__, timeout_s, has_begun=False) from error
        except httpx2.HTTPError as error:  # while the body was read: the client wraps none of these
            raise self._broken(error, timeout_s, has_begun=True) from error

    def _broken(
        self, cause: BaseException | None, timeout_s: float, *, has_begun: bool
    ) -> ModelError:
        """Say what a broken exchange means; the words of a peer may be anything and stay out."""
        match cause:
            case BodyTooLargeError() | httpx2.DecodingError():
                return ModelError(f"{self.name}: the answer is too large or packed", "llm_envelope")
            case httpx2.ConnectTimeout() | httpx2.PoolTimeout():
                return AskAgainError(f"{self.name}: no connection in time")
            case httpx2.TimeoutException():
                return ModelError(
                    f"{self.name}: no whole answer in {timeout_s:.3g} s", "llm_deadline"
                )
            case _ if has_begun:
                return ModelError(f"{self.name}: the answer broke off", "llm_cut")
            case _:
                return AskAgainError(f"{self.name}: no connection: check base_url")

    def _remember(self, before: "_Learnt", after: "_Learnt") -> None:
        """Keep what was learnt, unless another thread has learnt something since."""
        with self._lock:
            if self._learnt == before:
                self._learnt = after


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What an endpoint was seen to refuse."""

    form: int = 0  # index of FORMS
    limit: str = "max_tokens"  # what it calls the longest answer
    has_temperature: bool = True
    is_proven: bool = False  # it has answered in this form

    def arguments(self, endpoint: Endpoint, prompt: Prompt) -> dict[str, Any]:
        """Return what one request says."""
        form = FORMS[self.form]
        asks = prompt.lines_form if form == "lines" else prompt.json_form
        arguments: dict[str, Any] = {
            "model": endpoint.model,
            "messages": [
                {"role": "system", "content": f"{prompt.system}\n{asks}"},
                {"role": "user", "content": prompt.user},
            ],
            self.limit: prompt.max_output_tokens,
        }
        if self.has_temperature:
            arguments["temperature"] = 0
        if form == "json_schema":
            schema = {"name": prompt.task, "strict": True, "schema": prompt.schema}
            arguments["response_format"] = {"type": form, "json_schema": schema}
        elif form == "json_object":
            arguments["response_format"] = {"type": form}
        return arguments

    def after(self, refusal: str) -> "_Learnt":
        """Return what is known after a refusal in these words; itself when they say nothing new.

        A refusal that gives no reason may be of the form, until one answer has come in it.
        """
        if self.limit == "max_tokens" and ("max_tokens" in refusal or "max_completion" in refusal):
            return replace(self, limit="max_completion_tokens")
        if self.has_temperature and "temperature" in refusal:
            return replace(self, has_temperature=False)
        is_of_form = any(word in refusal for word in ("response_format", "schema", "json"))
        if (is_of_form or not self.is_proven) and self.form < len(FORMS) - 1:
            return replace(self, form=self.form + 1, is_proven=False)
        return self


def _is_address(url: str) -> bool:
    """Tell whether requests can be sent to a URL."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and httpx2.URL(url).host != ""
    except (ValueError, httpx2.InvalidURL):
        return False
    has_space = any(character.isspace() for character in url)
    return (
        is_whole and not has_space and parts.scheme in {"http", "https"} and "@" not in parts.netloc
    )


def _headers(api_key: str, *, is_azure: bool) -> dict[str, Any]:
    """Return the headers that differ from the client's own, which reads some from variables."""
    import openai

    headers: dict[str, Any] = {
        "Accept-Encoding": "identity",  # so that the cap on a body holds for what it unpacks to
        "OpenAI-Organization": openai.omit,
        "OpenAI-Project": openai.omit,
    }
    if is_azure or not api_key:
        headers["Authorization"] = openai.omit
    if is_azure and api_key:
        headers["api-key"] = api_key
    return headers


def _refuse_packed(response: httpx2.Response) -> None:
    """Refuse a body in a coding nobody asked for before a byte of it is unpacked."""
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise httpx2.DecodingError("the answer is packed", request=response.request)
