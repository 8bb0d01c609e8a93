"""What is new since earlier briefings, in words: "new", "was 14, now 21"."""

import re

from summarizer.render.labels import Labels
from summarizer.render.safety import one_line
from summarizer.types import Claim, Story

MAX_PREVIOUS_CHARS = 80  # a longer one would interrupt more than it tells

_VALUE = re.compile(r"[^\w\s]*\d")  # "14", "$3.5 million"; words stand between quotation marks


def tag(story: Story, words: Labels) -> str:
    """Say how a story stands to earlier briefings; an empty string where there were none."""
    return words.changes[story.change] if story.change else ""


def remark(claim: Claim, language: str, words: Labels) -> str:
    """Say how a claim stands to what was printed before; an empty string where nothing was.

    Args:
        claim: what is printed now.
        language: the claim's.
        words: what to say it with.
    """
    if claim.change is None:
        return ""
    was = _was(claim, language, words)
    if claim.change == "updated" and was:
        return was
    return words.punctuation["colon"].join(filter(None, (words.changes[claim.change], was)))


def remark_within(story: Story, claim: Claim, language: str, words: Labels) -> str:
    """Say it of a claim below its story's tag: only what the tag does not tell already.

    That a claim is new is said where others are not; what goes on is the claims without a remark.
    """
    goes_on = any(other.change == "ongoing" for other in story.claims)
    if claim.change == "ongoing" or (claim.change == "new" and not goes_on):
        return ""
    return remark(claim, language, words)


def _was(claim: Claim, language: str, words: Labels) -> str:
    """Tell the earlier value, and the one now where it cannot be mistaken."""
    was = one_line(claim.previous or "")
    if not was or len(was) > MAX_PREVIOUS_CHARS:
        return ""
    now = _now(claim.text, was, language)
    shown = was if _VALUE.match(was) else words.quoted(was)
    return (
        words.was_now.format(was=shown, now=one_line(now)) if now else words.was.format(was=shown)
    )


def _now(text: str, was: str, language: str) -> str:
    """Find the value that took the place of an earlier one: the only one of its unit."""
    from summarizer.text import facts

    old = facts.extract(was, language).quantities
    if len(old) != 1 or (was[old[0].start : old[0].end] != was and old[0].bound == "exact"):
        return ""
    new = [q for q in facts.extract(text, language).quantities if q.unit == old[0].unit]
    return text[new[0].start : new[0].end] if len(new) == 1 else ""
