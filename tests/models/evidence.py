"""Evidence of made-up stories."""

from dataclasses import replace

from hypothesis import strategies as st

from summarizer.models import concepts
from summarizer.models.concepts import Concept
from summarizer.models.engine import Evidence
from summarizer.text import lexical

VOCABULARY = (
    *("dam", "the", "gate", "ferry", "of", "port", "bank", "rate", "and", "union", "cheese"),
    *("plant", "cup", "team", "the", "judge", "farm", "road", "mill", "stone", "engineer"),
    *("lake", "valley", "school", "mayor", "tunnel"),
)


def window(first: int, n_words: int) -> str:
    """Return words of the vocabulary in its order, so that near windows share some of them."""
    return " ".join(VOCABULARY[(first + i) % len(VOCABULARY)] for i in range(n_words))


OF_ANY_LENGTH = [window(first, 1 + first % 12) for first in range(len(VOCABULARY))]


def sentence(
    text: str, document: str = "A", position: int = 0, *, origin: str | None = None
) -> Evidence:
    """Return evidence from a document whose sentences are all 1,000 characters apart."""
    start = 1_000 * position
    return Evidence(
        alias=f"{document}{position}",
        document=document,
        start=start,
        end=start + len(text),
        text=text,
        words=tuple(lexical.words(text)),
        position=position,
        origin=document if origin is None else origin,
        kind="body",
        language="en",
        usable=True,
        leans=False,
        age_days=0,
    )


def concepts_of(evidence: Evidence) -> frozenset[Concept]:
    """Return the concepts of a sentence."""
    stems = lexical.stems(evidence.words, evidence.language)
    return concepts.pairs(stems, concepts.are_content(evidence.words, evidence.language))


@st.composite
def stories(draw: st.DrawFn, min_sentences: int = 0) -> tuple[Evidence, ...]:
    """Make up to three documents of sentences over few words, so that much is said twice."""
    texts = st.sampled_from(OF_ANY_LENGTH)
    documents = draw(
        st.lists(st.lists(texts, min_size=min_sentences, max_size=4), min_size=1, max_size=3)
    )
    return tuple(
        replace(
            sentence(text, name, i, origin=draw(st.sampled_from("AB"))),
            usable=draw(st.booleans()),
            leans=draw(st.booleans()),
        )
        for name, written in zip("ABC", documents, strict=False)
        for i, text in enumerate(written)
    )
