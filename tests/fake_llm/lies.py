"""Change numbers, names and negations of a true answer, and keep the truth beside each lie."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.fake_llm.answers import Answer, Line, Opinion
from tests.fake_llm.prompt import Prompt

_NUMBER = re.compile(r"(?<![\w.,])\d{1,9}(?:[.,]\d{1,9}){0,5}(?!\w)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
_NEGATION = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could)\b(?: not\b)?")
_NEGATOR = re.compile(r"\b(?:no|never|none|nobody|nothing|neither|nor|without)\b", re.IGNORECASE)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_ROOT = 4  # letters that forms of one name share
_INVENTED = ("Halvorsen", "Petrakis", "Quillfeather", "Obuya", "Lindqvist")  # in no source


@dataclass(frozen=True, slots=True)
class Item:
    """Something in a line that can be told otherwise."""

    start: int
    end: int
    kind: Literal["number", "name", "negation"]


def lie(prompt: Prompt, answer: Answer, k: int) -> Answer:
    """Change every `k`-th number, name or negation, counted through the answer from its start."""
    n_seen = 0
    lines: list[Line] = []
    told = (*((answer.headline,) if answer.headline else ()), *answer.lines)
    for line in told:
        items = find(line.text)
        chosen = [item for i, item in enumerate(items, n_seen + 1) if i % k == 0]
        n_seen += len(items)
        text = change(line, chosen, prompt)
        lines.append(line if text == line.text else replace(line, text=text, truth=line.text))
    opinions = tuple(_turned(o) if o.k % k == 0 else o for o in answer.opinions)
    if answer.headline is None:
        return replace(answer, lines=tuple(lines), opinions=opinions)
    return replace(answer, headline=lines[0], lines=tuple(lines[1:]), opinions=opinions)


def find(text: str) -> list[Item]:
    """Return what can be changed in a sentence, in order and without overlap."""
    found = [Item(*m.span(), "number") for m in _NUMBER.finditer(text)]
    found += [Item(*m.span(), "name") for m in _NAME.finditer(text)]
    if not _NEGATOR.search(text):  # twice denied is not denied
        found += [Item(*m.span(), "negation") for m in _NEGATION.finditer(text)][:1]
    return sorted(found, key=lambda item: item.start)


def change(line: Line, items: Iterable[Item], prompt: Prompt) -> str:
    """Tell the given items of a line otherwise, in a way that no sentence it cites supports."""
    text = line.text
    known = " ".join((text, *(s.text for s in prompt.sentences if s.id in line.cites)))
    others = (name for s in prompt.sentences for name in _NAME.findall(s.text))
    names = [
        name
        for name in (*others, *_INVENTED)
        if name not in {*_DAYS, *_MONTHS} and name not in known
    ]
    for i, item in enumerate(sorted(items, key=lambda item: -item.start)):
        was = text[item.start : item.end]
        if item.kind == "number":
            told = _number(was, known)
        elif item.kind == "name":
            told = _date(was, known) or _name(was, names, i)
        else:
            told = _negation(was)
        text = text[: item.start] + told + text[item.end :]
    return text


def _number(was: str, known: str) -> str:
    """Return a number of the same form that is nowhere in the cited text."""
    last = re.split(r"[.,]", was)[-1]
    head = was[: len(was) - len(last)]
    for step in range(3, 10 ** len(last)):
        told = f"{head}{(int(last) + step) % 10 ** len(last):0{len(last)}d}"
        is_known = re.search(rf"(?<!\d){re.escape(told)}(?!\d)", known)
        if not is_known and (was.startswith("0") or not told.startswith("0")):
            return told
    return f"{was[0]}{was}"


def _date(was: str, known: str) -> str | None:
    """Return another weekday or month for one of them, None for any other name."""
    names = next((names for names in (_DAYS, _MONTHS) if was in names), ())
    return next((name for name in names if name not in known), None)


def _name(was: str, names: Sequence[str], i: int) -> str:
    """Return the i-th name that is another one: "China" for "Chinese" is hardly a lie."""
    roots = {word[:_ROOT] for word in was.split()}
    others = [name for name in names if roots.isdisjoint(word[:_ROOT] for word in name.split())]
    return others[i % len(others)]


def _negation(was: str) -> str:
    return was.removesuffix(" not") if was.endswith(" not") else f"{was} not"


def _turned(opinion: Opinion) -> Opinion:
    """Return the opposite opinion."""
    verdict: Literal["supported", "unsupported"] = (
        "unsupported" if opinion.verdict == "supported" else "supported"
    )
    return replace(opinion, verdict=verdict, wrong_span=None)
