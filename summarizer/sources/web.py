"""Documents from the web: pages, feeds and lists of feeds, each ending with a status.

One bad address never stops the others: it becomes a note that names it, the reason and the remedy.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from summarizer.errors import InputError
from summarizer.limits import MAX_FEED_PAGES
from summarizer.sources import addresses, articles, feeds, formats, markup, opml, pages, sandbox
from summarizer.sources.addresses import shown
from summarizer.sources.feeds import Entry, Feed
from summarizer.sources.fetch import Fetched, Fetcher, Validators
from summarizer.sources.html import Page
from summarizer.sources.status import SourceError, Status
from summarizer.text.normalise import derive_id
from summarizer.types import Document, Note, Source

_MAX_THREADS = 8  # addresses fetched at once; a host still gets one request at a time
_MAX_NOTES = 5  # on the pages of one feed; one more says how many there were
_SNIFFED = 4_096  # characters in which a list of feeds shows itself


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one address gave: documents in its order, how each source went, and notes."""

    sources: tuple[Source, ...]  # one, or those of a list of feeds
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    validators: Mapping[str, Validators] = field(default_factory=dict)  # by address


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How addresses are to be read."""

    fetcher: Fetcher
    now: datetime  # with its zone; what claims to be from the future has no date
    have: Mapping[str, Validators] = field(default_factory=dict)  # of earlier times, by address
    wanted: Callable[[Entry], bool] = lambda _: True  # which entries of feeds are read


def load(urls: Sequence[str], request: Request) -> tuple[Loaded, ...]:
    """Read addresses, several at once; return what each gave, in the order given."""
    sandbox.warm()
    with ThreadPoolExecutor(max_workers=_MAX_THREADS) as pool:
        return tuple(pool.map(lambda url: _load(url, request), urls))


def _load(url: str, request: Request) -> Loaded:
    """Read one address, whatever it holds."""
    try:
        fetched = request.fetcher.fetch(url, have=request.have.get(url))
        if fetched.is_unchanged:
            return _ended(url, "unchanged")
        text = pages.decode(fetched)
        if markup.root(text[:_SNIFFED]) == "opml":
            return _read_list(url, fetched, request)
        made = _read(url, fetched, text, request)
    except SourceError as error:
        return _ended(url, error.status, notes=[Note(error.status, str(error))])
    return replace(made, validators={url: fetched.validators})


def _read(url: str, fetched: Fetched, text: str, request: Request) -> Loaded:
    if feeds.is_feed(text):
        return _read_feed(url, fetched, request)
    is_html = "html" in fetched.headers.get("content-type", "").lower()
    if is_html or formats.sniff(fetched.body) == "html":
        request.fetcher.obey_robots(fetched.final_url)
        return _read_page(url, fetched, request)
    return _read_file(url, fetched)


def _read_page(url: str, fetched: Fetched, request: Request) -> Loaded:
    page = pages.read(fetched, asked=url)
    document, notes = articles.of_page(page, now=request.now)
    if not pages.is_paywalled(page):
        return _ended(url, "ok", [document], notes)
    why = "only the beginning is there for non-subscribers: give the whole text as a file"
    notes.append(Note("paywalled", f"{shown(url)}: {why}", (document.id,)))
    return _ended(url, "paywalled", [document], notes)


def _read_file(url: str, fetched: Fetched) -> Loaded:
    """Read what is neither a page nor a feed as the file it is."""
    items = [*formats.parse(fetched.body, formats.sniff(fetched.body), where=shown(url))]
    documents = [_at(item, fetched.final_url) for item in items if isinstance(item, Document)]
    notes = [item for item in items if isinstance(item, Note)]
    if any(document.text for document in documents):
        return _ended(url, "ok", documents, notes)
    if not notes:
        notes.append(Note("empty", f"{shown(url)}: there is no text in it: correct the address"))
    return _ended(url, "unreadable" if not documents else "empty", documents, notes)


def _at(document: Document, url: str) -> Document:
    if document.url is not None:
        return document
    placed = replace(document, url=url)
    return replace(placed, id=derive_id(placed))


def _read_list(url: str, fetched: Fetched, request: Request) -> Loaded:
    """Read all feeds of a list; a list in it is left alone."""
    try:
        subscriptions = opml.parse(fetched.body)
    except InputError as error:
        raise SourceError(f"{shown(url)}: {error}", "unreadable") from error
    if not subscriptions:
        raise SourceError(f"{shown(url)}: there are no feeds in this list", "empty")
    with ThreadPoolExecutor(max_workers=_MAX_THREADS) as pool:
        read = [*pool.map(lambda feed: _load_feed(feed.url, request), subscriptions)]
    return Loaded(
        sources=tuple(source for loaded in read for source in loaded.sources),
        documents=tuple(document for loaded in read for document in loaded.documents),
        notes=tuple(note for loaded in read for note in loaded.notes),
        validators={key: value for loaded in read for key, value in loaded.validators.items()},
    )


def _load_feed(url: str, request: Request) -> Loaded:
    """Read an address that must be a feed."""
    try:
        fetched = request.fetcher.fetch(url, have=request.have.get(url))
        if fetched.is_unchanged:
            return _ended(url, "unchanged")
        made = _read_feed(url, fetched, request)
    except SourceError as error:
        return _ended(url, error.status, notes=[Note(error.status, str(error))])
    return replace(made, validators={url: fetched.validators})


def _read_feed(url: str, fetched: Fetched, request: Request) -> Loaded:
    where = shown(url)
    try:
        feed = feeds.parse(fetched.body, url=fetched.final_url, declared=pages.charset_of(fetched))
    except InputError as error:
        raise SourceError(f"{where}: {error}", "unreadable") from error
    reading = _Reading(where, feed, pages.site(fetched.final_url), request)
    for entry in filter(request.wanted, feed.entries):
        reading.add(entry)
    return reading.end(url)


@dataclass(slots=True)
class _Reading:
    """What has been made of one feed so far."""

    where: str
    feed: Feed
    source: str
    request: Request
    documents: list[Document] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    failures: list[Note] = field(default_factory=list)  # of the pages of its entries
    n_teasers: int = 0  # documents that are no more than that
    n_pages: int = 0  # fetched or tried

    def add(self, entry: Entry) -> None:
        """Make a document of an entry that says anything."""
        page = None
        if articles.is_teaser(entry):
            page = self._page(entry)
            self.n_teasers += page is None
        if page or entry.text or entry.title:
            made, notes = articles.of_entry(
                entry, self.feed, page, source=self.source, now=self.request.now
            )
            self.documents.append(made)
            self.notes += notes

    def _page(self, entry: Entry) -> Page | None:
        """Read the page an entry leads to; a failure leaves the entry with its teaser."""
        address = articles.address(entry)
        if address is None or self.n_pages == MAX_FEED_PAGES:
            return None
        self.n_pages += 1
        try:
            fetched = self.request.fetcher.fetch(address, obey_robots=True)
            page = pages.read(fetched, asked=address)
        except SourceError as error:
            self.failures.append(Note(error.status, str(error)))
            return None
        return page if len(page.text) > len(entry.text) else None

    def end(self, url: str) -> Loaded:
        """Say how the feed went."""
        notes = [*self.notes, *self.failures[:_MAX_NOTES]]
        if len(self.failures) > _MAX_NOTES:
            why = f"{len(self.failures) - _MAX_NOTES:,} more of its pages could not be read"
            notes.append(Note("teaser_only", f"{self.where}: {why}"))
        if self.feed.n_left_out:
            why = f"{self.feed.n_left_out:,} entries beyond the first were left out"
            notes.append(Note("limit_documents", f"{self.where}: {why}"))
        if not self.documents:
            notes.append(Note("empty", f"{self.where}: this feed has no entries"))
            return _ended(url, "empty", notes=notes)
        if self.n_teasers < len(self.documents):
            return _ended(url, "ok", self.documents, notes)
        why = "its articles could not be read in full, only what the feed says of them"
        notes.append(Note("teaser_only", f"{self.where}: {why}"))
        return _ended(url, "teaser_only", self.documents, notes)


def _ended(
    url: str, status: Status, documents: Sequence[Document] = (), notes: Sequence[Note] = ()
) -> Loaded:
    source = Source(shown(url), _web_address(url), status, len(documents))
    return Loaded((source,), tuple(documents), tuple(notes))


def _web_address(url: str) -> str | None:
    """Return an address that was given, None for what is none."""
    try:
        return str(addresses.parse(url))
    except SourceError:
        return None
