"""JSON bodies of requests: read strictly, refused by the name of a field, never repeated."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.errors import InputError, LimitError
from summarizer.service.problems import ProblemError
from summarizer.settings import did_you_mean
from summarizer.sources import addresses as web
from summarizer.sources import records
from summarizer.sources.status import SourceError

MAX_SOURCES = 1_000  # of one request; an edition may have as many

_Model = TypeVar("_Model", bound=BaseModel)


def fields(body: bytes, keys: Sequence[str]) -> dict[str, object]:
    """Return the fields of a body that has no others than `keys`.

    Raises:
        ProblemError: it is no JSON object in UTF-8.
        InputError: it has another key.
    """
    content = decoded(body)
    if unknown := content.keys() - set(keys):
        raise InputError(f"unknown key{did_you_mean(min(unknown), keys)}")
    return content


def decoded(body: bytes) -> dict[str, object]:
    """Return the JSON object that a body is.

    Raises:
        ProblemError: it is none, or not in UTF-8.
    """
    try:
        content = records.loads(body.decode())
    except UnicodeDecodeError as error:
        raise ProblemError("malformed_body", "the body is not UTF-8") from error
    except InputError as error:
        raise ProblemError("malformed_body", f"the body is {error}") from error
    if not isinstance(content, dict):
        raise ProblemError("malformed_body", "the body is not a JSON object")
    return content


def addresses(given: object) -> tuple[str, ...]:
    """Return the addresses of web sources.

    Raises:
        LimitError: there are more than `MAX_SOURCES`.
        InputError: one is no http(s) address; the message names its place only.
    """
    if not isinstance(given, list):
        raise InputError("sources: an array of http and https addresses is needed")
    if len(given) > MAX_SOURCES:
        raise LimitError(
            f"sources: a request may have {MAX_SOURCES:,}: send them in several requests"
        )
    for i, each in enumerate(given):
        if not _is_web_address(each):
            raise InputError(f"sources[{i}]: an http or https address is needed")
    return tuple(given)


def _is_web_address(given: object) -> bool:
    if not isinstance(given, str):
        return False
    try:
        web.parse(given)
    except SourceError:
        return False
    return True


def validated(given: object, model: type[_Model], *, where: str = "") -> _Model:
    """Return `given` as a model.

    Raises:
        InputError: a key is unknown or a value is of no use; the message names the field only.
    """
    try:
        return model.model_validate({} if given is None else given)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        if isinstance(cause := problem.get("ctx", {}).get("error"), InputError):
            raise InputError(str(cause)) from error
        path = [where] if where else []
        path += map(str, problem["loc"])
        if problem["type"] == "extra_forbidden":  # its name is the sender's, not ours
            known = model.model_fields if len(problem["loc"]) == 1 else None
            name, inside = path.pop(), "".join(f"{part}: " for part in [".".join(path)] if part)
            near = "" if known is None else did_you_mean(name, known)
            raise InputError(f"{inside}unknown key{near}") from error
        raise InputError(f"{'.'.join(path)}: {problem['msg']}") from error
