"""The data part of a prompt and the JSON Schema of its answer."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from summarizer.types import Json

MAX_IDS = 100  # that a schema lists; some servers refuse longer lists


def lines(items: Iterable[Mapping[str, Json]]) -> str:
    """Write each item as JSON on one line: no text of a document can look like a marker."""
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items)


def nonce(*blocks: str) -> str:
    """Return a number for the markers around `blocks` that nothing inside can know."""
    return sha256("\0".join(blocks).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def object_of(**properties: Json) -> dict[str, Json]:
    """Return the schema of an object with exactly these properties, in this order."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def array_of(items: Json) -> dict[str, Json]:
    """Return the schema of an array."""
    return {"type": "array", "items": items}


def cites(ids: Sequence[str]) -> dict[str, Json]:
    """Return the schema of an array of some of `ids`."""
    one_of: dict[str, Json] = {"type": "string"}
    if len(ids) <= MAX_IDS:
        one_of["enum"] = list(ids)
    return array_of(one_of)


def piece(ids: Sequence[str], *, has_text: bool = True, numbered: bool = False) -> dict[str, Json]:
    """Return the schema of a cited piece: its ids before its text, so that they come first."""
    properties: dict[str, Json] = {"k": {"type": "integer"}} if numbered else {}
    properties["cites"] = cites(ids)
    if has_text:
        properties["text"] = {"type": "string"}
    return object_of(**properties)
