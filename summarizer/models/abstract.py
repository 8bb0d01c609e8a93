"""Write stories with a summariser that knows no instructions: BART, T5, PEGASUS and their kind.

The embedded engine chooses the evidence, the summariser reads it text by text within its window and
all texts of a story at once. It says nothing of its sources, so each sentence it writes cites the
sentences of its own text that share most with it; whether they support it is checked later, as of
any draft.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.errors import ModelError
from summarizer.models.answers import MAX_CITES, Read
from summarizer.models.base import Prompt
from summarizer.models.calling import Caller
from summarizer.models.engine import Draft, Evidence, WriteRequest
from summarizer.models.extractive import MAX_OVERLAP, Extractive
from summarizer.models.tokenizer import BREAK
from summarizer.models.writing import EVIDENCE_WORDS, is_short
from summarizer.text import lexical, prose
from summarizer.text.chunk import chunk
from summarizer.text.sentences import split
from summarizer.types import Sentence

SUMMARY_WORDS = 60  # that such a model writes of a text; those of CNN/DailyMail have 56 on average
SUMMARY_TOKENS = 256  # of one summary at most: what is longer goes round in circles
COMPRESSION = 8  # words read for one written
MIN_TEXT_WORDS = 120  # of the evidence go into each text; of less there is little to sum up
MIN_TEXT_TOKENS = 32  # a smaller window holds no sentence to speak of
MIN_SHARE = (
    0.3  # of what the first cited sentence covers; one that adds less is about another thing
)

_LINE_SIGN = "<n>"  # what PEGASUS writes for a new line
_LOOSE_STOP = re.compile(r" (?=[.,](?:\s|$))")


class Abstract:
    """An engine of a local summariser.

    Args:
        caller: makes the calls, of one model whose mode is "abstract".
        text_tokens: what one text may have, of the model's own tokens.
        writes_short: summarise also a story of one short document.
    """

    def __init__(self, caller: Caller, text_tokens: int, *, writes_short: bool = False) -> None:
        self._caller = caller
        self._text_tokens = text_tokens
        self._writes_short = writes_short

    def write(self, request: WriteRequest) -> list[Draft]:
        """Write a story.

        Returns:
            The headline of the embedded engine, if there is one, and the sentences. Failed drafts
            come back as they are: such a model cannot be told what was wrong with them.

        Raises:
            ModelError: the summariser gave no whole summary.
        """
        if request.failed:
            return [failed.draft for failed in request.failed]
        chosen, texts = self._texts(request)
        if not texts:
            return Extractive().write(request)
        prompt = _prompt(texts)
        summaries = self._caller.ask(prompt, lambda answer: _read(answer, len(texts)))
        language = request.evidence[0].language
        told = [
            sentence
            for i, (summary, text) in enumerate(zip(summaries, texts, strict=True))
            for sentence in _told(summary, text, i, language)
        ]
        drafts = [draft for draft in chosen if draft.is_headline]
        drafts += [Draft(t.text, t.cites) for t in _pick(told, request)]
        return drafts

    def prompt(self, request: WriteRequest) -> Prompt | None:
        """Return the question a story would begin with, to estimate it; None when none is asked."""
        _, texts = self._texts(request)
        return _prompt(texts) if texts else None

    def _texts(self, request: WriteRequest) -> tuple[list[Draft], list["_Text"]]:
        """Return what the embedded engine chose, and the texts made of it; none for no call."""
        if not self._writes_short and is_short(request.evidence):
            return [], []
        n_words = min(EVIDENCE_WORDS, COMPRESSION * request.max_words)
        chosen = Extractive().write(replace(request, max_words=n_words, is_lead=False))
        by_alias = {sentence.alias: sentence for sentence in request.evidence}
        body = [by_alias[alias] for d in chosen if not d.is_headline for alias in d.cites]
        n_wanted = min(
            round(request.max_words / SUMMARY_WORDS),
            sum(len(source.words) for source in body) // MIN_TEXT_WORDS,
        )
        return chosen, self._divided(body, max(1, n_wanted))

    def _divided(self, body: Sequence[Evidence], n_wanted: int) -> list["_Text"]:
        """Divide sentences into texts that the window takes, about as many as are wanted."""
        if self._text_tokens < MIN_TEXT_TOKENS:
            raise ModelError("the model's window is too small for any evidence", "llm_context")
        count = self._caller.model.count_tokens
        sentences: list[Sentence] = []
        end = 0
        for source in body:
            text = " ".join(source.text.split())
            sentences.append(Sentence(end, end + len(text), text, "body", 0))
            end += len(text) + 1
        whole = " ".join(sentence.text for sentence in sentences)
        # With room for one sentence more than the share no small rest is left over.
        spare = max((count(sentence.text) for sentence in sentences), default=0)
        size = min(self._text_tokens, count(whole) // n_wanted + spare + 1)
        return [
            _Text(
                part.text.strip(),
                tuple(
                    source
                    for source, sentence in zip(body, sentences, strict=True)
                    if sentence.start < part.end and part.start < sentence.end
                ),
            )
            for part in chunk(whole, sentences, size, measure=count)
        ]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to be summarised and the sentences in it."""

    text: str
    sources: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of a summary."""

    place: tuple[int, int]  # which summary, which sentence of it
    text: str
    cites: tuple[str, ...]
    stems: frozenset[str]
    leans: bool


def _prompt(texts: Sequence[_Text]) -> Prompt:
    joined = BREAK.join(text.text for text in texts)
    return Prompt("abstract", "", joined, "", "", {}, SUMMARY_TOKENS * len(texts))


def _read(answer: str, n: int) -> Read[list[str]]:
    summaries = answer.split(BREAK)
    return Read(summaries if len(summaries) == n else None)


def _told(summary: str, text: _Text, i: int, language: str) -> Iterator[_Told]:
    """Yield the sentences of a summary with what they cite."""
    plain = _LOOSE_STOP.sub("", " ".join(summary.replace(_LINE_SIGN, " ").split()))
    sources = {e.alias: _stems(e.words, language) for e in text.sources}
    for j, sentence in enumerate(split(plain, language=language)):
        stems = _stems(lexical.words(sentence.text), language)
        cites = tuple(_cites(stems, sources))
        leans = prose.is_dangling(sentence.text, language)
        yield _Told((i, j), sentence.text, cites, stems, leans)


def _stems(words: Iterable[str], language: str) -> frozenset[str]:
    return frozenset(lexical.content_stems(words, language))


def _cites(stems: frozenset[str], sources: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield the aliases that cover the stems best: each adds to those before, the best one first.

    A stem counts for less the more sources have it; of equal sources the shortest is nearest.
    """
    n_sources = Counter(stem for found in sources.values() for stem in found)
    left = stems
    first = 0.0
    for _ in range(MAX_CITES):
        worth = {
            alias: sum(1 / n_sources[stem] for stem in sorted(left & found))
            for alias, found in sources.items()
        }
        best = max(worth, key=lambda alias: (worth[alias], -len(sources[alias])))
        if not worth[best] or worth[best] < MIN_SHARE * first:
            break
        yield best
        first = first or worth[best]
        left -= sources[best]


def _pick(told: Sequence[_Told], request: WriteRequest) -> list[_Told]:
    """Pick what fits into the words, the beginnings of all summaries first, in reading order.

    What repeats another sentence is left out, and so is what leans on one that is not there. What
    cites nothing comes last: it will be withheld.
    """
    picked: dict[tuple[int, int], _Told] = {}
    n_left = request.max_words
    for sentence in sorted(told, key=lambda t: (not t.cites, t.place[1], t.place[0])):
        i, j = sentence.place
        stands = not sentence.leans or (i, j - 1) in picked
        repeats = any(
            len(sentence.stems & other.stems) > MAX_OVERLAP * len(sentence.stems)
            for other in picked.values()
        )
        n_words = lexical.count_words(sentence.text)
        if stands and not repeats and (n_words <= n_left or not picked):
            picked[sentence.place] = sentence
            n_left -= n_words
    ordered = [picked[place] for place in sorted(picked)]
    while request.is_lead and len(ordered) > 1 and ordered[1].leans:
        del ordered[1]
    return ordered
