"""Word classes as patterns: each entry matches where a word begins and ends where one ends.

In scripts written without spaces an entry matches wherever its characters stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_NEVER = r"(?!)"
_BEGIN = r"(?<!\w)"
_GAP = r"\b[^.!?;\n]{1,60}?\b"


def any_of(entries: Iterable[str]) -> str:
    """Return a pattern for any of the entries, longest first; one that never matches for none.

    A space stands for any white space, "*" for the rest of a word, "..." for a few words.
    """
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    return f"(?:{'|'.join(map(_pattern, longest_first)) or _NEVER})"


def anywhere(entries: Iterable[str]) -> re.Pattern[str]:
    """Compile a search for any of the entries in a text that is in lower case.

    It finds what `any_of` finds. The entries are gathered by their first letter, which lets the
    regular expression engine skip everything that begins none of them.
    """
    rests: dict[str, list[str]] = defaultdict(list)
    for entry in sorted({entry.lower() for entry in entries}):
        first = re.escape(entry[0])
        begin = first if _UNSPACED.search(entry) else rf"{first}(?<!\w{first})"
        rests[begin].append(_pattern(entry).removeprefix(_BEGIN).removeprefix(first))
    found = (f"{begin}(?:{'|'.join(rests[begin])})" for begin in sorted(rests))
    return re.compile("|".join(found) or _NEVER)


def containing(words: Iterable[str]) -> re.Pattern[str]:
    """Compile a search for any of the words, also inside other ones: a filter before patterns."""
    return re.compile(_tree({*words}) or _NEVER)


def longest_words(*classes: Iterable[str]) -> tuple[str, ...]:
    """Return a word of each entry, as far as it is always written the same."""
    words = (entry.replace("...", " ").split() for some in classes for entry in some)
    # Of "lost their lives" the last one, which fewer sentences have.
    return tuple(dict.fromkeys(max(reversed(w), key=len).removesuffix("*") for w in words))


def one_of_named(entries: Mapping[str, Iterable[str]]) -> str:
    """Return a pattern for any entry, in which the group of its name matches."""
    return f"(?:{'|'.join(f'(?P<{name}>{any_of(some)})' for name, some in entries.items())})"


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that is blind to capital letters."""
    return re.compile(pattern, re.IGNORECASE)


def _pattern(entry: str) -> str:
    words = r"\s+".join(map(_word, entry.split())).replace(rf"\s+{_GAP}\s+", _GAP)
    return words if _UNSPACED.search(entry) else rf"{_BEGIN}{words}(?!\w)"


def _word(word: str) -> str:
    if word == "...":
        return _GAP
    stem = word.removesuffix("*")
    return re.escape(stem) if stem == word else rf"{re.escape(stem)}[^\W\d_]*"


def _tree(words: set[str]) -> str:
    """Return a pattern for any of the words that reads what they begin with in common once."""
    if not words or "" in words:  # what follows a whole word does not matter
        return ""
    rests: dict[str, set[str]] = defaultdict(set)
    for word in words:
        rests[word[0]].add(word[1:])
    found = "|".join(re.escape(first) + _tree(rests[first]) for first in sorted(rests))
    return found if len(rests) == 1 else f"(?:{found})"
