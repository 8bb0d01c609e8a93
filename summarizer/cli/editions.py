"""The commands of editions: run one now, preview it, list them, show one, run what is due."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.program import INTERNAL, OK, Debug, app
from summarizer.errors import InputError
from summarizer.service import terminal
from summarizer.service.clock import now
from summarizer.service.delivery import files

edition = typer.Typer(rich_markup_mode=None)
app.add_typer(edition, name="edition")

Name = Annotated[str, typer.Argument(metavar="NAME", help="As in [editions.NAME].")]


@edition.callback()
def _edition() -> None:
    """Make recurring briefings, and look at them."""


@edition.command()
def run(
    name: Name,
    *,
    on: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="Local day to make up for (today)."),
    ] = None,
    _debug: Debug = False,
) -> None:
    """Make the briefing of a day, deliver it and print it; needs no server."""
    from summarizer import settings
    from summarizer.service import working
    from summarizer.service.editions import manual, outcome, reporting, specs
    from summarizer.service.store import runs

    day = None if on is None else _day(on)
    configured = settings.load()
    with working.store(configured, folder=Path.cwd()) as db:
        stored = specs.find(db, name)
        accepted, is_new = manual.accept(db, stored, now=now(), day=day)
        if accepted.is_over:
            terminal.say(f"{reporting.line(accepted)} (made before)")
        with terminal.progress():
            working.finish(db, configured, [accepted.id], say=terminal.say)
        ended = runs.get(db, accepted.id) or accepted
        if is_new or not accepted.is_over:
            terminal.say(reporting.line(ended))
        if ended.briefing is not None:
            files.to_stdout(working.text(db, ended))
        elif outcome.has_failed(ended):
            raise working.failure(ended)


@edition.command()
def preview(name: Name, *, _debug: Debug = False) -> None:
    """Print what the edition would say now; nothing is published and nothing is sent."""
    from summarizer import settings
    from summarizer.cli.program import say_left_out
    from summarizer.render import render
    from summarizer.service import making, working
    from summarizer.service.editions import specs

    configured = settings.load()
    with working.store(configured, folder=Path.cwd()) as db:
        stored = specs.find(db, name)
        with terminal.progress():
            briefing = making.preview(db, configured, stored, now=now())
    files.to_stdout(render(briefing, "text"))
    say_left_out(briefing.notes)


@edition.command()
def resend(
    name: Name,
    *,
    on: Annotated[str, typer.Option("--date", metavar="YYYY-MM-DD", help="Local day of the run.")],
    _debug: Debug = False,
) -> None:
    """Send again what of a day's briefing could not be delivered."""
    from summarizer import settings
    from summarizer.service import working
    from summarizer.service.delivery import outbox
    from summarizer.service.editions import manual, specs

    configured = settings.load()
    with working.store(configured, folder=Path.cwd()) as db:
        found = manual.find(db, specs.find(db, name), _day(on))
        n_again = outbox.resend(db, found.id, now())
        working.deliver(db, configured)
    terminal.say(f"{name}, {on}: deliveries sent again: {n_again}")


@edition.command("list")
def list_(*, _debug: Debug = False) -> None:
    """List the editions, when each is due and how it went last."""
    from summarizer import settings
    from summarizer.service import working
    from summarizer.service.editions import reporting

    with working.store(settings.load(), folder=Path.cwd()) as db:
        files.to_stdout(reporting.overview(db, now()))


@edition.command()
def show(name: Name, *, _debug: Debug = False) -> None:
    """Show when an edition is due, its last runs, its sources and its readers."""
    from summarizer import settings
    from summarizer.service import working
    from summarizer.service.editions import reporting, specs

    with working.store(settings.load(), folder=Path.cwd()) as db:
        files.to_stdout(reporting.details(db, specs.find(db, name), now()))


@edition.command()
def due(*, _debug: Debug = False) -> int:
    """Run every edition that is due now and was not run, for cron; exit 1 when one failed."""
    from summarizer import settings
    from summarizer.service import working
    from summarizer.service.editions import outcome, reporting, ticker
    from summarizer.service.store import editions, runs

    configured = settings.load()
    with working.store(configured, folder=Path.cwd()) as db:
        made = ticker.tick(db, editions.all(db), now())
        working.finish(db, configured, [each.id for each in made], say=terminal.say)
        working.deliver(db, configured)  # also what an earlier run could not
        ended = [runs.get(db, each.id) or each for each in made]
    files.to_stdout("".join(f"{reporting.line(each)}\n" for each in ended))
    return INTERNAL if any(map(outcome.has_failed, ended)) else OK


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError("--date must be a calendar date such as 2026-03-04") from error
