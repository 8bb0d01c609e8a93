"""What makes foreign text and addresses fit to print, whatever the format."""

import re
from urllib.parse import quote, urlsplit

_WHITESPACE = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]+")  # no-break spaces stay
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\"<>\\^`{|}\x7f-\xa0\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def one_line(text: str) -> str:
    """Join the lines of a text with spaces."""
    return _WHITESPACE.sub(" ", text).strip(" ")


def printable(rendered: str) -> str:
    """Remove what could drive a terminal or reorder a line, from a whole rendered briefing.

    Normalised documents hold none of it; a briefing that was read from elsewhere may.
    """
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", rendered))


def web_address(url: str | None) -> str | None:
    """Return the URL fit to be a link, None when it is not an http(s) address."""
    address = (url or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return _UNSAFE_IN_URL.sub(lambda unsafe: quote(unsafe[0], errors="replace"), address)


def host(url: str | None) -> str:
    """Return the host of a web address without "www.", an empty string when it is not one."""
    return (urlsplit(web_address(url) or "").hostname or "").removeprefix("www.")
