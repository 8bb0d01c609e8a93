"""Documents of fetched pages and of the entries of feeds."""

from datetime import datetime
from functools import partial

from summarizer.errors import InputError
from summarizer.sources import addresses, pages, stamps
from summarizer.sources.feeds import Entry, Feed
from summarizer.sources.html import Page
from summarizer.text.lexical import count_words
from summarizer.text.normalise import document
from summarizer.types import Document, Note

_CUT = ("…", "...", "[…]", "[...]", "(...)", "[&#8230;]")  # how a text ends that goes on elsewhere
_UNKNOWN = "und"
TEASER = "teaser"  # kind of a document that has what a feed says of an article, not the article


def of_page(page: Page, *, now: datetime) -> tuple[Document, list[Note]]:
    """Make the document of a page that was given by its address."""
    made = document(
        page.text,
        title=page.title,
        url=page.url,
        source=page.source,
        published=_sane(page.published, now),
        kind=page.kind,
    )
    return made, _date_note(page.published, made)


def of_entry(
    entry: Entry, feed: Feed, page: Page | None, *, source: str, now: datetime
) -> tuple[Document, list[Note]]:
    """Make the document of an entry.

    Args:
        entry: what the feed says.
        feed: the feed.
        page: what the entry leads to, None where the feed has the whole text, or the page has none.
        source: who publishes the feed, where the feed does not say.
        now: with its zone.
    """
    published = entry.published or (page.published if page else None)
    make = partial(
        document,
        page.text if page else entry.text,
        title=entry.title or (page.title if page else ""),
        url=address(entry) or (page.url if page else None),
        source=feed.title or source,
        published=_sane(published, now),
        kind=page.kind if page else TEASER if is_teaser(entry) else "article",
    )
    made = make()
    # What a feed declares is often the default of the program that made it.
    if made.language == _UNKNOWN and feed.language:
        made = make(language=feed.language)
    return made, _date_note(published, made)


def address(entry: Entry) -> str | None:
    """Return the address of an entry where it is one that can be fetched."""
    try:
        return str(addresses.parse(entry.url)) if entry.url else None
    except InputError:
        return None


def is_teaser(entry: Entry) -> bool:
    """Tell an entry that leads to its article from one that holds it."""
    is_cut = entry.text.rstrip().endswith(_CUT)
    return bool(entry.url) and (is_cut or count_words(entry.text) < pages.MIN_WORDS)


def _sane(published: str | None, now: datetime) -> str | None:
    return published if published and stamps.is_sane(published, now) else None


def _date_note(published: str | None, made: Document) -> list[Note]:
    if published is None or made.published is not None:
        return []
    why = f"its date is not one that can be true, it counts as undated ({published[:10]})"
    return [Note("bad_date", f"{made.url or made.title}: {why}", (made.id,))]
