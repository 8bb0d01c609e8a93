"""Topics that a reader names, and which documents and stories are about them.

A document mentions a topic where one of its terms stands, and is about it when its title or its
opening says so, or it comes back to it. A story is about what most of its documents are about.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from summarizer.briefing.terms import Finder, Span, read
from summarizer.errors import InputError
from summarizer.types import Document, TopicMode

OPENING_CHARS = 400  # of the body: two or three sentences, in which a report says what it is about
MIN_MENTIONS = 3  # after them: one mention in passing does not make a document's subject
# Added to the importance of a story that a reader asked for: as much as four times its origins.
ASKED_WEIGHT = 2.0
_ASKED = frozenset({"section", "boost"})
_MUTE = "mute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a reader wants to see apart, first, always, or never.

    A term is a word or a phrase in any language, found in any inflection; "NOT x" leaves out what
    is about x, or mentions that are part of x.

    Raises:
        InputError: it has no name, no term to look for, or a mode that does not exist.
    """

    name: str
    terms: tuple[str, ...]
    mode: TopicMode = "section"

    def __post_init__(self) -> None:
        """Refuse what could never be found or shown."""
        if not self.name.strip():
            raise InputError("a topic has no name: give it one, as its heading")
        if self.mode not in get_args(TopicMode):
            raise InputError(
                f"topic {self.name}: unknown mode: choose one of {', '.join(get_args(TopicMode))}"
            )
        terms = [read(term) for term in self.terms]
        if all(term.is_excluded for term in terms):
            raise InputError(f"topic {self.name}: add a term to look for, not only what to leave")


@dataclass(frozen=True, slots=True)
class Found:
    """Where topics are mentioned, and which documents are about them; topics by their number."""

    topics: tuple[Topic, ...] = ()
    places: Mapping[str, Mapping[int, tuple[Span, ...]]] = field(
        default_factory=dict
    )  # by document
    subjects: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # of documents

    def of_story(self, documents: Sequence[Document]) -> tuple[int, ...]:
        """Return the topics that most of a story's documents are about."""
        n_about = Counter(i for document in documents for i in self.subjects.get(document.id, ()))
        return tuple(i for i in sorted(n_about) if 2 * n_about[i] > len(documents))

    def muting(self, topics: Sequence[int]) -> Topic | None:
        """Return the first of some topics that a reader does not want to see, if any."""
        return next((self.topics[i] for i in topics if self.topics[i].mode == _MUTE), None)

    def is_asked(self, topics: Sequence[int]) -> bool:
        """Tell whether a reader wants to see one of some topics apart or first."""
        return any(self.topics[i].mode in _ASKED for i in topics)

    def section(self, topics: Sequence[int]) -> int:
        """Return the number of the first topic that has a section; beyond all where none has."""
        sections = (i for i in topics if self.topics[i].mode == "section")
        return next(sections, len(self.topics))


NOTHING_FOUND = Found()


def search(documents: Sequence[Document], topics: Sequence[Topic]) -> Found:
    """Look for topics in all documents; linear in their text."""
    finder = Finder([[read(term) for term in topic.terms] for topic in topics])
    found = ((document, finder.find(document)) for document in documents)
    places = {document.id: mentions for document, mentions in found if mentions}
    subjects = {
        document.id: tuple(
            i for i, spans in places[document.id].items() if _is_about(document, spans)
        )
        for document in documents
        if document.id in places
    }
    return Found(tuple(topics), places, subjects)


def _is_about(document: Document, spans: Sequence[Span]) -> bool:
    first = spans[0][0]
    return first < len(document.title) + OPENING_CHARS or len(spans) >= MIN_MENTIONS
