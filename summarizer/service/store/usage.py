"""What models cost: one row for each run that ended, kept when the run is deleted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from summarizer.service.store import schema
from summarizer.service.store.database import Database, stamp
from summarizer.types import Usage

_usage, _runs = schema.usage, schema.runs
_N_DAY = len("2026-03-04")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What some runs cost together."""

    runs: int
    calls: int
    cached_calls: int
    input_tokens: int
    output_tokens: int
    usd: float  # of the runs whose price is known
    n_unpriced: int  # runs whose price is not

    @property
    def tokens(self) -> int:
        """Return the tokens sent and received."""
        return self.input_tokens + self.output_tokens


def append(connection: sa.Connection, run: str, spent: Usage, *, now: datetime) -> None:
    """Note what a run cost, within the transaction that ends it."""
    who = sa.select(_runs.c.owner, _runs.c.edition).where(_runs.c.id == run)
    owner, edition = connection.execute(who).one()
    connection.execute(
        _usage.insert().values(
            run=run,
            owner=owner,
            edition=edition,
            day=stamp(now)[:_N_DAY],
            calls=spent.calls,
            cached_calls=spent.cached_calls,
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            cost_usd=spent.cost_usd,
        )
    )


def month(db: Database, owner: str | None, now: datetime, *, edition: str | None = None) -> Spent:
    """Return what an owner, or one edition of theirs, has cost in the calendar month (UTC)."""
    condition = _of(owner) & _usage.c.day.startswith(_month(now))
    if edition is not None:
        condition &= _usage.c.edition == edition
    with db.reading() as connection:
        return _spent(connection.execute(sa.select(*_sums()).where(condition)).mappings().one())


def per_owner(db: Database, now: datetime) -> list[tuple[str, Spent]]:
    """Return what each owner has cost in the calendar month (UTC), by name."""
    return _grouped(db, _usage.c.owner, _usage.c.day.startswith(_month(now)))


def per_day(
    db: Database, owner: str | None, from_day: str | None = None, to_day: str | None = None
) -> list[tuple[str, Spent]]:
    """Return what each day (UTC) cost, oldest first; owner None: everybody; both days included."""
    condition = _of(owner)
    if from_day is not None:
        condition &= _usage.c.day >= from_day
    if to_day is not None:
        condition &= _usage.c.day <= to_day
    return _grouped(db, _usage.c.day, condition)


def _of(owner: str | None) -> sa.ColumnElement[bool]:
    return sa.true() if owner is None else _usage.c.owner == owner


def _month(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m")


def _grouped(
    db: Database, key: sa.Column[str], condition: sa.ColumnElement[bool]
) -> list[tuple[str, Spent]]:
    asked = sa.select(key, *_sums()).where(condition).group_by(key).order_by(key)
    with db.reading() as connection:
        return [(row[key.name], _spent(row)) for row in connection.execute(asked).mappings()]


def _sums() -> list[sa.ColumnElement[Any]]:
    totals = ("calls", "cached_calls", "input_tokens", "output_tokens", "cost_usd")
    return [
        sa.func.count().label("runs"),
        sa.func.count(_usage.c.cost_usd).label("n_priced"),
        *(sa.func.coalesce(sa.func.sum(_usage.c[name]), 0).label(name) for name in totals),
    ]


def _spent(row: sa.RowMapping) -> Spent:
    return Spent(
        runs=row["runs"],
        calls=row["calls"],
        cached_calls=row["cached_calls"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        usd=float(row["cost_usd"]),
        n_unpriced=row["runs"] - row["n_priced"],
    )
