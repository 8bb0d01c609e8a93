"""A text to check as a file, and what became of it as a table on a terminal."""

from collections.abc import Sequence
from itertools import groupby
from typing import BinaryIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summarizer.briefing.review import SOUND
from summarizer.errors import InputError, NoUsableSourceError
from summarizer.render.labels import Labels
from summarizer.render.safety import one_line, printable
from summarizer.render.verification import Reviewed, outline
from summarizer.sources import files
from summarizer.types import Review, Verdict

MAX_WIDTH = 110  # characters of a line; longer ones are hard to read
_STYLES: dict[Verdict, str] = {
    "verbatim": "green",
    "supported": "green",
    "contradicted": "bold red",
    "unsupported": "yellow",
}


def read(name: str, sources: Sequence[str], *, stdin: BinaryIO | None) -> str:
    """Return the text of a file in any format that documents may have, "-" for `stdin`.

    Args:
        name: of the file.
        sources: what the text is to be compared with, which may be `stdin` instead.
        stdin: standard input.

    Raises:
        InputError: there is no text; the message says why and what to do.
    """
    if name == "-" and "-" in sources:
        raise InputError("- is both the text and a source: give one of them as a file")
    try:
        loaded = files.load([name], stdin=stdin)
    except NoUsableSourceError as error:
        raise InputError(f"the text to check: {error}") from error
    return "\n\n".join(document.text for document in loaded.documents)


def shortfall(review: Review) -> str | None:
    """Say how many sentences are neither verbatim nor supported; None when none is."""
    n_failed = sum(claim.verdict not in SOUND for claim in review.claims)
    return f"sentences neither verbatim nor supported: {n_failed}" if n_failed else None


def table(review: Review) -> str:
    """Return a review as a table for the terminal that is standard output.

    One row a sentence: the verdict, then the sentence, why, and the passages it was compared
    with. Colours repeat what the words say, and `NO_COLOR` leaves them out.
    """
    page = outline(review)
    rows = Table(box=box.HORIZONTALS, show_header=False, show_lines=True, padding=(0, 1))
    rows.add_column(no_wrap=True)
    rows.add_column()
    for sentence in page.sentences:
        style = _STYLES[sentence.claim.verdict]
        rows.add_row(Text(f"{sentence.mark} {sentence.word}", style), _told(sentence, page.labels))
    marks = page.labels.punctuation
    total = Text(f"{page.n_sentences}{marks['colon']}", "bold")
    counts = (Text(count, _STYLES[first.claim.verdict]) for count, first in page.tally)
    total.append_text(Text(marks["comma"], "bold").join(counts))
    console = Console(highlight=False)
    console.width = min(console.width, MAX_WIDTH)
    with console.capture() as captured:
        console.print(rows, total, Text(page.labels.caveat, "dim"), sep="\n")
    return captured.get()


def _told(sentence: Reviewed, words: Labels) -> Text:
    """Return a sentence, why it has its verdict, and what it was compared with.

    Of a sentence that passed the nearest passage is enough.
    """
    claim = sentence.claim
    lines = [Text(printable(sentence.text))]
    if sentence.reason:
        lines.append(Text(printable(sentence.reason), _STYLES[claim.verdict]))
    numbered = {document.entry.id: document for document in sentence.cited}
    shown = claim.citations[: 1 if claim.verdict in SOUND else None]
    for name, citations in groupby(shown, key=lambda citation: citation.document):
        if claim.verdict != "verbatim":
            quotes = (words.quoted(one_line(citation.quote)) for citation in citations)
            lines += (Text(printable(quote), "italic") for quote in quotes)
        document = numbered[name]
        where = ", ".join(filter(None, (one_line(document.entry.title), document.outlet)))
        lines.append(Text(printable(f"[{document.number}] {where}"), "dim"))
    return Text("\n").join(lines)
