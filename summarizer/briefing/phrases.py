"""Word classes as patterns: each entry matches where a word begins and ends where one ends.

In scripts written without spaces an entry matches wherever its characters stand.
"""

import re
from collections.abc import Iterable, Mapping

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_NEVER = r"(?!)"
_GAP = r"\b[^.!?;\n]{1,60}?\b"


def any_of(entries: Iterable[str]) -> str:
    """Return a pattern for any of the entries, longest first; one that never matches for none.

    A space stands for any white space, "*" for the rest of a word, "..." for a few words.
    """
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    return f"(?:{'|'.join(map(_pattern, longest_first)) or _NEVER})"


def one_of_named(entries: Mapping[str, Iterable[str]]) -> str:
    """Return a pattern for any entry, in which the group of its name matches."""
    return f"(?:{'|'.join(f'(?P<{name}>{any_of(some)})' for name, some in entries.items())})"


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that is blind to capital letters."""
    return re.compile(pattern, re.IGNORECASE)


def _pattern(entry: str) -> str:
    words = r"\s+".join(map(_word, entry.split())).replace(rf"\s+{_GAP}\s+", _GAP)
    return words if _UNSPACED.search(entry) else rf"(?<!\w){words}(?!\w)"


def _word(word: str) -> str:
    if word == "...":
        return _GAP
    stem = word.removesuffix("*")
    return re.escape(stem) if stem == word else rf"{re.escape(stem)}[^\W\d_]*"
