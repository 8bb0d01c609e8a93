"""The values that pass between the parts: documents, sentences, chunks, claims, briefings.

Plain frozen data on the standard library only; `Briefing` and what it holds have the field names
of the JSON contract (`summarizer.briefing/1`). Offsets are code points of `Document.text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, cast

SentenceKind = Literal["title", "heading", "body"]
Verdict = Literal["verbatim", "supported", "contradicted", "unsupported"]
Facet = Literal["happened", "why", "differ", "alone", "timeline", "open", "next"]
Change = Literal["new", "updated", "ongoing", "corrected"]
Use = Literal["cited", "merged", "background", "excluded"]
Status = Literal["complete", "degraded", "partial"]
ConflictKind = Literal["conflict", "update", "range"]
TopicMode = Literal["section", "watch", "boost", "mute"]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

SCHEMA = "summarizer.briefing/1"
REVIEW_SCHEMA = "summarizer.review/1"


@dataclass(frozen=True, slots=True)
class Document:
    """One source text, cleaned once and then frozen.

    Made by `summarizer.document`, which normalises; every offset elsewhere points into `text`.
    """

    id: str
    text: str  # begins with the title, where there is one
    title: str = ""
    source: str = ""  # who published it, as the document says
    url: str | None = None  # http(s) only, None when the document has no web address
    published: str | None = None  # ISO 8601 as written, zone kept; None when unknown
    language: str = "und"  # ISO 639 code, "und" when it cannot be told
    kind: str = "article"  # "opinion" never supplies a headline


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of a document and its text: `text == document.text[start:end]`."""

    start: int
    end: int
    text: str
    kind: SentenceKind
    paragraph: int  # 0-based; sentences of one block of lines share it


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive sentences that fit a model's input; the chunks of a document tile its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A span plus the quote copied from it: `quote == document.text[start:end]`."""

    document: str
    start: int
    end: int
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A draft that has citations and a verdict. Only `briefing/` constructs it."""

    id: str
    text: str
    verdict: Verdict
    reason: str | None = None  # what a failed draft said, or which soft flag was raised
    facet: Facet = "happened"
    origins: int  # independent reports that carry it
    articles: int  # documents that carry it, reprints included
    change: Change | None = None
    previous: str | None = None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Why a document is in its story: the one it is nearest to, and the terms they share."""

    documents: tuple[str, str]
    similarity: float  # 0 to 1
    terms: tuple[str, ...]  # strongest first


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of several values that sources state for the same thing, in their own form."""

    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources state differently: at odds, one after the other, or as bounds of a range."""

    about: str  # "killed", "injured", ...
    kind: ConflictKind
    values: tuple[ConflictValue, ...]  # at least two; newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an earlier briefing printed and its source has since changed or taken back."""

    briefing: str  # id of the earlier briefing
    claim: str  # id of the claim there
    document: str  # that it cited
    was: str  # the quote that was printed
    now: str | None  # what stands there now; None: nothing does
    citation: Citation | None  # of `now`


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The documents about one event, and what was written of them."""

    id: str
    headline: Claim
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...] = ()
    change: Change | None = None
    unchanged: tuple[Claim, ...] = ()  # left out: printed in the last days and the same since
    documents: tuple[str, ...]
    origins: int
    articles: int
    see_also: tuple[str, ...] = ()  # ids of stories in other languages, perhaps about this event
    joined: tuple[Join, ...] = ()  # only when an explanation was asked for


@dataclass(frozen=True, slots=True)
class InBrief:
    """A story told in one line."""

    id: str
    claim: Claim
    documents: tuple[str, ...]
    see_also: tuple[str, ...] = ()
    unchanged: tuple[Claim, ...] = ()  # left out, as in a story


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReport:
    """What was found of a topic that a reader named, and where nobody could look."""

    name: str
    mode: TopicMode
    claims: tuple[str, ...]  # ids of claims of this briefing, `mentions` included
    searched: int  # documents
    not_searched: tuple[str, ...]  # names of sources that gave nothing
    mentions: tuple[Claim, ...] = ()  # sentences that no story printed


@dataclass(frozen=True, slots=True)
class Withheld:
    """A draft that could not be supported, kept for whoever audits."""

    text: str
    verdict: Verdict
    reason: str
    story: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What became of one given document."""

    id: str
    title: str
    source: str
    url: str | None
    published: str | None
    language: str
    kind: str
    text: str
    sha256: str  # of `text` in UTF-8, hexadecimal
    origin: str  # id of the document that stands for the independent report
    story: str | None  # also when the story was not printed; None for excluded documents
    use: Use
    reason: str | None  # why it was excluded


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents were loaded from, and how that went."""

    name: str
    url: str | None
    status: str  # "ok", "empty", "missing", "unreadable"
    documents: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know: what was left out, capped, degraded or unreachable."""

    code: str
    message: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What models cost for one briefing; all zero for the extractive engine."""

    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    cost_usd: float | None = 0.0  # None when a price is unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Lead, stories, withheld drafts, the ledger of documents, notes."""

    schema: str = SCHEMA
    id: str  # SHA-256 of the JSON without `id` and `usage`
    title: str
    day: str | None  # ISO 8601 calendar date
    language: str  # of labels and headings
    engine: str
    status: Status
    lead: tuple[Claim, ...]
    corrections: tuple[Correction, ...] = ()
    stories: tuple[Story, ...]
    in_brief: tuple[InBrief, ...]
    topics: tuple[TopicReport, ...] = ()
    withheld: tuple[Withheld, ...]
    documents: tuple[LedgerEntry, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    background: str | None = None  # digest of the earlier days' document frequencies, if given
    prompts: Mapping[str, str] = field(default_factory=dict)  # name -> digest
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A text written elsewhere, each of its sentences with its nearest spans and a verdict."""

    schema: str = REVIEW_SCHEMA
    language: str  # of the text
    claims: tuple[Claim, ...]  # one a sentence, in the order of the text
    documents: tuple[LedgerEntry, ...]  # all it was compared with


def plain(value: object, *, include_text: bool = False) -> Json:
    """Turn a briefing or review, or any value it holds, into what `json.dumps` accepts.

    Keys come in the order of the fields. The texts of the ledger's documents are left out unless
    `include_text`: of 3,000 articles they are 8 MB.
    """
    if isinstance(value, Mapping):
        return {key: plain(item, include_text=include_text) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item, include_text=include_text) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    left_out = isinstance(value, LedgerEntry) and not include_text
    return {
        f.name: plain(getattr(value, f.name), include_text=include_text)
        for f in fields(cast("Any", value))
        if not (left_out and f.name == "text")
    }
