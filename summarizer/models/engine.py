"""What writes a story: the evidence it gets, the drafts it proposes."""

from dataclasses import dataclass
from typing import Protocol

from summarizer.types import SentenceKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a story that drafts may be written from, under an alias valid for one call."""

    alias: str  # "A3": fourth evidence sentence of the story's first document
    document: str
    start: int
    end: int
    text: str
    words: tuple[str, ...]  # lower case, in order
    position: int  # 0-based among the body sentences of its document
    origin: str
    kind: SentenceKind
    language: str
    usable: bool  # False: weighs concepts, is never written
    leans: bool  # on the sentence before it in its document, and is written only after that one
    age_days: int  # calendar days its document is older than the newest of the story
    source: str = ""  # of its document
    published: str | None = None  # of its document


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence somebody proposes, unchecked; `cites` are aliases of the request's evidence."""

    text: str
    cites: tuple[str, ...]
    is_headline: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """A draft that its cited sentences do not support."""

    draft: Draft
    reason: str


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """What an engine gets to write one story: its evidence and the words it may use."""

    evidence: tuple[Evidence, ...]
    max_words: int
    is_lead: bool = False  # the first sentence is printed apart, so none may lean on it
    failed: tuple[Failed, ...] = ()  # drafts to write again, in this order; none: write the story


class Engine(Protocol):
    """What writes drafts."""

    def write(self, request: WriteRequest) -> list[Draft]:
        """Write one story within `request.max_words`, in reading order."""
        ...
