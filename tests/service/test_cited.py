from dataclasses import replace

import summarizer
from summarizer.service import cited
from summarizer.types import Briefing, Json, plain

TOLL = "At least 14 people were killed when the ferry Grey Heron capsized off Kessel."
SEARCH = "Helicopters of the coastguard searched the sea off Kessel with two frigates."
URL = "https://example.org/ferry"


def briefing(*sentences: str, day: str = "2026-03-03", url: str | None = URL) -> Briefing:
    made = summarizer.document("\n\n".join(sentences), title="Ferry capsizes", url=url)
    return summarizer.brief([made], day=day)


def as_json(*briefings: Briefing) -> list[Json]:
    return [plain(each) for each in briefings]


def test_article_has_what_the_newest_ledger_says_and_what_all_quoted() -> None:
    newest = briefing(TOLL.replace("14", "12"), SEARCH, day="2026-03-04")
    oldest = briefing(TOLL, SEARCH)
    (article,) = cited.articles(as_json(newest, oldest), since="2026-03-01")
    assert (article.url, article.title) == (URL, "Ferry capsizes")
    assert article.sha256 == newest.documents[0].sha256
    assert {TOLL, TOLL.replace("14", "12")} <= set(article.quotes)


def test_line_in_brief_cites_its_article() -> None:
    told = briefing(TOLL)
    (story,) = told.stories
    line = summarizer.types.InBrief(story.id, story.headline, story.documents)
    (article,) = cited.articles(as_json(replace(told, stories=(), in_brief=(line,))), since="")
    assert article.quotes == tuple(c.quote for c in story.headline.citations)


def test_briefing_of_an_earlier_day_is_left_aside() -> None:
    assert cited.articles(as_json(briefing(TOLL)), since="2026-03-04") == []


def test_article_without_an_address_cannot_be_asked_for() -> None:
    assert cited.articles(as_json(briefing(TOLL, url=None)), since="") == []
