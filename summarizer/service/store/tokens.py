"""Who may ask over HTTP: named secrets, of which only a hash is kept."""

import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from summarizer.errors import InputError
from summarizer.service.store import schema
from summarizer.service.store.database import Database, insert, moment, stamp

SCOPES = ("read", "write", "admin")
PREFIX = "summarizer_"  # so that a scanner for secrets finds one that leaked
_N_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_tokens = schema.tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token without its secret."""

    name: str  # the owner of all that is made with it
    scopes: frozenset[str]
    expires: datetime | None  # it is valid before
    budget_usd_month: float | None
    created: datetime
    revoked: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether somebody may ask with it now."""
        return self.revoked is None and (self.expires is None or now < self.expires)


def add(
    db: Database,
    name: str,
    *,
    scopes: Collection[str],
    expires: datetime | None = None,
    budget_usd_month: float | None = None,
    now: datetime,
) -> str:
    """Make a token and return its secret, which cannot be shown again.

    The name of a token that is revoked or expired may be used again, for what its owner had.

    Raises:
        InputError: the name, a scope or a limit cannot be used; the message says which.
    """
    if not _NAME.fullmatch(name):
        raise InputError("name of a token: use up to 64 letters, digits, dots, - and _")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise InputError(f"scope: choose among {', '.join(SCOPES)}")
    if expires is not None and expires <= now:
        raise InputError("expires: name a day to come")
    if budget_usd_month is not None and not 0 <= budget_usd_month < float("inf"):
        raise InputError("budget_usd_month: name an amount from 0")
    secret = PREFIX + secrets.token_urlsafe(_N_BYTES)
    row = {
        "hash": _hash(secret),
        "scopes": " ".join(sorted(set(scopes))),
        "expires": None if expires is None else stamp(expires),
        "budget_usd_month": budget_usd_month,
        "created": stamp(now),
        "revoked": None,
    }
    over = _tokens.c.revoked.is_not(None) | (_tokens.c.expires <= stamp(now))
    with db.writing() as connection:
        made = insert(connection, _tokens).values(name=name, **row)
        made = made.on_conflict_do_update(index_elements=["name"], set_=row, where=over)
        if connection.execute(made.returning(_tokens.c.name)).first() is None:
            raise InputError(f"token {name} exists: revoke it first, or choose another name")
    return secret


def check(db: Database, secret: str, *, now: datetime) -> Token | None:
    """Return the token that a secret belongs to; None when it is none, expired or revoked.

    The time it takes says nothing about a secret: what is looked up is its hash.
    """
    hash_ = _hash(secret)
    with db.reading() as connection:
        row = (
            connection.execute(sa.select(_tokens).where(_tokens.c.hash == hash_)).mappings().first()
        )
    if row is None or not hmac.compare_digest(row["hash"], hash_):
        return None
    token = _read(row)
    return token if token.is_valid(now) else None


def revoke(db: Database, name: str, now: datetime) -> bool:
    """End a token; False when there is none of this name, or it is revoked already."""
    is_it = (_tokens.c.name == name) & _tokens.c.revoked.is_(None)
    with db.writing() as connection:
        return (
            connection.execute(_tokens.update().where(is_it).values(revoked=stamp(now))).rowcount
            == 1
        )


def any(db: Database, now: datetime) -> bool:  # noqa: A001 - read as tokens.any
    """Tell whether there is a token somebody may ask with now."""
    return next((True for token in list(db) if token.is_valid(now)), False)


def list(db: Database) -> tuple[Token, ...]:  # noqa: A001 - read as tokens.list
    """Return all tokens by name, those that are over too."""
    with db.reading() as connection:
        rows = connection.execute(sa.select(_tokens).order_by(_tokens.c.name)).mappings()
        return tuple(_read(row) for row in rows)


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _read(row: sa.RowMapping) -> Token:
    return Token(
        name=row["name"],
        scopes=frozenset(row["scopes"].split()),
        expires=moment(row["expires"]) if row["expires"] else None,
        budget_usd_month=row["budget_usd_month"],
        created=moment(row["created"]),
        revoked=moment(row["revoked"]) if row["revoked"] else None,
    )
