"""Read again what an edition has cited in the last days: has it changed, is it gone?

An article that still says what it said costs one conditional request. One that a feed carried
whole has never been read where it stands: the first time is to know its page, and counts only
where the page plainly is that article.
"""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from summarizer.service import cited, collecting, networks, visited
from summarizer.service.cited import CitedArticle
from summarizer.service.store import briefings, documents, seen
from summarizer.service.store.database import Database
from summarizer.service.store.seen import Article, SourceReport
from summarizer.service.visited import Visited
from summarizer.settings import Settings
from summarizer.sources import pages
from summarizer.sources.articles import TEASER
from summarizer.sources.fetch import Fetcher, Validators
from summarizer.sources.html import Page
from summarizer.sources.status import SourceError
from summarizer.text import lexical
from summarizer.text.normalise import document
from summarizer.types import Document

DAYS = 7  # as long as what was printed is not printed again
MAX_ARTICLES = 300  # in all: a briefing of 600 words cites some 30, and most days cite others
MAX_A_HOST = 60  # one a second, so that no host holds up a briefing for more than a minute
MAX_S = 120.0  # in all; what has not answered by then is asked the next day
MIN_STANDING = 0.5  # of the quotes, or of the words of both titles: the page is the article
MIN_TITLE = 0.6  # of the words of both titles: one is the other, with a number put right
SOURCE = "articles cited before"  # how the store calls where these versions came from
_MAX_BRIEFINGS = 50  # of the days; an edition that comes every hour cites the same ones
_MAX_THREADS = 8  # hosts asked at once
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What has become of the articles that were cited."""

    documents: tuple[Document, ...] = ()  # new versions, not yet included in a briefing
    vanished: tuple[str, ...] = ()  # addresses of those that their sites have removed
    keys: tuple[str, ...] = ()  # of the new versions, as `store.seen` names them


@dataclass(frozen=True, slots=True)
class _Found:
    """What one address gave; without validators it was not read."""

    url: str
    validators: Validators | None = None
    document: Document | None = None
    is_gone: bool = False


def changed(
    db: Database,
    settings: Settings,
    *,
    owner: str,
    edition: str,
    now: datetime,
) -> Rechecked:
    """Ask for the articles that the briefings of the last days cite, and keep new versions.

    To be called when the sources were collected: an article of which these brought a new version
    is not asked for.

    Args:
        db: where the briefings are, and what is found is kept.
        settings: the networks that may be entered.
        owner: of the edition.
        edition: its name.
        now: with its zone.

    Raises:
        ConfigurationError: an allowed network cannot be read.
        StorageError: the database cannot be written now.
    """
    with networks.fetcher(settings, deadline_s=MAX_S) as fetcher:
        return read_again(db, fetcher, owner=owner, edition=edition, now=now)


def read_again(
    db: Database, fetcher: Fetcher, *, owner: str, edition: str, now: datetime
) -> Rechecked:
    """Ask for the articles with a fetcher, as `changed` does."""
    known = visited.load(db, owner, edition)
    hosts = _asked(db, known, owner=owner, edition=edition, now=now)
    found: list[_Found] = []
    with ThreadPoolExecutor(_MAX_THREADS) as pool:
        for of_host in pool.map(lambda asked: [_look(a, fetcher, known) for a in asked], hosts):
            found += of_host
            if report := _report(of_host, now):
                seen.record(db, owner, edition, report)
    versions = tuple(each.document for each in found if each.document)
    return Rechecked(
        versions,
        tuple(each.url for each in found if each.is_gone),
        tuple(map(collecting.key, versions)),
    )


def _asked(
    db: Database, known: Visited, *, owner: str, edition: str, now: datetime
) -> list[list[CitedArticle]]:
    """Return the articles to ask for, one list a host, the last cited first.

    What only a file names as its address was never fetched, and is not now. Of a teaser the
    article itself is another text.
    """
    since = (now - timedelta(days=DAYS)).date().isoformat()
    made = briefings.of_edition(db, owner, edition, before_day=None, limit=_MAX_BRIEFINGS)
    waiting = [each.hash for each in seen.waiting(db, owner, edition)]
    new = {version.url for version in documents.load(db, waiting)}
    hosts: dict[str, list[CitedArticle]] = defaultdict(list)
    n_asked = 0
    for article in cited.articles(made, since=since):
        host = urlsplit(article.url).netloc
        is_due = article.url in known.have and article.url not in new and article.kind != TEASER
        if is_due and n_asked < MAX_ARTICLES and len(hosts[host]) < MAX_A_HOST:
            hosts[host].append(article)
            n_asked += 1
    return [asked for asked in hosts.values() if asked]


def _look(article: CitedArticle, fetcher: Fetcher, known: Visited) -> _Found:
    """Ask for one article; an address that does not answer now says nothing."""
    is_read = article.url in known.read
    try:
        fetched = fetcher.fetch(article.url, have=known.have[article.url], obey_robots=True)
        page = None if fetched.is_unchanged else pages.read(fetched, asked=article.url)
    except SourceError as error:
        return _Found(article.url, is_gone=is_read and error.http_status in _GONE)
    if page is None or pages.is_paywalled(page):
        return _Found(article.url)
    return _Found(article.url, fetched.validators, _version(article, page, is_read=is_read))


def _version(article: CitedArticle, page: Page, *, is_read: bool) -> Document | None:
    """Return the article as its page has it now; None where it says the same, or is another.

    It keeps what the ledger says of it, so that the text alone makes the difference. Its title is
    that of the page only where this is plainly the title of before, put in other words.
    """
    version = _made(article, page, article.title)
    if sha256(version.text.encode()).hexdigest() == article.sha256:
        return None
    likeness = _likeness(article.title, page.title)
    text = _words(version.text)
    n_standing = sum(_words(quote) in text for quote in article.quotes)
    is_same = n_standing >= MIN_STANDING * len(article.quotes)
    if is_read:
        is_same = is_same or likeness >= MIN_STANDING
    elif n_standing == len(article.quotes):  # the feed's text and the page's are never quite equal
        return None
    if not is_same:
        return None
    return _made(article, page, page.title) if likeness >= MIN_TITLE else version


def _made(article: CitedArticle, page: Page, title: str) -> Document:
    return document(
        page.text,
        title=title,
        url=article.url,
        source=article.source,
        published=article.published,
        language=article.language,
        kind=article.kind,
    )


def _report(found: Sequence[_Found], now: datetime) -> SourceReport | None:
    """Return what is to be kept of the articles of one host, None for nothing."""
    read = {each.url: visited.read(each.validators) for each in found if each.validators}
    if not read:
        return None
    versions = [each.document for each in found if each.document is not None]
    return SourceReport(
        source=SOURCE,
        url=None,
        status="ok",
        at=now,
        articles=[Article(collecting.key(version), version) for version in versions],
        validators=read,
    )


def _words(text: str) -> str:
    """Return a text without its typography, so that a quote is found at whole words only."""
    return f" {' '.join(lexical.words(text))} "


def _likeness(a: str, b: str) -> float:
    """Return which share of the words of two titles they have in common."""
    ours, theirs = set(lexical.words(a)), set(lexical.words(b))
    return len(ours & theirs) / max(1, len(ours | theirs))
