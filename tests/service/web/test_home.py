from summarizer.service.store import editions, runs
from summarizer.service.store.database import Database
from summarizer.service.web import home
from summarizer.settings.editions import Edition
from tests.service.web.shown import BRIDGE, DAM, MORNING, NOW, Read, accept, define, publish, read


def shown(db: Database, owner: str = "local") -> Read:
    return read(home.page(db, owner, now=NOW, base="http://127.0.0.1:8765"))


def test_stranger_is_told_how_to_define_an_edition_and_to_ask_without_one(db: Database) -> None:
    text = shown(db).text
    assert "[editions.morning]" in text
    assert "summarizer init feeds.opml" in text
    assert "http://127.0.0.1:8765/v1/briefings" in text


def test_owner_of_a_token_is_told_whose_the_editions_of_the_file_are(db: Database) -> None:
    assert "token named local" in shown(db, owner="desk").text
    assert "token named local" not in shown(db).text


def test_definition_that_a_stranger_is_shown_can_be_used() -> None:
    Edition(
        title="Morning briefing",
        sources=("https://example.org/feed.xml", "articles/"),
        at="06:00",
        timezone="Europe/Paris",
    )


def test_edition_says_when_it_is_due_where_it_is_read(db: Database) -> None:
    define(db)
    text = shown(db).text
    assert "Harbour & port" in text
    assert "next on Wednesday, 4 March 2026, 06:00" not in text  # that was 40 minutes ago
    assert "next on Thursday, 5 March 2026, 06:00" in text


def test_headlines_of_the_last_briefing_lead_to_their_claims(db: Database) -> None:
    define(db)
    publish(db, "a", [BRIDGE], edition="morning", day="2026-03-03")
    publish(db, "b", [DAM], edition="morning", day="2026-03-04")
    found = shown(db)
    assert "The dam held overnight" in found.text
    assert any(link.startswith("/briefings/b?claim=") for link in found.links)
    assert "Wednesday, 4 March 2026" in found.text


def test_edition_that_failed_last_says_so_beside_its_last_briefing(db: Database) -> None:
    define(db)
    publish(db, "a", edition="morning", day="2026-03-03")
    accept(db, "b", edition="morning", day="2026-03-04")
    runs.settle(db, "b", now=NOW, outcome="failed", message="no source could be read")
    found = shown(db)
    assert "Wednesday, 4 March 2026: no briefing : no source could be read" in found.text
    assert {"/briefings/a", "/briefings/b"} <= set(found.links)


def test_edition_without_a_run_names_the_command_that_makes_it(db: Database) -> None:
    define(db)
    assert "summarizer edition run morning" in shown(db).text


def test_edition_that_cannot_be_read_does_not_hide_the_others(db: Database) -> None:
    define(db)
    editions.put(db, "local", "odd", {"title": "Odd", "when": 1}, origin="http", now=NOW)
    text = shown(db).text
    assert "Odd" in text
    assert "define it again" in text
    assert MORNING.title in text


def test_briefings_of_no_edition_are_listed_and_those_under_way(db: Database) -> None:
    publish(db, "a", day="2026-03-03")
    accept(db, "b")
    found = shown(db)
    assert {"/briefings/a", "/briefings/b"} <= set(found.links)
    assert "waiting to be made" in found.text


def test_last_briefing_of_an_edition_is_not_listed_twice(db: Database) -> None:
    define(db)
    publish(db, "a", edition="morning", day="2026-03-03")
    found = shown(db)
    assert found.links.count("/briefings/a") == 1
    assert "More briefings" not in found.text


def test_nothing_of_other_owners_is_shown(db: Database) -> None:
    define(db)
    publish(db, "a", edition="morning", day="2026-03-03")
    found = shown(db, owner="desk")
    assert "Harbour" not in found.text
    assert "/briefings/a" not in " ".join(found.links)
