"""The commands on what is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.cli import run
from summarizer.service.store import database, lock, runs
from summarizer.service.store.database import Database
from summarizer.types import Usage
from tests.service.store.samples import DOCUMENTS, NOW, accepted, briefing

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def path(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_DATA_DIR", str(clean_folder / "data"))
    return clean_folder / "data" / "summarizer.sqlite"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    made = database.open(str(path))
    yield made
    made.close()


def printed(capsys: Captured, *arguments: str, err: str = "") -> str:
    assert run(arguments) == 0
    out, said = capsys.readouterr()
    assert said == err
    return out


def test_search_shows_what_was_printed_and_archived(db: Database, capsys: Captured) -> None:
    run_ = accepted(db, documents=DOCUMENTS, edition="morning", day="2026-03-04")
    runs.publish(db, run_.id, briefing(), now=NOW)
    claim, document = printed(capsys, "search", "OLD brídge", "--limit", "1").splitlines()
    assert claim == "2026-03-04  morning  The council closed the old bridge on Tuesday."
    assert document == (
        "2026-03-03  Northern Wire  Bridge in Orléans closed  "
        "The council closed the old bridge on Tuesday. Drivers must use the ferry until May."
    )
    nothing = "summarizer: nothing found\n"
    assert printed(capsys, "search", "bridge", "--from", "2026-03-05", err=nothing) == ""
    assert printed(capsys, "search", "bridge", "--to", "2026-03-03", err=nothing) == ""


def test_document_without_a_day_says_so(db: Database, capsys: Captured) -> None:
    accepted(db, documents=DOCUMENTS)
    assert printed(capsys, "search", "大阪市").startswith("no day  Harbour Post  大阪市で")


def test_usage_shows_what_a_month_cost_each_owner(db: Database, capsys: Captured) -> None:
    for owner, cost in (("desk", 0.5), ("desk", None), ("other", 0.0)):
        run_ = accepted(db, owner=owner)
        spent = Usage(2, 0, 1_000, 10, cost_usd=cost)
        runs.fail(db, run_.id, code="c", message="m", now=NOW, spent=spent)
    head, desk, other = printed(capsys, "usage", "--month", "2026-03").splitlines()
    assert " ".join(head.split()) == "owner runs calls input tokens output tokens US dollars"
    assert " ".join(desk.split()) == "desk 2 4 2,000 20 0.5000 and 1 of unknown price"
    assert " ".join(other.split()) == "other 1 2 1,000 10 0.0000"
    assert len(printed(capsys, "usage").splitlines()) == 1


def test_backup_is_restored(db: Database, path: Path, capsys: Captured) -> None:
    kept = accepted(db)
    assert run(["backup", "b.sqlite"]) == 0
    size = f"{Path('b.sqlite').stat().st_size:,}"
    assert capsys.readouterr() == ("", f"summarizer: b.sqlite: {size} bytes\n")
    later = accepted(db)
    db.close()
    printed(capsys, "restore", "b.sqlite", err="summarizer: b.sqlite: restored\n")
    again = database.open(str(path))
    assert (runs.get(again, kept.id), runs.get(again, later.id)) == (kept, None)
    again.close()


def test_store_in_use_is_not_restored(db: Database, path: Path, capsys: Captured) -> None:
    accepted(db)
    assert run(["backup", "b.sqlite"]) == 0
    with lock.hold(path):
        assert run(["restore", "b.sqlite"]) == 5
    assert "in use by process" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["search", " "], 2, "q: name a word to look for"),
        (["search", "a", "--from", "today"], 2, "--from: write a day like 2026-03-04"),
        (["usage", "--month", "March"], 2, "--month: write a month like 2026-03"),
        (["restore", "none"], 5, "none: there is no such file"),
    ],
)
def test_wrong_use_is_explained(
    arguments: list[str], code: int, message: str, capsys: Captured
) -> None:
    assert run(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"summarizer: {message}")
