"""What a site's robots.txt lets programs read (RFC 9309).

Written here and not taken from a library, because the rules are a stranger's text: patterns are
matched piece by piece, never compiled into expressions that could take forever.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from summarizer.limits import MAX_ROBOTS_BYTES

_ANYONE = "*"
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
_KEPT = "%/?:@!$&'()*+,;=~#[]"  # what quoting leaves as it is written
_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Allows or disallows the paths that begin with a pattern, in which "*" is any text."""

    pattern: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Tell whether the pattern matches a path with its query; "*" takes as little as it can."""
        pattern, is_whole = self.pattern.removesuffix("$"), self.pattern.endswith("$")
        first, *rest = pattern.split(_ANYONE)
        if not path.startswith(first):
            return False
        at = len(first)
        last = rest.pop() if rest and is_whole else None
        for piece in rest:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if last is not None:
            return len(path) - len(last) >= at and path.endswith(last)
        return not is_whole or at == len(path)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program; without any it may read everything."""

    rules: tuple[Rule, ...] = ()

    def allow(self, path: str) -> bool:
        """Tell whether a path with its query may be read: the longest pattern decides."""
        path = _normal(path)
        matching = [rule for rule in self.rules if rule.matches(path)]
        return not matching or max((len(rule.pattern), rule.allows) for rule in matching)[1]


def parse(data: bytes, *, program: str) -> Robots:
    """Read the groups for `program`, or those for anyone when there is none for it."""
    text = data[:MAX_ROBOTS_BYTES].decode("utf-8-sig", errors="replace")
    own: list[Rule] = []
    anyone: list[Rule] = []
    is_named = False
    for agents, rules in _groups(text):
        if program.lower() in agents:
            is_named = True
            own += rules
        elif _ANYONE in agents:
            anyone += rules
    return Robots(tuple(own if is_named else anyone))


def _groups(text: str) -> Iterator[tuple[frozenset[str], Sequence[Rule]]]:
    """Yield each group: the programs it is for, in lower case, and its rules."""
    agents: set[str] = set()
    rules: list[Rule] = []
    in_rules = False
    for key, value in _lines(text):
        if key == "user-agent":
            if in_rules:
                yield frozenset(agents), rules
                agents, rules, in_rules = set(), [], False
            if token := _TOKEN.match(value):
                agents.add(token[0].lower())
        elif key in {"allow", "disallow"}:
            in_rules = True
            if value:
                rules.append(Rule(_normal(value), allows=key == "allow"))
    yield frozenset(agents), rules


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        yield key.strip().lower(), value.strip()


def _normal(path: str) -> str:
    """Write a path in one way: non-ASCII percent-encoded, escapes in capitals."""
    return _ESCAPED.sub(lambda escape: escape[0].upper(), quote(path, safe=_KEPT))
