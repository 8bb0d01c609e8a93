from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.delivery import unsubscribing
from summarizer.service.delivery.unsubscribing import Subscription
from summarizer.service.store import database as databases
from summarizer.service.store import outbox
from summarizer.service.store.database import Database
from tests.service.delivery.conftest import NOW

SUBSCRIPTION = Subscription("local", "morning", "reader@example.org")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A store that outlives one example."""
    return databases.open(str(tmp_path_factory.mktemp("store") / "store.sqlite"))


def token_of(db: Database, subscription: Subscription) -> str:
    url = unsubscribing.unsubscribe_url(db, "https://news.example.org/", subscription)
    parts = urlsplit(url)
    assert (parts.netloc, parts.path) == ("news.example.org", "/unsubscribe")
    return parse_qs(parts.query)["token"][0]


@given(st.builds(Subscription, *[st.text(max_size=60)] * 3))
def test_token_stands_for_its_subscription(store: Database, subscription: Subscription) -> None:
    assert unsubscribing.check(store, token_of(store, subscription)) == subscription


@given(st.data())
def test_changed_token_stands_for_nothing(store: Database, data: st.DataObject) -> None:
    token = token_of(store, SUBSCRIPTION)
    i = data.draw(st.integers(0, len(token) - 1))
    changed = data.draw(st.characters().filter(lambda char: char != token[i]))
    assert unsubscribing.check(store, token[:i] + changed + token[i + 1 :]) is None


@given(st.text(max_size=100))
def test_no_text_at_all_is_a_token(store: Database, text: str) -> None:
    assert unsubscribing.check(store, text) is None
    assert unsubscribing.check(store, text * 1_000) is None


def test_token_of_another_store_stands_for_nothing(db: Database, tmp_path: Path) -> None:
    other = databases.open(str(tmp_path / "other.sqlite"))
    token = token_of(other, SUBSCRIPTION)
    other.close()
    assert unsubscribing.check(db, token) is None


def test_signed_nonsense_stands_for_nothing(db: Database) -> None:
    token_of(db, SUBSCRIPTION)
    for told in ("", "bm9uc2Vuc2U", "WzFd", "_w"):
        signed = f"{told}.{unsubscribing._signature(told, unsubscribing._secret(db))}"  # noqa: SLF001 - as a program before might have
        assert unsubscribing.check(db, signed) is None


def test_token_ends_the_subscription_once_and_again(db: Database) -> None:
    token = token_of(db, SUBSCRIPTION)
    assert unsubscribing.end(db, token, NOW) == SUBSCRIPTION
    assert unsubscribing.end(db, token, NOW) == SUBSCRIPTION
    assert outbox.unsubscribed(db, "local", "morning") == {"reader@example.org"}


def test_wrong_token_ends_nothing(db: Database) -> None:
    assert unsubscribing.end(db, "wrong.token", NOW) is None
    assert outbox.unsubscribed(db, "local", "morning") == set()
