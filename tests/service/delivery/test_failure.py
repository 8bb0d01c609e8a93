from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from summarizer.service.delivery import failure, web
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.service.delivery.web import Web
from tests.service.delivery.conftest import NOW
from tests.service.delivery.servers import Hook

LINE = "morning, 2026-03-04: no briefing: no source could be read"


def test_line_is_added_to_a_file_that_is_made_when_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "failures"
    failure.append(path, LINE, again=False)
    failure.append(path, "another\nline\x1b[31m", again=False)
    assert path.read_text() == f"{LINE}\nanother line[31m\n"


def test_line_that_may_be_there_is_not_added_twice(tmp_path: Path) -> None:
    path = tmp_path / "failures"
    path.write_text("x" * 70_000 + "\n")
    failure.append(path, LINE, again=True)
    failure.append(path, LINE, again=True)
    assert path.read_text().count(LINE) == 1


def test_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="Is a directory: make it writable") as caught:
        failure.append(tmp_path, LINE, again=False)
    assert caught.value.fate == "later"


def test_line_is_posted_as_text(hook: Hook) -> None:
    asking = Web(web.policy(["127.0.0.0/8"]))
    failure.post(asking, hook.url, LINE)
    asking.close()
    assert hook.posted[0].body.decode() == LINE + "\n"
    assert hook.posted[0].headers["content-type"] == "text/plain; charset=utf-8"


def test_line_is_a_mail_with_itself_as_the_subject() -> None:
    made = failure.mail(
        LINE, sender="desk@example.org", to="ops@example.org", delivery="d", now=NOW
    )
    message = message_from_bytes(made.content, policy=default)
    assert message["Subject"] == f"summarizer: {LINE}"
    assert made.recipient == message["To"] == "ops@example.org"


@pytest.mark.parametrize(
    ("target", "recipient"),
    [("mailto:ops@example.org", "ops@example.org"), ("MAILTO:a@b.example", "a@b.example")],
)
def test_mail_targets_name_their_recipient(target: str, recipient: str) -> None:
    assert failure.recipient(target) == recipient


@pytest.mark.parametrize("target", ["https://a.example/hook", "/var/log/failures"])
def test_other_targets_have_no_recipient(target: str) -> None:
    assert failure.recipient(target) is None
