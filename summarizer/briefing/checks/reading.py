"""A sentence as the checks read it, and the cited text it is compared with.

Words of two sentences are the same when they share a key: a stem, a sense, a place, or enough
letters. Which keys a word has decides what counts as saying the same in other words.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summarizer.text import cldr, lexical
from summarizer.text.facts import Facts, extract
from summarizer.text.facts.senses import senses
from summarizer.text.facts.tokens import Phrases, Token, matches
from summarizer.text.facts.wording import wording
from summarizer.text.lexicon import lexicon

Place = tuple[int, int]  # which reading of the cited text, which of its tokens
Keys = frozenset[str]

MAX_BEST = 3  # spans that a sentence may rest on; of more, those that cover it best
MAX_KEPT = 4_096  # readings; the evidence of a story is read once for all its drafts
MAX_WORDS = 65_536  # whose keys are kept
_SHARED_LETTERS = 6  # at the beginning
_MIN_BARE = 3  # letters that a Hebrew particle leaves
_SHARED_IN_NAME = 5  # "Brazil", "Brazilian"
# Particles written together with the word that follows them.
_ARTICLES = re.compile("^(?:[وفبكل]{0,2}ال|لل|[وفبكل])(?=.{3})")  # of Arabic
_HEBREW = frozenset("ובהלמשכ")
# Letters that writers of Arabic use for each other, and marks they leave out.
_ARABIC = str.maketrans("أإآةى", "اااهي", "ًٌٍَُِّْـ")
# What marks a citation, a list or emphasis is no part of what a sentence says.
_MARKUP = re.compile(
    r"\[\d{1,3}(?:[,;\u2013-] ?\d{1,3}){0,9}\]|\*\*|^\s*(?:\d{1,2}[.)]|[-*\u2022])\s"
)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text with its facts, and for each token what it may be recognised by.

    Sets of numbers are numbers of tokens. A reading equals itself alone, so that what is worked
    out from it can be kept.
    """

    text: str
    language: str
    facts: Facts
    words: tuple[str, ...]  # lower case, marks included
    stems: tuple[str, ...]  # of a character of an unspaced script: it and the next
    is_content: tuple[bool, ...]
    keys: tuple[Keys, ...]  # empty for marks
    places: Mapping[str, tuple[int, ...]]  # the tokens that have a key
    plain: frozenset[int]  # add nothing that could be checked
    negators: frozenset[int]
    denials: frozenset[int]  # and verbs that negate
    hedges: frozenset[int]
    guards: frozenset[int]  # and words that can stand for a hedge
    coming: frozenset[int]  # tell what has not happened yet

    def find(self, keys: Keys) -> list[int]:
        """Return the tokens that share a key, in order."""
        return sorted({i for key in keys for i in self.places.get(key, ())})

    def inside(self, start: int, end: int) -> range:
        """Return the tokens of a stretch of the text."""
        found = [i for i, t in enumerate(self.facts.tokens) if t.start < end and start < t.end]
        return range(found[0], found[-1] + 1) if found else range(0)

    def written(self, tokens: Sequence[int]) -> str:
        """Return the text from the first to the last of some tokens."""
        found = self.facts.tokens
        return self.text[found[tokens[0]].start : found[tokens[-1]].end]


@dataclass(frozen=True, slots=True)
class Source:
    """The cited text: its spans, best first, then the titles of their documents."""

    readings: tuple[Reading, ...]
    n_best: int  # spans that the claim rests on most
    n_spans: int

    @property
    def best(self) -> tuple[Reading, ...]:
        """Return the spans that the claim rests on most."""
        return self.readings[: self.n_best]

    def find(self, keys: Keys) -> list[Place]:
        """Return where a token with one of these keys stands, in order."""
        return [(r, i) for r, reading in enumerate(self.readings) for i in reading.find(keys)]

    def has(self, keys: Keys) -> bool:
        """Tell whether any token has one of these keys."""
        return any(not keys.isdisjoint(reading.places.keys()) for reading in self.readings)


@lru_cache(maxsize=MAX_KEPT)
def read(text: str, language: str, published: date | None) -> Reading:
    """Read a text: one sentence, a span or a title."""
    text = _MARKUP.sub(lambda mark: " " * len(mark[0]), text)
    facts = extract(text, language, published)
    words = tuple(token.word for token in facts.tokens)
    stems = _stems(facts.tokens, words, language)
    stop = lexicon(language).stop
    keys = tuple(_all_keys(facts.tokens, words, stems, language))
    places: dict[str, list[int]] = {}
    for i, of_token in enumerate(keys):
        for key in of_token:
            places.setdefault(key, []).append(i)
    lists = wording(language)
    negators = _numbers(facts.negators)
    hedges = _numbers(facts.hedges)
    return Reading(
        text=text,
        language=language,
        facts=facts,
        words=words,
        stems=stems,
        is_content=tuple(
            token.is_word and token.word not in stop and stem not in stop
            for token, stem in zip(facts.tokens, stems, strict=True)
        ),
        keys=keys,
        places={key: tuple(found) for key, found in places.items()},
        plain=_cover(words, lists.plain),
        negators=negators,
        denials=negators | _cover(words, lists.negating),
        hedges=hedges,
        guards=hedges | _cover(words, lists.hedging),
        coming=_cover(words, lists.future),
    )


def gather(claim: Reading, spans: Sequence[Reading], titles: Sequence[Reading]) -> Source:
    """Put the cited text together for one claim."""
    best = _best(claim, spans)
    rest = [span for i, span in enumerate(spans) if i not in best]
    return Source((*(spans[i] for i in best), *rest, *titles), len(best), len(spans))


def _best(claim: Reading, spans: Sequence[Reading]) -> list[int]:
    """Pick the spans that cover most of a claim's content, weighed by how few spans have it.

    Greedily, each for what those before it leave uncovered.
    """
    if len(spans) <= MAX_BEST:
        return list(range(len(spans)))
    wanted = {
        i: keys
        for i, keys in enumerate(claim.keys)
        if claim.is_content[i] and not claim.words[i][0].isdigit()
    }
    covers = [
        {i for i, keys in wanted.items() if not keys.isdisjoint(span.places.keys())}
        for span in spans
    ]
    frequency = Counter(i for cover in covers for i in cover)
    weight = {i: math.log(1 + len(spans) / (n + 0.5)) for i, n in frequency.items()}
    chosen: list[int] = []
    covered: set[int] = set()
    while len(chosen) < MAX_BEST:
        gains = [math.fsum(weight[i] for i in sorted(cover - covered)) for cover in covers]
        best = max(range(len(spans)), key=lambda i: (gains[i], -i))
        if not gains[best]:
            break
        chosen.append(best)
        covered |= covers[best]
    return chosen


def share(keys: Iterable[Keys], reading: Reading) -> float:
    """Return which share of some tokens a reading has, 0 for no tokens."""
    found = [not of_token.isdisjoint(reading.places.keys()) for of_token in keys]
    return sum(found) / len(found) if found else 0.0


def _all_keys(
    tokens: Sequence[Token], words: Sequence[str], stems: Sequence[str], language: str
) -> list[Keys]:
    known = senses(language)
    found = [
        _keys(token.word, stem, token.is_capital, language) if token.is_word else frozenset[str]()
        for token, stem in zip(tokens, stems, strict=True)
    ]
    for first, last in matches(words, known.phrases):
        of_phrase = {f"#{n}" for n in known.of(" ".join(words[first:last]), "")}
        for i in range(first, last):
            found[i] |= of_phrase
    return found


@lru_cache(maxsize=MAX_WORDS)
def _keys(word: str, stem: str, is_capital: bool, language: str) -> Keys:  # noqa: FBT001
    word = word.removesuffix("'s")
    keys = {stem, *(f"#{number}" for number in senses(language).of(word, stem))}
    if language == "ar":
        bare = _ARTICLES.sub("", word).translate(_ARABIC)
        keys.update(lexical.stems([bare, word.translate(_ARABIC)], language))
    elif language == "he":
        prefixed = (n for n in (1, 2) if _HEBREW.issuperset(word[:n]))
        keys.update(word[n:] for n in prefixed if len(word) >= n + _MIN_BARE)
    if is_capital:
        places = cldr.places(language).get(stem, ())
        keys.update(f"@{code}" for name, code in places if len(name) == 1)
        if len(word) >= _SHARED_IN_NAME:
            keys.add(f"^{word[:_SHARED_IN_NAME]}")
    if len(word) >= _SHARED_LETTERS:
        keys.add(f"^{word[:_SHARED_LETTERS]}")
    return frozenset(keys)


def _stems(tokens: Sequence[Token], words: Sequence[str], language: str) -> tuple[str, ...]:
    found = lexical.stems([word.removesuffix("'s") for word in words], language)
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if not token.is_word:
            found[i] = ""
        elif token.is_unspaced and following and following.is_unspaced:
            found[i] = words[i] + words[i + 1] if following.start == token.end else words[i]
    return tuple(found)


def _cover(words: Sequence[str], known: Phrases) -> frozenset[int]:
    return _numbers(matches(words, known))


def _numbers(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(i for first, last in ranges for i in range(first, last))


def near(numbers: AbstractSet[int], i: int, *, before: int, after: int) -> bool:
    """Tell whether one of some tokens is at most so many before or after a token."""
    return any(j in numbers for j in range(i - before, i + after + 1))
