"""What a fetched page is: its main text, read in the sandbox, or why there is none to read."""

from dataclasses import replace
from urllib.parse import urlsplit

from summarizer.errors import InputError
from summarizer.sources import charset, html, paragraphs
from summarizer.sources.addresses import shown
from summarizer.sources.fetch import Fetched
from summarizer.sources.html import NoMainTextError, Page
from summarizer.sources.sandbox import BrokenError
from summarizer.sources.status import SourceError
from summarizer.text.lexical import count_words

MIN_WORDS = 150  # of a text that is taken for a whole article; half of all news has 400

_CONSENT = frozenset({"consent", "cookie-consent", "cookiewall", "myprivacy", "privacygate"})


def read(fetched: Fetched, *, asked: str) -> Page:
    """Find the main text of what came from the web; its address is one of its own site.

    Args:
        fetched: the answer.
        asked: the address that was asked for, as notes name it.

    Raises:
        SourceError: there is none; its `status` says why.
    """
    where = shown(asked)
    if is_consent(fetched.final_url) and not is_consent(asked):
        why = "it asks for consent before it shows the text: save the page and give its file"
        raise SourceError(f"{where}: {why}", "consent_page")
    try:
        page = _extract(decode(fetched))
    except NoMainTextError as error:
        raise SourceError(f"{where}: {error}", "empty") from error
    except InputError as error:
        raise SourceError(f"{where}: {error}", "unreadable") from error
    host = site(fetched.final_url)
    own = page.url is not None and site(page.url) == host
    return replace(page, url=page.url if own else fetched.final_url, source=page.source or host)


def _extract(text: str) -> Page:
    """Read a page; where its parser dies of it, its paragraphs alone."""
    try:
        return html.extract_apart(text)
    except BrokenError:
        return paragraphs.extract_apart(text)


def decode(fetched: Fetched) -> str:
    """Return the text of a body: byte order mark, then the server's word, then the page's own."""
    declared = charset_of(fetched)
    known = charset.codec(declared) if declared else None
    return charset.decode(fetched.body, declared=known or charset.declaration(fetched.body))[0]


def charset_of(fetched: Fetched) -> str | None:
    """Return the charset that the server declares, None without one."""
    _, _, rest = fetched.headers.get("content-type", "").lower().partition("charset=")
    return rest.partition(";")[0].strip(" \"'") or None


def is_paywalled(page: Page) -> bool:
    """Tell whether a page says that it is for subscribers and shows the beginning only."""
    return not page.is_free and count_words(page.text) < MIN_WORDS


def is_consent(url: str) -> bool:
    """Tell the page of a site that asks for consent by the names in its address."""
    parts = urlsplit(url.lower())
    return not _CONSENT.isdisjoint([*(parts.hostname or "").split("."), *parts.path.split("/")])


def site(url: str) -> str:
    """Return the host of an address without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
