"""A process that delivers is killed at each moment that matters; another goes on."""

import json
import subprocess
import sys

import pytest

from summarizer.service.delivery import outbox
from tests.service.delivery.conftest import NOW, Desk

DISPATCH = """
import json, sys
from datetime import datetime
from summarizer.service.delivery import outbox
from summarizer.service.store import database
from summarizer.settings import Settings
db = database.open(sys.argv[1])
sys.stdin.readline()
now = datetime.fromisoformat(sys.argv[3])
outbox.dispatch(db, Settings(**json.loads(sys.argv[2])), lambda: now)
"""


def process(desk: Desk) -> "subprocess.Popen[bytes]":
    """Start a process that dispatches when its input ends."""
    given = desk.settings.model_dump(mode="json", include={"email", "networks", "server"})
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", DISPATCH, str(desk.db.path), json.dumps(given), NOW.isoformat()],
        stdin=subprocess.PIPE,
    )


def killed(found: "subprocess.Popen[bytes]") -> None:
    """Let a process go on until somebody kills it."""
    found.communicate(timeout=60)
    assert found.returncode == -9


@pytest.mark.parametrize(("command", "status"), [("RCPT", "sent"), ("DATA", "failed")])
def test_mail_is_sent_once_wherever_its_process_is_killed(
    desk: Desk, command: str, status: str
) -> None:
    desk.publish(desk.edition(recipients=("a@example.org",)))
    first = process(desk)
    desk.inbox.at[command] = first.kill
    killed(first)

    outbox.recover(desk.db, desk.clock(), before=outbox.ANY_TIME)
    desk.dispatch()
    assert len(desk.inbox.mails) == 1
    assert desk.only().status == status


def test_webhook_is_told_again_under_the_same_id(desk: Desk) -> None:
    desk.publish(desk.edition(webhooks=desk.webhooks))
    first = process(desk)
    desk.hook.at_post = first.kill
    killed(first)

    outbox.recover(desk.db, desk.clock(), before=outbox.ANY_TIME)
    assert desk.dispatch() == 1
    ids = [posted.headers["x-summarizer-delivery"] for posted in desk.hook.posted]
    assert len(ids) == 2
    assert len(set(ids)) == 1
