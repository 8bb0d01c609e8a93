"""A briefing as Markdown, HTML, JSON, plain text or a mail.

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
"""The name of each format a result may have, and its media type."""

BRIEFING_FORMATS: Mapping[str, str] = MappingProxyType({**FORMATS, "eml": "message/rfc822"})
"""The same with what a briefing alone may be: a mail, still without sender and recipient."""


def render(
    briefing: Briefing,
    format: str,  # noqa: A002 - the option's name everywhere
    *,
    include_text: bool = False,
    ledger: bool = False,
) -> str:
    """Render a briefing in one of `BRIEFING_FORMATS`; the result ends in a newline.

    Args:
        briefing: What to print.
        format: One of `BRIEFING_FORMATS`.
        include_text: Put the documents' texts into the JSON; the other formats do not read it.
        ledger: Add the withheld drafts and what became of each document; JSON always has both
            and a mail neither.

    Raises:
        InputError: The format is not one of `BRIEFING_FORMATS`.
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
    if format == "eml":
        from summarizer.render import email

        return email.draft(briefing).decode("ascii")
    raise InputError(f"Unknown format {format!r}: choose one of {', '.join(BRIEFING_FORMATS)}.")
