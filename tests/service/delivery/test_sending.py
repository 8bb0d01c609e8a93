import pytest

from summarizer.errors import StorageError
from summarizer.service.delivery import sending
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.service.delivery.channels import Begin, Channels
from summarizer.service.delivery.sending import Attempt
from summarizer.service.store import outbox as kept
from summarizer.service.store.outbox import Delivery
from tests.service.delivery.conftest import Desk


def test_failure_says_nothing_of_what_another_process_is_sending(desk: Desk) -> None:
    desk.publish(desk.edition(recipients=("a@example.org",)))
    attempt = Attempt(desk.db, desk.only(), desk.clock)
    assert kept.begin(desk.db, desk.only().id, desk.clock())
    attempt.fail(DeliveryError("no answer", "later"))
    assert desk.only().status == "sending"
    assert desk.only().message is None


@pytest.mark.parametrize("channel", ["mail", "webhook", "file", "failure"])
def test_what_another_process_is_sending_is_left_to_it(desk: Desk, channel: str) -> None:
    targets = {
        "mail": desk.edition(recipients=("a@example.org",)),
        "webhook": desk.edition(webhooks=desk.webhooks),
        "file": desk.edition(files=(str(desk.folder / "{day}.md"),)),
        "failure": desk.reporting(),
    }
    if channel == "failure":
        desk.settle(targets[channel], "failed", "no source")
    else:
        desk.publish(targets[channel])
    before = desk.only()
    assert kept.begin(desk.db, before.id, desk.clock())
    with Channels(desk.db, desk.settings, desk.clock) as ways:
        assert not sending.make(Attempt(desk.db, before, desk.clock), ways)
    assert desk.only().status == "sending"
    assert (desk.inbox.mails, desk.hook.posted, desk.failures) == ([], [], [])


class Faulty(Channels):
    """Breaks with an error that nobody foresaw, after it has begun."""

    def deliver(self, delivery: Delivery, begin: Begin) -> bool:
        assert begin()
        raise ZeroDivisionError(delivery.id)


@pytest.mark.parametrize(("channel", "status"), [("mail", "failed"), ("webhook", "pending")])
def test_error_of_the_program_after_its_beginning_sends_no_mail_again(
    desk: Desk, channel: str, status: str
) -> None:
    by_mail = desk.edition(recipients=("a@example.org",))
    desk.publish(by_mail if channel == "mail" else desk.edition(webhooks=desk.webhooks))
    with Faulty(desk.db, desk.settings, desk.clock) as ways:
        assert not sending.make(Attempt(desk.db, desk.only(), desk.clock), ways)
    assert desk.only().status == status
    assert str(desk.only().message).startswith("internal error: ZeroDivisionError")


def test_store_that_fails_is_no_failure_of_a_delivery(desk: Desk) -> None:
    desk.publish(desk.edition(webhooks=desk.webhooks))
    attempt = Attempt(desk.db, desk.only(), desk.clock)
    with desk.db.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO elsewhere")
    with Channels(desk.db, desk.settings, desk.clock) as ways, pytest.raises(StorageError):
        sending.make(attempt, ways)


def test_line_has_the_same_name_each_time_and_another_for_each_matter() -> None:
    names = {
        sending.failure_of("/x", run, "line", about=about).id
        for run in ("run-1", "run-2")
        for about in ("run", "mail", "webhook")
    }
    assert len(names) == 6
    assert sending.failure_of("/x", "run-1", "another line").id in names
