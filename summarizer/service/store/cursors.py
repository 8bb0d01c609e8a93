"""Where a page of results ended, as an opaque word for the one who asks for the next."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from summarizer.errors import InputError

MAX_CHARS = 1_000
_MAX_NUMBER = 2**31  # of an integer column


def write(*place: str | int) -> str:
    """Write the place of the last result of a page."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode()


def read(cursor: str, *kinds: type) -> list[str | int]:
    """Read a place made of values of these kinds.

    Raises:
        InputError: the cursor is none that a page came with.
    """
    try:
        place = json.loads(urlsafe_b64decode(cursor[:MAX_CHARS].encode("ascii")))
    except (ValueError, RecursionError) as error:
        raise _useless() from error
    if not isinstance(place, list) or [type(value) for value in place] != list(kinds):
        raise _useless()
    if any(isinstance(value, int) and not 0 <= value < _MAX_NUMBER for value in place):
        raise _useless()
    return place


def _useless() -> InputError:
    return InputError("cursor: use the one that came with the page before")
