"""Tokens: shown once, kept as a hash."""

from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.service.store import tokens
from summarizer.service.store.database import Database
from tests.service.store.samples import DAY, NOW


def test_secret_tells_its_token(database: Database) -> None:
    secret = tokens.add(
        database, "desk", scopes=["write", "read"], expires=NOW + DAY, budget_usd_month=9, now=NOW
    )
    found = tokens.check(database, secret, now=NOW)
    assert found is not None
    assert (found.name, found.expires) == ("desk", NOW + DAY)
    assert found.scopes == {"read", "write"}
    assert (found.budget_usd_month, found.created, found.revoked) == (9, NOW, None)
    assert tokens.list(database) == (found,)


@pytest.mark.parametrize("secret", ["", "summarizer_", "x" * 99, "\ud800\0", "desk"])
def test_other_secret_tells_none(database: Database, secret: str) -> None:
    made = tokens.add(database, "desk", scopes=["read"], now=NOW)
    assert tokens.check(database, secret, now=NOW) is None
    assert tokens.check(database, made[:-1], now=NOW) is None


def test_expired_and_revoked_tokens_open_nothing(database: Database) -> None:
    assert not tokens.any(database, NOW)
    secret = tokens.add(database, "a", scopes=["read"], expires=NOW + DAY, now=NOW)
    assert tokens.any(database, NOW)
    assert tokens.check(database, secret, now=NOW + DAY) is None
    assert not tokens.any(database, NOW + DAY)
    other = tokens.add(database, "b", scopes=["read"], now=NOW)
    assert tokens.revoke(database, "b", NOW)
    assert not tokens.revoke(database, "b", NOW)
    assert not tokens.revoke(database, "none", NOW)
    assert tokens.check(database, other, now=NOW) is None


def test_name_in_use_is_refused_until_its_token_is_over(database: Database) -> None:
    old = tokens.add(database, "desk", scopes=["read"], expires=NOW + DAY, now=NOW)
    with pytest.raises(InputError, match="token desk exists: revoke it first"):
        tokens.add(database, "desk", scopes=["read"], now=NOW)
    tokens.revoke(database, "desk", NOW)
    new = tokens.add(database, "desk", scopes=["admin"], expires=NOW + DAY, now=NOW)
    assert tokens.check(database, old, now=NOW) is None
    assert tokens.add(database, "desk", scopes=["read"], now=NOW + DAY) != new


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": "a b"}, "name of a token"),
        ({"name": ""}, "name of a token"),
        ({"scopes": []}, "scope: choose among read, write, admin"),
        ({"scopes": ["all"]}, "scope"),
        ({"expires": NOW}, "expires"),
        ({"budget_usd_month": -1.0}, "budget_usd_month"),
        ({"budget_usd_month": float("nan")}, "budget_usd_month"),
    ],
)
def test_token_of_no_use_is_refused(
    database: Database, wrong: dict[str, object], message: str
) -> None:
    given = {"name": "desk", "scopes": ["read"], "now": NOW} | wrong
    with pytest.raises(InputError, match=message):
        tokens.add(database, **given)  # type: ignore[arg-type]


def test_secret_is_nowhere_in_the_file(database: Database) -> None:
    secret = tokens.add(database, "desk", scopes=["read"], now=NOW)
    database.close()
    for path in Path(database.path).parent.iterdir() if database.path else ():
        assert secret.encode() not in path.read_bytes()
