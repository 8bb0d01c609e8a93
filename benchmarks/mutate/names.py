"""Changes of names: another name of the same kind, two that change places, another speaker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from benchmarks.mutate.rewrite import alternatives
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import NameGroup, Words
from benchmarks.mutate.words import words as lists

GAP_CHARS = 60  # between two names that change places
SPEAKER_CHARS = 24  # between a speaker and the word that says so
TITLE_WORDS = 2  # between the word of saying and the speaker: "said police chief Ann Lee"
UNSPACED_CHARS = 4  # the same in Chinese, where the speaker always comes first
_WORD_BEFORE = re.compile(r"(\w[\w.'’-]*)\s$")
_CAPITAL_AFTER = re.compile(r"\s([^\W\d_])")
_CLAUSE_END = re.compile(r'[,;:.“”"،؛，；：。]')


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: what it is of, its stem and the ending it bears there."""

    start: int
    end: int
    kind: str
    stem: str
    ending: str = ""


def find(text: str, words: Words) -> list[Name]:
    """Return the names that the lists know, and people by their first name or title, in order."""
    found = [name for group in words.names for name in _listed(text, group, words)]
    found += _people(text, words)
    found.sort(key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def name_within(source: Source, words: Words) -> Iterator[str]:
    """Put another name of the document in the place of one, everywhere in the sentence."""
    yield from _renamed(source.text, _known(source.document, words.language), words)


def name_outside(source: Source, words: Words) -> Iterator[str]:
    """Put a name that the document does not hold in the place of one."""
    listed = [(stem, group.kind) for group in words.names for stem in group.stems]
    new = [(stem, kind) for stem, kind in listed if not _holds(source.document, stem, words)]
    yield from _renamed(source.text, new, words)


def roles_swapped(source: Source, words: Words) -> Iterator[str]:
    """Exchange two names between which stands what only one does to the other."""
    text = source.text
    for a, b in combinations(find(text, words), 2):
        gap = text[a.end : b.start]
        if len(gap) > GAP_CHARS or not words.one_way.search(gap):
            continue
        if _sort(a) != _sort(b) or {a.ending, b.ending} - _shared(a, b, words):
            continue
        if not _are_same(a.stem, b.stem, words) and text.count(a.stem) == text.count(b.stem) == 1:
            yield (text[: a.start] + b.stem + a.ending + gap + a.stem + b.ending + text[b.end :])


def attribution_moved(source: Source, words: Words) -> Iterator[str]:
    """Let somebody else say it: another person of the document, or another group of people."""
    text = source.text
    for name in find(text, words):
        if name.kind == "person" and _speaks(text, name.start, name.end, words):
            known = _known(source.document, words.language)
            yield from _renamed(text, known, words, only=name)
    for group in words.speakers:
        pattern = (
            rf"(?<!\w)(?:{alternatives(group)})(?!\w)" if words.is_spaced else alternatives(group)
        )
        for match in re.finditer(pattern, text):
            if _speaks(text, match.start(), match.end(), words):
                for other in group:
                    if other.lower() not in text.lower():
                        yield text[: match.start()] + other + text[match.end() :]


@lru_cache(maxsize=8)  # a document's sentences follow each other or are few
def _known(text: str, language: str) -> Sequence[tuple[str, str]]:
    """Return the stem and kind of each name in a document."""
    return tuple(dict.fromkeys((n.stem, n.kind) for n in find(text, lists(language))))


def _renamed(
    text: str, known: Sequence[tuple[str, str]], words: Words, *, only: Name | None = None
) -> Iterator[str]:
    names = find(text, words)
    for name in names if only is None else (only,):
        for stem, kind in dict.fromkeys(known):
            if kind != name.kind or _are_same(stem, name.stem, words) or _holds(text, stem, words):
                continue
            if _is_form(name, stem, words):
                yield _replaced(text, [n for n in names if n.stem == name.stem], stem)


def _replaced(text: str, names: Sequence[Name], stem: str) -> str:
    for name in reversed(names):
        text = text[: name.start] + stem + name.ending + text[name.end :]
    return text


def _is_form(name: Name, stem: str, words: Words) -> bool:
    """Tell whether a stem takes the place and ending of a name."""
    groups = [group for group in words.names if name.stem in group.stems]
    if groups:
        return any(stem in group.stems for group in groups)
    return len(name.stem.split()) == len(stem.split())


def _sort(name: Name) -> str:
    """Return what a name has in common with those it may change places with."""
    return "place" if name.kind == "city" else name.kind


def _shared(a: Name, b: Name, words: Words) -> frozenset[str]:
    """Return the endings that the stems of both names take."""
    of_a, of_b = (
        frozenset(ending for g in words.names if name.stem in g.stems for ending in g.endings)
        for name in (a, b)
    )
    bare = frozenset({""})
    return (of_a or bare) & (of_b or bare)


def _are_same(one: str, other: str, words: Words) -> bool:
    shared = {part.lower() for part in one.split()} & {part.lower() for part in other.split()}
    is_part = one in other or other in one
    return bool(shared - {"the"}) or is_part or any({one, other} <= same for same in words.same)


def _holds(text: str, stem: str, words: Words) -> bool:
    """Tell whether a text names a thing, or the same thing by another name."""
    same = next((same for same in words.same if stem in same), frozenset({stem}))
    return any(name in text for name in same)


def _speaks(text: str, start: int, end: int, words: Words) -> bool:
    """Tell whether a word of saying stands right before or after, in the same clause."""
    after = _CLAUSE_END.split(text[end : end + SPEAKER_CHARS])[0]
    if not words.is_spaced:
        return bool(words.said.search(after[:UNSPACED_CHARS]))
    before = _CLAUSE_END.split(text[max(0, start - SPEAKER_CHARS) : start])[-1]
    verb = words.said.match(before.lstrip())
    is_near = verb is not None and len(before.lstrip()[verb.end() :].split()) <= TITLE_WORDS
    is_inverted = is_near or words.according.search(before)
    return bool(is_inverted or words.said.match(after.lstrip()))


def _listed(text: str, group: NameGroup, words: Words) -> Iterator[Name]:
    stems, endings = alternatives(group.stems), alternatives(group.endings)
    pattern = f"({stems})({endings})"
    if words.is_spaced:
        pattern = rf"(?<![\w-]){pattern}(?![\w-])"
    for match in re.finditer(pattern, text):
        if not (words.has_capitals and _is_part_of_name(text, match.start(), match.end())):
            yield Name(match.start(), match.end(), group.kind, match[1], match[2])


def _people(text: str, words: Words) -> Iterator[Name]:
    """Yield people by first name and surname, and by title and surname; titles stay out."""
    part = r"(?:[^\W\d_a-zà-ÿа-яё]['’])?[^\W\d_a-zà-ÿа-яё][\w-]*\w"
    expressions = []
    if words.given:
        expressions.append(rf"(?<![\w-])(?P<name>(?:{words.given}) {part})(?![\w-])(?! {part})")
    if words.titles:
        expressions.append(
            rf"(?<![\w-])(?:{words.titles}) (?P<name>{part}(?: {part})?)(?![\w-])(?! {part})"
        )
    for expression in expressions:
        for match in re.finditer(expression, text):
            yield Name(*match.span("name"), "person", match["name"])


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised word stands beside, as in "South China Sea"."""
    window = max(0, start - SPEAKER_CHARS)
    before = _WORD_BEFORE.search(text[window:start])
    after = _CAPITAL_AFTER.match(text, end)
    is_inside = before is not None and window + before.start() > 0
    return bool((before and is_inside and before[1][0].isupper()) or (after and after[1].isupper()))
