"""What a search asks for: words and quoted phrases, all of which must occur."""

import re
from collections.abc import Sequence

import sqlalchemy as sa

from summarizer.errors import InputError, LimitError
from summarizer.service.store.folding import fold

MAX_CHARS = 500
MAX_TERMS = 20

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d", '"'))


def terms(q: str) -> tuple[str, ...]:
    """Return the folded words and phrases of a search, each once.

    A quotation mark that is not closed reaches to the end.

    Raises:
        InputError: there is none.
        LimitError: there are too many, or they are too long.
    """
    if len(q) > MAX_CHARS:
        raise LimitError(f"q: longer than {MAX_CHARS} characters: ask for fewer words")
    found = (fold(phrase or word) for phrase, word in _TERM.findall(q.translate(_QUOTES)))
    asked = tuple(dict.fromkeys(filter(None, found)))
    if not asked:
        raise InputError("q: name a word to look for")
    if len(asked) > MAX_TERMS:
        raise LimitError(f"q: more than {MAX_TERMS} words: ask for fewer")
    return asked


def all_occur(column: sa.Column[str], asked: Sequence[str]) -> sa.ColumnElement[bool]:
    """Return the condition that each term occurs, as part of a word too."""
    return sa.and_(*(column.contains(term, autoescape=True) for term in asked))
