"""Read what a model answered: tolerant of its wrapping, strict about its content.

Fences, thinking blocks and prose around JSON are looked past. Truncated JSON is never completed:
half an answer would be taken for a whole one.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from summarizer.text.normalise import clean

MAX_SENTENCE_CHARS = 600
MAX_CITES = 3
MAX_PROBLEMS = 20  # that are listed; whoever is told ten can guess the others
NO_ANSWER = "the answer is not in the form that was asked for"

_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_CITED_LINE = re.compile(
    r"[ \t]{0,8}(?P<lead>#|\d{1,4})?[ \t]*\[(?P<cites>[\w ,]{1,80})\](?P<text>.*)"
)
_VERDICT_LINE = re.compile(r"\s*(?P<k>\d{1,4})[.): \t]+(?P<word>[a-z_]+)\W*")

_NONE = {"cites": ["none"], "text": "", "k": 0, "is_headline": False}  # as a line says it

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of an answer: the ids it rests on and its text."""

    cites: tuple[str, ...]
    text: str = ""  # empty where ids were all that was asked for
    k: int = 0  # the number of what it corrects


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What of an answer can be used, and what is wrong with the rest, in words for its author."""

    value: T | None  # None: nothing of it
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A story as a model wrote it; `sentences` is empty when it found the evidence insufficient."""

    headline: Cited | None
    sentences: tuple[Cited, ...]


def story(text: str, ids: Collection[str]) -> Read[Story]:
    """Read the answer to "write"; sentences that cite unknown ids are left out, as problems."""
    problems: list[str] = []
    lines = _lines(text)
    if lines:
        heads = [line for line in lines if line["is_headline"]]
        told = [line for line in lines if not line["is_headline"]]
        found: dict[str, Any] = {"headline": heads[0] if heads else None, "sentences": told}
    else:
        found = _object(text, problems)
    if found.get("status") == "insufficient":
        return Read(Story(None, ()))
    sentences = _cited_list(found, "sentences", ids, problems)
    headline = found.get("headline")
    head = None
    if headline is not None:
        head = _cited(headline, "headline", ids, problems, has_text=True)
    value = Story(head, tuple(sentences)) if sentences else None
    return Read(value, tuple(problems[:MAX_PROBLEMS]))


def cited(
    text: str,
    ids: Collection[str],
    *,
    key: str = "sentences",
    has_text: bool = True,
    may_be_none: bool = False,
) -> Read[tuple[Cited, ...]]:
    """Read the answer to "repair" (with numbers), "lead" and "extract" (without text)."""
    problems: list[str] = []
    lines = _lines(text)
    found = {key: lines} if lines else _object(text, problems)
    if may_be_none and found.get(key) in ([], [_NONE]):
        return Read(())
    pieces = _cited_list(found, key, ids, problems, has_text=has_text)
    return Read(tuple(pieces) or None, tuple(problems[:MAX_PROBLEMS]))


def verdicts(text: str, words: Collection[str], n: int) -> Read[Mapping[int, str]]:
    """Read the answer to "verify": one of `words` for each number 1 to `n`."""
    problems: list[str] = []
    matches = filter(None, map(_VERDICT_LINE.fullmatch, _bare(text).lower().split("\n")))
    items: Any = [{"k": int(match["k"]), "verdict": match["word"]} for match in matches]
    if not items:
        items = _object(text, problems).get("items")
    if not isinstance(items, list) or not items:
        return Read(None, tuple(problems) or ("items: an array is needed",))
    given: dict[int, str] = {}
    for i, item in enumerate(items):
        k, word = (item.get("k"), item.get("verdict")) if isinstance(item, dict) else (None, None)
        if type(k) is int and 1 <= k <= n and isinstance(word, str) and word in words:
            given.setdefault(k, word)
        else:
            problems.append(f"items[{i}]: k must be 1 to {n}, verdict one of {', '.join(words)}")
    return Read(given or None, tuple(problems[:MAX_PROBLEMS]))


def word(text: str, key: str, words: Collection[str]) -> Read[str]:
    """Read the answer to "adjudicate": one of `words`, at the start of a line or under `key`."""
    problems: list[str] = []
    lines = (line.partition(":")[0].strip(" .*`") for line in _bare(text).lower().split("\n"))
    given: object = next((line for line in lines if line in words), None)
    if given is None:
        given = _object(text, problems).get(key)
    if isinstance(given, str) and given in words:
        return Read(given)
    return Read(None, (*problems, f"{key}: one of {', '.join(words)} is needed"))


def _bare(text: str) -> str:
    """Return what follows the last thought; some servers send the end of a thought alone."""
    ends = [match.end() for match in _THOUGHT.finditer(text)]
    return text[ends[-1] :] if ends else text


def _object(text: str, problems: list[str]) -> dict[str, Any]:
    """Return the only JSON object of a text, an empty one when it has none that is whole."""
    bare = _bare(text)
    start = bare.find("{")
    if start < 0:
        problems.append(NO_ANSWER)
        return {}
    try:
        found, end = _DECODER.raw_decode(bare, start)
    except (ValueError, RecursionError) as error:
        problems.append(f"the answer is no valid JSON: {error}")
        return {}
    if _has_object(bare[end:]):
        problems.append("the answer holds more than one JSON object")
        return {}
    assert isinstance(found, dict)
    return found


def _has_object(text: str) -> bool:
    """Tell whether the first brace of a text begins an object; prose may hold braces, too."""
    try:
        _DECODER.raw_decode(text, text.index("{"))
    except (ValueError, RecursionError):
        return False
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse(constant: str) -> Any:  # noqa: ANN401 - what json asks of this hook
    raise ValueError(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)


def _lines(text: str) -> list[dict[str, Any]]:
    """Read the plain lines of an answer; a line that has not their form is prose around them."""
    return [
        {
            "cites": match["cites"].replace(",", " ").split(),
            "text": match["text"],
            "k": int(match["lead"]) if (match["lead"] or "#") != "#" else 0,
            "is_headline": match["lead"] == "#",
        }
        for match in map(_CITED_LINE.fullmatch, _bare(text).split("\n"))
        if match
    ]


def _cited_list(
    found: Mapping[str, Any],
    key: str,
    ids: Collection[str],
    problems: list[str],
    *,
    has_text: bool = True,
) -> list[Cited]:
    items = found.get(key)
    if not isinstance(items, list) or not items:
        if not problems:
            problems.append(f"{key}: an array of at least one object is needed")
        return []
    read = (
        _cited(item, f"{key}[{i}]", ids, problems, has_text=has_text)
        for i, item in enumerate(items)
    )
    return [piece for piece in read if piece is not None]


def _cited(
    item: object, where: str, ids: Collection[str], problems: list[str], *, has_text: bool
) -> Cited | None:
    """Read one piece; None, with the reason among `problems`, when it cannot be used."""
    if not isinstance(item, dict):
        problems.append(f"{where}: an object is needed")
        return None
    text = _one_line(item.get("text")) if has_text else ""
    checks: tuple[tuple[bool, Callable[[], str]], ...] = (
        (
            _are_ids(item.get("cites"), ids),
            lambda: f"{where}.cites: 1 to {MAX_CITES} ids of the lines given",
        ),
        (
            not has_text or 0 < len(text) <= MAX_SENTENCE_CHARS,
            lambda: f"{where}.text: a sentence of at most {MAX_SENTENCE_CHARS} characters",
        ),
        (type(item.get("k", 0)) is int, lambda: f"{where}.k: a whole number"),
    )
    wrong = [say() for holds, say in checks if not holds]
    problems += [f"{what} is needed" for what in wrong]
    return None if wrong else Cited(tuple(dict.fromkeys(item["cites"])), text, item.get("k", 0))


def _one_line(text: object) -> str:
    """Return a sentence as one that stands in a document: cleaned, on one line."""
    return " ".join(clean(text).split()) if isinstance(text, str) else ""


def _are_ids(cites: object, ids: Collection[str]) -> bool:
    return (
        isinstance(cites, list)
        and 1 <= len(cites) <= MAX_CITES
        and all(isinstance(cite, str) and cite in ids for cite in cites)
    )
