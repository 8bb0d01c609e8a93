"""JSON as it is kept: compact, and text that any database takes."""

import json
import re

from summarizer.types import Json

_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can escape them; no encoding can write them


def dumps(value: Json) -> str:
    """Write a value; `loads` returns it unchanged, lone surrogates included."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def loads(written: str) -> Json:
    """Read what `dumps` wrote."""
    value: Json = json.loads(written)
    return value


def storable(text: str) -> str:
    """Return a text with U+FFFD for what a database may refuse: NUL and lone surrogates."""
    return _SURROGATE.sub("\ufffd", text).replace("\0", "\ufffd")
