"""What a caller may ask of a briefing, checked once."""

import re
from dataclasses import dataclass
from datetime import date

from summarizer.briefing.background import NO_BACKGROUND, Background
from summarizer.briefing.previous import Previous
from summarizer.briefing.topics import Topic
from summarizer.errors import InputError

EXTRACTIVE = "extractive"
_ENGINE = re.compile(r"extractive|(?:openai|transformers):\S(?:.*\S)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of one briefing.

    Raises:
        InputError: a value is out of range; the message names it and what is allowed.
    """

    engine: str = EXTRACTIVE
    words: int = 600  # of all claims printed in stories
    stories: int = 12  # printed in full
    one_story: bool = False  # all documents are about one event
    explain: bool = False  # say why the documents of a story are together
    day: str | None = None  # ISO 8601 calendar date; None: the newest publication date
    language: str | None = None  # of labels, ISO 639; None: the one most documents are in
    previous: tuple[Previous, ...] = ()  # earlier briefings, in any order
    vanished: tuple[str, ...] = ()  # addresses of articles in them that their sites have removed
    background: Background = NO_BACKGROUND  # document frequencies of earlier days
    topics: tuple[Topic, ...] = ()  # what a reader wants apart, first, always or never

    def __post_init__(self) -> None:
        """Refuse what cannot be done."""
        if not _ENGINE.fullmatch(self.engine):
            raise InputError(
                "unknown engine: choose extractive, openai:MODEL or transformers:MODEL"
            )
        for name, value in (("words", self.words), ("stories", self.stories)):
            if type(value) is not int or value < 1:
                raise InputError(f"{name} must be a whole number of at least 1")
        if self.day is not None and not _is_day(self.day):
            raise InputError("day must be a calendar date such as 2026-03-04")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise InputError("language must be an ISO 639 code such as en")
        if len({topic.name for topic in self.topics}) < len(self.topics):
            raise InputError("two topics have one name: give each a name of its own")


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
