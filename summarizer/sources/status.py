"""How a source from the web went: the words a briefing says it with, and the error that ends it."""

from typing import Literal

from summarizer.errors import InputError

Status = Literal[
    "ok",
    "unchanged",  # since the last time, by its ETag or its date
    "empty",  # no text, no entries
    "missing",  # there is nothing at this address
    "unreachable",  # now: no answer, or that of a server in trouble
    "refused",  # by our rules on addresses, by robots.txt, or by the server
    "unreadable",  # too large, damaged, or more than its parser survives
    "challenge",  # a page for telling people from programs
    "consent_page",  # a page that asks for consent first
    "paywalled",  # the text is for subscribers
    "teaser_only",  # a feed whose articles could not be fetched in full
]

# Of a source that was read, if only in part; any other leaves open what there was to read.
SOUND: frozenset[str] = frozenset({"ok", "unchanged", "empty", "paywalled", "teaser_only"})


class SourceError(InputError):
    """A web address that gave nothing; the message names it, the reason and the remedy."""

    def __init__(self, message: str, status: Status, *, http_status: int | None = None) -> None:
        super().__init__(message)
        self.status: Status = status
        self.http_status = http_status  # None when there was no answer
