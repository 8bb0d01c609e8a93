"""The word lists of each language, read from the TOML files beside this module.

They are made for this benchmark and share nothing with the lists of the package it measures.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.mutate.rewrite import Rule, alternatives, rule

FOLDER = Path(__file__).with_name("words")
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))

Numbering = Sequence[str]  # twelve months or seven weekdays in one form, in order


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names of one kind that can stand for each other: each stem takes each ending."""

    kind: str
    stems: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the generators know of a language; empty where it offers nothing for a class."""

    language: str
    is_spaced: bool
    has_capitals: bool  # names are written with them, and other words are not
    decimal: str
    group: str  # between thousands; "" where numbers are not grouped
    rules: Mapping[str, tuple[Rule, ...]]  # by class
    names: tuple[NameGroup, ...]
    same: tuple[frozenset[str], ...]  # stems that name one thing, or a thing and its part
    given: str  # first names, as an expression
    titles: str
    months: tuple[Numbering, ...]
    weekdays: tuple[Numbering, ...]
    dates: tuple[str, ...]  # forms, such as "{day} {month}"
    month_alone: str  # what stands before a month without a day
    year_after: str  # what stands before a year
    absolute: str  # a day with its year, such as "on {day} {month} {year}"
    absolute_rules: Mapping[str, str]  # a relative day or year, and its form
    weekday_after: str  # what stands before a weekday on which something happened
    part_of_day: str  # what stands behind a weekday that is not the whole day
    future: re.Pattern[str]
    numbers: Mapping[str, int]  # only words that are nothing else
    scales: Mapping[str, int]
    units: tuple[tuple[str, ...], ...]
    currencies: tuple[tuple[str, ...], ...]
    at_least: re.Pattern[str]  # at the end of what stands before a number
    at_most: re.Pattern[str]
    label: re.Pattern[str]  # before a number that is part of a name: "flight 447"
    not_counted: re.Pattern[str]  # after a number that counts nothing: "p.m."
    not_nouns: frozenset[str]  # after a number, where what it counts stands elsewhere
    speakers: tuple[tuple[str, ...], ...]
    said: re.Pattern[str]
    according: re.Pattern[str]  # at the end of what stands before a speaker
    one_way: re.Pattern[str]  # between two names that cannot change places
    agents: str  # who can be the subject of what is made passive, as an expression
    objects: Mapping[str, str]  # of pronouns: "He" is "him"
    participles: tuple[str, ...]  # that equal the past tense
    joiner: str  # between two main clauses
    lowered: frozenset[str]  # first words that lose their capital inside a sentence


@cache
def words(language: str) -> Words:
    """Return the lists of a language.

    Raises:
        KeyError: there are none.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return _words(language, tomllib.load(file))


def _words(language: str, read: Mapping[str, Any]) -> Words:
    is_spaced: bool = read.get("is_spaced", True)
    return Words(
        language=language,
        is_spaced=is_spaced,
        has_capitals=read.get("has_capitals", True),
        decimal=read.get("decimal", "."),
        group=read.get("group", ","),
        rules=_rules(read, is_spaced=is_spaced),
        names=tuple(_group(item) for item in read.get("names", ())),
        same=tuple(frozenset(names) for names in read.get("same", ())),
        given=alternatives(read.get("given", ())),
        titles=alternatives(read.get("titles", ())),
        months=_split(read.get("months", ())),
        weekdays=_split(read.get("weekdays", ())),
        dates=tuple(read.get("dates", ())),
        month_alone=read.get("month_alone", ""),
        year_after=read.get("year_after", ""),
        absolute=read.get("absolute", ""),
        absolute_rules=read.get("absolute_rules", {}),
        weekday_after=read.get("weekday_after", ""),
        part_of_day=read.get("part_of_day", "(?!)"),
        future=_pattern(read.get("future", "")),
        numbers=read.get("numbers", {}),
        scales=read.get("scales", {}),
        units=_split(read.get("units", ())),
        currencies=_split(read.get("currencies", ())),
        at_least=_pattern(read.get("at_least", ""), r"\W*$"),
        at_most=_pattern(read.get("at_most", ""), r"\W*$"),
        label=_pattern(read.get("label", ""), r"\s$"),
        not_counted=_pattern(read.get("not_counted", "")),
        not_nouns=frozenset(read.get("not_nouns", "").split()),
        speakers=tuple(tuple(group) for group in read.get("speakers", ())),
        said=_pattern(read.get("said", "")),
        according=_pattern(read.get("according", ""), "$"),
        one_way=_pattern(read.get("one_way", "")),
        agents=read.get("agents", ""),
        objects=read.get("objects", {}),
        participles=tuple(read.get("participles", "").split()),
        joiner=read.get("joiner", ""),
        lowered=frozenset(read.get("lowered", "").split()),
    )


def _rules(read: Mapping[str, Any], *, is_spaced: bool) -> dict[str, tuple[Rule, ...]]:
    rules = {
        name: tuple(rule(find, put, is_spaced=is_spaced) for find, put in pairs)
        for name, pairs in read.get("rules", {}).items()
    }
    for name, pairs in read.get("pairs", {}).items():
        both = [pair for a, b in map(_pair, pairs) for pair in ((a, b), (b, a))]
        compiled = tuple(rule(re.escape(a), b, is_spaced=is_spaced) for a, b in both)
        rules[name] = (*rules.get(name, ()), *compiled)
    return rules


def _pair(written: str) -> tuple[str, str]:
    one, other = written.split("/")
    return one, other


def _group(item: Mapping[str, Any]) -> NameGroup:
    return NameGroup(item["kind"], tuple(item["stems"]), tuple(item.get("endings", [""])))


def _split(rows: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Split rows of words; a comma divides them where a word may hold a space."""
    return tuple(
        tuple(word.strip() for word in row.split(",")) if "," in row else tuple(row.split())
        for row in rows
    )


def _pattern(expression: str, end: str = "") -> re.Pattern[str]:
    """Compile an expression; an empty one matches nothing."""
    return re.compile(f"(?:{expression}){end}" if expression else r"(?!)")
