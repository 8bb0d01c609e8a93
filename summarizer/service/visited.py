"""The web addresses an edition knows, and how to ask each whether it has changed.

In the store's two fields: an address that was read has what its server said of the version, or a
sign where it said nothing; that of an article which a feed carried whole has neither. A feed has a
row of its own with its name, so that it goes by it when it fails, and that what is no feed any
more, a page that says "back soon", is not taken for an article.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.service.store import seen
from summarizer.service.store.database import Database
from summarizer.sources.fetch import Validators
from summarizer.sources.web import Loaded

_SILENT = seen.Validators(modified="-")  # read, of a server that says nothing of its versions
_CARRIED = seen.Validators()
_FEED = "feed "  # before the address of a feed, in the row with its name


@dataclass(frozen=True, slots=True)
class Visited:
    """The addresses that an edition knows."""

    have: Mapping[str, Validators] = field(default_factory=dict)
    read: frozenset[str] = frozenset()  # those that were fetched
    feeds: Mapping[str, str] = field(default_factory=dict)  # the names of those that are feeds


def load(db: Database, owner: str, edition: str) -> Visited:
    """Return the addresses that an edition knows."""
    rows = seen.validators(db, owner, edition)
    named = {url: row.etag for url, row in rows.items() if url.startswith(_FEED)}
    asked = {url: row for url, row in rows.items() if url not in named}
    return Visited(
        {url: _asked(row) for url, row in asked.items()},
        frozenset(url for url, row in asked.items() if row != _CARRIED),
        {url.removeprefix(_FEED): name for url, name in named.items()},
    )


def kept(loaded: Loaded, source: str, visited: Visited) -> dict[str, seen.Validators]:
    """Return what the store is to keep of the addresses that a source leads to."""
    rows = {url: _CARRIED for url in loaded.carried if url not in visited.have}
    if loaded.is_feed:
        rows[_FEED + source] = seen.Validators(etag=loaded.sources[0].name)
    return rows | {url: read(validators) for url, validators in loaded.validators.items()}


def read(validators: Validators) -> seen.Validators:
    """Return what the store is to keep of an address that was read."""
    if validators == Validators():
        return _SILENT
    return seen.Validators(validators.etag or "", validators.last_modified or "")


def _asked(validators: seen.Validators) -> Validators:
    if validators == _SILENT:
        return Validators()
    return Validators(validators.etag or None, validators.modified or None)
