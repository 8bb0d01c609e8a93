"""A briefing as Markdown, HTML, JSON or plain text.

Every format prints the same sentences in the same order under the same numbers.
"""

from collections.abc import Mapping
from types import MappingProxyType

from summarizer.errors import InputError
from summarizer.types import Briefing

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "md": "text/markdown",
        "html": "text/html",
        "json": "application/json",
        "text": "text/plain",
    }
)
"""The name of each format and its media type."""


def render(
    briefing: Briefing,
    format: str,  # noqa: A002 - the option's name everywhere
    *,
    include_text: bool = False,
    ledger: bool = False,
) -> str:
    """Render a briefing in one of `FORMATS`; the result ends in a newline.

    Args:
        briefing: What to print.
        format: One of `FORMATS`.
        include_text: Put the documents' texts into the JSON; the other formats do not read it.
        ledger: Add the withheld drafts and what became of each document; JSON always has both.

    Raises:
        InputError: The format is not one of `FORMATS`.
    """
    if format == "json":
        from summarizer.render import json

        return json.render(briefing, include_text=include_text)
    if format == "html":
        from summarizer.render import html

        return html.render(briefing, ledger=ledger)
    if format == "md":
        from summarizer.render import markdown

        return markdown.render(briefing, ledger=ledger)
    if format == "text":
        from summarizer.render import text

        return text.render(briefing, ledger=ledger)
    raise InputError(f"Unknown format {format!r}: choose one of {', '.join(FORMATS)}.")
