"""The commands on who may ask over HTTP: `token add`, `token list`, `token revoke`."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import typer

from summarizer.cli.program import Debug, app
from summarizer.cli.store import opened
from summarizer.errors import InputError
from summarizer.service import terminal
from summarizer.service.clock import now
from summarizer.service.delivery import files as delivery

token = typer.Typer(rich_markup_mode=None)
app.add_typer(token, name="token")


@token.callback()
def _token() -> None:
    """Say who may ask over HTTP."""


@token.command()
def add(
    name: Annotated[str, typer.Argument(help="Who it is for; what is made with it is theirs.")],
    *,
    scope: Annotated[
        list[str] | None, typer.Option(metavar="read|write|admin", help="Repeatable (read, write).")
    ] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The last day it is valid, UTC.")
    ] = None,
    budget_usd_month: Annotated[
        float | None, typer.Option(min=0, help="US dollars its runs may cost in a month.")
    ] = None,
    _debug: Debug = False,
) -> None:
    """Make a token and print its secret, this one time."""
    from summarizer.service.store import tokens

    with opened() as db:
        secret = tokens.add(
            db,
            name,
            scopes=scope or ("read", "write"),
            expires=None if expires is None else _end_of(expires),
            budget_usd_month=budget_usd_month,
            now=now(),
        )
    delivery.to_stdout(f"{secret}\n")


@token.command("list")
def show(*, _debug: Debug = False) -> None:
    """Print all tokens, without their secrets."""
    from summarizer.service.store import tokens

    moment = now()
    rows: list[tuple[str, ...]] = [("name", "scopes", "made", "expires", "US dollars a month", "")]
    with opened() as db:
        for known in tokens.list(db):
            expires = "" if known.expires is None else f"{_last_day(known.expires)}"
            budget = "" if known.budget_usd_month is None else f"{known.budget_usd_month:.2f}"
            state = "revoked" if known.revoked else "" if known.is_valid(moment) else "expired"
            scopes = " ".join(sorted(known.scopes))
            rows.append((known.name, scopes, f"{known.created:%F}", expires, budget, state))
    delivery.to_stdout(terminal.columns(rows))


@token.command()
def revoke(name: str, *, _debug: Debug = False) -> None:
    """End a token now."""
    from summarizer.service.store import tokens

    with opened() as db:
        if not tokens.revoke(db, name, now()):
            raise InputError(f"no token {name} to revoke: see summarizer token list")


def _end_of(day: str) -> datetime:
    """Return the moment a day is over."""
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise InputError("--expires: write a day like 2027-03-04") from error


def _last_day(expires: datetime) -> date:
    """Return the day at whose end a token expires."""
    return (expires - timedelta(microseconds=1)).date()
