"""What the body of a request may say; everything else is refused by the name of its field."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.briefing.options import Options
from summarizer.errors import InputError, LimitError
from summarizer.service.problems import ProblemError
from summarizer.settings import Settings, did_you_mean
from summarizer.sources import records
from summarizer.text.normalise import document
from summarizer.types import Document, Note

_KEYS = ("documents", "options")


class RequestOptions(BaseModel):
    """Options of one request; null or absent means the server's setting."""

    model_config = ConfigDict(extra="forbid", strict=True)

    engine: str | None = Field(None, description="What writes: extractive.")
    words: int | None = Field(None, description="Budget of all claims in the stories, from 1.")
    stories: int | None = Field(None, description="Stories told in full, from 1.")
    one_story: bool = Field(default=False, description="All documents are about one event.")
    explain: bool = Field(default=False, description="Say why a story's documents are together.")
    day: str | None = Field(None, description="Day of the briefing, such as 2026-03-04.")
    language: str | None = Field(None, description="ISO 639 code of the labels' language.")
    include_text: bool = Field(default=False, description="Put the documents' texts into the JSON.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that can be answered."""

    documents: tuple[Document, ...]
    notes: tuple[Note, ...]
    options: Options
    include_text: bool


def read(body: bytes, settings: Settings) -> Asked:
    """Read the body of a request for a briefing.

    Raises:
        ProblemError: it is no JSON object in UTF-8.
        LimitError: it has more documents than the server takes.
        InputError: a key is unknown or a value is of no use; the message names the field only.
    """
    content = _decode(body)
    if "sources" in content:
        raise InputError("sources: web sources are not available yet: send documents")
    if unknown := content.keys() - set(_KEYS):
        raise InputError(f"unknown key{did_you_mean(min(unknown), _KEYS)}")
    documents, notes = _documents(content.get("documents"), settings.server.max_documents)
    asked = _options(content.get("options"))
    options = settings.options(**asked.model_dump(exclude={"include_text"}))
    return Asked(documents, notes, options, asked.include_text)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the body."""
    text = {"type": "string"}
    optional = ("title", "url", "source", "published", "language", "kind", "id")
    record = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": text} | {name: {"type": ["string", "null"]} for name in optional},
    }
    return {
        "type": "object",
        "required": ["documents"],
        "additionalProperties": False,
        "properties": {
            "documents": {"type": "array", "items": {"anyOf": [text, record]}},
            "options": RequestOptions.model_json_schema(),
        },
    }


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
"""Requests that are answered with 200."""


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


def _options(given: object) -> RequestOptions:
    try:
        return RequestOptions.model_validate({} if given is None else given)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(("options", *map(str, problem["loc"])))
        if problem["type"] == "extra_forbidden":  # its name is the sender's, not ours
            near = did_you_mean(path.removeprefix("options."), RequestOptions.model_fields)
            raise InputError(f"options: unknown key{near}") from error
        raise InputError(f"{path}: {problem['msg']}") from error
