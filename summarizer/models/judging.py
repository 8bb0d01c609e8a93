"""What a language model is asked to judge: the day's opening, claims in doubt, reports at odds.

It writes nothing here, and what it says of a claim can only make the verdict stricter.
"""

from collections.abc import Iterator, Mapping, Sequence

from summarizer.errors import ModelError
from summarizer.models import answers, blocks
from summarizer.models.base import Model, Prompt
from summarizer.models.calling import Caller
from summarizer.models.engine import Evidence
from summarizer.models.prompts import PromptFile

MAX_LEAD = 3
BATCH = 10  # claims judged in one call
VERDICTS = ("supported", "partly", "unsupported", "contradicted")
RELATIONS = ("conflict", "update", "compatible", "same", "different")
_OUTPUT_TOKENS, _OUTPUT_TOKENS_A_PIECE = 300, 40


class Judge:
    """Asks a model for its judgement.

    Args:
        caller: makes the calls.
        prompts: the prompt file of each task.
    """

    def __init__(self, caller: Caller, prompts: Mapping[str, PromptFile]) -> None:
        self._caller = caller
        self._prompts = prompts

    @property
    def model(self) -> Model:
        """The model that is asked first."""
        return self._caller.model

    def lead(self, sentences: Sequence[str], day: str | None) -> list[int]:
        """Return the indices of at most MAX_LEAD sentences that tell the day, most important first.

        Of more sentences than fit the window the first are read.

        Raises:
            ModelError: no model gave a usable answer.
        """
        prompt = self._lead_prompt(sentences, day)
        while len(sentences) > 1 and self._caller.room(prompt) < 0:
            sentences = sentences[: len(sentences) // 2]
            prompt = self._lead_prompt(sentences, day)
        ids = _ids(sentences)
        pieces = self._caller.ask(
            prompt, lambda text: answers.cited(text, ids, key="lead", has_text=False)
        )
        chosen = dict.fromkeys(alias for piece in pieces for alias in piece.cites)
        return [ids.index(alias) for alias in chosen][:MAX_LEAD]

    def verdicts(self, claims: Sequence[tuple[str, str]]) -> list[str]:
        """Return one of VERDICTS for each claim and its evidence; "" where none was given.

        Raises:
            ModelError: no model gave a usable answer to any of the questions.
        """
        given: list[str] = []
        last: ModelError | None = None
        for batch in self._batches(claims):
            try:
                given += self._verdicts(batch)
            except ModelError as error:
                given += [""] * len(batch)
                last = error
        if last is not None and not any(given):
            raise last
        return given

    def relation(self, one: Evidence, other: Evidence) -> str:
        """Return how the numbers of two sentences relate, one of RELATIONS.

        Raises:
            ModelError: no model gave a usable answer.
        """
        block = blocks.sentences((one, other))
        prompt = self._prompts["adjudicate"].fill(
            "adjudicate",
            {"sentences": block, "nonce": blocks.nonce(block)},
            schema=blocks.object_of(relation={"type": "string", "enum": [*RELATIONS]}),
            max_output_tokens=_OUTPUT_TOKENS,
        )
        return self._caller.ask(prompt, lambda text: answers.word(text, "relation", RELATIONS))

    def _batches(self, claims: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
        while claims:
            batch = claims[:BATCH]
            while len(batch) > 1 and self._caller.room(self._verify_prompt(batch)) < 0:
                batch = batch[: len(batch) // 2]
            yield batch
            claims = claims[len(batch) :]

    def _verdicts(self, claims: Sequence[tuple[str, str]]) -> list[str]:
        found = self._caller.ask(
            self._verify_prompt(claims),
            lambda text: answers.verdicts(text, VERDICTS, len(claims)),
        )
        return [found.get(k, "") for k in range(1, len(claims) + 1)]

    def _lead_prompt(self, sentences: Sequence[str], day: str | None) -> Prompt:
        ids = _ids(sentences)
        items = blocks.labelled(zip(ids, sentences, strict=True))
        nonce = blocks.nonce(items)
        return self._prompts["lead"].fill(
            "lead",
            {"day": day or "unknown", "sentences": items, "nonce": nonce},
            schema=blocks.object_of(lead=blocks.array_of(blocks.piece(ids, has_text=False))),
            max_output_tokens=_OUTPUT_TOKENS,
        )

    def _verify_prompt(self, claims: Sequence[tuple[str, str]]) -> Prompt:
        numbered = enumerate(claims, start=1)
        items = blocks.lines({"k": k, "claim": c, "evidence": e} for k, (c, e) in numbered)
        item = blocks.object_of(
            k={"type": "integer"},
            verdict={"type": "string", "enum": [*VERDICTS]},
            wrong_span={"type": ["string", "null"]},
        )
        return self._prompts["verify"].fill(
            "verify",
            {"claims": items, "nonce": blocks.nonce(items)},
            schema=blocks.object_of(items=blocks.array_of(item)),
            max_output_tokens=_OUTPUT_TOKENS + _OUTPUT_TOKENS_A_PIECE * len(claims),
        )


def _ids(sentences: Sequence[str]) -> list[str]:
    return [f"S{i + 1}" for i in range(len(sentences))]
