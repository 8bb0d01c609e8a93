"""Write stories with a language model: numbered source sentences in, cited sentences out.

The embedded engine first chooses the evidence that goes into the prompt, so that a story of any
size fits any window and the model reads what matters. The aliases of the evidence are all a model
can cite, which is why a citation cannot be invented (attribute first, then generate: Slobodkin et
al. 2024, section 3).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise, takewhile

from summarizer.errors import ModelError
from summarizer.models import answers, blocks
from summarizer.models.answers import Cited
from summarizer.models.base import Prompt
from summarizer.models.calling import Caller
from summarizer.models.engine import Draft, Evidence, Failed, WriteRequest
from summarizer.models.extractive import Extractive
from summarizer.models.prompts import PromptFile
from summarizer.models.reducing import Reducer
from summarizer.text import lexical
from summarizer.types import Json

EVIDENCE_WORDS = 1_200  # of a story that a model reads; fewer when its window is small
MIN_EVIDENCE_WORDS = 40
SHORT_WORDS = 200  # a story of one document with fewer is not worth a call
STEP_WORDS = 40  # lengths asked for are multiples, so that a story's prompt seldom changes
LONGER = 3  # times the words wanted; answers on record up to there are cut to them
ANSWER_SHARE = 2  # an answer gets one in so many tokens of the window at most
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
        self._reducer = Reducer(caller, prompts["extract"])

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
        told = self._story(request, self._reducer.reduce(request.evidence))
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
        extracts, picked = self._reducer.foresee(request.evidence)
        return (*extracts, self._fitting(request, picked, EVIDENCE_WORDS)[0])

    def _story(self, request: WriteRequest, picked: Sequence[Evidence]) -> answers.Story:
        """Ask for a story, once more with half the evidence when it was too much."""
        prompt, chosen = self._fitting(request, picked, EVIDENCE_WORDS)
        try:
            return self._ask_story(prompt, chosen)
        except ModelError as error:
            if error.code != "llm_context":
                raise
        n_words = sum(lexical.count_words(sentence.text) for sentence in chosen)
        return self._ask_story(*self._fitting(request, picked, n_words // 2))

    def _ask_story(self, prompt: Prompt, chosen: Sequence[Evidence]) -> answers.Story:
        ids = set(_ids(chosen))
        return self._caller.ask(prompt, lambda text: answers.story(text, ids))

    def _fitting(
        self, request: WriteRequest, picked: Sequence[Evidence], n_words: int
    ) -> tuple[Prompt, tuple[Evidence, ...]]:
        """Return the prompt with as much evidence as the window takes, and that evidence."""
        while n_words >= MIN_EVIDENCE_WORDS:
            chosen = _choose(request, picked, n_words)
            prompt = self._write_prompt(chosen, self._n_words(request.max_words))
            room = self._caller.room(prompt)
            if room >= 0:
                return self._recorded(prompt, chosen, request.max_words), chosen
            n_words += min(room // 2, -MIN_EVIDENCE_WORDS)  # a word takes two tokens, or less
        raise ModelError("the model's window is too small for any evidence", "llm_context")

    def _recorded(self, prompt: Prompt, chosen: Sequence[Evidence], max_words: int) -> Prompt:
        """Return the same question, or one for a longer answer that is on record.

        A story that is told later than yesterday gets fewer words, and need not be paid again for
        that: the answer will be cut.
        """
        n_least = self._n_words(max_words)
        lengths = range(n_least, LONGER * n_least + 1, STEP_WORDS)
        questions = (self._write_prompt(chosen, n_words) for n_words in lengths)
        return next(filter(self._caller.is_known, questions), prompt)

    def _n_words(self, max_words: int) -> int:
        """Return how many words are asked for: in steps, and no more than the window takes."""
        n_tokens = self._caller.model.window_tokens // ANSWER_SHARE - _OUTPUT_TOKENS
        n_steps = min(-(-max_words // STEP_WORDS), n_tokens // (_OUTPUT_TOKENS_A_WORD * STEP_WORDS))
        return STEP_WORDS * max(1, n_steps)

    def _write_prompt(self, chosen: Sequence[Evidence], n_words: int) -> Prompt:
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

    def _fill(
        self,
        task: str,
        chosen: Sequence[Evidence],
        schema: Mapping[str, Json],
        n_words: int,
        *,
        extra: Mapping[str, object],
    ) -> Prompt:
        block = blocks.sentences(chosen)
        nonce = blocks.nonce(block, str(extra.get("failed")))
        values = {"sentences": block, "nonce": nonce, **extra}
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


def _choose(
    request: WriteRequest, picked: Sequence[Evidence], n_words: int
) -> tuple[Evidence, ...]:
    """Return the evidence that tells a story best in `n_words`, in its own order.

    Of a long report that are its title and the sentences a model has picked, the first ones before
    the others, each with the one that it leans on.
    """
    if picked:
        totals = accumulate(lexical.count_words(sentence.text) for sentence in picked)
        n_fitting = sum(1 for _ in takewhile(lambda total: total <= n_words, totals)) or 1
        chosen = {sentence.alias for sentence in picked[:n_fitting]}
        pairs = pairwise(request.evidence)
        chosen |= {before.alias for before, e in pairs if e.leans and e.alias in chosen}
        chosen |= {e.alias for e in request.evidence if e.kind == "title" and e.usable}
    else:
        wide = Extractive().write(replace(request, max_words=n_words, is_lead=False))
        chosen = {alias for draft in wide for alias in draft.cites}
    return tuple(e for e in request.evidence if e.alias in chosen)


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


def _ids(chosen: Iterable[Evidence]) -> list[str]:
    return [sentence.alias for sentence in chosen]
