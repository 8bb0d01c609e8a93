"""What a model is likely to cost for a briefing, before the first call.

Tokens are the likely number, not the safe one that budgets reserve; answers on record cost nothing.
How many sentences will be refused and repaired nobody knows: a share of the calls is allowed for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.briefing import evidence, plan
from summarizer.briefing.merge import LEAD_FROM
from summarizer.briefing.options import Options
from summarizer.briefing.staff import Staff
from summarizer.errors import ModelError
from summarizer.models.base import Prompt
from summarizer.models.calling import Caller
from summarizer.models.engine import WriteRequest
from summarizer.models.writing import Writer
from summarizer.types import Document

SAFETY = 1.07  # a safe count of tokens over a likely one
OUTPUT_TOKENS_A_WORD = 1.9  # with the ids and the JSON around a sentence
OUTPUT_TOKENS = 40  # of an answer beside its sentences
REPAIRED_SHARE = 0.1  # of the stories
REPAIR_COST = 0.3  # of a story's first call
LEAD_TOKENS, LEAD_TOKENS_A_STORY = 150, 60


@dataclass(frozen=True, slots=True)
class Stage:
    """The calls of one task."""

    task: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None  # None: no price is known


def estimate(
    documents: Iterable[Document], options: Options, staff: Staff | None
) -> tuple[Stage, ...]:
    """Return what the calls of a briefing are likely to cost, by task; empty without any.

    Raises:
        NoUsableSourceError: no document has text that can be summarised.
    """
    stories = [story for story in plan.make(documents, options).stories if story.max_words]
    if staff is None or not isinstance(staff.engine, Writer):
        return ()
    caller = staff.engine.caller
    asked = [pair for story in stories for pair in _prompts(story, staff.engine, caller)]
    n_input = sum(_tokens(prompt, caller) for prompt, _ in asked)
    n_output = sum(int(OUTPUT_TOKENS + OUTPUT_TOKENS_A_WORD * n_words) for _, n_words in asked)
    repaired = REPAIRED_SHARE * REPAIR_COST
    counted = [
        ("write", len(asked), n_input, n_output),
        (
            "repair",
            round(REPAIRED_SHARE * len(asked)),
            round(repaired * n_input),
            round(repaired * n_output),
        ),
    ]
    if staff.judge is not None and len(stories) > 1 and asked:
        n_read = min(len(stories), LEAD_FROM)
        counted.append(("lead", 1, LEAD_TOKENS + LEAD_TOKENS_A_STORY * n_read, OUTPUT_TOKENS))
    return tuple(Stage(*each, caller.cost_usd(*each[2:])) for each in counted if each[1])


def _prompts(
    story: plan.PlannedStory, writer: Writer, caller: Caller
) -> Iterator[tuple[Prompt, int]]:
    """Yield the calls of a story whose answers are not on record, each with its words."""
    gathered = evidence.gather(story.documents, story.origin)
    request = WriteRequest(gathered.evidence, story.max_words, story.is_lead)
    try:
        prompts = writer.prompts(request)
    except ModelError:  # it will be written by the embedded engine
        return
    for prompt in prompts:
        if not caller.is_known(prompt):
            yield prompt, story.max_words


def _tokens(prompt: Prompt, caller: Caller) -> int:
    text = f"{prompt.system}\n{prompt.json_form}\n{prompt.user}"
    return int(caller.model.count_tokens(text) / SAFETY)
