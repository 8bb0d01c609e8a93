"""The data part of a prompt and the JSON Schema of its answer."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby

from summarizer.models.engine import Evidence
from summarizer.types import Json

MAX_SOURCE_CHARS = 80  # of the name of a source
MAX_IDS = 100  # that a schema lists; some servers refuse longer lists


def labelled(lines: Iterable[tuple[str, str]]) -> str:
    """Write each text on a line of its own after its label, as in "A2 The dam held.".

    A text is put on one line, so that nothing in it can look like a label or a marker.
    """
    return "\n".join(f"{label} {' '.join(text.split())}" for label, text in lines)


def lines(items: Iterable[Mapping[str, Json]]) -> str:
    """Write each item as JSON on one line: no text of a document can look like a marker."""
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items)


def sentences(evidence: Iterable[Evidence]) -> str:
    """Write what a model may cite: of each document its source and day, its sentences by alias."""
    return labelled(_described(evidence))


def _described(evidence: Iterable[Evidence]) -> Iterator[tuple[str, str]]:
    for _, group in groupby(evidence, key=lambda sentence: sentence.document):
        first, *others = group
        published = (first.published or "")[: len("2026-03-04")]
        about = ", ".join(filter(None, (first.source[:MAX_SOURCE_CHARS], published)))
        if about:
            yield f"{first.alias.rstrip('0123456789')}:", about
        for sentence in (first, *others):
            yield sentence.alias, sentence.text


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
