import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from summarizer.service.delivery import outbox, unsubscribing
from summarizer.service.delivery.attempts import MAX_ATTEMPTS, WAITS_MIN
from summarizer.service.delivery.outbox import Dispatcher
from summarizer.service.store import outbox as kept
from summarizer.service.store.outbox import NewDelivery
from summarizer.settings.editions import Edition
from tests.service.delivery.conftest import NOW, Desk, settings_for
from tests.service.delivery.servers import free_port

RESEND = "summarizer edition resend morning --date 2026-03-04"


def everything(desk: Desk) -> Edition:
    return desk.reporting(
        recipients=("a@example.org", "b@example.org"),
        files=(str(desk.folder / "{edition}" / "{day}.html"), str(desk.folder / "latest.json")),
        webhooks=desk.webhooks,
        heartbeat_url=desk.hook.url + "&beat=1",
    )


def test_plan_names_each_target_once_and_the_same_each_time(desk: Desk) -> None:
    asked = desk.edition(
        recipients=("a@example.org", "a@example.org"), files=("{edition}-{day}.md",)
    )
    run = desk.accept(asked)
    planned = outbox.plan(asked, run, desk.briefing)

    assert [(d.channel, d.target) for d in planned] == [
        ("file", "morning-2026-03-04.md"),
        ("mail", "a@example.org"),
    ]
    assert planned == outbox.plan(asked, run, desk.briefing)
    other = outbox.plan(asked, replace(run, id="run-2"), desk.briefing)
    assert {d.id for d in planned}.isdisjoint(d.id for d in other)


def test_quiet_day_is_told_to_readers_and_leaves_their_files(desk: Desk) -> None:
    asked = everything(desk)
    planned = outbox.plan(asked, desk.accept(asked), "nothing new", is_quiet=True)
    assert [d.channel for d in planned] == ["mail", "mail", "webhook", "heartbeat"]


def test_what_broke_is_told_to_on_failure_alone(desk: Desk) -> None:
    asked = everything(desk)
    run = desk.accept(asked)
    (planned,) = outbox.plan(asked, run, "no source")
    assert (planned.channel, planned.target) == ("failure", asked.on_failure)
    assert outbox.plan(desk.edition(), run, "no source") == []


def test_briefing_arrives_everywhere_once(any_desk: Desk) -> None:
    desk = any_desk
    desk.publish(everything(desk))
    assert desk.dispatch() == 6
    assert desk.dispatch() == 0

    recipients = sorted(mail.rcpt_tos for mail in desk.inbox.mails)
    assert recipients == [["a@example.org"], ["b@example.org"]]
    assert sorted(posted.method for posted in desk.hook.posted) == ["GET", "POST"]
    page = desk.folder / "morning" / "2026-03-04.html"
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert json.loads((desk.folder / "latest.json").read_text())["id"] == desk.briefing.id
    assert desk.failures == []
    assert {d.status for d in kept.of_run(desk.db, "run-1")} == {"sent"}


def test_mail_is_titled_dated_and_can_be_ended(desk: Desk) -> None:
    run = desk.publish(desk.edition(recipients=("a@example.org",)))
    desk.dispatch()

    content = desk.inbox.mails[0].content
    message = message_from_bytes(content, policy=default)
    assert message["Subject"] == f"Morning: {desk.briefing.stories[0].headline.text}"
    assert message["Date"].datetime == NOW
    assert desk.only().id in message["Message-ID"]
    token = parse_qs(urlsplit(message["List-Unsubscribe"].strip("<>")).query)["token"][0]
    assert unsubscribing.check(desk.db, token) == ("local", "morning", "a@example.org")
    assert f"https://news.example.org/briefings/{run.id}" in content.decode("ascii")


def test_without_a_public_address_a_mail_names_none(desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(update={"server": type(desk.settings.server)()})
    desk.publish(desk.edition(recipients=("a@example.org",)))
    desk.dispatch()
    message = message_from_bytes(desk.inbox.mails[0].content, policy=default)
    assert message["List-Unsubscribe"] == "<mailto:desk@example.org?subject=unsubscribe>"


def test_webhook_tells_what_the_run_became(desk: Desk) -> None:
    desk.publish(desk.edition(webhooks=desk.webhooks))
    desk.dispatch()
    told = json.loads(desk.hook.posted[0].body)
    assert (told["edition"], told["day"], told["outcome"]) == ("morning", "2026-03-04", "briefing")
    assert told["briefing"]["id"] == desk.briefing.id
    assert desk.hook.posted[0].headers["x-summarizer-delivery"] == desk.only().id


def test_quiet_day_is_a_mail_and_a_post_of_what_was_said(desk: Desk) -> None:
    asked = desk.edition(recipients=("a@example.org",), webhooks=desk.webhooks)
    desk.settle(asked, "quiet", "nothing new since 2026-03-03")

    assert desk.dispatch() == 2
    content = desk.inbox.mails[0].content
    assert b"Subject: Morning: nothing new since 2026-03-03" in content
    told = json.loads(desk.hook.posted[0].body)
    assert (told["outcome"], told["briefing"]) == ("quiet", None)
    assert told["message"] == "nothing new since 2026-03-03"


@pytest.mark.parametrize("kind", ["mail", "web", "file"])
def test_line_on_what_broke_arrives_once(desk: Desk, kind: str) -> None:
    file = desk.folder / "failures"
    targets = {"mail": "mailto:ops@example.org", "web": desk.hook.url, "file": str(file)}
    desk.settle(desk.edition(on_failure=targets[kind]), "failed", "no source could be read")

    assert desk.dispatch() == 1
    assert desk.dispatch() == 0
    arrived = [
        *(mail.content for mail in desk.inbox.mails),
        *(posted.body for posted in desk.hook.posted),
        *(line.encode() for line in desk.failures),
    ]
    assert len(arrived) == 1
    assert b"no source could be read" in arrived[0]


def test_each_attempt_waits_longer_until_it_is_given_up(desk: Desk) -> None:
    desk.hook.status = 503
    desk.publish(desk.reporting(webhooks=desk.webhooks))
    for minutes in WAITS_MIN:
        desk.dispatch()
        desk.clock.move(minutes=minutes, seconds=-1)
        assert desk.dispatch() == 0
        desk.clock.move(seconds=1)
    assert len(desk.hook.posted) == MAX_ATTEMPTS - 1
    desk.dispatch()
    desk.dispatch()

    assert len(desk.hook.posted) == MAX_ATTEMPTS
    assert len({posted.headers["x-summarizer-delivery"] for posted in desk.hook.posted}) == 1
    assert desk.only("webhook").status == "failed"
    (line,) = desk.failures
    assert line.startswith("morning, 2026-03-04: 127.0.0.1 was not reached:")
    assert line.endswith(RESEND)
    assert "hidden" not in line


def test_attempt_that_works_later_arrives(desk: Desk) -> None:
    desk.publish(desk.edition(recipients=("a@example.org",)))
    desk.inbox.answers["a@example.org"] = "451 greylisted"
    assert desk.dispatch() == 0
    assert "greylisted" in str(desk.only().message)
    desk.inbox.answers.clear()
    desk.clock.move(minutes=1)
    assert desk.dispatch() == 1
    assert len(desk.inbox.mails) == 1


def test_refused_recipient_is_not_asked_again_and_others_get_theirs(desk: Desk) -> None:
    desk.publish(desk.reporting(recipients=("a@example.org", "b@example.org", "c@example.org")))
    desk.inbox.answers |= {"a@example.org": "550 gone", "b@example.org": "550 gone"}
    desk.dispatch()
    desk.clock.move(hours=24)
    desk.dispatch()

    assert [mail.rcpt_tos for mail in desk.inbox.mails] == [["c@example.org"]]
    mails = (d for d in kept.of_run(desk.db, "run-1") if d.channel == "mail")
    assert {d.target: d.status for d in mails} == {
        "a@example.org": "failed",
        "b@example.org": "failed",
        "c@example.org": "sent",
    }
    assert len(desk.failures) == 1


def test_mail_that_may_have_been_taken_is_not_sent_again(desk: Desk) -> None:
    desk.inbox.breaks_after_data = True
    desk.publish(desk.edition(recipients=("a@example.org",)))
    desk.dispatch()
    desk.clock.move(hours=24)
    desk.dispatch()

    assert len(desk.inbox.mails) == 1
    assert desk.only().status == "failed"
    assert "before it said whether it took the mail" in str(desk.only().message)
    assert RESEND in str(desk.only().message)


def test_what_is_sent_again_by_hand_keeps_its_name(desk: Desk) -> None:
    desk.inbox.breaks_after_data = True
    desk.publish(desk.edition(recipients=("a@example.org",)))
    desk.dispatch()
    desk.inbox.breaks_after_data = False

    assert outbox.resend(desk.db, "run-1", desk.clock()) == 1
    assert outbox.resend(desk.db, "run-1", desk.clock()) == 0
    assert desk.dispatch() == 1
    assert outbox.resend(desk.db, "run-1", desk.clock()) == 0
    contents = (mail.content for mail in desk.inbox.mails)
    names = [message_from_bytes(content, policy=default)["Message-ID"] for content in contents]
    assert len(names) == 2
    assert len(set(names)) == 1


def test_what_fails_again_can_be_sent_a_third_time(desk: Desk) -> None:
    desk.inbox.answers["a@example.org"] = "550 full"
    desk.publish(desk.edition(recipients=("a@example.org",)))
    for _ in range(3):
        desk.dispatch()
        assert outbox.resend(desk.db, "run-1", desk.clock()) == 1
    desk.inbox.answers.clear()
    assert desk.dispatch() == 1


def test_who_has_unsubscribed_gets_nothing(desk: Desk) -> None:
    desk.publish(desk.reporting(recipients=("a@example.org", "b@example.org")))
    kept.unsubscribe(desk.db, "local", "morning", "a@example.org", NOW)
    kept.unsubscribe(desk.db, "local", "evening", "b@example.org", NOW)

    assert desk.dispatch() == 1
    assert [mail.rcpt_tos for mail in desk.inbox.mails] == [["b@example.org"]]
    assert desk.failures == []


def test_missing_sender_is_named_and_waited_for(desk: Desk) -> None:
    whole = desk.settings
    desk.settings = settings_for(desk.inbox.port, sender=None)
    desk.publish(desk.edition(recipients=("a@example.org",)))
    desk.dispatch()
    assert "set sender in [email]" in str(desk.only().message)
    desk.settings = whole
    desk.clock.move(minutes=1)
    assert desk.dispatch() == 1


def test_unreachable_mail_server_delays_all_mails_and_no_file(desk: Desk) -> None:
    desk.settings = settings_for(free_port())
    recipients = ("a@example.org", "b@example.org")
    desk.publish(desk.edition(recipients=recipients, files=(str(desk.folder / "{day}.md"),)))
    assert desk.dispatch() == 1
    assert kept.due(desk.db, desk.clock()) == []
    desk.clock.move(minutes=1)
    assert len(kept.due(desk.db, desk.clock())) == 2


def test_heartbeat_that_fails_is_not_tried_again(desk: Desk) -> None:
    desk.hook.status = 500
    desk.publish(desk.reporting(heartbeat_url=desk.hook.url))
    desk.dispatch()
    desk.clock.move(hours=1)
    desk.dispatch()
    assert len(desk.hook.posted) == 1
    assert desk.failures == []


def test_file_whose_folder_cannot_be_made_is_tried_again(desk: Desk) -> None:
    blocked = desk.folder / "blocked"
    blocked.write_text("a file, not a folder")
    desk.publish(desk.edition(files=(str(blocked / "{day}.md"),)))
    assert desk.dispatch() == 0
    assert "make its folder" in str(desk.only().message)
    blocked.unlink()
    desk.clock.move(minutes=1)
    assert desk.dispatch() == 1
    assert "Morning" in (blocked / "2026-03-04.md").read_text()


def test_file_that_is_a_folder_is_tried_again(desk: Desk) -> None:
    (desk.folder / "2026-03-04.md").mkdir()
    desk.publish(desk.edition(files=(str(desk.folder / "{day}.md"),)))
    assert desk.dispatch() == 0
    assert desk.only().status == "pending"
    assert "write to another file" in str(desk.only().message)


@pytest.mark.parametrize("suffix", ["md", "html", "json", "txt", "eml", "unknown"])
def test_file_has_the_format_of_its_suffix(desk: Desk, suffix: str) -> None:
    desk.publish(desk.edition(files=(str(desk.folder / f"latest.{suffix}"),)))
    assert desk.dispatch() == 1
    begins = {"md": "# Morning", "html": "<!DOCTYPE", "json": "{", "eml": "Subject: Morning: "}
    written = (desk.folder / f"latest.{suffix}").read_text()
    assert written.startswith(begins.get(suffix, "Morning\n======="))


def test_unwritable_address_is_refused_and_the_rest_goes_on(desk: Desk) -> None:
    desk.publish(desk.edition(recipients=("dösk@example.org", "b@example.org")))
    assert desk.dispatch() == 1
    assert len(desk.inbox.mails) == 1


@pytest.mark.parametrize("channel", ["webhook", "mail", "file"])
def test_delivery_of_no_edition_is_refused(desk: Desk, channel: str) -> None:
    desk.publish(desk.edition(), [NewDelivery("d-1", channel, "/x", {})])
    with desk.db.writing() as connection:
        connection.exec_driver_sql("UPDATE runs SET request = '{}'")
    assert desk.dispatch() == 0
    assert desk.only().status == "failed"


def test_file_of_a_run_without_a_briefing_is_refused(desk: Desk) -> None:
    asked = desk.edition(files=(str(desk.folder / "{day}.md"),))
    desk.settle(asked, "failed", "no source")
    wanted = outbox.plan(asked, desk.accept(asked, run="run-2"), desk.briefing)
    with desk.db.writing() as connection:
        kept.append(connection, "run-1", wanted, now=NOW)
    assert desk.dispatch() == 0
    assert "there is no briefing to write" in str(desk.only().message)


def test_error_of_the_program_stops_one_delivery_and_no_other(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    unknown = NewDelivery("d-1", "webhook", desk.hook.url, {})  # no secret is known of it
    mail = NewDelivery("d-2", "mail", "a@example.org", {})
    desk.publish(desk.edition(), [unknown, mail])
    assert desk.dispatch() == 1
    assert "delivery d-1 (webhook): KeyError" in caplog.text
    assert "hidden" not in caplog.text
    assert desk.only("webhook").status == "pending"


def test_no_log_names_a_recipient_or_quotes_the_briefing(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.inbox.answers["a@example.org"] = "550 a@example.org is gone"
    desk.publish(desk.edition(recipients=("a@example.org",)))
    with caplog.at_level("DEBUG"):
        desk.dispatch()
    said = [r.getMessage() for r in caplog.records if r.name.startswith("summarizer")]
    assert said == [f"delivery {desk.only().id} (mail): refused"]


def test_processes_that_look_at_once_send_once(any_desk: Desk) -> None:
    desk = any_desk
    recipients = tuple(f"reader-{i}@example.org" for i in range(12))
    desk.publish(desk.edition(recipients=recipients, webhooks=desk.webhooks))
    with ThreadPoolExecutor(4) as pool:
        looks = [pool.submit(desk.dispatch) for _ in range(4)]
        assert sum(look.result() for look in looks) == 13
    assert sorted(mail.rcpt_tos[0] for mail in desk.inbox.mails) == sorted(recipients)
    assert len(desk.hook.posted) == 1


@pytest.mark.parametrize("channel", ["mail", "webhook", "file"])
def test_what_a_dead_process_was_sending_is_sent_again_unless_it_may_arrive_twice(
    any_desk: Desk, channel: str
) -> None:
    desk = any_desk
    targets = {
        "mail": desk.reporting(recipients=("a@example.org",)),
        "webhook": desk.reporting(webhooks=desk.webhooks),
        "file": desk.reporting(files=(str(desk.folder / "{day}.md"),)),
    }
    desk.publish(targets[channel])
    assert kept.begin(desk.db, desk.only().id, desk.clock())  # and then the process dies
    desk.clock.move(minutes=4)
    assert desk.dispatch() == 0
    desk.clock.move(minutes=2)
    assert desk.dispatch() == 1  # the line on it, for a mail

    assert desk.inbox.mails == []
    assert desk.only(channel).status == ("failed" if channel == "mail" else "sent")
    told = ["nobody knows whether it was taken" in line for line in desk.failures]
    assert told == ([True] if channel == "mail" else [])


def test_line_that_a_dead_process_had_written_is_not_written_twice(desk: Desk) -> None:
    desk.settle(desk.reporting(), "failed", "no source")
    kept.begin(desk.db, desk.only().id, desk.clock())
    (desk.folder / "failures").write_text("no source\n")

    outbox.recover(desk.db, desk.clock(), before=outbox.ANY_TIME)
    assert desk.dispatch() == 1
    assert desk.failures == ["no source"]


def test_what_kills_each_process_that_sends_it_is_given_up(desk: Desk) -> None:
    desk.publish(desk.edition(webhooks=desk.webhooks))
    for _ in range(MAX_ATTEMPTS):
        assert kept.begin(desk.db, desk.only().id, desk.clock())
        desk.clock.move(hours=1)
        outbox.recover(desk.db, desk.clock(), before=desk.clock() - outbox.LEASE)
    assert desk.only().status == "failed"


@pytest.fixture
def dispatcher(desk: Desk) -> Iterator[Dispatcher]:
    found = Dispatcher(desk.db, desk.settings, clock=desk.clock, every_s=0.01)
    yield found
    found.stop()


def test_dispatcher_finishes_what_it_began_before_it_stops(
    desk: Desk, dispatcher: Dispatcher
) -> None:
    desk.hook.wait = threading.Event()
    desk.publish(desk.edition(webhooks=desk.webhooks))
    assert not dispatcher.is_ready
    with dispatcher:
        assert dispatcher.is_ready
        assert desk.hook.arrived.wait(10)
        desk.hook.wait.set()
    assert not dispatcher.is_ready
    assert desk.only().status == "sent"


def test_dispatcher_settles_at_its_start_what_was_being_sent(
    desk: Desk, dispatcher: Dispatcher
) -> None:
    desk.publish(desk.edition(recipients=("a@example.org",)))
    kept.begin(desk.db, desk.only().id, desk.clock())
    desk.clock.move(hours=-1)  # the clock was wrong
    dispatcher.start()
    assert desk.only().status == "failed"


class Listener(logging.Handler):
    """Tells that something was said."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "no such table" in record.getMessage():
            self.heard.set()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    logging.getLogger("summarizer").addHandler(found)
    yield found
    logging.getLogger("summarizer").removeHandler(found)


def test_dispatcher_goes_on_when_the_store_has_failed(
    desk: Desk, dispatcher: Dispatcher, listener: Listener
) -> None:
    with dispatcher:
        with desk.db.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO elsewhere")
        assert listener.heard.wait(10)
        with desk.db.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO deliveries")
        desk.publish(desk.edition(webhooks=desk.webhooks))
        assert desk.hook.arrived.wait(10)


def test_stopping_leaves_what_was_not_begun(desk: Desk) -> None:
    desk.publish(desk.edition(recipients=("a@example.org",)))
    sent = outbox.dispatch(desk.db, desk.settings, desk.clock, is_stopping=lambda: True)
    assert sent == 0
    assert desk.inbox.mails == []
    assert desk.only().status == "pending"
