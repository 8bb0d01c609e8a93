"""How long the briefings of an edition are, and what they may cost."""

from summarizer.briefing.options import EXTRACTIVE
from summarizer.settings.editions import Edition, Style
from summarizer.types import Json, Note

# Words and stories. Headlines: the budget lets the first story have a sentence, all others are
# told in a line. The standard is what the settings say.
_STYLES: dict[Style, dict[str, int]] = {
    "headlines": {"words": 1, "stories": 12},
    "standard": {},
    "deep": {"words": 1_500, "stories": 12},
}


def options(edition: Edition, *, day: str, spent_usd: float = 0.0) -> dict[str, Json]:
    """Return the options of a run as a request states them; what an edition says itself wins.

    Args:
        edition: what it asks for.
        day: of the run.
        spent_usd: in this month, by this edition.
    """
    chosen: dict[str, Json] = {**_STYLES[edition.style], "day": day}
    for name in ("words", "stories", "language", "engine", "budget_tokens", "budget_usd"):
        value = getattr(edition, name)
        if value is not None:
            chosen[name] = value
    if edition.budget_usd_month is not None:
        left = max(0.0, edition.budget_usd_month - spent_usd)
        chosen["budget_usd"] = left if edition.budget_usd is None else min(left, edition.budget_usd)
        if left == 0:
            chosen["engine"] = EXTRACTIVE
    return chosen


def notes(edition: Edition, *, spent_usd: float = 0.0) -> tuple[Note, ...]:
    """Say that the month's budget is spent, when it is."""
    limit = edition.budget_usd_month
    if limit is None or spent_usd < limit or edition.engine == EXTRACTIVE:
        return ()
    message = f"budget_usd_month of ${limit:.2f} is spent: the embedded engine writes until it ends"
    return (Note("budget_month", message),)
