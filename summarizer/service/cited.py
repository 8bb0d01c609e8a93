"""Which articles of the web the latest briefings of an edition cite, as their ledgers have them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from summarizer.types import Json


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article in its newest version, and what was quoted of it."""

    url: str
    title: str
    source: str
    published: str | None
    language: str
    kind: str
    sha256: str  # of its text
    quotes: tuple[str, ...]  # of any version


def articles(briefings: Iterable[Json], *, since: str) -> list[CitedArticle]:
    """Return the articles that briefings cite, those of the newest first.

    Args:
        briefings: the JSON of each, the newest first.
        since: a day, ISO 8601; briefings of earlier days are left aside.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    quotes: dict[str, dict[str, None]] = {}
    for briefing in briefings:
        content = cast("Mapping[str, Any]", briefing)
        if (content["day"] or since) < since:
            continue
        ledger = {entry["id"]: entry for entry in content["documents"] if entry["url"]}
        for entry in ledger.values():
            entries.setdefault(entry["url"], entry)
        for citation in _citations(content):
            if citation["document"] in ledger:
                url = ledger[citation["document"]]["url"]
                quotes.setdefault(url, {})[citation["quote"]] = None
    return [_article(entries[url], tuple(quoted)) for url, quoted in quotes.items()]


def _citations(briefing: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for story in briefing["stories"]:
        for claim in (story["headline"], *story["claims"]):
            yield from claim["citations"]
    for line in briefing["in_brief"]:
        yield from line["claim"]["citations"]


def _article(entry: Mapping[str, Any], quotes: tuple[str, ...]) -> CitedArticle:
    names = ("url", "title", "source", "published", "language", "kind", "sha256")
    return CitedArticle(**{name: entry[name] for name in names}, quotes=quotes)
