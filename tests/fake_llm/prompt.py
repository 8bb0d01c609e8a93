"""What a request asks of the model: the task, and the lines between the fences.

The first line of the system message names the task. The user message holds sentences, one a line
after its id, between `<sentences NONCE>` and `</sentences NONCE>`: "A2 The dam held.". A line such
as "A: Northern Wire, 2026-03-04" names source and day of the sentences after it, each of which may
be missing. `failed` and `claims` likewise hold JSON objects, one a line.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

Task = Literal["write", "repair", "lead", "verify", "adjudicate", "extract", "other"]
TASKS: tuple[Task, ...] = get_args(Task)

Object = Mapping[str, object]

PLAIN_LINES = "Answer in plain lines"

_FENCE = re.compile(r"^<(sentences|failed|claims) (\S+)>[ \t]*$", re.MULTILINE)
_TASK = re.compile(r"Task:[ \t]*([a-z]+)")
_SENTENCE = re.compile(r"(?P<document>[A-Z]{1,4})(?P<n>\d{1,6}) (?P<text>.*)")
_ABOUT = re.compile(r"(?P<document>[A-Z]{1,4}): (?P<what>.*)")
_DAY = re.compile(r"(?:^|, )(?P<day>\d{4}-\d\d-\d\d)$")
_WORDS = re.compile(r"(\d{1,5}) words|\"?max_words\"?[:=] ?(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered sentence the model may write from."""

    id: str
    text: str
    source: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request, read as a model would read it."""

    task: Task
    system: str
    user: str
    sentences: tuple[Sentence, ...] = ()
    failed: tuple[Object, ...] = ()  # {"k", "text", "reasons"} each
    claims: tuple[Object, ...] = ()  # {"k", "claim", "evidence"} each
    max_words: int | None = None  # the first "N words" outside the fences of the user message
    is_plain: bool = False  # lines are asked for instead of JSON

    @property
    def digest(self) -> str:
        """Return a name for the text of the prompt: equal for equal texts."""
        return sha256(f"{self.system}\x00{self.user}".encode("utf-8", "replace")).hexdigest()[:16]


def read(payload: Object) -> Prompt:
    """Read the body of a chat request; what is not there is empty."""
    system, user = _message(payload, "system", "developer"), _message(payload, "user")
    fenced, rest = _fenced(user)
    words = _WORDS.search(rest)
    return Prompt(
        task=_task(system),
        system=system,
        user=user,
        sentences=_sentences(fenced["sentences"]),
        failed=_objects(fenced["failed"]),
        claims=_objects(fenced["claims"]),
        max_words=int(words[1] or words[2]) if words else None,
        is_plain=PLAIN_LINES in system,
    )


def _message(payload: Object, *roles: str) -> str:
    messages = payload.get("messages")
    return "\n".join(
        _content(message.get("content"))
        for message in (messages if isinstance(messages, list) else [])
        if isinstance(message, dict) and message.get("role") in roles
    )


def _content(content: object) -> str:
    """Return the text of a message, which may be given in parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _task(system: str) -> Task:
    match = _TASK.match(system.lstrip())
    return next((task for task in TASKS if match and task == match[1]), "other")


def _fenced(user: str) -> tuple[dict[str, list[str]], str]:
    """Return the lines of each fenced block, and the text outside of all blocks."""
    blocks: dict[str, list[str]] = {"sentences": [], "failed": [], "claims": []}
    rest = []
    at = 0
    while match := _FENCE.search(user, at):
        end = user.find(f"\n</{match[1]} {match[2]}>", match.end())
        end = len(user) if end < 0 else end
        blocks[match[1]] += user[match.end() : end].split("\n")
        rest.append(user[at : match.start()])
        at = end
    return blocks, "".join((*rest, user[at:]))


def _objects(lines: Sequence[str]) -> tuple[Object, ...]:
    found: list[Object] = []
    for line in lines:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return tuple(found)


def _sentences(lines: Sequence[str]) -> tuple[Sentence, ...]:
    """Read sentences, each with what a line before it says of its document."""
    found: list[Sentence] = []
    told: dict[str, tuple[str, str]] = {}  # source and day, by the letters of a document
    for line in lines:
        if about := _ABOUT.fullmatch(line):
            day = _DAY.search(about["what"])
            source = about["what"][: day.start()] if day else about["what"]
            told[about["document"]] = source, day["day"] if day else ""
        elif sentence := _SENTENCE.fullmatch(line):
            of = told.get(sentence["document"], ("", ""))
            found.append(Sentence(sentence["document"] + sentence["n"], sentence["text"], *of))
    return tuple(found)
