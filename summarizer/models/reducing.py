"""Reduce a long report, part by part, to the sentences that a model finds most important.

Every pass chooses among sentences of the source, never among summaries, and leaves less than it was
given, so that a report of any length ends as evidence that fits one question.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, takewhile, zip_longest

from summarizer.errors import ModelError
from summarizer.models import answers, blocks
from summarizer.models.base import Prompt
from summarizer.models.calling import Caller
from summarizer.models.engine import Evidence
from summarizer.models.prompts import PromptFile
from summarizer.text import lexical

LONG_WORDS = 2_000  # of a story of one document; a longer one is reduced first
PART_WORDS = 700  # of a document that one question reads
KEPT_SHARE = 4  # of a part's sentences one in so many is kept at most, but
KEPT_LEAST = 3  # so many may be, though never more than half
_OUTPUT_TOKENS, _OUTPUT_TOKENS_A_SENTENCE = 400, 20

Part = tuple[Evidence, ...]


class Reducer:
    """Asks what matters in the parts of a long report.

    Args:
        caller: makes the calls.
        prompt: of the task "extract".
    """

    def __init__(self, caller: Caller, prompt: PromptFile) -> None:
        self._caller = caller
        self._prompt = prompt

    def reduce(self, evidence: Sequence[Evidence]) -> Part:
        """Return the sentences of one long report that matter, the most important first.

        Several documents need no such pass: what they share shows what matters.

        Returns:
            About LONG_WORDS words of sentences at most; none where there was nothing to reduce.
        """
        chosen: Part = ()
        left = _readable(evidence)
        while is_long(left):
            picks = [self._picked(part) for part in self._parts(left)]
            chosen = _in_turn(picks)
            kept = {sentence.alias for sentence in chosen}
            fewer = tuple(sentence for sentence in left if sentence.alias in kept)
            if not 0 < len(fewer) < len(left):
                break
            left = fewer
        return chosen

    def foresee(self, evidence: Sequence[Evidence]) -> tuple[tuple[Prompt, ...], Part]:
        """Return the questions that it takes, and sentences as many as will be left.

        Which ones a model keeps is not known: the first of each part stand for them.
        """
        asked: list[Prompt] = []
        chosen: Part = ()
        left = _readable(evidence)
        while is_long(left):
            parts = [*self._parts(left)]
            asked += map(self._question, parts)
            chosen = tuple(chain.from_iterable(part[: _n_kept(part)] for part in parts))
            if len(chosen) == len(left):
                break
            left = chosen
        return tuple(asked), chosen

    def _picked(self, part: Part) -> Part:
        """Return what matters in a part, the most important first.

        A part that no model answers for is kept whole: the other passes, or the embedded engine,
        will choose from it.
        """
        by_alias = {sentence.alias: sentence for sentence in part}
        try:
            pieces = self._caller.ask(
                self._question(part),
                lambda text: answers.cited(text, by_alias, has_text=False, may_be_none=True),
            )
        except ModelError:
            return part
        aliases = dict.fromkeys(alias for piece in pieces for alias in piece.cites)
        return tuple(by_alias[alias] for alias in aliases)[: _n_kept(part)]

    def _question(self, part: Part) -> Prompt:
        n_most = _n_kept(part)
        block = blocks.sentences(part)
        piece = blocks.piece([sentence.alias for sentence in part], has_text=False)
        return self._prompt.fill(
            "extract",
            {"sentences": block, "nonce": blocks.nonce(block), "max_sentences": n_most},
            schema=blocks.object_of(sentences=blocks.array_of(piece)),
            max_output_tokens=_OUTPUT_TOKENS + _OUTPUT_TOKENS_A_SENTENCE * n_most,
        )

    def _parts(self, left: Part) -> Iterator[Part]:
        """Cut a report into parts that one question can read, in order."""
        while left:
            totals = accumulate(map(_n_words, left))
            n = sum(1 for _ in takewhile(lambda total: total <= PART_WORDS, totals)) or 1
            while n > 1 and self._caller.room(self._question(left[:n])) < 0:
                n = n * 3 // 4
            yield left[:n]
            left = left[n:]


def is_long(evidence: Sequence[Evidence]) -> bool:
    """Tell whether evidence is one report that is too long to be read at once."""
    is_one = len({sentence.document for sentence in evidence}) == 1
    return is_one and sum(map(_n_words, evidence)) > LONG_WORDS


def _readable(evidence: Sequence[Evidence]) -> Part:
    """Return what can be told of one report; nothing of several."""
    is_one = len({sentence.document for sentence in evidence}) == 1
    usable = (e for e in evidence if e.usable and e.kind == "body")
    return tuple(usable) if is_one else ()


def _in_turn(picks: Sequence[Part]) -> Part:
    """Return the first of each part, then the second of each, and so on.

    Parts take turns in the order of their numbers' binary digits read backwards, so that any
    beginning of the result is spread over the whole report.
    """
    order = sorted(range(len(picks)), key=lambda i: f"{i:032b}"[::-1])
    rounds = zip_longest(*(picks[i] for i in order))
    return tuple(sentence for told in rounds for sentence in told if sentence is not None)


def _n_kept(part: Part) -> int:
    """Return how many sentences of a part are kept at most: no more than half, but one."""
    return min(max(KEPT_LEAST, len(part) // KEPT_SHARE), (len(part) + 1) // 2)


def _n_words(sentence: Evidence) -> int:
    return lexical.count_words(sentence.text)
