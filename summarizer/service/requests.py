"""What the body of a request may say; everything else is refused by the name of its field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.briefing import previous
from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.errors import InputError, LimitError
from summarizer.service.problems import ProblemError
from summarizer.settings import Settings, did_you_mean
from summarizer.sources import records
from summarizer.text.normalise import document
from summarizer.types import Document, Note

_KEYS = ("documents", "options")
_REVIEW_KEYS = ("text", *_KEYS)


class RequestOptions(BaseModel):
    """Options of one request; null or absent means the server's setting."""

    model_config = ConfigDict(extra="forbid", strict=True)

    engine: str | None = Field(
        None, description="What writes: extractive, or one the server was set up with."
    )
    budget_tokens: int | None = Field(None, ge=0, description="Tokens that models may use.")
    budget_usd: float | None = Field(None, ge=0, description="US dollars models may cost.")
    deadline: float | None = Field(None, gt=0, description="Seconds that models may take.")
    words: int | None = Field(None, description="Budget of all claims in the stories, from 1.")
    stories: int | None = Field(None, description="Stories told in full, from 1.")
    one_story: bool = Field(default=False, description="All documents are about one event.")
    explain: bool = Field(default=False, description="Say why a story's documents are together.")
    day: str | None = Field(None, description="Day of the briefing, such as 2026-03-04.")
    language: str | None = Field(None, description="ISO 639 code of the labels' language.")
    previous: list[dict[str, Any]] | None = Field(
        None, description="Earlier briefings, as this service returned them, in any order."
    )
    include_text: bool = Field(default=False, description="Put the documents' texts into the JSON.")


class ReviewOptions(BaseModel):
    """Options of a request to check a text."""

    model_config = ConfigDict(extra="forbid", strict=True)

    language: str | None = Field(None, description="ISO 639 code of the text; else detected.")
    include_text: bool = Field(default=False, description="Put the documents' texts into the JSON.")


_Options = TypeVar("_Options", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a briefing that can be answered."""

    documents: tuple[Document, ...]
    notes: tuple[Note, ...]
    options: Options
    settings: Settings  # of the server, with what was asked for
    include_text: bool


@dataclass(frozen=True, slots=True)
class AskedReview:
    """A request to check a text that can be answered."""

    text: str
    documents: tuple[Document, ...]
    language: str | None
    include_text: bool


def read(body: bytes, settings: Settings) -> Asked:
    """Read the body of a request for a briefing.

    Raises:
        ProblemError: it is no JSON object in UTF-8.
        LimitError: it has more documents than the server takes.
        InputError: a key is unknown or a value is of no use; the message names the field only.
    """
    content = _content(body, _KEYS)
    documents, notes = _documents(content.get("documents"), settings.server.max_documents)
    asked = _options(content.get("options"), RequestOptions)
    earlier = enumerate(asked.previous or ())
    options = settings.options(
        **asked.model_dump(include={"engine", "words", "stories", "language"}),
        one_story=asked.one_story,
        explain=asked.explain,
        day=asked.day,
        previous=tuple(previous.read(each, where=f"options.previous[{i}]") for i, each in earlier),
    )
    allowed = (EXTRACTIVE, settings.engine, *settings.server.engines)
    if options.engine not in allowed:
        raise InputError("options.engine: the server was not set up with it: see server.engines")
    return Asked(documents, notes, options, _within(settings, asked), asked.include_text)


def _within(settings: Settings, asked: RequestOptions) -> Settings:
    """Return the settings of one request, which may only spend less than the server allows."""
    return settings.over(
        engine=asked.engine,
        budget_tokens=_less(asked.budget_tokens, settings.budget_tokens),
        budget_usd=_less(asked.budget_usd, settings.budget_usd),
        deadline_s=_less(asked.deadline, settings.deadline_s),
    )


def _less(asked: float | None, allowed: float | None) -> float | None:
    given = [value for value in (asked, allowed) if value is not None]
    return min(given, default=None)


def read_review(body: bytes, settings: Settings) -> AskedReview:
    """Read the body of a request to check a text.

    Raises:
        ProblemError, LimitError, InputError: as `read`.
    """
    content = _content(body, _REVIEW_KEYS)
    text = content.get("text")
    if not isinstance(text, str):
        raise InputError("text: a string is needed, the text to check")
    documents, _ = _documents(content.get("documents"), settings.server.max_documents)
    asked = _options(content.get("options"), ReviewOptions)
    return AskedReview(text, documents, asked.language, asked.include_text)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the body of a request for a briefing."""
    return _schema(RequestOptions, required={})


def review_schema() -> dict[str, Any]:
    """Return the JSON Schema of the body of a request to check a text."""
    return _schema(ReviewOptions, required={"text": {"type": "string"}})


EXAMPLES: dict[str, dict[str, Any]] = {
    "texts": {
        "summary": "Plain texts",
        "value": {
            "documents": [
                "The city council voted on Tuesday to close the old bridge in May.",
                "The old bridge will be closed in May, the city council said on Tuesday.",
            ]
        },
    },
    "records": {
        "summary": "Documents with what is known of them, and options",
        "value": {
            "documents": [
                {
                    "title": "Council closes the old bridge",
                    "text": "The city council voted 9 to 4 on Tuesday to close the old bridge.",
                    "source": "The Harbour Post",
                    "url": "https://example.org/bridge",
                    "published": "2026-03-03T18:30:00+01:00",
                    "language": "en",
                }
            ],
            "options": {"words": 100, "one_story": True, "include_text": True},
        },
    },
}
"""Requests for a briefing that are answered with 200."""

REVIEW_EXAMPLES: dict[str, dict[str, Any]] = {
    "summary": {
        "summary": "A summary with one wrong figure",
        "value": {
            "text": "The council voted 9 to 5 to close the old bridge.",
            "documents": [
                {
                    "title": "Council closes the old bridge",
                    "text": "The city council voted 9 to 4 on Tuesday to close the old bridge.",
                    "source": "The Harbour Post",
                    "published": "2026-03-03",
                }
            ],
        },
    },
}
"""Requests to check a text that are answered with 200."""


def _schema(options: type[BaseModel], *, required: dict[str, Any]) -> dict[str, Any]:
    text = {"type": "string"}
    optional = ("title", "url", "source", "published", "language", "kind", "id")
    record = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": text} | {name: {"type": ["string", "null"]} for name in optional},
    }
    documents = {"type": "array", "items": {"anyOf": [text, record]}}
    return {
        "type": "object",
        "required": [*required, "documents"],
        "additionalProperties": False,
        "properties": required | {"documents": documents, "options": options.model_json_schema()},
    }


def _content(body: bytes, keys: Sequence[str]) -> dict[str, object]:
    """Return the fields of a body that has no others than `keys`."""
    content = _decode(body)
    if "sources" in content:
        raise InputError("sources: web sources are not available yet: send documents")
    if unknown := content.keys() - set(keys):
        raise InputError(f"unknown key{did_you_mean(min(unknown), keys)}")
    return content


def _decode(body: bytes) -> dict[str, object]:
    try:
        content = records.loads(body.decode())
    except UnicodeDecodeError as error:
        raise ProblemError("malformed_body", "the body is not UTF-8") from error
    except InputError as error:
        raise ProblemError("malformed_body", f"the body is {error}") from error
    if not isinstance(content, dict):
        raise ProblemError("malformed_body", "the body is not a JSON object")
    return content


def _documents(given: object, limit: int) -> tuple[tuple[Document, ...], tuple[Note, ...]]:
    if not isinstance(given, list):
        raise InputError("documents: an array of texts or of objects with a text is needed")
    if len(given) > limit:
        raise LimitError(
            f"documents: a request may have {limit:,}, the setting server.max_documents: "
            "send them in several requests"
        )
    documents: list[Document] = []
    notes: list[Note] = []
    for i, item in enumerate(given):
        if isinstance(item, str):
            documents.append(document(item))
        else:
            made, remarks = records.parse(item, where=f"documents[{i}]")
            documents.append(made)
            notes += remarks
    return tuple(documents), tuple(notes)


def _options(given: object, options: type[_Options]) -> _Options:
    try:
        return options.model_validate({} if given is None else given)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(("options", *map(str, problem["loc"])))
        if problem["type"] == "extra_forbidden":  # its name is the sender's, not ours
            near = did_you_mean(path.removeprefix("options."), options.model_fields)
            raise InputError(f"options: unknown key{near}") from error
        raise InputError(f"{path}: {problem['msg']}") from error
