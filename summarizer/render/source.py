"""One source of a briefing as plain text: its cited passages among what stands around them."""

from collections.abc import Iterator

from summarizer.errors import InputError
from summarizer.render import text
from summarizer.render.labels import Labels
from summarizer.render.outline import outline
from summarizer.render.passages import CitedDocument, Excerpt, Passage, excerpts
from summarizer.render.safety import one_line, printable
from summarizer.types import Briefing

_QUOTE = "> "  # before the lines of a cited passage
_MORE = "…"


def render(briefing: Briefing, number: int) -> str:
    """Render the source that the citations call `[number]`.

    Raises:
        InputError: the briefing has no source of that number.
    """
    page = outline(briefing)
    if not 0 < number <= len(page.documents):
        known = f"[1] to [{len(page.documents)}]" if page.documents else "none"
        raise InputError(f"There is no source [{number}]: the briefing cites {known}.")
    blocks = [*_blocks(page.documents[number - 1], page.labels)]
    return printable("\n\n".join(blocks) + "\n")


def _blocks(document: CitedDocument, words: Labels) -> Iterator[str]:
    yield text.source(document, words)
    for excerpt in excerpts(document):
        yield "\n".join(_lines(excerpt))


def _lines(excerpt: Excerpt) -> Iterator[str]:
    if excerpt.begins_inside:
        yield _MORE
    for piece in excerpt.pieces:
        if isinstance(piece, Passage):
            yield text.wrap(piece.quote, first=_QUOTE, other=_QUOTE)
        elif one_line(piece):
            yield text.wrap(piece)
    if excerpt.ends_inside:
        yield _MORE
