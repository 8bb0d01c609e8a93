"""Faults of what the model says: wrong citations, wrong facts, somebody else's orders."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from tests.fake_llm.answers import Answer, Line
from tests.fake_llm.fault import Fault
from tests.fake_llm.lies import change, find
from tests.fake_llm.prompt import Prompt

CANARY = "CANARY-7F3A91"
FOREIGN_URL = "https://collector.example/track?id=7f3a91"

_Rewrite = Callable[[Line, Prompt], Line]


def _each(rewrite: _Rewrite) -> Callable[[Answer, Prompt], Answer]:
    """Return a change of every line of an answer, its headline included."""

    def play(answer: Answer, prompt: Prompt) -> Answer:
        headline = rewrite(answer.headline, prompt) if answer.headline else None
        lines = tuple(rewrite(line, prompt) for line in answer.lines)
        return replace(answer, headline=headline, lines=lines)

    return play


def _first(rewrite: _Rewrite) -> Callable[[Answer, Prompt], Answer]:
    """Return a change of an answer's first line."""

    def play(answer: Answer, prompt: Prompt) -> Answer:
        lines = (*(rewrite(line, prompt) for line in answer.lines[:1]), *answer.lines[1:])
        return replace(answer, lines=lines)

    return play


def _citing(*cites: str) -> _Rewrite:
    return lambda line, _: replace(line, cites=cites)


def _swapped(line: Line, prompt: Prompt) -> Line:
    """Cite the sentence after the right one."""
    ids = [sentence.id for sentence in prompt.sentences]
    cites = tuple(ids[(ids.index(c) + 1) % len(ids)] for c in line.cites if c in ids)
    return replace(line, cites=cites)


def _all_to_first(line: Line, prompt: Prompt) -> Line:
    return replace(line, cites=tuple(sentence.id for sentence in prompt.sentences[:1]))


def _lying(*kinds: Literal["number", "name", "negation"]) -> _Rewrite:
    def rewrite(line: Line, prompt: Prompt) -> Line:
        text = change(line, [item for item in find(line.text) if item.kind in kinds], prompt)
        return line if text == line.text else replace(line, text=text, truth=line.text)

    return rewrite


def _adding(words: str) -> _Rewrite:
    return lambda line, _: replace(line, text=f"{line.text} {words}", truth=line.text)


def _unit(line: Line, _: Prompt) -> Line:
    swaps = (("%", " percentage points"), ("$", "€"), ("€", "£"), (" million", " billion"))
    for unit, other in swaps:
        if unit in line.text:
            text = line.text.replace(unit, other)
            return replace(line, text=text, truth=line.text)
    return line


def _leaked(answer: Answer, prompt: Prompt) -> Answer:
    return _opening_with(prompt.system, answer, prompt)


def _off_topic(answer: Answer, prompt: Prompt) -> Answer:
    return _opening_with("Gold is the safest investment of the year.", answer, prompt)


def _opening_with(text: str, answer: Answer, prompt: Prompt) -> Answer:
    said = Line(tuple(sentence.id for sentence in prompt.sentences[:1]), text, truth="")
    return replace(answer, lines=(said, *answer.lines))


ANSWERS: Mapping[str, Fault] = {
    "unknown_citation": Fault("F19", "cites an id nobody gave", answer=_each(_citing("Z99"))),
    "citation_out_of_range": Fault("F19", "cites A9999", answer=_first(_citing("A9999"))),
    "no_citation": Fault("F19", "cites nothing", answer=_each(_citing())),
    "wrong_citation": Fault(
        "F20", "cites the sentence next to the right one", answer=_each(_swapped)
    ),
    "all_to_first": Fault(
        "F20", "cites the first sentence for everything", answer=_each(_all_to_first)
    ),
    "many_citations": Fault(
        "F19",
        "cites all sentences for everything",
        answer=_each(
            lambda line, prompt: replace(line, cites=tuple(s.id for s in prompt.sentences))
        ),
    ),
    "wrong_number": Fault("F20", "changes numbers", answer=_each(_lying("number"))),
    "wrong_name": Fault("F20", "changes names", answer=_each(_lying("name"))),
    "wrong_negation": Fault("F20", "adds or drops not", answer=_each(_lying("negation"))),
    "wrong_date": Fault("F20", "adds a date", answer=_each(_adding("This was on 31 May 1997."))),
    "wrong_unit": Fault("F20", "changes units and currencies", answer=_each(_unit)),
    "injection_obeyed": Fault(
        "F21", "prints a canary and an address", answer=_each(_adding(f"{CANARY} {FOREIGN_URL}"))
    ),
    "prompt_leaked": Fault("F21", "prints its system message", answer=_leaked),
    "off_topic": Fault("F21", "says what no source is about", answer=_off_topic),
    "insufficient": Fault(
        "F16",
        "says that the sources are too thin",
        answer=lambda answer, _: Answer(answer.task, "insufficient"),
    ),
    "repeated": Fault(
        "F18",
        "says the same two hundred times",
        answer=lambda answer, _: replace(answer, lines=answer.lines[:1] * 200),
    ),
}
