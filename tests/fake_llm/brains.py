"""What the fake model thinks: a brain turns a prompt into an answer, the same one every time."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.fake_llm.answers import Answer, Line, Opinion
from tests.fake_llm.compress import compress
from tests.fake_llm.lies import lie
from tests.fake_llm.obedience import obey
from tests.fake_llm.prompt import Object, Prompt, Sentence

Brain = Callable[[Prompt], Answer]

MAX_SENTENCES = 14  # of a written story
HEADLINE_CHARACTERS = 110
LEAD_SENTENCES = 3
SAME_FACT = 0.6  # share of words two sentences have in common when they say the same thing
ENOUGH = 0.6  # share of a claim's words that its evidence must hold

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATORS = frozenset({"not", "no", "never", "none", "nobody", "nothing", "neither", "without"})


def faithful(prompt: Prompt) -> Answer:
    """Copy and lightly shorten what the sentences say, and cite where it stands."""
    sentences = prompt.sentences
    match prompt.task:
        case "write":
            answer = Answer("write", headline=_headline(sentences), lines=_written(prompt))
        case "extract":
            answer = Answer("extract", lines=tuple(map(_copy, sentences)))
        case "lead":
            answer = Answer("lead", lines=tuple(map(_copy, sentences[:LEAD_SENTENCES])))
        case "repair":
            answer = Answer("repair", lines=_repaired(prompt))
        case "verify":
            answer = Answer("verify", opinions=tuple(map(_opinion, prompt.claims)))
        case "adjudicate":
            answer = Answer("adjudicate", relation=_relation(sentences))
        case _:
            answer = Answer("other", prose="Hello! How can I help you today?")
    return answer


def verbose(prompt: Prompt) -> Answer:
    """Say the same far too often and far too broadly."""
    answer = faithful(prompt)
    padding = " It is important to note that this is a significant development" + (
        " which observers across the field will want to follow closely" * 8
    )
    broad = tuple(replace(line, text=f"{line.text}{padding}.") for line in answer.lines)
    return replace(answer, lines=broad * 10)


def empty(prompt: Prompt) -> Answer:
    """Say nothing."""
    return Answer(prompt.task, prose="")


def insufficient(prompt: Prompt) -> Answer:
    """Find the sources too thin to write anything."""
    return Answer(prompt.task, status="insufficient")


def other_language(prompt: Prompt) -> Answer:
    """Write in a language that the sources are not in, with their names and numbers."""
    answer = faithful(prompt)
    words = _words(" ".join(sentence.text for sentence in prompt.sentences))
    is_german = len(words & {"der", "die", "und", "das", "ist", "nicht"}) > 2
    form = (
        "According to the reports it is about {}." if is_german else "Es geht laut Bericht um {}."
    )

    def told(line: Line) -> Line:
        names = re.findall(r"\d[\d.,]*\d|\d|(?<= )[^\W\d_a-z]\w+", line.text)
        return replace(line, text=form.format(", ".join(names) or "etwas anderes"))

    headline = told(answer.headline) if answer.headline else None
    return replace(answer, headline=headline, lines=tuple(map(told, answer.lines)))


def obedient(prompt: Prompt) -> Answer:
    """Do what a source text says, and else be faithful."""
    return obey(prompt, faithful(prompt))


def liar(k: int) -> Brain:
    """Return a brain that changes every `k`-th number, name or negation of what is faithful."""

    def lying(prompt: Prompt) -> Answer:
        return lie(prompt, faithful(prompt), k)

    return lying


BRAINS: Mapping[str, Brain] = {
    brain.__name__: brain
    for brain in (faithful, obedient, verbose, empty, insufficient, other_language)
}


def parse(text: str) -> Brain:
    """Return the brain called `text`: a name of `BRAINS`, or "liar:K".

    Raises:
        ValueError: there is none.
    """
    name, _, number = text.partition(":")
    if name == "liar" and number.isdecimal() and int(number) > 0:
        return liar(int(number))
    if text not in BRAINS:
        known = ", ".join((*BRAINS, "liar:K"))
        raise ValueError(f"brain {text!r} is not known: give one of {known}")
    return BRAINS[text]


def _written(prompt: Prompt) -> tuple[Line, ...]:
    """Tell each fact once, from all sentences that state it, within the words allowed."""
    lines: list[Line] = []
    n_words = 0
    for sentence in prompt.sentences:
        copy = _copy(sentence)
        same = next((i for i, line in enumerate(lines) if _is_same(line.text, copy.text)), None)
        if same is not None:
            if len(lines[same].cites) < LEAD_SENTENCES:
                cites = (*lines[same].cites, *copy.cites)
                lines[same] = replace(lines[same], cites=cites)
            continue
        n_words += len(copy.text.split())
        if lines and (n_words > (prompt.max_words or n_words) or len(lines) == MAX_SENTENCES):
            break
        lines.append(copy)
    return tuple(lines)


def _headline(sentences: Sequence[Sentence]) -> Line | None:
    """Return the first sentence short enough for a headline, else the shortest."""
    lines = [_copy(sentence) for sentence in sentences]
    short = (line for line in lines if len(line.text) <= HEADLINE_CHARACTERS)
    return next(short, min(lines, key=lambda line: len(line.text), default=None))


def _repaired(prompt: Prompt) -> tuple[Line, ...]:
    """Replace each failed sentence by the source sentence that is nearest to it."""
    lines = []
    for item in prompt.failed:
        failed = _words(str(item.get("text") or ""))
        nearest = max(prompt.sentences, key=lambda s: _shared(failed, _words(s.text)), default=None)
        if nearest is not None:
            lines.append(Line((nearest.id,), nearest.text, k=_k(item)))
    return tuple(lines)


def _opinion(item: Object) -> Opinion:
    claim, evidence = str(item.get("claim") or ""), str(item.get("evidence") or "")
    wrong = next((n for n in _NUMBER.findall(claim) if n not in _NUMBER.findall(evidence)), None)
    words, given = _words(claim), _words(evidence)
    if wrong is not None:
        return Opinion(_k(item), "unsupported", wrong)
    if bool(words & _NEGATORS) != bool(given & _NEGATORS):
        return Opinion(_k(item), "contradicted")
    is_covered = not words or len(words & given) >= ENOUGH * len(words)
    return Opinion(_k(item), "supported" if is_covered else "unsupported")


def _relation(sentences: Sequence[Sentence]) -> tuple[str, str]:
    first, *others = sentences or (Sentence("", ""),)
    for other in others:
        if set(_NUMBER.findall(first.text)) != set(_NUMBER.findall(other.text)):
            if first.published != other.published:
                return "update", "the later report gives another number"
            return "conflict", "both reports are of the same time and differ"
    return "same", "no number differs"


def _copy(sentence: Sentence) -> Line:
    return Line((sentence.id,), compress(sentence.text))


def _k(item: Object) -> int:
    k = item.get("k")
    return k if isinstance(k, int) else 0


def _is_same(a: str, b: str) -> bool:
    """Say whether two sentences state one fact: most words in common, and every number."""
    if set(_NUMBER.findall(a)) != set(_NUMBER.findall(b)):
        return False
    return _shared(_words(a), _words(b)) >= SAME_FACT


def _words(text: str) -> frozenset[str]:
    return frozenset(map(str.lower, _WORD.findall(text)))


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, len(a | b))
