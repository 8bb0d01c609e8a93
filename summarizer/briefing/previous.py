"""Earlier briefings, reduced to what today's is compared with: what was told, and from what.

Read from the JSON contract `summarizer.briefing/1`: fields that are not needed may be missing,
unknown or of any kind, those that are needed are checked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from summarizer.errors import InputError
from summarizer.text import normalise
from summarizer.types import SCHEMA, Briefing, Citation, plain

_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can escape them; no encoding can write them


@dataclass(frozen=True, slots=True)
class PrintedClaim:
    """A claim of an earlier briefing."""

    id: str
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story of an earlier briefing; one told in a line has its claim as the headline."""

    id: str
    headline: PrintedClaim
    claims: tuple[PrintedClaim, ...]
    documents: tuple[str, ...]  # ids in the ledger of its briefing
    unchanged: tuple[PrintedClaim, ...] = ()  # told before that day, not printed again on it

    @property
    def printed(self) -> tuple[PrintedClaim, ...]:
        """Return all its claims, the headline first."""
        return (self.headline, *self.claims)


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What the ledger of an earlier briefing says of a document."""

    id: str
    title: str
    source: str
    url: str | None
    published: date | None
    language: str
    kind: str
    sha256: str  # of its text


@dataclass(frozen=True, slots=True)
class Previous:
    """One earlier briefing."""

    id: str
    day: date | None
    stories: tuple[ToldStory, ...]  # in the order told
    documents: Mapping[str, KnownDocument]  # by id
    corrected: frozenset[tuple[str, str]]  # document and quote of the corrections it listed


def read_all(given: Iterable[Briefing | Mapping[str, object]]) -> tuple[Previous, ...]:
    """Read briefings as they were made, or their parsed JSON.

    Raises:
        InputError: one of them is no briefing; the message names its place.
    """
    return tuple(
        of(each) if isinstance(each, Briefing) else read(each, where=f"previous[{i}]")
        for i, each in enumerate(given)
    )


def of(briefing: Briefing) -> Previous:
    """Return what of a briefing later ones are compared with."""
    return read(plain(briefing), where="previous")


def read(content: object, *, where: str) -> Previous:
    """Read the JSON of a briefing.

    Args:
        content: what a JSON parser returned.
        where: the place it came from ("monday.json"), named in errors.

    Raises:
        InputError: it is no briefing of this schema, or a field that is needed is missing or of
            another kind; the message names the field and never its value.
    """
    root = _Field(content, where)
    if root["schema"].value != SCHEMA:
        raise root["schema"].refusal(SCHEMA)
    documents = {d.id: d for d in map(_document, root["documents"].items())}
    stories = [_story(item, documents) for item in root["stories"].items()]
    stories += [_line(item, documents) for item in root["in_brief"].items()]
    corrections = root["corrections"].items() if root.has("corrections") else ()
    return Previous(
        id=root["id"].text(),
        day=root["day"].day(),
        stories=tuple(stories),
        documents=documents,
        corrected=frozenset((c["document"].text(), c["was"].text()) for c in corrections),
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """A value of the JSON and the way to it."""

    value: object
    where: str  # the file
    path: str = ""

    def __getitem__(self, key: str) -> "_Field":
        if not isinstance(self.value, Mapping):
            raise self.refusal("an object")
        below = _Field(self.value.get(key), self.where, f"{self.path}.{key}".lstrip("."))
        if key not in self.value:
            raise InputError(f"{below.name} is missing: give the whole JSON of a briefing")
        return below

    @property
    def name(self) -> str:
        return f"{self.where}: field {self.path}" if self.path else self.where

    def refusal(self, needed: str) -> InputError:
        return InputError(f"{self.name} cannot be read: {needed} is needed there")

    def has(self, key: str) -> bool:
        return isinstance(self.value, Mapping) and key in self.value

    def items(self) -> Iterator["_Field"]:
        if not isinstance(self.value, list):
            raise self.refusal("an array")
        for i, item in enumerate(self.value):
            yield _Field(item, self.where, f"{self.path}[{i}]")

    def text(self) -> str:
        if not isinstance(self.value, str) or _SURROGATE.search(self.value):
            raise self.refusal("a text")
        return self.value

    def text_or_none(self) -> str | None:
        return None if self.value is None else self.text()

    def offset(self) -> int:
        if type(self.value) is not int or self.value < 0:
            raise self.refusal("a whole number")
        return self.value

    def day(self) -> date | None:
        written = self.text_or_none()
        try:
            return normalise.day(written)
        except InputError as error:
            raise self.refusal("an ISO 8601 date or null") from error


def _document(field: _Field) -> KnownDocument:
    return KnownDocument(
        id=field["id"].text(),
        title=field["title"].text(),
        source=field["source"].text(),
        url=field["url"].text_or_none(),
        published=field["published"].day(),
        language=field["language"].text(),
        kind=field["kind"].text(),
        sha256=field["sha256"].text(),
    )


def _story(field: _Field, documents: Mapping[str, KnownDocument]) -> ToldStory:
    return ToldStory(
        id=field["id"].text(),
        headline=_claim(field["headline"], documents),
        claims=tuple(_claim(claim, documents) for claim in field["claims"].items()),
        documents=_known(field["documents"], documents),
        unchanged=_unchanged(field, documents),
    )


def _line(field: _Field, documents: Mapping[str, KnownDocument]) -> ToldStory:
    return ToldStory(
        id=field["id"].text(),
        headline=_claim(field["claim"], documents),
        claims=(),
        documents=_known(field["documents"], documents),
        unchanged=_unchanged(field, documents),
    )


def _unchanged(field: _Field, documents: Mapping[str, KnownDocument]) -> tuple[PrintedClaim, ...]:
    if not field.has("unchanged"):  # of a briefing made before the field was
        return ()
    return tuple(_claim(claim, documents) for claim in field["unchanged"].items())


def _known(field: _Field, documents: Mapping[str, KnownDocument]) -> tuple[str, ...]:
    return tuple(_in_ledger(item, documents) for item in field.items())


def _claim(field: _Field, documents: Mapping[str, KnownDocument]) -> PrintedClaim:
    citations = tuple(
        Citation(
            document=_in_ledger(item["document"], documents),
            start=item["start"].offset(),
            end=item["end"].offset(),
            quote=item["quote"].text(),
        )
        for item in field["citations"].items()
    )
    if not citations:
        raise field["citations"].refusal("at least one citation")
    return PrintedClaim(field["id"].text(), field["text"].text(), citations)


def _in_ledger(field: _Field, documents: Mapping[str, KnownDocument]) -> str:
    name = field.text()
    if name not in documents:
        raise field.refusal("the id of a document of its ledger")
    return name
