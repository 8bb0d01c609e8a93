"""One sentence against the spans it cites."""

from collections.abc import Callable
from datetime import date

import pytest

from summarizer.briefing import checks
from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.reading import gather, read

Find = Callable[..., list[Flag]]


@pytest.fixture
def find() -> Find:
    """Return what the checks find, for a claim and the texts it cites."""

    def flags(
        claim: str,
        *cited: str,
        language: str = "en",
        published: date | None = None,
        title: str = "",
    ) -> list[Flag]:
        ours = read(claim, language, published)
        spans = [read(text, language, published) for text in cited]
        titles = [read(title, language, None)] if title else []
        days = frozenset({published} if published else ())
        return list(checks.find(ours, gather(ours, spans, titles), days))

    return flags


@pytest.fixture
def kinds(find: Find) -> Callable[..., set[str]]:
    """Return only which kinds of flags are raised."""

    def only_kinds(claim: str, *cited: str, **given: object) -> set[str]:
        return {flag.kind for flag in find(claim, *cited, **given)}

    return only_kinds
