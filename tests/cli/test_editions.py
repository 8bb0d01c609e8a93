"""The commands of editions, in this process, on a store of their own."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import summarizer
from summarizer import settings
from summarizer.cli import EXIT_CODES, editions, run
from summarizer.service import clock, working
from summarizer.service.editions import outcome, reporting, request, specs
from summarizer.service.store import lock, outbox, runs, seen
from summarizer.service.store.database import Database
from summarizer.service.store.opening import open_store
from summarizer.service.store.seen import SourceReport

Captured = pytest.CaptureFixture[str]
ARTICLE = (
    "---\npublished: 2026-03-04T05:00:00Z\n---\n"
    "Council closes bridge\n\nThe city council voted on Tuesday to close the old bridge. "
    "Drivers will have to use the ferry until the new one opens in May.\n"
)
DAY = ("--date", "2026-03-04")

MORNING = datetime(2026, 3, 4, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(clean_folder: Path) -> Path:
    # The job engine logs to the standard error that was there first, that of an earlier test.
    logging.getLogger("dbos").handlers.clear()
    (clean_folder / "news").mkdir()
    (clean_folder / "news/a.md").write_text(ARTICLE)
    configure("")
    return clean_folder


@pytest.fixture
def store(folder: Path) -> Iterator[Database]:
    """Return the store of the folder's settings."""
    del folder
    opened = open_store(settings.load())
    yield opened
    opened.close()


def accepted(db: Database) -> str:
    """Accept the run of the day, and return its id."""
    specs.sync(db, settings.load(), folder=Path.cwd(), now=clock.now())
    stored = specs.find(db, "morning")
    new = request.new_run(stored.owner, "morning", specs.read(stored), due=MORNING)
    return runs.accept(db, new, now=MORNING)[0].id


def configure(more: str, *, at: str = 'at = "06:00"') -> None:
    Path("summarizer.toml").write_text(
        'data_dir = "data"\n[server]\nworkers = 1\n'
        f'[editions.morning]\nsources = ["news"]\n{at}\n{more}\n'
    )


def command(*arguments: str) -> int:
    assert editions.edition.registered_commands
    return run(["edition", *arguments])


def test_run_prints_the_briefing_delivers_it_and_is_made_once(capsys: Captured) -> None:
    configure('files = ["out/{edition}-{day}.md"]')
    assert command("run", "morning", *DAY) == 0
    out, err = capsys.readouterr()
    assert "Wednesday, 4 March 2026" in out
    assert "old bridge" in out
    assert err == "summarizer: morning 2026-03-04 briefing: Council closes bridge\n"
    assert "old bridge" in Path("out/morning-2026-03-04.md").read_text()
    assert command("run", "morning", *DAY) == 0
    again, err = capsys.readouterr()
    assert again == out
    assert err == "summarizer: morning 2026-03-04 briefing: Council closes bridge (made before)\n"


def test_run_that_failed_says_what_broke_and_can_be_made_again(capsys: Captured) -> None:
    configure('on_failure = "failures.txt"')
    Path("news/a.md").rename("a.md")
    Path("news").rmdir()
    assert command("run", "morning", *DAY) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "no source could be read: " in err
    (line,) = Path("failures.txt").read_text().splitlines()
    assert line.endswith(": summarizer edition run morning --date 2026-03-04")
    Path("news").mkdir()
    Path("a.md").rename("news/a.md")
    assert command("run", "morning", *DAY) == 0
    assert "old bridge" in capsys.readouterr().out


def test_what_is_due_is_run_and_told_in_a_line(capsys: Captured, store: Database) -> None:
    now = clock.now()
    soon = now + timedelta(minutes=3)
    configure("", at=f'at = "{soon:%H:%M}"\nwindow_hours = 744')
    Path("news/a.md").write_text(ARTICLE.partition("\n---\n")[2])  # without a date
    specs.sync(store, settings.load(), folder=Path.cwd(), now=now - timedelta(hours=1))
    assert command("due") == 0
    assert capsys.readouterr().out == f"morning {soon:%F} briefing: Council closes bridge\n"
    assert command("due") == 0
    assert capsys.readouterr().out == ""


def test_day_that_was_missed_is_told_and_exits_1(capsys: Captured, store: Database) -> None:
    now = clock.now()
    configure("", at=f'at = "{now - timedelta(hours=13):%H:%M}"')
    specs.sync(store, settings.load(), folder=Path.cwd(), now=now - timedelta(hours=20))
    assert command("due") == 1
    missed = now - timedelta(hours=13)
    assert capsys.readouterr().out == f"morning {missed:%F} failed: {outcome.MISSED}\n"


def test_quiet_day_says_so_and_prints_no_briefing(capsys: Captured, store: Database) -> None:
    run_id = accepted(store)
    runs.settle(store, run_id, now=MORNING, outcome="quiet", message="nothing new in 1 source")
    assert command("run", "morning", *DAY) == 0
    line = "summarizer: morning 2026-03-04 quiet: nothing new in 1 source (made before)\n"
    assert capsys.readouterr() == ("", line)


@pytest.mark.parametrize(
    ("code", "exit_code"), [("configuration", 5), ("storage", 5), ("no_usable_source", 3)]
)
def test_exit_code_is_that_of_what_broke(store: Database, code: str, exit_code: int) -> None:
    run_id = accepted(store)
    runs.fail(store, run_id, code=code, message="it broke", now=MORNING)
    ended = runs.get(store, run_id)
    assert ended is not None
    error = working.failure(ended)
    assert str(error) == "it broke"
    assert EXIT_CODES.get(error.code, 1) == exit_code


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "evening"], 2, "there is no edition 'evening': choose one of morning"),
        (["run", "mornin"], 2, "there is no edition 'mornin': did you mean morning?"),
        (["show", "evening"], 2, "there is no edition 'evening'"),
        (["preview", "evening"], 2, "there is no edition 'evening'"),
        (["run", "morning", "--date", "tomorrow"], 2, "--date must be a calendar date such as"),
        (["run", "morning", "--date", "9999-01-01"], 2, "can be made: name a day up to"),
        (["run"], 2, "(see summarizer edition run --help)"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], code: int, message: str, capsys: Captured
) -> None:
    assert command(*arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"summarizer: .+\n", err)
    assert message in err


def test_list_names_the_schedule_and_the_last_run(capsys: Captured) -> None:
    configure("", at='cron = "0 6 * * mon"\ntimezone = "Asia/Tokyo"')
    assert command("list") == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["edition", "due", "next", "last"]
    assert re.fullmatch(r"morning  0 6 \* \* mon, Asia/Tokyo  Mon \d{4}-\d\d-\d\d 06:00  -", line)


def test_show_names_runs_sources_and_readers(capsys: Captured, store: Database) -> None:
    configure('recipients = ["a@example.org", "b@example.org"]\ntitle = "Desk"', at="")
    run_id = accepted(store)
    runs.claim(store, run_id, executor="here", now=MORNING)
    document = summarizer.document(f"The council has closed {'the old ' * 10}bridge.")
    later = MORNING + timedelta(seconds=7)
    runs.publish(store, run_id, summarizer.brief([document], day=DAY[1]), now=later)
    gone = SourceReport(source="Wire\x1b[1m", url=None, status="unreachable", at=MORNING)
    seen.record(store, "local", "morning", gone)
    outbox.unsubscribe(store, "local", "morning", "b@example.org", MORNING)
    assert command("show", "morning") == 0
    head, past, sources = capsys.readouterr().out.split("\n\n")
    assert [line.split(maxsplit=1)[1] for line in head.splitlines()] == [
        "morning Desk",
        "by hand",
        "-",
        "1 (1 unsubscribed)",
    ]
    assert past.splitlines()[1].removesuffix("...").split() == [
        *("2026-03-04", "briefing", "7", "s"),
        *f"The council has closed {'the old ' * 10}"[: reporting.MAX_TITLE].split(),
    ]
    assert sources.splitlines()[1].split() == [
        *("Wire[1m", "unreachable", "-"),
        *("Wed", "2026-03-04", "06:00"),
    ]


def test_run_of_another_process_is_waited_for(store: Database) -> None:
    told: list[str] = []
    run_id = accepted(store)

    def say(message: str) -> None:
        told.append(message)
        runs.settle(store, run_id, now=MORNING, outcome="quiet", message="by the other")

    assert store.path is not None
    with lock.hold(store.path):
        working.finish(store, settings.load(), [run_id], say=say)
    assert told == ["another process has the store: waiting for it to make the briefing"]


def test_run_that_was_deleted_is_not_waited_for(store: Database) -> None:
    working.finish(store, settings.load(), ["gone"], say=print)
