import pytest

from summarizer.service.store import briefings, runs
from summarizer.service.store.database import Database
from summarizer.service.stored import restore
from summarizer.service.web import briefing
from tests.service.web.shown import BRIDGE, DAM, NOW, Read, accept, again, publish, read


def shown(db: Database, run: str) -> Read:
    return read(briefing.page(db, again(db, run)))


def test_briefing_is_shown_whole_under_the_name_of_its_edition(db: Database) -> None:
    publish(db, "a", [DAM, BRIDGE], edition="morning", day="2026-03-03")
    found = shown(db, "a")
    assert "Harbour & port Tuesday, 3 March 2026" in found.text
    assert "Engineers let out more water." in found.text  # the context of what is cited
    assert {"/", "/editions/morning", "/briefings/a/audit"} <= set(found.links)


def test_briefing_of_no_edition_keeps_its_title(db: Database) -> None:
    publish(db, "a")
    found = shown(db, "a")
    assert "Briefing" in found.text
    assert not [link for link in found.links if "editions" in link]


def test_page_of_a_briefing_carries_its_own_policy(db: Database) -> None:
    page = briefing.page(db, publish(db, "a"))
    assert page.policy is None
    assert page.text.count("Content-Security-Policy") == 1


def test_briefings_of_the_days_before_and_after_are_linked(db: Database) -> None:
    for run, day in (("a", "2026-03-02"), ("b", "2026-03-03"), ("c", "2026-03-04")):
        publish(db, run, edition="morning", day=day)
    accept(db, "d", edition="morning", day="2026-03-05")

    def beside(run: str) -> list[str]:
        return [link for link in shown(db, run).links if len(link) == len("/briefings/a")]

    assert beside("a") == ["/briefings/b"]
    assert beside("b") == ["/briefings/a", "/briefings/c"]
    assert beside("c") == ["/briefings/b"]


def test_every_printed_claim_has_its_place_in_the_page(db: Database) -> None:
    run = publish(db, "a", [DAM, BRIDGE])
    ids = shown(db, "a").ids
    told = restore(briefings.get(db, "a"))
    for story in told.stories:
        for claim in (story.headline, *story.claims):
            assert briefing.anchor(db, run, claim.id) in ids


def test_claim_that_is_not_printed_has_no_place(db: Database) -> None:
    assert briefing.anchor(db, publish(db, "a"), "nothing") == ""
    assert briefing.anchor(db, accept(db, "b"), "nothing") == ""


def test_run_under_way_is_looked_at_again_by_itself(db: Database) -> None:
    accept(db, "a", edition="morning", day="2026-03-04")
    found = shown(db, "a")
    assert ("meta", {"http-equiv": "refresh", "content": "2"}) in found.elements
    assert "waiting to be made" in found.text
    runs.claim(db, "a", executor="test", now=NOW)
    assert "being made" in shown(db, "a").text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("quiet", "There was nothing to tell: all was quiet"),
        ("failed", "summarizer edition run morning --date 2026-03-04"),
    ],
)
def test_day_without_a_briefing_says_why(db: Database, outcome: str, words: str) -> None:
    accept(db, "a", edition="morning", day="2026-03-04")
    runs.settle(db, "a", now=NOW, outcome=outcome, message="all was quiet")
    found = shown(db, "a")
    assert words in found.text
    assert "all was quiet" in found.text
    assert not [tag for tag, attrs in found.elements if attrs.get("http-equiv") == "refresh"]


def test_failed_run_of_no_edition_says_why_without_a_command(db: Database) -> None:
    accept(db, "a")
    runs.fail(db, "a", code="no_usable_source", message="no source was of use", now=NOW)
    text = shown(db, "a").text
    assert "no source was of use" in text
    assert "edition run" not in text


def test_cancelled_run_says_so(db: Database) -> None:
    accept(db, "a")
    runs.cancel(db, "a", now=NOW)
    assert "took it back" in shown(db, "a").text
