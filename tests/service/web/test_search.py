from summarizer.service.store.database import Database
from summarizer.service.web import search
from tests.service.web.shown import BRIDGE, DAM, Read, define, publish, read


def shown(db: Database, q: str, *, owner: str = "local", cursor: str | None = None) -> Read:
    return read(search.page(db, owner, q=q, cursor=cursor))


def test_hit_leads_to_its_claim_and_names_day_and_edition(db: Database) -> None:
    define(db)
    publish(db, "a", [DAM, BRIDGE], edition="morning", day="2026-03-03")
    found = shown(db, "OLD bridge")
    assert "close the old bridge in May" in found.text
    assert "Tuesday, 3 March 2026 · Harbour & port" in found.text
    assert any(link.startswith("/briefings/a?claim=") for link in found.links)


def test_edition_that_is_gone_is_named_as_it_was(db: Database) -> None:
    publish(db, "a", edition="evening", day="2026-03-03")
    assert "evening" in shown(db, "dam").text


def test_question_stays_in_the_box(db: Database) -> None:
    (box,) = (attrs for tag, attrs in shown(db, '"old <b>').elements if tag == "input")
    assert box["value"] == '"old <b>'


def test_nothing_asked_says_how_to_ask(db: Database) -> None:
    assert "Name words" in shown(db, " \x00 ").text


def test_nothing_found_says_so(db: Database) -> None:
    assert "No printed sentence" in shown(db, "zebra").text


def test_question_that_is_too_long_is_refused_in_the_page(db: Database) -> None:
    assert "more than 20 words" in shown(db, " ".join(f"w{i}" for i in range(30))).text
    assert "ask for fewer words" in shown(db, "w" * 501).text


def test_more_hits_than_a_page_holds_go_on_behind_a_link(db: Database) -> None:
    for i in range(search.N_HITS + 1):
        publish(db, f"r{i:02}")
    first = shown(db, "dam")
    (more,) = (link for link in first.links if "cursor=" in link)
    cursor = more.partition("cursor=")[2].replace("%3D", "=")
    assert shown(db, "dam", cursor=cursor).links != first.links


def test_briefings_of_other_owners_are_not_searched(db: Database) -> None:
    publish(db, "a")
    assert "No printed sentence" in shown(db, "dam", owner="desk").text
