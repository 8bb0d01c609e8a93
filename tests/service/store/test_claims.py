"""Search over what was printed."""

from dataclasses import replace

import pytest

from summarizer.errors import InputError
from summarizer.service.store import claims, runs, schema
from summarizer.service.store.claims import Hit
from summarizer.service.store.database import Database
from summarizer.types import Briefing
from tests.service.store.samples import NOW, accepted, briefing

ODD = [
    "100% sure_thing \\ here",
    "1000 sureXthing here",
    "Prix: l'Orléans",
    "大阪市で地震",
    "ประเทศไทย",
]


def saying(*texts: str) -> Briefing:
    """Return a briefing of one story with these claims."""
    story = briefing().stories[0]
    made = tuple(replace(story.headline, id=f"c{n}", text=text) for n, text in enumerate(texts))
    only = replace(story, headline=made[0], claims=made[1:])
    return replace(briefing(), lead=made[:1], stories=(only,), in_brief=())


def publish(db: Database, *texts: str, day: str = "2026-03-04", **given: object) -> str:
    run = accepted(db, day=day, **given)
    runs.publish(db, run.id, saying(*texts), now=NOW)
    return run.id


def found(db: Database, q: str, **given: object) -> list[str]:
    hits, _ = claims.search(db, **{"owner": "desk", "q": q} | given)  # type: ignore[arg-type]
    return [hit.text for hit in hits]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("sure", ODD[:2]),
        ("100%", ODD[:1]),
        ("sure_thing", ODD[:1]),
        ("\\", ODD[:1]),
        ('"thing here"', ODD[1:2]),
        ("here SURE", ODD[:2]),
        ("orleans prix", ODD[2:3]),
        ("阪市", ODD[3:4]),
        ("เทศ", ODD[4:]),
        ("'; DROP TABLE claims; --", []),
        ("%", ODD[:1]),
        ("_", ODD[:1]),
    ],
)
def test_every_term_occurs_and_none_is_a_pattern(
    database: Database, q: str, expected: list[str]
) -> None:
    publish(database, *ODD)
    assert found(database, q) == expected


def test_hit_says_where_it_was_printed(database: Database) -> None:
    run = publish(database, "The bridge.", "The ferry.", edition="m")
    (hit,), cursor = claims.search(database, owner="desk", q="ferry")
    assert cursor is None
    assert hit == Hit(
        run=run,
        briefing=briefing().id,
        day="2026-03-04",
        edition="m",
        claim_id="c1",
        text="The ferry.",
        story=briefing().stories[0].id,
        headline="The bridge.",
        verdict="verbatim",
    )


def test_days_and_owners_bound_a_search(database: Database) -> None:
    for n in range(1, 6):
        publish(database, f"Flood {n}", day=f"2026-03-0{n}")
    publish(database, "Flood elsewhere", owner="other")
    assert found(database, "flood", from_day="2026-03-02", to_day="2026-03-04") == [
        "Flood 4",
        "Flood 3",
        "Flood 2",
    ]
    assert found(database, "flood", owner="other") == ["Flood elsewhere"]
    assert len(found(database, "flood", owner=None)) == 6


def test_pages_show_every_hit_once_in_the_order_of_reading(database: Database) -> None:
    for n in range(1, 4):
        publish(database, *(f"Flood {n} {m}" for m in range(3)), day=f"2026-03-0{n % 2 + 1}")
    whole, _ = claims.search(database, owner="desk", q="flood", limit=99)
    for owner in ("desk", None):
        pages: list[Hit] = []
        cursor = None
        while True:
            hits, cursor = claims.search(database, owner=owner, q="flood", limit=2, cursor=cursor)
            pages += hits
            if cursor is None:
                break
        assert pages == whole
    assert len(whole) == 9
    assert [hit.text[-1] for hit in whole] == ["0", "1", "2"] * 3


def test_cursor_nobody_was_given_is_refused(database: Database) -> None:
    for cursor in ("x", "WyJhIiwgImIiLCAxMDAwMDAwMDAwMDAwMDAwMDBd", "WyJhIiwgImIiLCB0cnVlXQ=="):
        with pytest.raises(InputError, match="cursor"):
            claims.search(database, owner="desk", q="x", cursor=cursor)


def test_briefing_without_a_day_is_found(database: Database) -> None:
    run = accepted(database)
    runs.publish(database, run.id, replace(saying("The flood."), day=None), now=NOW)
    (hit,), _ = claims.search(database, owner="desk", q="flood")
    assert (hit.day, hit.edition) == (None, None)


def test_claim_printed_twice_is_one_hit(database: Database) -> None:
    run = accepted(database)
    twice = saying("The flood.", "The ferry.", "The flood.")
    same = replace(twice.stories[0].claims[1], id="c0")
    story = replace(twice.stories[0], claims=(twice.stories[0].claims[0], same))
    runs.publish(database, run.id, replace(twice, stories=(story,)), now=NOW)
    assert found(database, "flood") == ["The flood."]


def test_mention_of_a_topic_goes_under_its_name(database: Database) -> None:
    run = accepted(database)
    mention = {"id": "m1", "text": "A dam leaks.", "verdict": "verbatim"}
    with database.writing() as connection:
        topics = [{"name": "Dams", "mentions": [mention]}]
        content = {"stories": [], "in_brief": [], "topics": topics, "day": None}
        claims.append(connection, run.id, content)
    with database.reading() as connection:
        table = schema.claims
        row = connection.execute(table.select()).mappings().one()
    assert (row["claim"], row["story"], row["headline"]) == ("m1", "Dams", "Dams")
