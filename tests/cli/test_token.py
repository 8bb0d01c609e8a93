"""The commands on who may ask over HTTP."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summarizer.cli import run
from summarizer.service.store import database, tokens

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_DATA_DIR", str(clean_folder / "data"))
    return clean_folder


def add(capsys: Captured, *arguments: str) -> str:
    assert run(["token", "add", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.removesuffix("\n")


def today() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - as the command does


def test_secret_is_printed_alone_and_opens(folder: Path, capsys: Captured) -> None:
    secret = add(capsys, "desk")
    assert re.fullmatch(r"summarizer_[\w-]{43}", secret)
    db = database.open(str(folder / "data" / "summarizer.sqlite"))
    found = tokens.check(db, secret, now=today())
    db.close()
    assert found is not None
    assert (found.name, found.expires) == ("desk", None)
    assert found.scopes == {"read", "write"}


def test_token_is_valid_through_its_last_day(folder: Path, capsys: Captured) -> None:
    last = f"{today() + timedelta(days=2):%F}"
    add(capsys, "desk", "--scope", "admin", "--expires", last, "--budget-usd-month", "2.5")
    db = database.open(str(folder / "data" / "summarizer.sqlite"))
    (found,) = tokens.list(db)
    db.close()
    assert found.scopes == {"admin"}
    assert found.budget_usd_month == 2.5
    assert found.expires == datetime.fromisoformat(f"{last}T00:00Z") + timedelta(days=1)


def test_list_shows_tokens_without_secrets(capsys: Captured) -> None:
    last = f"{today():%F}"
    secrets = [add(capsys, "a", "--expires", last, "--budget-usd-month", "3"), add(capsys, "b")]
    assert run(["token", "revoke", "b"]) == 0
    assert run(["token", "list"]) == 0
    out, _ = capsys.readouterr()
    head, first, second = out.splitlines()
    assert head.split()[:4] == ["name", "scopes", "made", "expires"]
    assert first.split() == ["a", "read", "write", last, last, "3.00"]
    assert second.split() == ["b", "read", "write", last, "revoked"]
    assert not any(secret in out for secret in secrets)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "a b"], "name of a token"),
        (["add", "a", "--scope", "all"], "scope: choose among read, write, admin"),
        (["add", "a", "--expires", "soon"], "--expires: write a day like"),
        (["add", "a", "--expires", "9999-12-31"], "--expires: write a day like"),
        (["add", "a", "--expires", "2020-01-01"], "expires: name a day to come"),
        (["add", "a", "--budget-usd-month", "-1"], "budget-usd-month"),
        (["revoke", "a"], "no token a to revoke"),
    ],
)
def test_wrong_use_is_explained(arguments: list[str], message: str, capsys: Captured) -> None:
    assert run(["token", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
