"""The main text of an HTML page and what the page says of itself; trafilatura does the work.

What a reader cannot see is removed first, and what the parser would lose in silence is refused.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from summarizer.errors import InputError
from summarizer.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_HTML_BYTES
from summarizer.sources import sandbox
from summarizer.types import Json

_SCRIPT = re.compile(r"(<script\b[^<>]*+>).*?(?:</script|\Z)", re.IGNORECASE | re.DOTALL)
# A space, a name and a quoted value are three pieces. Possessive, so that it stays linear.
_CROWDED = re.compile(
    rf"""<[a-z](?:"[^"]*+"|'[^']*+'|[^"'<>\s]++|\s++){{{3 * MAX_ATTRIBUTES},}}+""", re.IGNORECASE
)
_MIN_CELL_WORDS = 20  # a cell with fewer words is data; with more, the table lays out the page
_HIDDEN = re.compile(r"display\s*:\s*none|font-size\s*:\s*0+(?:\.0*)?(?![\d.])", re.IGNORECASE)
_BLOCKS = frozenset({"head", "p", "quote", "list", "code", "table", "row", "cell", "ab", "div"})
_BLANK = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\s*\n\s*\n\s*")
_LINE_BREAK = re.compile(r" *\n *")
_BEFORE_PUBLISHER = re.compile(r"(.*\S) [-|–—·•] ")
_OPINION_SECTIONS = frozenset({"commentary", "comment", "editorial", "editorials", "op-ed"})
_FIRST_YEAR = 1971  # an earlier date on a page is the zero of somebody's clock
_LAST_DAY = "2199-12-31"  # without a last day the date search would read today's
# trafilatura reports what it could not parse; we say it ourselves, and stderr is the user's.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page, its paragraphs separated by blank lines, and its metadata."""

    text: str
    title: str
    source: str
    url: str | None  # canonical address as the page gives it, http(s) only
    published: str | None  # ISO 8601, with the time and zone where the page has them
    kind: str
    is_free: bool  # False where the page says that it is for subscribers


class NoMainTextError(InputError):
    """A page in which no main text was found."""

    def __init__(self) -> None:
        super().__init__("no main text was found: save the text of the page instead")


def extract(html: str) -> Page:
    """Find the main text of `html`.

    Raises:
        InputError: the page is too large or nested too deep for the parser.
        NoMainTextError: no main text was found in it.
    """
    from trafilatura import bare_extraction

    tree = parse(html)
    linked = _linked_data(tree)
    remove_hidden(tree)
    found: Any = bare_extraction(
        tree,
        fast=True,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": _LAST_DAY,
        },
    )
    text = _text(found.body) if found is not None and found.body is not None else ""
    if not text:
        raise NoMainTextError
    url = _canonical(tree)
    source = _publisher(tree, found.sitename, url)
    title = _without_publisher(_BLANK.sub(" ", found.title or "").strip(), source)
    return Page(
        text=text,
        title=title,
        source=source,
        url=url,
        published=_published(tree, linked, found.date),
        kind="opinion" if _is_opinion(tree, linked) else "article",
        is_free=not any(_is_for_subscribers(value) for value in linked),
    )


def extract_apart(html: str) -> Page:
    """Find the main text of `html` in the sandbox, as is due to strangers' pages.

    Raises:
        InputError: as `extract` has it, or the parser did not survive the page.
    """
    found = sandbox.run(read, html.encode(errors="replace"))
    if found is None:
        raise NoMainTextError
    return Page(**cast(dict[str, Any], found))


def read(data: bytes) -> dict[str, Json] | None:
    """Return `extract` of a page in UTF-8 as JSON, None when no main text was found."""
    try:
        return asdict(extract(data.decode(errors="replace")))
    except NoMainTextError:
        return None


def parse(html: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the tree of a page that the parser reads whole and in good time.

    Raises:
        InputError: as `extract` has it.
    """
    from trafilatura import load_html

    if len(html) > MAX_HTML_BYTES or len(html.encode(errors="replace")) > MAX_HTML_BYTES:
        raise InputError(f"an HTML page may have {MAX_HTML_BYTES:,} bytes: save its text instead")
    if _CROWDED.search(_SCRIPT.sub(r"\1", html)):  # a comparison in a script looks like a tag
        raise InputError(
            f"a tag may have {MAX_ATTRIBUTES:,} attributes: save the text of the page instead"
        )
    tree: Any = load_html(html)
    if tree is None:
        raise NoMainTextError
    if tree.xpath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")"):
        raise InputError(
            f"elements are nested deeper than {MAX_DEPTH} levels: save the text of the page instead"
        )
    return tree


def remove_hidden(tree: Any) -> None:  # noqa: ANN401
    """Remove from a tree what a reader of the page cannot see."""
    for element in tree.xpath("//*[@hidden or @aria-hidden or @style]"):
        hidden = (
            element.get("hidden") is not None
            or element.get("aria-hidden", "").strip().lower() == "true"
            or _HIDDEN.search(element.get("style", "")) is not None
        )
        # Scripts show the body of some pages only once they have run.
        if hidden and element.tag not in {"html", "body"} and element.getparent() is not None:
            element.drop_tree()


def _text(body: Any) -> str:  # noqa: ANN401
    """Return the text of an extracted body: blank lines between blocks, "- " before items."""
    paragraphs = _PARAGRAPH_BREAK.split("".join(_flow(body)))
    texts = (_LINE_BREAK.sub("\n", paragraph).strip() for paragraph in paragraphs)
    return "\n\n".join(text for text in texts if text)


def _flow(element: Any, *, apart: str = "\n\n") -> Iterator[str]:  # noqa: ANN401
    """Yield the text of `element`; `apart` stands around the blocks in it."""
    tag = element.tag
    if tag == "lb":
        yield "\n"
    elif tag == "item":
        text = "".join(_inside(element, apart=" ")).strip()
        yield f"\n- {text}" if text else ""
    elif tag == "cell" and len(" ".join(element.itertext()).split()) < _MIN_CELL_WORDS:
        yield apart
    elif tag in _BLOCKS:
        yield apart
        yield from _inside(element, apart=apart)
        yield apart
    else:
        yield from _inside(element, apart=apart)


def _inside(element: Any, *, apart: str) -> Iterator[str]:  # noqa: ANN401
    yield _BLANK.sub(" ", element.text or "")
    for child in element:
        yield from _flow(child, apart=apart)
        yield _BLANK.sub(" ", child.tail or "")


def _meta(tree: Any, name: str) -> str:  # noqa: ANN401
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]).strip() if found else ""


def _canonical(tree: Any) -> str | None:  # noqa: ANN401
    shared = _meta(tree, "og:url")
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for link in (*map(str, links), shared):
        try:
            url = urlsplit(urljoin(shared, link.strip()))
        except ValueError:  # brackets that hold no address
            continue
        if url.scheme in {"http", "https"} and url.hostname:
            return url.geturl()
    return None


def _publisher(tree: Any, found: str | None, url: str | None) -> str:  # noqa: ANN401
    """Name the publisher: the site's name, else the host; never the address of its profile."""
    name = _meta(tree, "og:site_name") or (found or "").strip()
    if name and "://" not in name:
        return name
    host = re.match(r"https?://(?:www\.)?([^/:?#]+)", url or "")
    return host[1] if host else ""


def _without_publisher(title: str, source: str) -> str:
    """Cut " - Publisher" off a title, where it is the known name."""
    head, tail = title[: -len(source) or None], title[-len(source) :]
    match = _BEFORE_PUBLISHER.fullmatch(head)
    return match[1] if match and tail.casefold() == source.casefold() else title


def _linked_data(tree: Any) -> list[dict[str, object]]:  # noqa: ANN401
    """Return the objects of the page's JSON-LD that have a type, in document order."""
    typed: list[dict[str, object]] = []
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting: list[object] = [json.loads(str(script), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if "@type" in value:
                    typed.append(value)
                waiting.extend(reversed(value.values()))
            elif isinstance(value, list):
                waiting.extend(reversed(value))
    return typed


def _types(value: dict[str, object]) -> tuple[str, ...]:
    types = value["@type"]
    return tuple(map(str, types)) if isinstance(types, list) else (str(types),)


def _is_article(value: dict[str, object]) -> bool:
    return any(name.endswith(("Article", "Posting", "Report")) for name in _types(value))


def _is_opinion(tree: Any, linked: list[dict[str, object]]) -> bool:  # noqa: ANN401
    section = _meta(tree, "article:section").lower()
    named = section in _OPINION_SECTIONS or section.startswith("opinion")
    return named or any("OpinionNewsArticle" in _types(value) for value in linked)


def _is_for_subscribers(value: dict[str, object]) -> bool:
    """Read schema.org's `isAccessibleForFree`, which is often a string."""
    is_free = value.get("isAccessibleForFree")
    return _is_article(value) and str(is_free).strip().lower() in {"false", "no"}


def _published(tree: Any, linked: list[dict[str, object]], found: str | None) -> str | None:  # noqa: ANN401
    """Return the first full time stamp the page gives, else the day trafilatura found."""
    stamps = [_meta(tree, "article:published_time")]
    stamps += [str(value.get("datePublished", "")) for value in linked if _is_article(value)]
    stamps += map(str, tree.xpath("//meta[@itemprop='datePublished']/@content"))
    stamps += map(str, tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime"))
    # A bare <time> may be that of a comment or of another article: its day has to agree.
    times = map(str, tree.xpath("//time/@datetime"))
    stamps += (stamp for stamp in times if found is None or stamp.startswith(found))
    dated = [stamp for stamp in map(str.strip, stamps) if _is_date(stamp)]
    timed = (stamp for stamp in dated if len(stamp) > len("2026-01-01"))
    return next(timed, None) or found or next(iter(dated), None)


def _is_date(stamp: str) -> bool:
    try:
        return datetime.fromisoformat(stamp).year >= _FIRST_YEAR
    except ValueError:
        return False
