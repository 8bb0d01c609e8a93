"""What the body of a request may say; everything else is refused by the name of its field."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from summarizer.briefing import previous
from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.errors import InputError, LimitError, NoUsableSourceError
from summarizer.service import bodies
from summarizer.service.store.runs import NewRun, Run
from summarizer.settings import Settings
from summarizer.sources import records
from summarizer.text.normalise import document
from summarizer.types import Document, Json, Note

_KEYS = ("documents", "sources", "options")
_REVIEW_KEYS = ("text", "documents", "options")

Find = Callable[[str], Json | None]  # a run's briefing by the run's id; None: there is none


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
    previous: list[str | dict[str, Any]] | None = Field(
        None, description="Earlier briefings in any order: ids of own runs, or their JSON."
    )
    include_text: bool = Field(default=False, description="Put the documents' texts into the JSON.")


class ReviewOptions(BaseModel):
    """Options of a request to check a text."""

    model_config = ConfigDict(extra="forbid", strict=True)

    language: str | None = Field(None, description="ISO 639 code of the text; else detected.")
    include_text: bool = Field(default=False, description="Put the documents' texts into the JSON.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an accepted run was asked for, its documents apart."""

    sources: tuple[str, ...]  # web addresses
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


def nothing(_run: str) -> None:
    """Find no briefing: where ids of runs mean nothing."""


def new_run(
    body: bytes,
    settings: Settings,
    *,
    owner: str,
    idempotency_key: str | None = None,
    find: Find = nothing,
) -> NewRun:
    """Read the body of a request for a briefing, and make the run that does what it asks.

    Args:
        body: JSON.
        settings: what the server allows.
        owner: of the run.
        idempotency_key: of the client.
        find: the briefing of a run of this owner.

    Raises:
        ProblemError: it is no JSON object in UTF-8.
        LimitError: it has more documents or sources than the server takes.
        NoUsableSourceError: it has neither a document nor a source.
        InputError: a key is unknown or a value is of no use; the message names the field only.
    """
    content = bodies.fields(body, _KEYS)
    if "documents" not in content and "sources" not in content:
        raise InputError("documents: an array of texts or of objects is needed, or sources")
    documents, notes = _documents(content.get("documents", []), settings.server.max_documents)
    sources = bodies.addresses(content.get("sources", []))
    if not documents and not sources:
        raise NoUsableSourceError("there is neither a document nor a source: send one")
    options = bodies.validated(content.get("options"), RequestOptions, where="options")
    request: Json = {
        "sources": list(sources),
        "options": options.model_dump(exclude_defaults=True, exclude_none=True),
    }
    _asked(request, settings, find)
    return NewRun(
        id=uuid.uuid4().hex,
        owner=owner,
        request=request,
        input_hash=digest(content),
        documents=documents,
        notes=notes,
        idempotency_key=idempotency_key,
    )


def asked(run: Run, settings: Settings, find: Find = nothing) -> Asked:
    """Return what an accepted run was asked for.

    Args:
        run: accepted earlier, perhaps by an earlier process with other settings.
        settings: of the server as they are now.
        find: the briefing of a run of the same owner.

    Raises:
        InputError: the settings no longer allow it, or a run it names as previous is gone.
    """
    return _asked(run.request, settings, find)


def capped(request: Json, usd: float) -> Json:
    """Return a request that may cost no more than `usd`."""
    assert isinstance(request, dict)
    options = request.get("options")
    given = dict(options) if isinstance(options, dict) else {}
    wanted = given.get("budget_usd")
    given["budget_usd"] = min(wanted, usd) if isinstance(wanted, int | float) else usd
    return request | {"options": given}


def digest(content: object) -> str:
    """Return SHA-256 of a request, whatever its white space and the order of its keys."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))  # in ASCII: surrogates
    return hashlib.sha256(canonical.encode()).hexdigest()


def _asked(request: Json, settings: Settings, find: Find) -> Asked:
    assert isinstance(request, dict)
    given = bodies.validated(request.get("options"), RequestOptions, where="options")
    options = settings.options(
        **given.model_dump(include={"engine", "words", "stories", "language"}),
        one_story=given.one_story,
        explain=given.explain,
        day=given.day,
        previous=tuple(
            previous.read(_earlier(each, i, find), where=f"options.previous[{i}]")
            for i, each in enumerate(given.previous or ())
        ),
    )
    if options.engine not in (EXTRACTIVE, settings.engine, *settings.server.engines):
        raise InputError("options.engine: the server was not set up with it: see server.engines")
    sources = request.get("sources") or []
    assert isinstance(sources, list)
    return Asked(tuple(map(str, sources)), options, _within(settings, given), given.include_text)


def _earlier(each: str | dict[str, Any], i: int, find: Find) -> object:
    if not isinstance(each, str):
        return each
    if (found := find(each)) is None:
        raise InputError(f"options.previous[{i}]: no run of yours with a briefing has this id")
    return found


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
        ProblemError: it is no JSON object in UTF-8.
        LimitError: it has more documents than the server takes.
        InputError: a key is unknown or a value is of no use; the message names the field only.
    """
    content = bodies.fields(body, _REVIEW_KEYS)
    text = content.get("text")
    if not isinstance(text, str):
        raise InputError("text: a string is needed, the text to check")
    documents, _ = _documents(content.get("documents"), settings.server.max_documents)
    asked = bodies.validated(content.get("options"), ReviewOptions, where="options")
    return AskedReview(text, documents, asked.language, asked.include_text)


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
