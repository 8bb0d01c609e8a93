"""Whether a sentence says what its cited text has no word for."""

from collections.abc import Iterator

from summarizer.briefing.checks.flags import Flag, quoted
from summarizer.briefing.checks.reading import Reading, Source
from summarizer.text.facts.tokens import matches
from summarizer.text.facts.wording import wording

# Content words that make a phrase new; alone, a new word may say the same in other words. A longer
# text is less likely to be cited for its wording.
_RUN, _RUN_OF_LONG = 3, 4
_RUN_UNKNOWN = 5  # in languages without a list of words that add nothing
_FEW = 3  # spans; more are a text rather than a citation
_MANY, _LARGE_SHARE = 4, 0.3  # new words, wherever they stand
_APART = 3  # tokens from one word of a phrase to the next
_BREAKS = frozenset(",;.:\uff0c\u3002\uff1b\u060c")
_CAUSE_REACH = 8  # tokens in which a cause is named


def details(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag a new phrase, or a sentence of which much is new."""
    new = [i for i in range(len(claim.words)) if _is_new(claim, i, source)]
    runs: list[list[int]] = []
    for i in new:
        if runs and _is_one_phrase(claim, runs[-1][-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    longest = max(runs, key=len, default=[])
    limit = _RUN if source.n_spans <= _FEW else _RUN_OF_LONG
    if not wording(claim.language).plain:
        limit = _RUN_UNKNOWN
    n_large = max(_MANY, _LARGE_SHARE * sum(claim.is_content))
    if len(longest) >= limit or len(new) >= n_large:
        yield Flag("detail", f"the cited text says nothing of {quoted(claim.written(longest))}")


def causes(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag a cause of which the cited text has no word."""
    for first, last in matches(claim.words, wording(claim.language).because):
        named = range(last, min(len(claim.words), last + _CAUSE_REACH))
        content = [i for i in named if claim.is_content[i] and i not in claim.plain]
        if content and not any(source.has(claim.keys[i]) for i in content):
            cause = quoted(claim.written([first, content[-1]]))
            yield Flag("cause", f"the cited text does not say {cause}")


def _is_new(claim: Reading, i: int, source: Source) -> bool:
    """Tell whether a content word is new. Names and numbers have their own checks."""
    token = claim.facts.tokens[i]
    if not claim.is_content[i] or i in claim.plain or token.is_capital or token.word[0].isdigit():
        return False
    if source.has(claim.keys[i]):
        return False
    # A character is known with the one before it, too.
    before = token.is_unspaced and i > 0 and claim.facts.tokens[i - 1].is_unspaced
    return not (before and source.has(claim.keys[i - 1]))


def _is_one_phrase(claim: Reading, i: int, j: int) -> bool:
    return j - i <= _APART and _BREAKS.isdisjoint(claim.words[i:j])
