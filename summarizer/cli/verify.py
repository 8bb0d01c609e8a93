"""The command `verify`: somebody else's summary, checked sentence by sentence."""

import sys
from typing import Annotated

import typer

from summarizer.cli.program import (
    OK,
    Debug,
    Format,
    IncludeText,
    Output,
    Sources,
    app,
    choice,
    say_left_out,
    strictly,
)
from summarizer.service import terminal
from summarizer.service.delivery import files as delivery


@app.command()
def verify(  # noqa: PLR0913 - one argument an option
    text: Annotated[str, typer.Argument(metavar="TEXT", help="File to check, or - for stdin.")],
    sources: Sources,
    *,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of the text (detected).")
    ] = None,
    format: Format = None,  # noqa: A002 - as above
    output: Output = None,
    include_text: IncludeText = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 4 unless all is verbatim or supported.")
    ] = False,
    _debug: Debug = False,
) -> int:
    """Check a summary written elsewhere, sentence by sentence, against its sources."""
    from summarizer.briefing import review
    from summarizer.render import FORMATS, verification
    from summarizer.service import reviewing
    from summarizer.sources import files

    choice("format", format, FORMATS)
    delivery.check(output)
    format = format or delivery.format_of(output)  # noqa: A001 - as above
    stdin = getattr(sys.stdin, "buffer", None)
    with terminal.progress():
        to_check = reviewing.read(text, sources, stdin=stdin)
        loaded = files.load(sources, stdin=stdin)
        made = review.review(to_check, loaded.documents, language=language)
    if format is None and output is None and sys.stdout.isatty():
        rendered = reviewing.table(made)
    else:
        rendered = verification.render(made, format or "text", include_text=include_text)
    delivery.deliver(rendered, output)
    say_left_out(loaded.notes)
    return strictly(reviewing.shortfall(made)) if strict else OK
