"""What `/openapi.json` says of requests and answers: their fields, examples and problems."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from summarizer.service import problems
from summarizer.service.api import answers
from summarizer.service.requests import RequestOptions, ReviewOptions

Responses = dict[int | str, dict[str, Any]]

# What any route may answer that needs a token.
_ANY = ("unauthorized", "forbidden", "misdirected", "rate_limited", "internal", "storage")
# What a route may answer besides that reads a body.
READS_BODY = (
    "malformed_body",
    "bad_request",
    "too_slow",
    "limit_exceeded",
    "unsupported_media_type",
    "invalid_input",
    "queue_full",
    "stopping",
)

_FRAMEWORK_ERROR = "HTTPValidationError"  # described by FastAPI, never answered
_TEXT: dict[str, Any] = {"type": "string"}


def responses(
    ok: type | None,
    description: str,
    *codes: str,
    status: HTTPStatus = HTTPStatus.OK,
    formats: bool = False,
    example: object = None,
) -> Responses:
    """Describe the answers of a route: its result, and its problems by status."""
    found: dict[str, Any] = {"description": description}
    if ok is not None:
        found["model"] = ok
    content: dict[str, Any] = {}
    if example is not None:
        content["application/json"] = {"example": example}
    if formats:
        content |= {
            media_type: {"schema": _TEXT}
            for name, media_type in answers.served().items()
            if name != "json"
        }
    if content:
        found["content"] = content
    described: Responses = {status.value: found}
    for number, examples in problems.examples({*_ANY, *codes}).items():
        described[number] = {
            "description": HTTPStatus(number).phrase,
            "content": {problems.MEDIA_TYPE: {"schema": problems.SCHEMA, "examples": examples}},
        }
    return described


def other(media_type: str, description: str, example: str) -> Responses:
    """Describe an answer that is no JSON."""
    content = {media_type: {"schema": _TEXT, "example": example}}
    return {HTTPStatus.OK.value: {"description": description, "content": content}}


def body(schema: Mapping[str, Any], examples: Mapping[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - keys of OpenAPI
    """Describe the body of a request."""
    content = {"schema": schema, "examples": examples}
    required = more.pop("required", True)
    return {"requestBody": {"required": required, "content": {"application/json": content}}, **more}


def parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:  # noqa: ANN401 - keys of JSON Schema
    """Describe a header that a route reads."""
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string", **schema},
    }


def request_schema() -> dict[str, Any]:
    """Return the JSON Schema of the body of a request for a briefing."""
    schema = _schema(RequestOptions, required={})
    schema["properties"]["sources"] = {
        "type": "array",
        "items": {"type": "string", "format": "uri"},
        "description": "Feeds and pages, by their http or https addresses.",
    }
    schema["anyOf"] = [{"required": ["documents"]}, {"required": ["sources"]}]
    del schema["required"]
    return schema


def review_schema() -> dict[str, Any]:
    """Return the JSON Schema of the body of a request to check a text."""
    return _schema(ReviewOptions, required={"text": _TEXT})


def _schema(options: type[BaseModel], *, required: dict[str, Any]) -> dict[str, Any]:
    optional = ("title", "url", "source", "published", "language", "kind", "id")
    record = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": _TEXT} | {name: {"type": ["string", "null"]} for name in optional},
    }
    documents = {"type": "array", "items": {"anyOf": [_TEXT, record]}}
    return {
        "type": "object",
        "required": [*required, "documents"],
        "additionalProperties": False,
        "properties": required | {"documents": documents, "options": options.model_json_schema()},
    }


def document(app: FastAPI) -> dict[str, Any]:
    """Return the document, corrected where types cannot say it.

    The texts of documents are in an answer only when asked for.
    """
    if app.openapi_schema is None:
        made = app.openapi()
        schemas = made["components"]["schemas"]
        schemas["LedgerEntry"]["required"].remove("text")
        for operations in made["paths"].values():
            for operation in operations.values():
                operation["responses"] = {
                    status: answer
                    for status, answer in operation["responses"].items()
                    if _FRAMEWORK_ERROR not in str(answer)
                }
        for name in (_FRAMEWORK_ERROR, "ValidationError"):
            schemas.pop(name, None)
    return app.openapi()


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
    "sources": {
        "summary": "A feed and a page, fetched by the server",
        "value": {
            "sources": ["https://example.org/feed.xml", "https://example.org/bridge"],
            "options": {"stories": 3},
        },
    },
}
"""Requests for a briefing."""

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

EDITION_EXAMPLES: dict[str, dict[str, Any]] = {
    "morning": {
        "summary": "Every working day at six",
        "value": {
            "title": "Harbour briefing",
            "sources": ["https://example.org/feed.xml"],
            "at": "06:00",
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "timezone": "Europe/Paris",
            "recipients": ["desk@example.org"],
        },
    },
}
"""Editions that can be put."""

RUN_EXAMPLES: dict[str, dict[str, Any]] = {
    "today": {"summary": "Today's", "value": {}},
    "day": {"summary": "That of another day", "value": {"day": "2026-03-04"}},
}
"""Requests to run an edition."""

RUN_EXAMPLE: dict[str, Any] = {
    "run": "0f8fad5bd9cb469fa16570867728950e",
    "status": "running",
    "outcome": None,
    "edition": None,
    "day": None,
    "title": None,
    "briefing": None,
    "message": None,
    "created": "2026-03-04T05:40:00.000000+00:00",
    "finished": None,
}
