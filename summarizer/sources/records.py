"""JSON objects to documents, strictly: what is not JSON or has no text is refused by its place.

An optional field that cannot be used costs the document that field, never its text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Never

from summarizer.errors import InputError
from summarizer.sources import charset
from summarizer.text.normalise import document
from summarizer.types import Document, Note

_KEYS = {  # argument of `document` -> the keys it may come under
    "title": ("title",),
    "url": ("url",),
    "source": ("source",),
    "published": ("published", "date"),
    "language": ("language", "lang"),
    "kind": ("kind",),
    "id": ("id",),
}
_CODES = {"url": "bad_url", "published": "bad_date", "id": "id_replaced"}
_JSON_NAMES = {dict: "an object", list: "an array", bool: "a boolean", type(None): "null"}


def loads(text: str) -> object:
    """Parse JSON as RFC 8259 has it, without a key twice in one object.

    Raises:
        InputError: `text` is not JSON, or nested or numbered beyond what Python reads. The
            message does not repeat the text.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"not JSON ({error.msg} at {place})") from error
    except InputError:
        raise
    except RecursionError as error:
        raise InputError("JSON nested too deep to read") from error
    except ValueError as error:
        raise InputError("JSON with a whole number too long to read") from error


def parse(record: object, *, where: str) -> tuple[Document, tuple[Note, ...]]:
    """Make a document of one JSON object; unknown keys are ignored, null counts as absent.

    Args:
        record: what a JSON parser returned.
        where: the place it came from ("news.jsonl, line 3"), named in notes and errors.

    Returns:
        The document, and a note for each optional field that could not be used.

    Raises:
        InputError: `record` is no object, or its `text` is missing or no string.
    """
    if not isinstance(record, Mapping):
        raise InputError(f"{where}: a document is a JSON object, this is {_name(record)}")
    text = record.get("text")
    if text is None:
        raise InputError(f"{where}: field text is missing: give the text of the document")
    if not isinstance(text, str):
        raise InputError(f"{where}: field text is {_name(text)}: give a string")
    fields, problems = _fields(record)
    try:
        made = document(text, **fields)
    except InputError:
        fields, refused = _usable(fields)
        problems += refused
        made = document(text, **fields)
    notes = (
        Note(code, f"{where}: {why} (the document stays without it)", (made.id,))
        for code, why in problems
    )
    return made, tuple(notes)


def parse_all(value: object, *, where: str) -> Iterator[Document | Note]:
    """Make documents of an object, an array of objects, or `{"documents": [...]}`.

    An object that is no document becomes a note with the code "bad_line"; the others go on.
    """
    if isinstance(value, Mapping) and value.get("text") is None and "documents" in value:
        value, where = value["documents"], f"{where}, documents"
        if not isinstance(value, list):
            yield _bad(f"{where}: this is {_name(value)}: give an array of objects")
            return
    if not isinstance(value, list):
        yield from _one(value, where)
        return
    for i, item in enumerate(value, start=1):
        yield from _one(item, f"{where}, item {i}")


def parse_lines(lines: Iterable[bytes], *, where: str) -> Iterator[Document | Note]:
    """Make documents of JSON Lines as they are read; blank lines are skipped.

    A line that is not JSON or has no text becomes a note with the code "bad_line" and its number.
    """
    guessed_before = False
    for n, line in enumerate(lines, start=1):
        if line.isspace():
            continue
        place = f"{where}, line {n}"
        text, guessed = charset.decode(line)
        if guessed and not guessed_before:
            guessed_before = True
            yield Note("charset", f"{place}: not UTF-8, read as cp1252: save it as UTF-8")
        try:
            value = loads(text)
        except InputError as error:
            yield _bad(f"{place}: {error}")
        else:
            yield from parse_all(value, where=place)


def _one(value: object, where: str) -> Iterator[Document | Note]:
    try:
        made, notes = parse(value, where=where)
    except InputError as error:
        yield _bad(str(error))
        return
    yield made
    yield from notes


def _bad(message: str) -> Note:
    return Note("bad_line", f"{message}; it was left out")


def _fields(record: Mapping[str, object]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the optional fields that are there, and a code and a reason for each unusable one."""
    fields: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for field, keys in _KEYS.items():
        value = next((record[key] for key in keys if record.get(key) is not None), None)
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # what most data sets count with
        if isinstance(value, str):
            if stripped := value.strip():
                fields[field] = stripped
        elif value is not None:
            why = f"field {field} is {_name(value)}: give a string"
            problems.append((_CODES.get(field, "bad_field"), why))
    return fields, problems


def _usable(fields: dict[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Split `fields` into those `document` accepts and why it refuses the others."""
    kept = dict(fields)
    problems: list[tuple[str, str]] = []
    for field, code in _CODES.items():
        if field in fields:
            try:
                document("", **{field: fields[field]})
            except InputError as error:
                del kept[field]
                problems.append((code, str(error)))
    return kept, problems


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise InputError("JSON with the same key twice in one object")
    return made


def _refuse(constant: str) -> Never:
    raise InputError(f"not JSON ({constant} is no JSON number)")


def _name(value: object) -> str:
    if isinstance(value, str):
        return "a string"
    return _JSON_NAMES.get(type(value), "a number")
