"""The commands on what is kept: `search`, `usage`, `backup`, `restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from summarizer.cli.program import Debug, app
from summarizer.errors import InputError
from summarizer.service import terminal
from summarizer.service.clock import now
from summarizer.service.delivery import files as delivery
from summarizer.types import Document

File = Annotated[Path, typer.Argument(metavar="FILE", help="File of the backup.")]


@contextmanager
def opened() -> Iterator[Any]:
    """Provide the store of the settings; its type would be imported before it is needed."""
    from summarizer import settings
    from summarizer.service.store.opening import open_store

    db = open_store(settings.load())
    try:
        yield db
    finally:
        db.close()


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words that all occur, and "phrases".')],
    *,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many of each kind.")] = 20,
    _debug: Debug = False,
) -> None:
    """Look for what briefings printed, and in the documents they were made from."""
    from summarizer.service.store import archive, claims

    first, last = _day("--from", from_), _day("--to", to)
    with opened() as db:
        hits, _ = claims.search(db, owner=None, q=query, from_day=first, to_day=last, limit=limit)
        found = archive.search_documents(db, None, query, limit, from_day=first, to_day=last)
    lines = [f"{hit.day or 'no day'}  {hit.edition or hit.run}  {hit.text}" for hit in hits]
    lines += [_line(hit.document, hit.passage) for hit in found]
    if not lines:
        terminal.say("nothing found")
    delivery.to_stdout("".join(f"{line}\n" for line in lines))


@app.command()
def usage(
    *,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Month, UTC (this one).")
    ] = None,
    _debug: Debug = False,
) -> None:
    """Print what models cost in a month, for each owner of briefings."""
    from summarizer.service.store import usage as spending

    start = now() if month is None else _start_of(month)
    head = ("owner", "runs", "calls", "input tokens", "output tokens", "US dollars")
    rows: list[tuple[str, ...]] = [head]
    with opened() as db:
        for owner, spent in spending.per_owner(db, start):
            unknown = f" and {spent.n_unpriced} of unknown price" if spent.n_unpriced else ""
            rows.append(
                (
                    owner,
                    f"{spent.runs:,}",
                    f"{spent.calls:,}",
                    f"{spent.input_tokens:,}",
                    f"{spent.output_tokens:,}",
                    f"{spent.usd:.4f}{unknown}",
                )
            )
    delivery.to_stdout(terminal.columns(rows))


@app.command()
def backup(file: File, *, _debug: Debug = False) -> None:
    """Copy the store into one file, while it is in use."""
    from summarizer.service.store import backup as copies

    with opened() as db:
        copies.backup(db, file)
    terminal.say(f"{file}: {file.stat().st_size:,} bytes")


@app.command()
def restore(file: File, *, _debug: Debug = False) -> None:
    """Put a backup in the place of the store, which nobody may be using."""
    from summarizer import settings
    from summarizer.service.store import backup as copies
    from summarizer.service.store.opening import url_of

    copies.restore(file, url_of(settings.load()))
    terminal.say(f"{file}: restored")


def _day(option: str, value: str | None) -> str | None:
    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InputError(f"{option}: write a day like 2026-03-04") from error


def _start_of(month: str) -> datetime:
    try:
        return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError("--month: write a month like 2026-03") from error


def _line(document: Document, passage: str) -> str:
    """Say in one line what a document is, where it is from and what it says."""
    day = (document.published or "no day")[: len("2026-03-04")]
    parts = (day, document.source, document.title, passage, document.url)
    return "  ".join(dict.fromkeys(part for part in parts if part))
