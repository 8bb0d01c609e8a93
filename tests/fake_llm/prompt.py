"""What a request asks of the model: the task, and the JSON lines between the fences.

The first line of the system message names the task. The user message holds JSON objects, one a
line, between `<sentences NONCE>` and `</sentences NONCE>`, and likewise `failed` and `claims`.
Among the sentences, an object without an id names the document that those after it are from.
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
        failed=tuple(fenced["failed"]),
        claims=tuple(fenced["claims"]),
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


def _fenced(user: str) -> tuple[dict[str, list[Object]], str]:
    """Return the objects of each fenced block, and the text outside of all blocks."""
    blocks: dict[str, list[Object]] = {"sentences": [], "failed": [], "claims": []}
    rest = []
    at = 0
    while match := _FENCE.search(user, at):
        end = user.find(f"\n</{match[1]} {match[2]}>", match.end())
        end = len(user) if end < 0 else end
        blocks[match[1]] += _objects(user[match.end() : end])
        rest.append(user[at : match.start()])
        at = end
    return blocks, "".join((*rest, user[at:]))


def _objects(block: str) -> list[Object]:
    found: list[Object] = []
    for line in block.split("\n"):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def _sentences(lines: Sequence[Object]) -> tuple[Sentence, ...]:
    """Read sentences; an object without an id tells of the document of those after it."""
    found: list[Sentence] = []
    about: Object = {}
    for line in lines:
        if not line.get("id"):
            about = line
            continue
        of = {**about, **line}
        told = (str(of.get(key) or "") for key in ("id", "text", "source", "published"))
        found.append(Sentence(*told))
    return tuple(found)
