"""Adapters: each peer package ranks the sentences it is given, in the way its manual recommends.

The packages are imported when they are called, because they are a dependency group of their own;
they have no types.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from summarizer.text import lexical
from summarizer.text.lexicon import lexicon

Rank = Callable[[Sequence[Sequence[str]]], Sequence[float]]  # sentences by document -> scores


class _Words:
    """Our tokenizer, as sumy calls it; its own needs data that it downloads."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(lexical.words(sentence))


def by_sumy(method: str, prose: Sequence[Sequence[str]]) -> list[float]:
    """Rank by one of sumy's summarisers, with stems and stop words."""
    dom = import_module("sumy.models.dom")
    module = import_module(f"sumy.summarizers.{method}")
    write = getattr(module, "".join(map(str.title, method.split("_"))) + "Summarizer")
    paragraphs = [
        dom.Paragraph([dom.Sentence(sentence, _Words()) for sentence in found]) for found in prose
    ]
    scores = [0.0] * sum(map(len, prose))

    def keep(infos: Sequence[Any]) -> Sequence[Any]:
        for place, info in enumerate(infos):  # the best one first
            scores[info.order] = -float(place)
        return infos

    summarise = write(_stem)
    summarise.stop_words = lexicon("en").stop
    summarise(dom.ObjectDocumentModel(paragraphs), keep)
    return scores


def by_lexrank(prose: Sequence[Sequence[str]]) -> list[float]:
    """Rank by the lexrank package, continuous as its manual has it, with its own tokenizer."""
    package = import_module("lexrank")
    model = package.LexRank(prose, stopwords=package.STOPWORDS["en"])
    ranks = model.rank_sentences(list(_flat(prose)), threshold=None)
    return [float(rank) for rank in ranks]


def by_summa(prose: Sequence[Sequence[str]]) -> list[float]:
    """Rank by summa's TextRank; a sentence a line takes the place of its own splitter."""
    cleaner: Any = import_module("summa.preprocessing.textcleaner")
    cleaner.split_sentences = str.splitlines
    package: Any = import_module("summa.summarizer")
    lines = [" ".join(sentence.split()) for sentence in _flat(prose)]
    ranked = package.summarize("\n".join(lines), ratio=1.0, split=True, scores=True)
    score = dict(ranked)
    return [float(score.get(line, 0.0)) for line in lines]


def _flat(prose: Sequence[Sequence[str]]) -> Iterator[str]:
    return (sentence for found in prose for sentence in found)


def _stem(word: str) -> str:
    return lexical.stems([word], "en")[0]


PEERS: Mapping[str, Rank] = {
    "sumy LexRank": partial(by_sumy, "lex_rank"),
    "sumy TextRank": partial(by_sumy, "text_rank"),
    "sumy LSA": partial(by_sumy, "lsa"),
    "sumy SumBasic": partial(by_sumy, "sum_basic"),
    "lexrank": by_lexrank,
    "summa": by_summa,
}
