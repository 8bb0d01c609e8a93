"""Deliveries from the moment they are asked for."""

from concurrent.futures import ThreadPoolExecutor

from summarizer.service.store import outbox, runs
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import Delivery, NewDelivery
from tests.service.store.samples import DAY, NOW, accepted, briefing


def asked(db: Database, *names: str) -> str:
    run = accepted(db)
    new = [NewDelivery(name, "mail", f"{name}@example.org", {"n": name}) for name in names]
    runs.publish(db, run.id, briefing(), now=NOW, deliveries=new)
    return run.id


def one(db: Database, run: str) -> Delivery:
    (found,) = outbox.of_run(db, run)
    return found


def test_delivery_is_due_from_the_end_of_its_run(database: Database) -> None:
    run = asked(database, "a", "a", "b")
    due = outbox.due(database, NOW)
    assert [(d.id, d.run, d.target, d.payload) for d in due] == [
        ("a", run, "a@example.org", {"n": "a"}),
        ("b", run, "b@example.org", {"n": "b"}),
    ]
    assert outbox.due(database, NOW - DAY) == []


def test_one_of_many_takes_a_delivery(database: Database) -> None:
    run = asked(database, "a")
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: outbox.begin(database, "a", NOW), range(16)))
    assert won.count(True) == 1
    assert (one(database, run).status, one(database, run).attempts) == ("sending", 1)
    assert outbox.due(database, NOW + DAY) == []


def test_sent_delivery_stays_sent(database: Database) -> None:
    run = asked(database, "a")
    outbox.begin(database, "a", NOW)
    outbox.sent(database, "a", NOW + DAY)
    outbox.failed(database, "a", message="late", retry_at=NOW)
    assert not outbox.begin(database, "a", NOW)
    found = one(database, run)
    assert (found.status, found.sent, found.message) == ("sent", NOW + DAY, None)


def test_failed_delivery_is_tried_again_when_it_says_so(database: Database) -> None:
    run = asked(database, "a")
    outbox.begin(database, "a", NOW)
    outbox.failed(database, "a", message="451 busy", retry_at=NOW + DAY)
    assert outbox.due(database, NOW) == []
    (again,) = outbox.due(database, NOW + DAY)
    assert (again.status, again.message, again.attempts) == ("pending", "451 busy", 1)
    outbox.begin(database, "a", NOW + DAY)
    outbox.failed(database, "a", message="550 unknown", retry_at=None)
    found = one(database, run)
    assert (found.status, found.message, found.attempts) == ("failed", "550 unknown", 2)
    assert not outbox.begin(database, "a", NOW + DAY)


def test_nothing_is_sent_that_nobody_began(database: Database) -> None:
    run = asked(database, "a")
    outbox.sent(database, "a", NOW)
    assert one(database, run).status == "pending"


def test_delivery_whose_sender_died_is_found(database: Database) -> None:
    asked(database, "a", "b")
    outbox.begin(database, "a", NOW)
    assert [found.id for found in outbox.abandoned(database, NOW + DAY)] == ["a"]
    assert outbox.abandoned(database, NOW) == []


def test_deliveries_are_counted_by_status(database: Database) -> None:
    asked(database, "a", "b")
    outbox.begin(database, "a", NOW)
    assert outbox.counts(database) == {"pending": 1, "sending": 1}


def test_unsubscribed_recipient_is_one_of_that_edition_only(database: Database) -> None:
    for _ in range(2):
        outbox.unsubscribe(database, "desk", "m", "a@example.org", NOW)
    assert outbox.unsubscribed(database, "desk", "m") == {"a@example.org"}
    assert outbox.unsubscribed(database, "desk", "n") == set()
    assert outbox.unsubscribed(database, "other", "m") == set()
