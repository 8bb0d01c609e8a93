"""A briefing as a mail: a text and an HTML part, headers nobody can inject into, 90 KB at most.

Headers are written here and not by the standard library, which decodes what looks encoded in a
value and prints the line breaks found in it (https://github.com/python/cpython/issues/121650).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import sha256
from urllib.parse import quote

from summarizer.errors import InputError
from summarizer.limits import MAX_TITLE_CHARS
from summarizer.render import html, text
from summarizer.render.counts import counted
from summarizer.render.dates import readable
from summarizer.render.labels import labels
from summarizer.render.outline import outline
from summarizer.render.safety import one_line, printable
from summarizer.types import Briefing, LedgerEntry, Note

MAX_BYTES = 90_000  # of a mail; large providers hide what is beyond 102 KB
MAX_SUBJECT_CHARS = 150
MAX_NOTES = 20
_MAX_URL_CHARS = 2_000

_POLICY = SMTP.clone(cte_type="7bit")  # what every mail server passes on
_ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]]{1,64}@[a-z0-9.-]{1,253}", re.ASCII | re.IGNORECASE)
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"
_FOLD = "\r\n "
_Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Between whom a mail goes, and what is its own."""

    sender: str  # "Desk <desk@example.org>"
    recipient: str  # an address
    date: datetime  # aware
    delivery: str  # id of this delivery: the same one gives the same Message-ID
    unsubscribe_url: str | None = None  # takes a POST without asking back (RFC 8058)
    whole_url: str | None = None  # where the whole briefing is


@dataclass(frozen=True, slots=True)
class _Draft:
    """What every length of one mail has in common."""

    headers: _Headers
    links: tuple[tuple[str, str], ...]  # what they are called, and addresses
    boundary: str


def message(briefing: Briefing, envelope: Envelope) -> bytes:
    """Return a briefing as a mail to one recipient, ready to be sent.

    One that is too long loses whole stories from its end and says how many.

    Raises:
        InputError: the sender's or the recipient's address cannot be written in a mail.
    """
    words = labels(briefing.language)
    links = ((words.whole, envelope.whole_url), (words.unsubscribe, envelope.unsubscribe_url))
    draft = _Draft(
        headers=(*_addressed(envelope, briefing.id), ("Subject", _header(subject(briefing)))),
        links=tuple((label, quote(url, safe=_URL_SAFE)) for label, url in links if url),
        boundary=_boundary(briefing.id),
    )
    return _fitted(briefing, draft)


def draft(briefing: Briefing) -> bytes:
    """Return a briefing as a mail that its reader may address and send."""
    headers = (("Subject", _header(subject(briefing))), ("X-Unsent", "1"))
    return _fitted(briefing, _Draft(headers, (), _boundary(briefing.id)))


def notice(line: str, envelope: Envelope, *, title: str) -> bytes:
    """Return a mail of a few words: that there is nothing new, or that something failed.

    Raises:
        InputError: as `message` does.
    """
    body = EmailMessage(policy=_POLICY)
    body.set_content(text.wrap(printable(line)) + "\n")
    subject = ("Subject", _header(_joined(title, line)))
    return _written((*_addressed(envelope, _boundary(line)), subject)) + body.as_bytes()


def address(mailbox: str) -> str:
    """Return the address of "Name <address>", its domain in ASCII.

    Raises:
        InputError: there is none, or none that every mail server takes.
    """
    name, _, domain = _split(mailbox)[1].rpartition("@")
    try:
        plain = f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        plain = ""
    if not plain.isascii() or not _ADDRESS.fullmatch(plain):
        raise InputError(f"{one_line(mailbox)[:100]}: write a mail address like desk@example.org")
    return plain


def _split(mailbox: str) -> tuple[str, str]:
    """Split "Name <address>"; a comma in the name needs no quotes."""
    name, _, rest = one_line(printable(mailbox)).rpartition("<")
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
    return name, rest.removesuffix(">")


def _addressed(envelope: Envelope, content: str) -> _Headers:
    sender, recipient = address(envelope.sender), address(envelope.recipient)
    unsubscribe = f"mailto:{sender}?subject=unsubscribe"
    one_click: _Headers = ()
    if envelope.unsubscribe_url:
        unsubscribe = quote(envelope.unsubscribe_url, safe=_URL_SAFE)
        one_click = (("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),)
    return (
        ("From", formataddr((_split(envelope.sender)[0], sender))),
        ("To", recipient),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", f"<{envelope.delivery}.{content[:16]}@{sender.rpartition('@')[2]}>"),
        ("List-Unsubscribe", f"<{unsubscribe}>"),
        *one_click,
        ("Auto-Submitted", "auto-generated"),
    )


def subject(briefing: Briefing) -> str:
    """Name a briefing by its title and its first headline, in one line of bounded length."""
    headlines = [story.headline.text for story in briefing.stories]
    headlines += [item.claim.text for item in briefing.in_brief]
    day = readable(briefing.day, labels(briefing.language).language) if briefing.day else ""
    return _joined(briefing.title, headlines[0] if headlines else day)


def _joined(title: str, rest: str) -> str:
    """Join what a subject is made of in one line of bounded length."""
    found = ": ".join(part for part in map(one_line, map(printable, (title, rest))) if part)
    if len(found) <= MAX_SUBJECT_CHARS:
        return found
    cut = found[: MAX_SUBJECT_CHARS - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _header(value: str) -> str:
    """Encode a value, also one that would be taken for an encoded one."""
    is_plain = value.isascii() and value.isprintable() and "=?" not in value
    charset = "us-ascii" if is_plain else "utf-8"
    return Header(value, charset).encode(linesep="\r\n")


def _written(headers: _Headers) -> bytes:
    for name, value in headers:
        if re.search(r"[\r\n\0]", value.replace(_FOLD, " ")):
            raise InputError(f"{name}: line breaks cannot be sent: write one line")
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii")


def _boundary(content: str) -> str:
    """Return what separates the parts: no encoded text holds "=_", and each run gives the same."""
    return f"=_{sha256(content.encode(errors='replace')).hexdigest()[:32]}"


def _fitted(briefing: Briefing, draft: _Draft) -> bytes:
    """Return the longest mail of a briefing that is not too long."""
    told = len(briefing.stories) + len(briefing.in_brief)
    best = _built(_first(briefing, told), 0, draft)
    if len(best) <= MAX_BYTES:
        return best
    low, high = -1, told  # `low` fits, if only a frame; `high` does not
    for frame in _frames(briefing):
        best = _built(frame, told, draft)
        if len(best) <= MAX_BYTES:
            break
    while high - low > 1:
        n = (low + high) // 2
        built = _built(_first(briefing, n), told - n, draft)
        if len(built) <= MAX_BYTES:
            low, best = n, built
        else:
            high = n
    return best


def _first(briefing: Briefing, n: int) -> Briefing:
    """Keep the first `n` stories, those in brief behind the others, and a few of the notes."""
    notes = briefing.notes[:MAX_NOTES]
    if more := len(briefing.notes) - len(notes):
        notes = (*notes, Note("more_notes", f"… (+{more})"))
    return replace(
        briefing,
        stories=briefing.stories[:n],
        in_brief=briefing.in_brief[: max(0, n - len(briefing.stories))],
        documents=tuple(map(_named_briefly, briefing.documents)),
        notes=notes,
    )


def _frames(briefing: Briefing) -> Iterator[Briefing]:
    """Yield what is left without stories: with what was watched, then with hardly a thing."""
    first = _first(briefing, 0)
    topics = tuple(replace(topic, mentions=()) for topic in first.topics)
    yield replace(first, topics=topics, notes=())
    yield replace(first, lead=(), corrections=(), topics=(), notes=())


def _named_briefly(entry: LedgerEntry) -> LedgerEntry:
    """Bound what a source says of itself, and leave out the text, which a mail does not quote."""
    return replace(
        entry,
        title=entry.title[:MAX_TITLE_CHARS],
        source=entry.source[:MAX_TITLE_CHARS],
        url=entry.url if len(entry.url or "") <= _MAX_URL_CHARS else None,
        text="",
    )


def _built(briefing: Briefing, n_left_out: int, draft: _Draft) -> bytes:
    page = outline(briefing)
    colon = page.labels.punctuation["colon"]
    left_out = counted("left_out", n_left_out, page.labels.language) if n_left_out else ""
    told = [f"{label}{colon}{url}" for label, url in draft.links]
    notes = _as_notes([left_out, *told] if left_out else told)
    body = EmailMessage(policy=_POLICY)
    body.set_content(text.render(replace(briefing, notes=(*briefing.notes, *notes))))
    markup = html.piece("mail", page=page, left_out=left_out, links=draft.links)
    body.add_alternative(markup, subtype="html")
    body.set_boundary(draft.boundary)
    return _written(draft.headers) + body.as_bytes()


def _as_notes(told: Sequence[str]) -> Iterator[Note]:
    return (Note("mail", line) for line in told)
