"""Tell whoever is named in `on_failure` what broke: one line, by mail, web or in a file."""

import os
from datetime import datetime
from pathlib import Path

from summarizer.render import email
from summarizer.render.email import Envelope
from summarizer.render.safety import one_line, printable
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.service.delivery.mail import Mail
from summarizer.service.delivery.web import Web

MAILTO = "mailto:"

_MAX_TAIL_BYTES = 1 << 16  # of a file, in which a line is looked for before it is added


def recipient(target: str) -> str | None:
    """Return the mail address of a target; None when it is a web address or a file."""
    return target[len(MAILTO) :] if target.lower().startswith(MAILTO) else None


def mail(line: str, *, sender: str, to: str, delivery: str, now: datetime) -> Mail:
    """Return a line as a mail."""
    envelope = Envelope(sender=sender, recipient=to, date=now, delivery=delivery)
    content = email.notice(line, envelope, title="summarizer")
    return Mail(content, email.address(sender), email.address(to))


def post(web: Web, url: str, line: str) -> None:
    """Send a line to a web address.

    Raises:
        DeliveryError: it has not said that it took it.
    """
    web.post(url, (_clean(line) + "\n").encode(), {"Content-Type": "text/plain; charset=utf-8"})


def append(path: Path, line: str, *, again: bool) -> None:
    """Add a line to a file, on the disk when this returns.

    Args:
        path: the file; it is made when there is none.
        line: what to add.
        again: it may be there already; then it is not added twice.

    Raises:
        DeliveryError: the system refuses.
    """
    written = (_clean(line) + "\n").encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            if again and written in _tail(file.fileno()).splitlines(keepends=True):
                return
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DeliveryError(f"{path}: {error.strerror}: make it writable", "later") from error


def _tail(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, _MAX_TAIL_BYTES, max(0, size - _MAX_TAIL_BYTES))


def _clean(line: str) -> str:
    return one_line(printable(line))
