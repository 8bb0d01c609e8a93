"""A sentence and its cited text word by word, where the one is the other but for a few words."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarizer.briefing.checks.reading import Reading, Source

MIN_KEPT = 0.8  # of a sentence's words, in order, to be its cited text with changes
FEW = 2  # changed words, however short the sentence
_MAX_WORDS = 400  # of a sentence that is aligned

Placed = tuple[Reading, int]  # a token of the cited text


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a sentence and the words of its cited text in whose place they stand."""

    claim: Reading
    ours: tuple[int, ...]
    theirs: tuple[Placed, ...]

    @property
    def now(self) -> str:
        """Return what stands there now."""
        return self.claim.written(self.ours) if self.ours else ""

    @property
    def before(self) -> str:
        """Return what stood there before."""
        return " ".join(reading.written([i]) for reading, i in self.theirs)


def find(claim: Reading, source: Source) -> list[Edit] | None:
    """Return the changes, None for a sentence that is no copy of its cited text."""
    ours = [i for i, token in enumerate(claim.facts.tokens) if token.is_word]
    if not 0 < len(ours) <= _MAX_WORDS:
        return None
    texts = [[reading] for reading in source.best]
    if len(texts) > 1:
        texts.append(sorted(source.best, key=lambda r: _first(claim, r)))
    best: tuple[int, list[Placed], SequenceMatcher[str]] | None = None
    wanted = Counter(word(claim, i) for i in ours)
    for text in texts:
        theirs = [(r, i) for r in text for i, token in enumerate(r.facts.tokens) if token.is_word]
        shared = wanted & Counter(word(r, i) for r, i in theirs)
        if not _is_copy(shared.total(), len(ours)) or len(theirs) > _MAX_WORDS:
            continue
        matcher = SequenceMatcher(
            None, [word(r, i) for r, i in theirs], [word(claim, i) for i in ours], autojunk=False
        )
        n_kept = sum(block.size for block in matcher.get_matching_blocks())
        if _is_copy(n_kept, len(ours)) and (best is None or n_kept > best[0]):
            best = n_kept, theirs, matcher
    if best is None:
        return None
    _, theirs, matcher = best
    return [
        Edit(claim, tuple(ours[b:d]), tuple(theirs[a:c]))
        for tag, a, c, b, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _is_copy(n_kept: int, n_words: int) -> bool:
    n_changed = n_words - n_kept
    return n_kept >= MIN_KEPT * n_words or n_changed <= FEW < n_kept


def _first(claim: Reading, reading: Reading) -> int:
    """Return where a sentence first uses a content word of a cited one."""
    found = (
        i
        for i, keys in enumerate(claim.keys)
        if claim.is_content[i] and not keys.isdisjoint(reading.places.keys())
    )
    return next(found, len(claim.words))


def word(reading: Reading, i: int) -> str:
    """Return what two tokens must share to be the same: the stem, or the character."""
    return reading.words[i] if reading.facts.tokens[i].is_unspaced else reading.stems[i]
