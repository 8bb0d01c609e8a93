import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.delivery import web, webhook
from summarizer.service.delivery.web import Web
from tests.service.delivery.conftest import SECRET
from tests.service.delivery.servers import Hook

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)


def test_other_side_can_check_who_sent_it_and_when(hook: Hook) -> None:
    asking = Web(web.policy(["127.0.0.0/8"]))
    content = {"edition": "morning", "briefing": {"title": "Überblick \ud800"}}
    webhook.send(asking, hook.url, content, secret=SECRET, delivery="d-1", now=NOW)  # type: ignore[arg-type]
    asking.close()

    (posted,) = hook.posted
    moment, _, signed = posted.headers["x-summarizer-signature"].partition(",v1=")
    seconds = moment.removeprefix("t=")
    expected = hmac.new(SECRET.encode(), f"{seconds}.".encode() + posted.body, sha256)
    assert signed == expected.hexdigest()
    assert int(seconds) == int(NOW.timestamp())
    assert posted.headers["x-summarizer-delivery"] == "d-1"
    assert posted.headers["content-type"] == "application/json"
    assert json.loads(posted.body) == content


@given(st.binary(max_size=50), st.text(min_size=1, max_size=20), st.integers(0, 2**40))
def test_another_body_secret_or_second_has_another_signature(
    body: bytes, secret: str, seconds: int
) -> None:
    signed = webhook.signature(body, secret, seconds)
    assert signed != webhook.signature(body + b"0", secret, seconds)
    assert signed != webhook.signature(body, secret + "x", seconds)
    assert signed != webhook.signature(body, secret, seconds + 1)
