"""The way out of a list of recipients: an address that only its reader gets, and nobody can guess.

It carries what it stands for, signed with a secret of this store, so that nothing is kept for it.
"""

import binascii
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from summarizer.service.store import facts, outbox
from summarizer.service.store.database import Database

PATH = "/unsubscribe"  # with ?token=
MAX_TOKEN_CHARS = 2_000

_FACT = "unsubscribe_secret"
_N_BYTES = 16  # of the signature
_PAD = "="


class Subscription(NamedTuple):
    """A recipient of an edition."""

    owner: str
    edition: str
    recipient: str


def unsubscribe_url(db: Database, public_url: str, subscription: Subscription) -> str:
    """Return the address at which a POST ends a subscription."""
    token = quote(_token(subscription, _secret(db)), safe="")
    return f"{public_url.rstrip('/')}{PATH}?token={token}"


def check(db: Database, token: str) -> Subscription | None:
    """Return what a token of this store stands for; None when it is none."""
    if len(token) > MAX_TOKEN_CHARS or not token.isascii():
        return None
    told, _, signature = token.partition(".")
    if not hmac.compare_digest(signature, _signature(told, _secret(db))):
        return None
    try:
        return Subscription(*json.loads(_unpacked(told)))
    except (binascii.Error, UnicodeDecodeError, TypeError, ValueError):  # of an older program
        return None


def end(db: Database, token: str, now: datetime) -> Subscription | None:
    """End a subscription and return it; None when the token is none of this store."""
    subscription = check(db, token)
    if subscription is not None:
        outbox.unsubscribe(db, *subscription, now)
    return subscription


def _token(subscription: Subscription, secret: str) -> str:
    told = _packed(json.dumps(subscription, separators=(",", ":")).encode())
    return f"{told}.{_signature(told, secret)}"


def _signature(told: str, secret: str) -> str:
    return _packed(hmac.digest(secret.encode(), told.encode(), sha256)[:_N_BYTES])


def _packed(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip(_PAD)


def _unpacked(text: str) -> bytes:
    return urlsafe_b64decode(text + _PAD * (-len(text) % 4))


def _secret(db: Database) -> str:
    return facts.get(db, _FACT) or facts.put_once(db, _FACT, secrets.token_hex(32))
