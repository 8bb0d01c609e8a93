"""Counted things in the languages of the labels: "3 reports", and the one line of the ledger.

Plural rules follow the Unicode CLDR, "Language Plural Rules", for whole numbers below a million.
The forms of a word stand in the order of its language's rule; the last also stands for those that
would follow.
"""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from summarizer.render.labels import labels
from summarizer.types import LedgerEntry, Use


def story_line(origins: int, articles: int, language: str) -> str | None:
    """Say how many reports a story rests on, and how many reprints; None when it is one article."""
    if articles <= 1:
        return None
    reports = counted("reports", origins, language)
    if origins >= articles:
        return reports
    words = labels(language)
    reprints = counted("reprints", articles - origins, language)
    return words.punctuation["aside"].format(text=reports, aside=reprints)


def use_line(use: Use, n: int, language: str) -> str:
    """Say how many documents were put to one use: "60 cited"."""
    return counted(use, n, language)


def ledger_line(entries: Sequence[LedgerEntry], n_withheld: int, language: str) -> str:
    """Account for every document in one line.

    Parts that are nought are left out, except what was cited.
    """
    marks = labels(language).punctuation
    n_of = Counter(entry.use for entry in entries)
    uses = [use for use in get_args(Use) if n_of[use] or use == "cited"]
    line = counted("articles", len(entries), language)
    line += marks["colon"] + marks["comma"].join(use_line(use, n_of[use], language) for use in uses)
    if n_withheld:
        line += marks["semicolon"] + counted("withheld", n_withheld, language)
    return line


def counted(word: str, n: int, language: str) -> str:
    """Put a number before one of the labels' counted words, in the form that it asks for."""
    match language:
        case "ru":
            i = _slavic(n)
        case "ar":
            i = _arabic(n)
        case "fr" | "pt":
            i = 0 if n in {0, 1} else 1
        case _:
            i = 0 if n == 1 else 1
    forms = labels(language).counted[word]
    return forms[min(i, len(forms) - 1)].format(n=n)


def _slavic(n: int) -> int:
    if n % 100 in range(11, 15):
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(n % 10, 2)


def _arabic(n: int) -> int:
    if n in {1, 2}:
        return n - 1
    if n % 100 in range(3, 11):
        return 2
    return 3 if n % 100 in range(11, 100) else 4
