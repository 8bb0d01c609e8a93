"""Rules that rewrite a sentence, and the edits they propose.

A rule is a regular expression and its replacement. It matches whole words: the compiled
expression neither begins nor ends inside a word. At the start of a sentence it sees the first
letter in lower case, and what it puts there is capitalised.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

QUOTATION = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|\"[^\"]*\"|(?<!\w)[‘'][^‘’']{4,}[’'](?!\w)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What to find and what to put in its place, as `re` understands both."""

    find: re.Pattern[str]
    put: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of `[start, end)`."""

    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """Return the text with the replacement made."""
        return text[: self.start] + self.new + text[self.end :]


def rule(find: str, put: str, *, is_spaced: bool = True) -> Rule:
    """Compile a rule for a script with or without spaces between words."""
    whole = rf"(?:(?<![\w-])|(?!\w))(?:{find})(?!(?<=\w)[\w-])" if is_spaced else find
    return Rule(re.compile(whole), put)


def edits(text: str, rules: Iterable[Rule]) -> Iterator[Edit]:
    """Yield every replacement that a rule proposes, in the order of the rules."""
    for item in rules:
        for match in item.find.finditer(text):
            yield Edit(match.start(), match.end(), match.expand(item.put))
        first = item.find.match(decapitalised(text)) if text[:1].isupper() else None
        if first is not None and not item.find.match(text):
            new = first.expand(item.put)
            yield Edit(0, first.end(), capitalised(new)) if new else _without_start(text, first)


def outside_quotations(text: str, found: Iterable[Edit]) -> Iterator[Edit]:
    """Keep the edits that touch no quotation; to reword one is to misquote."""
    quoted = [match.span() for match in QUOTATION.finditer(text)]
    for edit in found:
        if all(edit.end <= start or end <= edit.start for start, end in quoted):
            yield edit


def inside_quotations(text: str, found: Iterable[Edit], *, min_words: int) -> Iterator[Edit]:
    """Keep the edits inside of quotations of at least `min_words` words."""
    quoted = [m.span() for m in QUOTATION.finditer(text) if n_words(m[0]) >= min_words]
    for edit in found:
        if any(start < edit.start and edit.end < end for start, end in quoted):
            yield edit


def n_words(text: str) -> int:
    """Count words between spaces; two characters a word where there are none."""
    return max(len(text.split()), sum(c >= "\u2e80" for c in text) // 2)


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def decapitalised(text: str) -> str:
    """Return the text with its first letter in lower case."""
    return text[:1].lower() + text[1:]


def alternatives(words: Iterable[str]) -> str:
    """Return the expression that matches any of the words, longer ones first."""
    return _alternatives(tuple(words))


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def others(group: Sequence[str], word: str) -> list[str]:
    """Return the members of a group other than a word."""
    return [other for other in group if other != word]


def _without_start(text: str, match: re.Match[str]) -> Edit:
    end = match.end()
    return Edit(0, min(end + 1, len(text)), capitalised(text[end : end + 1]))
