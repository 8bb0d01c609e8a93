"""From raw text to a frozen `Document`: the only place that alters text.

What a reader cannot see (controls, zero-width, bidi and tag characters) goes, because it could
hide words from the reader or from the checks; what is written stays as it is written.
"""

import hashlib
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from summarizer.errors import InputError
from summarizer.limits import MAX_TITLE_CHARS
from summarizer.text import language as languages
from summarizer.types import Document

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028]")
_JOINERS = "\u200c\u200d"  # meaningful inside Persian and Indic words and emoji, kept there only
_STRAY_JOINER = re.compile(
    f"(?<![\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\U0001f000-\U0001faff])[{_JOINERS}]"
    f"|[{_JOINERS}](?![\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\U0001f000-\U0001faff])"
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"  # selectors, BOM, noncharacters
    "\U000e0000-\U000e0fff]"  # tags, variation selectors
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD_ASCII = re.compile("[\x00-\t\x0b-\x1f\x7f]")
_ODD_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(" {2,}")
_LINE_EDGE = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")
# Canonical ordering is quadratic in the length of a run of marks; no script needs more than eight.
_MAX_MARKS = 8
_LONG_RUN = re.compile(r"[^\x00-\x7f\w\s]{9,}")  # may hold marks, which are no word characters
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_URL = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)


def clean(text: str) -> str:
    """Normalise to NFC and LF, one space between words and at most one blank line.

    Controls, invisible, bidi and tag characters are removed; a lone surrogate becomes U+FFFD;
    runs of more than eight combining marks are cut. Idempotent and linear in the text.
    """
    # Most texts need little of this: looking is cheaper than replacing what is right.
    if not text.isascii() or _ODD_ASCII.search(text):
        text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
        text = _ODD_SPACE.sub(" ", _INVISIBLE.sub("", text))
    if not text.isascii():
        text = _compose(_SURROGATE.sub("\ufffd", text))
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = _LINE_EDGE.sub("\n", text)
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def _compose(text: str) -> str:
    """Return the NFC form, without joiners that join nothing and overlong runs of marks.

    Composing can leave a joiner stray and a joiner removed can let its neighbours compose; after
    the second round neither happens.
    """
    text = unicodedata.normalize("NFC", _LONG_RUN.sub(_cut_marks, text))
    for _ in range(2 if any(joiner in text for joiner in _JOINERS) else 0):
        text = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text))
    return _LONG_RUN.sub(_cut_marks, text)


def document(  # noqa: PLR0913 - the public factory: one argument a field of a document
    text: str,
    *,
    title: str = "",
    url: str | None = None,
    source: str = "",
    published: str | date | None = None,
    language: str | None = None,
    kind: str = "article",
    id: str | None = None,  # noqa: A002 - the contract's name for it
) -> Document:
    """Make a document of raw text: clean it, put its title first, derive its id.

    Args:
        text: the body; it may already begin with the title.
        title: one line; it becomes the first line of `Document.text`.
        url: http or https address of the original, if it has one.
        source: who published it.
        published: ISO 8601 date or date and time, or a `date` or `datetime`; its zone is kept.
        language: ISO 639 code ("en", "pt-BR"); detected when None.
        kind: "article", or "opinion" for a piece that must not supply a headline.
        id: kept as it is when it matches `[A-Za-z0-9._-]{1,64}`; otherwise see `derive_id`.

    Raises:
        InputError: `text` is no string, or `url`, `published` or `id` is not what is asked for.
    """
    if not isinstance(text, str):
        raise InputError(f"document text is a {type(text).__name__}, not a string: pass its text")
    if id is not None and not is_usable_id(id):
        raise InputError("document id does not match [A-Za-z0-9._-]{1,64}: shorten it or omit it")
    if url is not None and not _URL.fullmatch(url):
        raise InputError("document url is not an http or https address: correct it or omit it")
    text, title = clean(text), _one_line(title)
    if title and text.partition("\n")[0] != title:
        text = f"{title}\n\n{text}" if text else title
    made = Document(
        id=id or "",
        text=text,
        title=title if len(title) <= MAX_TITLE_CHARS else "",
        source=_one_line(source),
        url=_one_line(url) if url else None,
        published=_iso(published),
        language=languages.code(language) or languages.detect(text),
        kind=_one_line(kind).lower() or "article",
    )
    return made if id else replace(made, id=derive_id(made))


def derive_id(doc: Document) -> str:
    """Return the first 16 hexadecimal digits of SHA-256 over text, URL, source and date."""
    parts = (doc.text, doc.url or "", doc.source, doc.published or "")
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]


def is_usable_id(value: str) -> bool:
    """Tell whether a caller's document id can be kept."""
    return _ID.fullmatch(value) is not None


@lru_cache(maxsize=10_000)  # publishers, kinds and dates come again and again
def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _cut_marks(run: re.Match[str]) -> str:
    """Keep the first eight of every run of combining marks."""
    kept: list[str] = []
    n_marks = 0
    for character in run[0]:
        n_marks = n_marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if n_marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _iso(published: str | date | None) -> str | None:
    if isinstance(published, date):
        return published.isoformat()
    written = _one_line(published or "")
    if not written:
        return None
    _parsed(written)
    return written


def moment(published: str | None) -> float | None:
    """Return the seconds from 1970 to a document's date; without a zone it counts as UTC."""
    if published is None:
        return None
    when = _parsed(published)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def day(published: str | None) -> date | None:
    """Return the calendar date of a document's date as it is written, whatever its zone."""
    return None if published is None else _parsed(published).date()


def _parsed(published: str) -> datetime:
    try:
        return datetime.fromisoformat(published)
    except ValueError as error:
        raise InputError(
            "document date is not ISO 8601 (2026-03-04 or 2026-03-04T06:00:00+01:00): "
            "correct it or omit it"
        ) from error
