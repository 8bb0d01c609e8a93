from datetime import timedelta

import pytest

from summarizer.errors import InputError
from summarizer.service.store import outbox, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.seen import SourceReport
from summarizer.service.web import edition
from summarizer.settings.editions import Edition, Topic, Webhook
from tests.service.web.shown import MORNING, NOW, OWNER, Read, accept, define, publish, read


def shown(db: Database, spec: Edition = MORNING, cursor: str | None = None) -> Read:
    return read(edition.page(db, define(db, spec), now=NOW, cursor=cursor))


def fetched(db: Database, source: str, status: str, days: int = 0) -> None:
    at = NOW + timedelta(days=days)
    report = SourceReport(source=source, url=source, status=status, at=at)
    seen.record(db, OWNER, "morning", report)


def test_each_day_has_its_outcome_and_leads_to_what_happened(db: Database) -> None:
    publish(db, "a", edition="morning", day="2026-03-02")
    for run, outcome in (("b", "quiet"), ("c", "failed")):
        accept(db, run, edition="morning", day=f"2026-03-0{3 + (run == 'c')}")
        runs.settle(db, run, now=NOW, outcome=outcome, message=f"it was {outcome}")
    found = shown(db)
    assert {"/briefings/a", "/briefings/b", "/briefings/c"} <= set(found.links)
    for words in ("Tuesday, 3 March 2026 quiet day it was quiet", "no briefing it was failed"):
        assert words in found.text


def test_more_days_than_a_page_holds_go_on_behind_a_link(db: Database) -> None:
    for i in range(edition.N_DAYS + 1):
        accept(db, f"r{i:02}", edition="morning", day=f"2026-01-{i % 28 + 1:02}")
    first = shown(db)
    (more,) = (link for link in first.links if "cursor=" in link)
    cursor = more.partition("cursor=")[2].replace("%3D", "=")
    assert len({link for link in shown(db, cursor=cursor).links if "/briefings/" in link}) == 1


def test_cursor_of_no_page_is_refused(db: Database) -> None:
    with pytest.raises(InputError):
        shown(db, cursor="nonsense")


def test_source_that_fails_says_since_when(db: Database) -> None:
    source = MORNING.sources[0]
    for i, status in enumerate(("ok", "unreachable", "unreachable")):
        fetched(db, source, status, i)
    found = shown(db)
    assert "no answer, since Thursday, 5 March 2026, 06:40" in found.text
    assert "Wednesday, 4 March 2026, 06:40" in found.text
    assert source in found.links


def test_source_that_was_never_read_is_named_by_the_end_of_its_path(db: Database) -> None:
    text = shown(db).text
    assert "news/articles not read yet" in text
    assert "/srv" not in text


def test_feeds_of_a_list_are_shown_too(db: Database) -> None:
    fetched(db, "https://example.org/of-a-list.xml", "ok")
    assert "https://example.org/of-a-list.xml" in shown(db).links


def test_readers_who_left_are_not_counted_and_nobody_is_named(db: Database) -> None:
    spec = MORNING.model_copy(update={"recipients": ("a@example.org", "b@example.org")})
    outbox.unsubscribe(db, OWNER, "morning", "a@example.org", NOW)
    text = shown(db, spec).text
    assert "1 by mail; 1 unsubscribed." in text
    assert "example.org" not in text.partition("Readers")[2]


def test_edition_that_is_sent_to_nobody_says_so(db: Database) -> None:
    assert "Nobody gets it by mail." in shown(db).text


def test_webhooks_are_counted_without_their_secrets(db: Database) -> None:
    hook = Webhook(url="https://example.org/hook", secret="0123456789abcdef")  # noqa: S106 - a test's
    spec = MORNING.model_copy(update={"webhooks": (hook,), "files": ("{day}.html",)})
    text = shown(db, spec).text
    assert "Webhooks: 1." in text
    assert "Files: 1." in text
    assert "0123456789abcdef" not in text


def test_topics_say_what_becomes_of_them(db: Database) -> None:
    watch = Topic(name="Rail", terms=("railway", "NOT rail mail"), mode="watch")
    spec = MORNING.model_copy(update={"topics": (watch,)})
    assert "Rail railway, NOT rail mail always reported" in shown(db, spec).text


def test_feed_can_be_found_by_programs(db: Database) -> None:
    found = shown(db)
    (link,) = (attrs for tag, attrs in found.elements if tag == "link")
    assert link["href"] == "/v1/editions/morning/feed.atom"
    assert link["href"] in found.links
