"""Write stories with a language model: numbered source sentences in, cited sentences out.

The embedded engine first chooses the evidence that goes into the prompt, so that a story of any
size fits any window and the model reads what matters. The aliases of the evidence are all a model
can cite, which is why a citation cannot be invented (attribute first, then generate: Slobodkin et
al. 2024, section 3).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, takewhile

from summarizer.errors import ModelError
from summarizer.models import answers, blocks
from summarizer.models.answers import Cited
from summarizer.models.base import Prompt
from summarizer.models.calling import Caller
from summarizer.models.extractive import Extractive
from summarizer.models.prompts import PromptFile
from summarizer.text import lexical
from summarizer.types import Draft, Evidence, Failed, Json, WriteRequest

EVIDENCE_WORDS = 1_200  # of a story that a model reads; fewer when its window is small
MIN_EVIDENCE_WORDS = 40
SHORT_WORDS = 200  # a story of one document with fewer is not worth a call
LONG_WORDS = 2_000  # of a story of one document; a longer one is first reduced part by part
PART_WORDS = 700  # of a document that one "extract" call reads
KEPT_SHARE = 4  # of a part's sentences one in so many is kept at most, but
KEPT_LEAST = 3  # so many always
STEP_WORDS = 40  # lengths asked for are multiples, so that a story's prompt seldom changes
ANSWER_SHARE = 3  # an answer gets one in so many tokens of the window at most
_OUTPUT_TOKENS_A_WORD = 4  # in any script, with the ids around it
_OUTPUT_TOKENS = 400  # of an answer beside its sentences


class Writer:
    """An engine that asks a language model, and leaves to the embedded one what needs none.

    Args:
        caller: makes the calls.
        prompts: the prompt file of each task.
        writes_short: ask also for a story of one short document.
    """

    def __init__(
        self, caller: Caller, prompts: Mapping[str, PromptFile], *, writes_short: bool = False
    ) -> None:
        self._caller = caller
        self._prompts = prompts
        self._writes_short = writes_short

    @property
    def caller(self) -> Caller:
        """What makes the calls."""
        return self._caller

    def write(self, request: WriteRequest) -> list[Draft]:
        """Write a story, or write its failed drafts again.

        Returns:
            The headline, if there is one, and the sentences; for failed drafts one draft each, in
            their order.

        Raises:
            ModelError: no model gave a usable answer.
        """
        if request.failed:
            return self._repair(request.evidence, request.failed)
        if not self._writes_short and is_short(request.evidence):
            return Extractive().write(request)
        told = self._story(replace(request, evidence=self._reduced(request.evidence)))
        if not told.sentences:
            raise ModelError("the model found the evidence insufficient", "llm_declined")
        drafts = [*_within(told.sentences, request.max_words)]
        if told.headline is not None:
            drafts.insert(0, Draft(told.headline.text, told.headline.cites, is_headline=True))
        return drafts

    def prompts(self, request: WriteRequest) -> tuple[Prompt, ...]:
        """Return the questions that a story takes, to estimate them; none when none is asked.

        Which sentences of a long report a model will keep is not known, but how long the last
        question can be is.

        Raises:
            ModelError: the model's window is too small for any evidence.
        """
        if not self._writes_short and is_short(request.evidence):
            return ()
        extracts = map(self._extract_prompt, self._parts(request.evidence))
        return (*extracts, self._fitting(request, EVIDENCE_WORDS)[0])

    def _story(self, request: WriteRequest) -> answers.Story:
        """Ask for a story, once more with half the evidence when it was too much."""
        prompt, chosen = self._fitting(request, EVIDENCE_WORDS)
        try:
            return self._ask_story(prompt, chosen)
        except ModelError as error:
            if error.code != "llm_context":
                raise
        n_words = sum(len(sentence.words) for sentence in chosen)
        return self._ask_story(*self._fitting(replace(request, evidence=chosen), n_words // 2))

    def _ask_story(self, prompt: Prompt, chosen: Sequence[Evidence]) -> answers.Story:
        ids = set(_ids(chosen))
        return self._caller.ask(prompt, lambda text: answers.story(text, ids))

    def _fitting(self, request: WriteRequest, n_words: int) -> tuple[Prompt, tuple[Evidence, ...]]:
        """Return the prompt with as much evidence as the window takes, and that evidence."""
        while n_words >= MIN_EVIDENCE_WORDS:
            chosen = _choose(request, n_words)
            prompt = self._write_prompt(chosen, request.max_words)
            if self._caller.room(prompt) >= 0:
                return prompt, chosen
            n_words //= 2
        raise ModelError("the model's window is too small for any evidence", "llm_context")

    def _write_prompt(self, chosen: Sequence[Evidence], max_words: int) -> Prompt:
        n_tokens = self._caller.model.window_tokens // ANSWER_SHARE - _OUTPUT_TOKENS
        n_steps = min(-(-max_words // STEP_WORDS), n_tokens // (_OUTPUT_TOKENS_A_WORD * STEP_WORDS))
        n_words = STEP_WORDS * max(1, n_steps)
        piece = blocks.piece(_ids(chosen))
        schema = blocks.object_of(
            status={"type": "string", "enum": ["ok", "insufficient"]},
            headline=piece,
            sentences=blocks.array_of(piece),
        )
        return self._fill("write", chosen, schema, n_words, extra={"max_words": n_words})

    def _repair(self, evidence: Sequence[Evidence], failed: Sequence[Failed]) -> list[Draft]:
        """Have each failed draft corrected; one the model leaves out stays as it was."""
        cited = {alias for one in failed for alias in one.draft.cites}
        chosen = tuple(sentence for sentence in evidence if sentence.alias in cited)
        prompt = self._repair_prompt(chosen, failed)
        if len(failed) > 1 and self._caller.room(prompt) < 0:
            middle = len(failed) // 2
            halves = failed[:middle], failed[middle:]
            return [draft for half in halves for draft in self._repair(evidence, half)]
        ids = set(_ids(chosen))
        pieces = self._caller.ask(prompt, lambda text: answers.cited(text, ids))
        mended = {piece.k: piece for piece in pieces}
        return [_mended(one.draft, mended.get(k)) for k, one in enumerate(failed, start=1)]

    def _repair_prompt(self, chosen: Sequence[Evidence], failed: Sequence[Failed]) -> Prompt:
        lines: list[dict[str, Json]] = [
            {"k": k, "text": one.draft.text, "reasons": [one.reason]}
            for k, one in enumerate(failed, start=1)
        ]
        pieces = blocks.array_of(blocks.piece(_ids(chosen), numbered=True))
        n_words = 2 * sum(lexical.count_words(one.draft.text) for one in failed)
        return self._fill(
            "repair",
            chosen,
            blocks.object_of(sentences=pieces),
            n_words,
            extra={"failed": blocks.lines(lines)},
        )

    def _reduced(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Of one report too long to be read at once, keep what a model chose part by part."""
        kept = [alias for part in self._parts(evidence) for alias in self._extract(part)]
        if not kept:
            return evidence
        known = set(kept)
        return tuple(e for e in evidence if e.alias in known or e.kind == "title")

    def _extract(self, part: Sequence[Evidence]) -> list[str]:
        """Return the ids of a part that matter most.

        A part that no model answers for is kept whole: the embedded engine will choose from it.
        """
        ids = _ids(part)
        try:
            pieces = self._caller.ask(
                self._extract_prompt(part), lambda text: answers.cited(text, ids, has_text=False)
            )
        except ModelError:
            return ids
        return [alias for piece in pieces for alias in piece.cites][: _n_kept(part)]

    def _extract_prompt(self, part: Sequence[Evidence]) -> Prompt:
        pieces = blocks.array_of(blocks.piece(_ids(part), has_text=False))
        n_most = _n_kept(part)
        return self._fill(
            "extract",
            part,
            blocks.object_of(sentences=pieces),
            5 * n_most,
            extra={"max_sentences": n_most},
        )

    def _parts(self, evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, ...]]:
        """Yield what "extract" calls read of one long report, in order; nothing of other stories.

        Several documents need no such pass: what they share shows what matters.
        """
        is_one = len({sentence.document for sentence in evidence}) == 1
        if not is_one or sum(len(e.words) for e in evidence) <= LONG_WORDS:
            return
        left = tuple(sentence for sentence in evidence if sentence.usable)
        while left:
            totals = accumulate(len(sentence.words) for sentence in left)
            n = sum(1 for _ in takewhile(lambda total: total <= PART_WORDS, totals)) or 1
            while n > 1 and self._caller.room(self._extract_prompt(left[:n])) < 0:
                n //= 2
            yield left[:n]
            left = left[n:]

    def _fill(
        self,
        task: str,
        chosen: Sequence[Evidence],
        schema: Mapping[str, Json],
        n_words: int,
        *,
        extra: Mapping[str, object],
    ) -> Prompt:
        block = blocks.lines(_described(chosen))
        nonce = blocks.nonce(block, str(extra.get("failed")))
        values = {"sentences": block, "nonce": nonce, "ids": ", ".join(_ids(chosen)), **extra}
        return self._prompts[task].fill(
            task,
            values,
            schema=schema,
            max_output_tokens=_OUTPUT_TOKENS + _OUTPUT_TOKENS_A_WORD * n_words,
        )


def is_short(evidence: Sequence[Evidence]) -> bool:
    """Tell whether a story is one short document, whose own words serve as well as a model's."""
    body = [e for e in evidence if e.kind == "body"]
    is_one = len({e.document for e in body}) <= 1
    return is_one and sum(len(e.words) for e in body) <= SHORT_WORDS


def _choose(request: WriteRequest, n_words: int) -> tuple[Evidence, ...]:
    """Return the evidence that covers a story best in `n_words`, in its own order."""
    wide = Extractive().write(replace(request, max_words=n_words, is_lead=False))
    chosen = {alias for draft in wide for alias in draft.cites}
    return tuple(e for e in request.evidence if e.alias in chosen)


def _described(chosen: Sequence[Evidence]) -> Iterator[dict[str, Json]]:
    """Yield what a model reads: each document once, then its sentences under their ids."""
    for document, group in groupby(chosen, key=lambda e: e.document):
        sentences = list(group)
        first = sentences[0]
        letters = first.alias.rstrip("0123456789") or document
        published = (first.published or "")[: len("2026-03-04")]
        about: dict[str, Json] = {"document": letters}
        about |= {k: v for k, v in (("source", first.source), ("published", published)) if v}
        yield about
        for sentence in sentences:
            yield {"id": sentence.alias, "text": sentence.text}


def _within(pieces: Iterable[Cited], max_words: int) -> Iterator[Draft]:
    """Yield the first different sentences of at most `max_words` together, one at least."""
    told: set[str] = set()
    n_words = 0
    for piece in pieces:
        if piece.text in told:
            continue
        n_words += lexical.count_words(piece.text)
        if told and n_words > max_words:
            return
        told.add(piece.text)
        yield Draft(piece.text, piece.cites)


def _mended(draft: Draft, piece: Cited | None) -> Draft:
    return draft if piece is None else replace(draft, text=piece.text, cites=piece.cites)


def _n_kept(part: Sequence[Evidence]) -> int:
    """Return how many sentences of a part are kept at most."""
    return max(KEPT_LEAST, len(part) // KEPT_SHARE)


def _ids(chosen: Iterable[Evidence]) -> list[str]:
    return [sentence.alias for sentence in chosen]
