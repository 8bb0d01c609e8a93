"""Single values."""

from summarizer.service.store import facts
from summarizer.service.store.database import Database


def test_first_value_stays_unless_it_is_replaced(database: Database) -> None:
    assert facts.get(database, "secret") is None
    assert facts.put_once(database, "secret", "1") == "1"
    assert facts.put_once(database, "secret", "2") == "1"
    facts.put(database, "secret", "3")
    facts.put(database, "other", "4")
    assert facts.get(database, "secret") == "3"
    assert facts.get(database, "other") == "4"
