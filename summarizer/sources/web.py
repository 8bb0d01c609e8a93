"""Documents from the web: pages, feeds and lists of feeds, each ending with a status.

One bad address never stops the others: it becomes a note that names it, the reason and the remedy.
"""

from collections.abc import Mapping, Sequence
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
from summarizer.sources.opml import Subscription
from summarizer.sources.status import SourceError, Status
from summarizer.text.normalise import clean, derive_id
from summarizer.types import Document, Note, Source

_MAX_THREADS = 8  # addresses fetched at once; a host still gets one request at a time
_MAX_NOTES = 5  # on the pages of one feed; one more says how many there were
_SNIFFED = 4_096  # characters in which a list of feeds shows itself
_MAX_NAME_CHARS = 100  # of a feed's title, as the name of the source


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one address gave: documents in its order, how each source went, and notes.

    `validators` has every address that was read to its end: pages of a feed's entries, and the
    feed itself unless something of it is left to be read another time. `carried` has those of
    articles that a feed carries whole, so that nobody went there.
    """

    sources: tuple[Source, ...]  # one, or those of a list of feeds
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    validators: Mapping[str, Validators] = field(default_factory=dict)  # by address
    carried: tuple[str, ...] = ()
    is_feed: bool = False
    feeds: tuple[Subscription, ...] = ()  # of a list, none of them read yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How addresses are to be read.

    What `have` names was read before: the page of an entry is not read again, whatever else is
    only when its server says that it has changed.
    """

    fetcher: Fetcher
    now: datetime  # with its zone; what claims to be from the future has no date
    have: Mapping[str, Validators] = field(default_factory=dict)  # by address


def load(urls: Sequence[str], request: Request) -> tuple[Loaded, ...]:
    """Read addresses, several at once; return what each gave, in the order given."""
    sandbox.warm()
    with ThreadPoolExecutor(max_workers=_MAX_THREADS) as pool:
        return tuple(pool.map(lambda url: _whole(read(url, request), request), urls))


def read(url: str, request: Request) -> Loaded:
    """Read one address, whatever it holds; of a list of feeds only which they are."""
    try:
        fetched = request.fetcher.fetch(url, have=request.have.get(url))
        if fetched.is_unchanged:
            return ended(url, "unchanged")
        text = pages.decode(fetched)
        if markup.root(text[:_SNIFFED]) == "opml":
            return Loaded((), feeds=_feeds(url, fetched))
        return _read(url, fetched, text, request)
    except SourceError as error:
        return ended(url, error.status, notes=[Note(error.status, str(error))])


def read_feed(subscription: Subscription, request: Request) -> Loaded:
    """Read an address that must be a feed."""
    url, name = subscription.url, subscription.title
    try:
        fetched = request.fetcher.fetch(url, have=request.have.get(url))
        if fetched.is_unchanged:
            return ended(url, "unchanged", name=name)
        return _read_feed(url, fetched, request, name=name)
    except SourceError as error:
        return ended(url, error.status, notes=[Note(error.status, str(error))], name=name)


def ended(
    url: str,
    status: Status,
    documents: Sequence[Document] = (),
    notes: Sequence[Note] = (),
    *,
    name: str = "",
) -> Loaded:
    """Say how one address went, under its name if it has one."""
    called = " ".join(clean(name).split())[:_MAX_NAME_CHARS]
    source = Source(called or shown(url), _web_address(url), status, len(documents))
    return Loaded((source,), tuple(documents), tuple(notes))


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
    status: Status = "ok"
    if pages.is_paywalled(page):
        status = "paywalled"
        why = "only the beginning is there for non-subscribers: give the whole text as a file"
        notes.append(Note("paywalled", f"{shown(url)}: {why}", (document.id,)))
    made = ended(url, status, [document], notes)
    return replace(made, validators=dict.fromkeys((url, fetched.final_url), fetched.validators))


def _read_file(url: str, fetched: Fetched) -> Loaded:
    """Read what is neither a page nor a feed as the file it is."""
    items = [*formats.parse(fetched.body, formats.sniff(fetched.body), where=shown(url))]
    documents = [_at(item, fetched.final_url) for item in items if isinstance(item, Document)]
    notes = [item for item in items if isinstance(item, Note)]
    status: Status = "ok"
    if not any(document.text for document in documents):
        status = "empty" if documents else "unreadable"
        why = "there is no text in it: correct the address"
        notes = notes or [Note("empty", f"{shown(url)}: {why}")]
    made = ended(url, status, documents, notes)
    return replace(made, validators={url: fetched.validators})


def _at(document: Document, url: str) -> Document:
    if document.url is not None:
        return document
    placed = replace(document, url=url)
    return replace(placed, id=derive_id(placed))


def _feeds(url: str, fetched: Fetched) -> tuple[Subscription, ...]:
    """Return the feeds of a list; a list in it is left alone."""
    try:
        found = opml.parse(fetched.body)
    except InputError as error:
        raise SourceError(f"{shown(url)}: {error}", "unreadable") from error
    if not found:
        raise SourceError(f"{shown(url)}: there are no feeds in this list", "empty")
    return found


def _whole(loaded: Loaded, request: Request) -> Loaded:
    """Read all feeds of a list."""
    if not loaded.feeds:
        return loaded
    with ThreadPoolExecutor(max_workers=_MAX_THREADS) as pool:
        each = [*pool.map(lambda feed: read_feed(feed, request), loaded.feeds)]
    return Loaded(
        sources=tuple(source for one in each for source in one.sources),
        documents=tuple(document for one in each for document in one.documents),
        notes=tuple(note for one in each for note in one.notes),
        validators={key: value for one in each for key, value in one.validators.items()},
    )


def _read_feed(url: str, fetched: Fetched, request: Request, *, name: str = "") -> Loaded:
    where = shown(url)
    try:
        feed = feeds.parse(fetched.body, url=fetched.final_url, declared=pages.charset_of(fetched))
    except InputError as error:
        raise SourceError(f"{where}: {error}", "unreadable") from error
    reading = _Reading(where, feed, pages.site(fetched.final_url), request)
    for entry in feed.entries:
        reading.add(entry)
    made = reading.end(url, name=feed.title or name)
    own = {url: fetched.validators} if reading.is_whole else {}
    read_to_the_end = reading.validators | own
    return replace(made, validators=read_to_the_end, carried=tuple(reading.carried), is_feed=True)


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
    validators: dict[str, Validators] = field(default_factory=dict)  # of the pages read
    carried: list[str] = field(default_factory=list)
    n_teasers: int = 0  # documents that are no more than that
    n_pages: int = 0  # fetched or tried
    n_known: int = 0  # entries whose pages were read another time
    is_whole: bool = True  # nothing is left that another time may bring

    def add(self, entry: Entry) -> None:
        """Make a document of an entry that says anything, unless its page was read before."""
        page, address = None, articles.address(entry)
        if articles.is_teaser(entry):
            if address in self.request.have:
                self.n_known += 1
                return
            page = self._page(entry, address)
            self.n_teasers += page is None
        elif address is not None:
            self.carried.append(address)
        if page or entry.text or entry.title:
            made, notes = articles.of_entry(
                entry, self.feed, page, source=self.source, now=self.request.now
            )
            self.documents.append(made)
            self.notes += notes

    def _page(self, entry: Entry, address: str | None) -> Page | None:
        """Read the page an entry leads to; a failure leaves the entry with its teaser."""
        if address is None:
            return None
        if self.n_pages == MAX_FEED_PAGES:
            self.is_whole = False
            return None
        self.n_pages += 1
        try:
            fetched = self.request.fetcher.fetch(address, obey_robots=True)
            page = pages.read(fetched, asked=address)
        except SourceError as error:
            self.failures.append(Note(error.status, str(error)))
            self.is_whole = self.is_whole and error.status != "unreachable"
            return None
        self.validators[address] = fetched.validators
        return page if len(page.text) > len(entry.text) else None

    def end(self, url: str, *, name: str) -> Loaded:
        """Say how the feed went."""
        notes = [*self.notes, *self.failures[:_MAX_NOTES]]
        if len(self.failures) > _MAX_NOTES:
            why = f"{len(self.failures) - _MAX_NOTES:,} more of its pages could not be read"
            notes.append(Note("teaser_only", f"{self.where}: {why}"))
        if self.feed.n_left_out:
            why = f"{self.feed.n_left_out:,} entries beyond the first were left out"
            notes.append(Note("limit_documents", f"{self.where}: {why}"))
        status: Status = "ok"
        if not self.documents:
            status = "unchanged" if self.n_known else "empty"
            if not self.n_known:
                notes.append(Note("empty", f"{self.where}: this feed has no entries"))
        elif self.n_teasers == len(self.documents) and not self.n_known:
            status = "teaser_only"
            why = "its articles could not be read in full, only what the feed says of them"
            notes.append(Note("teaser_only", f"{self.where}: {why}"))
        return ended(url, status, self.documents, notes, name=name)


def _web_address(url: str) -> str | None:
    """Return an address that was given, None for what is none."""
    try:
        return str(addresses.parse(url))
    except SourceError:
        return None
