"""The words a briefing's frame is made of: headings, links, remarks, in the briefing's language.

Sentences keep the language of their source; only what we say ourselves is chosen here. One TOML
file a language holds the words.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from summarizer.types import Change, ConflictKind, Facet, Verdict

Direction = Literal["ltr", "rtl", "auto"]

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "zh", "ja")

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a briefing or a review says around its sentences, in one language."""

    language: str  # ISO 639 code
    lead: str
    in_brief: str
    sources: str
    notes: str
    withheld: str
    documents: str
    see_above: str  # stands where a story's only sentence was printed in the lead
    see_also: str  # before the headline of a story that is perhaps about the same event
    skip: str  # link for keyboards and screen readers
    source: str  # with {n}
    back: str  # from a passage to the sentence that cites it
    characters: str  # before the offsets of a quote
    page: str  # with {n}
    sole_source: str  # with {source}
    degraded: str
    partial: str
    whole: str  # before the address where nothing is left out
    unsubscribe: str
    other_stories: str  # heads those that have no section
    watched: str  # heads the topics that are always reported
    not_searched: str  # before names of sources
    partly_searched: str  # the same
    corrections: str
    printed: str  # before what an earlier briefing printed
    stands_now: str  # before what the source says in its place
    taken_back: str
    was: str  # with {was}, the value printed earlier
    was_now: str  # with {was} and {now}
    differ: str  # after a sentence that states one of several values
    differ_below: str  # the same where a table of them follows
    figure: str  # heads the values of that table; next come who, when and their words
    said_by: str
    when: str
    words: str
    checks: str  # heads the reasons of single sentences
    review: str  # title of a review
    caveat: str  # what a review does not do
    no_passage: str
    meanings: Mapping[Verdict, str]  # of all verdicts but verbatim
    verdicts: Mapping[Verdict, str]  # one or two words
    facets: Mapping[Facet, str]  # what opens the sentences set apart; "alone" with {source}
    changes: Mapping[Change, str]
    conflicts: Mapping[ConflictKind, str]
    about: Mapping[str, str]  # what conflicts can be about
    counted: Mapping[str, Sequence[str]]  # with {n}: plural forms in the order of `counts`
    punctuation: Mapping[str, str]

    def quoted(self, *texts: str) -> str:
        """Put each text between quotation marks."""
        opening, closing = self.punctuation["open_quote"], self.punctuation["close_quote"]
        return " ".join(f"{opening}{text}{closing}" for text in texts)


def labels(language: str) -> Labels:
    """Return the labels of a language given by its code ("pt-BR"), English where there are none."""
    primary = language.replace("_", "-").partition("-")[0].lower()
    return _load(primary if primary in LANGUAGES else "en")


def direction(language: str) -> Direction:
    """Return the direction a language is written in; "auto" where the language is not known."""
    primary = language.partition("-")[0].lower()
    if primary in {"", "und"}:
        return "auto"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


@cache
def _load(language: str) -> Labels:
    file = resources.files(__name__).joinpath(f"{language}.toml")
    return Labels(language=language, **tomllib.loads(file.read_text(encoding="utf-8")))
