from hypothesis import given
from hypothesis import strategies as st

from summarizer.service import visited
from summarizer.service.store import seen
from summarizer.service.store.database import Database
from summarizer.service.visited import Visited
from summarizer.sources.fetch import Validators
from summarizer.sources.web import Loaded
from summarizer.types import Source
from tests.service.newsroom import NOW

values = st.none() | st.text(min_size=1, max_size=5)


def remembered(db: Database, rows: dict[str, seen.Validators]) -> Visited:
    report = seen.SourceReport(source="a", url=None, status="ok", at=NOW, validators=rows)
    seen.record(db, "desk", "morning", report)
    return visited.load(db, "desk", "morning")


def kept(known: Visited | None = None, **given: object) -> dict[str, seen.Validators]:
    source = Source("Harbour News", "http://f/", "ok", 0)
    loaded = Loaded((source,), **given)  # type: ignore[arg-type]
    return visited.kept(loaded, "http://f/", known or Visited())


def test_address_that_was_read_and_one_that_a_feed_carried_are_told_apart(
    database: Database,
) -> None:
    read = {"http://a/": Validators(etag='"1"'), "http://b/": Validators()}
    known = remembered(database, kept(validators=read, carried=("http://c/",)))
    assert known.have == read | {"http://c/": Validators()}
    assert known.read == {"http://a/", "http://b/"}


def test_address_that_was_read_stays_read_when_a_feed_carries_its_article(
    database: Database,
) -> None:
    known = remembered(database, kept(validators={"http://a/": Validators()}))
    assert kept(known, carried=("http://a/",)) == {}


def test_feed_keeps_its_name_and_is_asked_for_as_nothing_else(database: Database) -> None:
    known = remembered(database, kept(is_feed=True, validators={"http://f/": Validators()}))
    assert known.feeds == {"http://f/": "Harbour News"}
    assert known.have.keys() == known.read == {"http://f/"}


@given(values, values)
def test_what_a_server_said_of_a_version_is_said_to_it_again(
    etag: str | None, modified: str | None
) -> None:
    row = visited.read(Validators(etag, modified))
    assert (row.etag or None) == etag
    assert row != seen.Validators()
