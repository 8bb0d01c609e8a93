"""Ask the configured model one small question, as a user would who sees that nothing comes."""

from summarizer.errors import ModelError
from summarizer.service import engines
from summarizer.settings import Settings

PROBE_S = 30.0  # a local server may have to load its model first
_SENTENCES = ("The bridge was closed on Tuesday.", "The dam held.")
_LATER = "see that the server runs and can take questions now"
_OTHER = "choose a model that follows instructions"
_REMEDIES = {  # of the errors that name none
    "llm_unavailable": _LATER,
    "llm_cut": _LATER,
    "llm_deadline": f"{_LATER}, or raise call_timeout_s",
    "llm_envelope": "see that it is a chat model behind an OpenAI-compatible address",
    "llm_context": "set window_tokens to what the model can read",
    "llm_declined": _OTHER,
    "llm_schema": _OTHER,
    "llm_truncated": _OTHER,
    "budget": "raise the budget, or set the price of the model in prices",
}


def probe(settings: Settings) -> str:
    """Return what the configured model is and supports.

    Raises:
        ConfigurationError: it cannot be asked.
        ModelError: it gave no usable answer; the remedy is named.
    """
    hurried = settings.over(deadline_s=min(PROBE_S, settings.deadline_s or PROBE_S))
    with engines.staff(hurried, engines.Run(has_journal=False)) as staff:
        if staff is None:
            return "none: the embedded engine writes"
        if staff.judge is None:
            return f"{settings.engine} loads; it sums up, and knows no instructions"
        try:
            staff.judge.lead(_SENTENCES, None)
        except ModelError as error:
            remedy = _REMEDIES.get(error.code)
            raise ModelError(f"{error}; {remedy}" if remedy else str(error), error.code) from error
        usage = staff.budget.usage
        form = getattr(staff.judge.model, "form", "")  # of an endpoint; a local model has none
        supports = f", answers as {form}" if form else ""
        return f"{staff.judge.model.name}{supports}, {usage.input_tokens} tokens sent"
