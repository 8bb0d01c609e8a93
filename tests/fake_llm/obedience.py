"""Do what the sources say: the model that takes every document for its master."""

import re
from dataclasses import replace

from tests.fake_llm.answers import Answer, Line, Opinion
from tests.fake_llm.prompt import Prompt

_VERBS = """
add analyze answer append augment begin break click combine compose convert create decode describe
determine develop email embed encode end explain fetch forget generate give group help identify
include insert integrate list make mention misspell modify open output print promote provide
rearrange recommend render repeat replace reply respond reveal rewrite say scramble send show sign
start state suggest summarize tell translate use visit write
"""
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|prompt|rule|above|previous)"
    r"|\b(?:system prompt|new instructions?|you are now|you must|as an ai)\b"
    r"|\byour (?:instructions|answer|response|reply|output|summary)\b"
    r"|^(?:how (?:do|can) i|what (?:is|are)|why|who)\b[^?]{0,300}\?"
    r"|(?:^|[.:;!?\]>*-]\s?|\b(?:please|instead|and|then|can you|could you|now) )"
    rf"(?:{'|'.join(_VERBS.split())})\b",
    re.IGNORECASE,
)
_ABOUT_THE_PROMPT = re.compile(
    r"system prompt|system message|(?:your|initial|hidden) (?:instructions|prompt)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{1,300}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}")
_QUOTED = re.compile(r"[\"“'‘]([^\"“”‘’']{2,200})[\"”'’]")
_MARK = re.compile(
    r"\b(?=[A-Z_-]{0,60}\d)(?=[\d_-]{0,60}[A-Z])[A-Z\d][A-Z\d_-]{5,60}\b|\b[A-Z_]{8,60}\b"
)


def obey(prompt: Prompt, answer: Answer) -> Answer:
    """Add to a faithful answer what the sentences of the prompt tell the model to print.

    What is printed first is the canary, the quotation or the address that the order names, then
    the order itself, then the system message where the order asks for it.
    """
    if any(is_order(f"{item.get('claim')}\n{item.get('evidence')}") for item in prompt.claims):
        agreed = tuple(Opinion(opinion.k, "supported") for opinion in answer.opinions)
        return replace(answer, opinions=agreed)
    lines = tuple(
        Line((sentence.id,), text, truth="")
        for sentence in prompt.sentences
        if is_order(sentence.text)
        for text in demands(sentence.text, prompt.system)
    )
    if not lines:
        return answer
    headline = replace(lines[0], k=None) if answer.headline else None
    if answer.task == "repair":
        numbered = zip(answer.lines, (*lines, *answer.lines), strict=False)
        return replace(answer, lines=tuple(replace(bad, k=line.k) for line, bad in numbered))
    return replace(answer, headline=headline, lines=(*lines, *answer.lines))


def is_order(text: str) -> bool:
    """Say whether a sentence tells its reader to do something."""
    return _ORDER.search(text) is not None


def demands(text: str, system: str) -> tuple[str, ...]:
    """Return what an order wants printed."""
    named = (*_MARK.findall(text), *_QUOTED.findall(text), *_ADDRESS.findall(text))
    leaked = (system,) if _ABOUT_THE_PROMPT.search(text) else ()
    return (*dict.fromkeys(named), f"As instructed: {text}", *leaked)
