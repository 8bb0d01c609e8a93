"""ROUGE-1, -2 and -L F1 (Lin 2004) with a tokenizer for every script.

The definition of the rouge-score package with Porter stems, except that tokens are runs of
letters, digits and marks of any script, and single characters in scripts without spaces:
that package keeps ASCII letters only and scores other scripts 0.
"""

import re
from collections import Counter
from collections.abc import Sequence

import Stemmer

_UNSPACED = re.compile("([\u0e01-\u0e4e\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])")
_TOKEN = re.compile(r"[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff]+")
_PORTER = Stemmer.Stemmer("porter")

Scores = tuple[float, float, float]


def tokens(text: str) -> list[str]:
    """Return lower-cased tokens; those above three letters reduced to their Porter stems."""
    found = _TOKEN.findall(_UNSPACED.sub(r" \1 ", text.lower()))
    return [_PORTER.stemWord(token) if len(token) > 3 else token for token in found]


def cut(text: str, n_words: int) -> str:
    """Cut a text after exactly `n_words` words; two characters a word where none are spaced."""
    kept: list[str] = []
    n_left = float(n_words)
    for piece in re.findall(r"\S+\s*", text):
        n_unspaced = len(_UNSPACED.findall(piece))
        size = max(1.0, n_unspaced / 2) if n_unspaced else 1.0
        if size > n_left:
            kept.append(piece[: int(n_left * 2)] if n_unspaced else "")
            break
        kept.append(piece)
        n_left -= size
    return "".join(kept)


def rouge(summary: str, references: Sequence[str]) -> Scores:
    """Return ROUGE-1, -2 and -L F1 x 100, each the mean over the references."""
    found = tokens(summary)
    rows = [
        (_overlap(found, gold, 1), _overlap(found, gold, 2), _subsequence(found, gold))
        for gold in map(tokens, references)
    ]
    one, two, longest = (100 * sum(column) / len(rows) for column in zip(*rows, strict=True))
    return one, two, longest


def _overlap(found: Sequence[str], gold: Sequence[str], n: int) -> float:
    a, b = _grams(found, n), _grams(gold, n)
    return _f1((a & b).total(), a.total(), b.total())


def _grams(sequence: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(sequence[i:] for i in range(n)), strict=False))


def _subsequence(found: Sequence[str], gold: Sequence[str]) -> float:
    """Score the longest common subsequence, one bit a token (Hyyro 2004)."""
    where: dict[str, int] = {}
    for i, token in enumerate(found):
        where[token] = where.get(token, 0) | 1 << i
    full = (1 << len(found)) - 1
    row = full
    for token in gold:
        match = row & where.get(token, 0)
        row = ((row + match) | (row - match)) & full
    return _f1(len(found) - row.bit_count(), len(found), len(gold))


def _f1(n_shared: int, n_found: int, n_gold: int) -> float:
    return 2 * n_shared / (n_found + n_gold) if n_shared else 0.0
