"""Many documents in, one briefing out, every sentence cited and checked.

    >>> import summarizer
    >>> briefing = summarizer.brief(["First article ...", "Second article ..."])
    >>> briefing.stories[0].claims[0].citations[0].quote

The functions import the pipeline when they are called, so that importing the package stays cheap.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from summarizer.errors import (
    ConfigurationError,
    InputError,
    LimitError,
    NoUsableSourceError,
    SummarizerError,
)
from summarizer.types import Briefing, Citation, Claim, Document, Story

__all__ = [
    "Briefing",
    "Citation",
    "Claim",
    "ConfigurationError",
    "Document",
    "InputError",
    "LimitError",
    "NoUsableSourceError",
    "Story",
    "SummarizerError",
    "brief",
    "document",
    "summarize",
    "verify",
]


def document(
    text: str,
    *,
    title: str = "",
    url: str | None = None,
    source: str = "",
    published: str | date | None = None,
    language: str | None = None,
) -> Document:
    """Make a document of raw text: clean it, put its title first, derive its id.

    Args:
        text: the body; it may already begin with the title.
        title: one line; it becomes the first line of `Document.text`.
        url: http or https address of the original.
        source: who published it.
        published: ISO 8601 date or date and time (its zone is kept), `date` or `datetime`.
        language: ISO 639 code; detected when None.

    Raises:
        InputError: `text` is no string, or `url` or `published` is not what is asked for.
    """
    from summarizer.text import normalise

    return normalise.document(
        text, title=title, url=url, source=source, published=published, language=language
    )


def brief(  # noqa: PLR0913 - the public entry: one argument an option
    documents: Iterable[Document | str],
    *,
    engine: str = "extractive",
    words: int = 600,
    stories: int = 12,
    one_story: bool = False,
    explain: bool = False,
    day: str | None = None,
    language: str | None = None,
    previous: Iterable[Briefing | Mapping[str, object]] | None = None,
) -> Briefing:
    """Make a briefing of documents.

    Args:
        documents: documents, or plain strings that `document` makes some of; in any order.
        engine: "extractive", "openai:MODEL" or "transformers:MODEL"; where models are and what
            they may spend is read from the settings, as on the command line.
        words: budget of all claims printed in stories, at least 1.
        stories: how many may be printed in full, at least 1.
        one_story: take all documents as one story.
        explain: say in each story's `joined` why its documents are together.
        day: ISO 8601 date that labels the briefing; the newest publication date when None.
        language: ISO 639 code for labels; the one most documents are in when None.
        previous: earlier briefings, or their parsed JSON, in any order: what is new since them
            is labelled, and what they printed in the last seven days is not printed again.

    Raises:
        InputError: an option is out of range, or something is no document or no briefing.
        NoUsableSourceError: no document has text that can be summarised.
        ConfigurationError: a model, key, prompt or setting is missing or wrong.
    """
    from summarizer.briefing import pipeline
    from summarizer.briefing.options import Options
    from summarizer.briefing.previous import read_all

    options = Options(
        engine=engine,
        words=words,
        stories=stories,
        one_story=one_story,
        explain=explain,
        day=day,
        language=language,
        previous=read_all(previous or ()),
    )
    given = map(_as_document, documents)
    if engine == "extractive":
        return pipeline.brief(given, options)
    from summarizer import settings
    from summarizer.service import engines

    configured = settings.load().over(engine=engine)
    with engines.staff(configured, engines.Run(writes_short=one_story)) as staff:
        return pipeline.brief(given, options, staff=staff)


def summarize(
    documents: Iterable[Document | str], *, engine: str = "extractive", words: int = 250
) -> tuple[Claim, ...]:
    """Summarise documents about one event in at most `words` words.

    Returns:
        The claims in reading order, each with its citations.

    Raises:
        InputError: an option is out of range, or something is no document.
        NoUsableSourceError: no document has text that can be summarised.
    """
    briefing = brief(documents, engine=engine, words=words, stories=1, one_story=True)
    return briefing.stories[0].claims if briefing.stories else ()


def verify(text: str, documents: Iterable[Document | str]) -> tuple[Claim, ...]:
    """Check each sentence of a text written elsewhere against its nearest spans in documents.

    Returns:
        A claim for each sentence, in the order of the text, whatever its verdict.

    Raises:
        InputError: the text has no sentence or is too long, or something is no document.
        NoUsableSourceError: no document has text that it could be compared with.
    """
    from summarizer.briefing import review

    return review.review(text, map(_as_document, documents)).claims


def _as_document(given: Document | str) -> Document:
    from summarizer.text import normalise

    if not isinstance(given, Document):
        return document(given)
    if normalise.clean(given.text) != given.text:
        raise InputError("document text is not normalised: make it with summarizer.document")
    return given
