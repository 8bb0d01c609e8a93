"""Briefings read back from the store."""

import summarizer
from summarizer.render import render
from summarizer.service.stored import restore
from summarizer.types import Document, plain


def test_briefing_is_read_back_as_it_was(articles: dict[str, Document]) -> None:
    documents = list(articles.values())
    made = summarizer.brief(documents, stories=3)
    earlier = summarizer.brief(documents[:10], stories=3, previous=[made])
    for briefing in (made, earlier):
        stored = plain(briefing)
        assert restore(stored, documents) == briefing
        assert plain(restore(stored)) == stored
        for format in ("json", "html", "md", "text"):  # noqa: A001 - its name everywhere
            assert render(restore(stored, documents), format) == render(briefing, format)
