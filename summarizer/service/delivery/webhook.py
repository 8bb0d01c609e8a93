"""Tell a program of a briefing: a signed POST that it can tell from a forged or a repeated one."""

import hmac
from datetime import datetime
from hashlib import sha256

from summarizer.service.delivery.web import Web
from summarizer.service.store import encoding
from summarizer.types import Json

DELIVERY = "X-Summarizer-Delivery"
SIGNATURE = "X-Summarizer-Signature"


def send(web: Web, url: str, content: Json, *, secret: str, delivery: str, now: datetime) -> None:
    """Send `content` as JSON.

    Args:
        web: what asks.
        url: of the program.
        content: the edition, the day, the outcome, and the briefing or the message.
        secret: that both sides know.
        delivery: the same for each attempt, so that the program can drop what it has.
        now: the moment, which is signed, so that the program can refuse what is old.

    Raises:
        DeliveryError: the program has not said that it took it.
    """
    body = encoding.dumps(content).encode()
    headers = {
        "Content-Type": "application/json",
        DELIVERY: delivery,
        SIGNATURE: signature(body, secret, int(now.timestamp())),
    }
    web.post(url, body, headers)


def signature(body: bytes, secret: str, seconds: int) -> str:
    """Return the header that proves who sent a body, and when: "t=SECONDS,v1=HEX"."""
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, sha256)
    return f"t={seconds},v1={signed.hexdigest()}"
