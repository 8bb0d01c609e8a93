"""A day of made-up news of any size: events told by several outlets, half of it altered copies.

Words are drawn from a vocabulary with Zipf frequencies, led by English function words so that
the language is recognised. Each event belongs to a topic, whose terms it shares with other
events, and has names and terms of its own, so that stories and origins take the work they take
with real articles. The same seed gives the same articles.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TextIO

from benchmarks import wire

N_WORDS = 600  # of an article, before it is altered
ARTICLES_A_STORY = 10
N_TOPICS = 60
TOPIC_SHARE, EVENT_SHARE = 0.15, 0.15  # of the words
NAME_SHARE = 0.3  # of the words that are about the event
_SENTENCE_WORDS = (8, 32)
_PARAGRAPH_SENTENCES = (1, 3)
_SYLLABLES = (
    "ba be bor can cer con dal den dis ent er est fer fin gan gra hal her in ing kel lan les lin "
    "ma men min nor on or pal per pre ran res rin sal sen ser sta tal ter tin tor tra un val ver"
)
_COMMON = (
    "the of to and in a that for was on with is said as by it at from his has he be have were are "
    "but an who which had will its their not this would they after more been one about also two "
    "or new when people first there out up last all her year over could into other than no what "
    "if some she time so can years government police minister company officials many most before"
)
_OUTLETS = ("Herald", "Courier", "Tribune", "Gazette", "Wire", "Post", "Mail", "Echo", "Record")


@dataclass(frozen=True, slots=True)
class _Event:
    names: tuple[str, ...]
    terms: tuple[str, ...]
    topic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Article:
    title: str
    place: str
    paragraphs: tuple[str, ...]


class Newsroom:
    """Writes articles; holds the generator and the vocabulary all of them share."""

    def __init__(self, seed: int, n_vocabulary: int = 30_000) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - made-up text, the same every time
        self._syllables = _SYLLABLES.split()
        self._vocabulary = [*_COMMON.split(), *(self._word() for _ in range(n_vocabulary))]
        weights = (1 / (rank + 3) for rank in range(len(self._vocabulary)))
        self._weights = list(accumulate(weights))
        self._topics = [self._words(200) for _ in range(N_TOPICS)]

    def articles(self, n: int) -> Iterator[dict[str, str]]:
        """Yield `n` articles: originals of an event, each followed by one altered copy."""
        events = [self._event() for _ in range(max(1, n // ARTICLES_A_STORY))]
        for i in range(n):
            if i % 2 == 0:
                event = self._rng.choice(events)
                article = self._write(event)
            else:
                article = self._copy(article, event)
            yield self._row(article)

    def _event(self) -> _Event:
        names = tuple(" ".join(map(str.title, self._words(2))) for _ in range(8))
        return _Event(names, self._words(30), self._rng.choice(self._topics))

    def _write(self, event: _Event) -> _Article:
        paragraphs: list[str] = []
        n_left = N_WORDS
        while n_left > 0:
            n_sentences = self._rng.randint(*_PARAGRAPH_SENTENCES)
            sentences = [self._sentence(event) for _ in range(n_sentences)]
            paragraphs.append(" ".join(sentences))
            n_left -= sum(len(sentence.split()) for sentence in sentences)
        return _Article(self._title(event), event.names[0].split()[0], tuple(paragraphs))

    def _copy(self, article: _Article, event: _Event) -> _Article:
        kept = wire.shorten(article.paragraphs, self._rng)
        changed = [wire.change_words(text, self._vocabulary[-5_000:], self._rng) for text in kept]
        return _Article(self._title(event), self._word().title(), tuple(changed))

    def _sentence(self, event: _Event) -> str:
        n = self._rng.randint(*_SENTENCE_WORDS)
        words = self._rng.choices(self._vocabulary, cum_weights=self._weights, k=n)
        for i in range(n):
            draw = self._rng.random()
            if draw < EVENT_SHARE * NAME_SHARE:
                words[i] = self._early(event.names)
            elif draw < EVENT_SHARE:
                words[i] = self._early(event.terms)
            elif draw < EVENT_SHARE + TOPIC_SHARE:
                words[i] = self._early(event.topic)
        sentence = " ".join(words)
        return f"{sentence[0].upper()}{sentence[1:]}."

    def _title(self, event: _Event) -> str:
        words = [self._early(event.names), *(self._early(event.terms) for _ in range(4))]
        return " ".join([*words[:3], "after", *words[3:]])

    def _row(self, article: _Article) -> dict[str, str]:
        when = self._rng.randrange(24 * 60)
        body = "\n\n".join(article.paragraphs)
        return {
            "title": article.title,
            "text": f"{article.place.upper()} - {body}",
            "source": f"The {self._rng.choice(_OUTLETS)}",
            "published": f"2026-03-04T{when // 60:02}:{when % 60:02}:00+00:00",
        }

    def _early(self, words: Sequence[str]) -> str:
        """Draw a word, those at the beginning more often."""
        return words[int(len(words) * self._rng.random() ** 2)]

    def _words(self, n: int) -> tuple[str, ...]:
        return tuple(self._word() for _ in range(n))

    def _word(self) -> str:
        return "".join(self._rng.choices(self._syllables, k=self._rng.randint(2, 3)))


def write(n: int, file: TextIO, *, seed: int = 1) -> None:
    """Write `n` articles as JSON Lines."""
    file.writelines(f"{json.dumps(article)}\n" for article in Newsroom(seed).articles(n))
