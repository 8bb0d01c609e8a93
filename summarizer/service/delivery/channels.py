"""How each kind of delivery is made, of what the store holds of its run."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from summarizer.errors import InputError, SummarizerError
from summarizer.render import email, render
from summarizer.render.email import Envelope
from summarizer.render.safety import host
from summarizer.service import stored
from summarizer.service.clock import Clock
from summarizer.service.delivery import failure, files, unsubscribing, web, webhook
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.service.delivery.mail import Mail, MailServer
from summarizer.service.delivery.unsubscribing import Subscription
from summarizer.service.delivery.web import Web
from summarizer.service.store import briefings, documents, outbox, runs
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import Delivery
from summarizer.service.store.runs import Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.types import Briefing, Json

Begin = Callable[[], bool]

BRIEFING_PATH = "/briefings/"


@dataclass(frozen=True, slots=True)
class _Message:
    """What a run has to say to its readers."""

    run: Run
    edition: Edition
    content: Json  # of the briefing; None on a quiet day
    briefing: Briefing | None

    @property
    def title(self) -> str:
        return self.edition.title or self.run.edition or "summarizer"

    @property
    def titled(self) -> Briefing | None:
        """Return the briefing under the title of its edition."""
        return self.briefing and replace(self.briefing, title=self.title)


@dataclass
class Channels:
    """Delivers, one after the other; connections stay open between."""

    db: Database
    settings: Settings
    clock: Clock
    _last: _Message | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exit_: object) -> None:
        """Close what was opened."""
        if "_mail_server" in self.__dict__:
            self._mail_server.__exit__(*exit_)
        if "_web" in self.__dict__:
            self._web.close()

    def deliver(self, delivery: Delivery, begin: Begin) -> bool:
        """Deliver; False when `begin` says that somebody else does.

        `begin` is called at the last moment at which it is certain that nothing was delivered.

        Raises:
            DeliveryError: it was not delivered, or nobody knows.
        """
        try:
            return self._deliver(delivery, begin)
        except InputError as error:
            raise DeliveryError(str(error), "refused") from error

    def _deliver(self, delivery: Delivery, begin: Begin) -> bool:
        if delivery.channel == "mail":
            return self._mail(delivery, begin)
        if delivery.channel == "failure":
            return self._failure(delivery, begin)
        if not begin():
            return False
        if delivery.channel == "file":
            self._file(delivery)
        elif delivery.channel == "webhook":
            self._webhook(delivery)
        else:  # "heartbeat"
            self._web.get(delivery.target)
        return True

    @cached_property
    def _mail_server(self) -> MailServer:
        return MailServer(self.settings.email)

    @cached_property
    def _web(self) -> Web:
        return Web(web.policy(self.settings.networks))

    def _mail(self, delivery: Delivery, begin: Begin) -> bool:
        message = self._message(delivery)
        owner, edition = message.run.owner, message.run.edition or ""
        if delivery.target in outbox.unsubscribed(self.db, owner, edition):
            raise DeliveryError("the recipient has unsubscribed", "unwanted")
        envelope = self._envelope(delivery, message.run)
        if message.titled is None:
            content = email.notice(message.run.error or "", envelope, title=message.title)
        else:
            content = email.message(message.titled, envelope)
        sender, recipient = email.address(envelope.sender), email.address(envelope.recipient)
        return self._mail_server.send(Mail(content, sender, recipient), begin)

    def _envelope(self, delivery: Delivery, run: Run) -> Envelope:
        public_url = self.settings.server.public_url
        way_out = Subscription(run.owner, run.edition or "", delivery.target)
        return Envelope(
            sender=self._sender(),
            recipient=delivery.target,
            date=run.finished or run.created,
            delivery=origin(delivery),
            unsubscribe_url=(
                unsubscribing.unsubscribe_url(self.db, public_url, way_out) if public_url else None
            ),
            whole_url=f"{public_url.rstrip('/')}{BRIEFING_PATH}{run.id}" if public_url else None,
        )

    def _sender(self) -> str:
        if not self.settings.email.sender:
            raise DeliveryError("no sender of mails is named: set sender in [email]", "later")
        return self.settings.email.sender

    def _file(self, delivery: Delivery) -> None:
        message = self._message(delivery)
        path = Path(delivery.target)
        format_ = files.format_of(path) or "text"
        briefing = message.briefing if format_ == "json" else message.titled  # JSON has its id
        if briefing is None:
            raise DeliveryError(f"{path}: there is no briefing to write", "refused")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.to_file(render(briefing, format_), path)
        except OSError as error:
            raise DeliveryError(f"{path}: {error.strerror}: make its folder", "later") from error
        except SummarizerError as error:
            raise DeliveryError(str(error), "later") from error

    def _webhook(self, delivery: Delivery) -> None:
        message = self._message(delivery)
        run = message.run
        hooks = {hook.url: hook.secret for hook in message.edition.webhooks}
        content: Json = {
            "edition": run.edition,
            "day": run.day,
            "outcome": run.outcome,
            "message": run.error,
            "briefing": message.content,
        }
        webhook.send(
            self._web,
            delivery.target,
            content,
            secret=hooks[delivery.target],
            delivery=origin(delivery),
            now=self.clock(),
        )

    def _failure(self, delivery: Delivery, begin: Begin) -> bool:
        line, target = str(_payload(delivery)["line"]), delivery.target
        to = failure.recipient(target)
        if to is not None:
            mail = failure.mail(
                line, sender=self._sender(), to=to, delivery=delivery.id, now=self.clock()
            )
            return self._mail_server.send(mail, begin)
        if not begin():
            return False
        if target.lower().startswith(("http:", "https:")):
            failure.post(self._web, target, line)
        else:
            failure.append(Path(target), line, again=delivery.attempts > 0)
        return True

    def _message(self, delivery: Delivery) -> _Message:
        """Return what the run of a delivery says; mostly that of the delivery before."""
        if self._last is None or self._last.run.id != delivery.run:
            self._last = _message(self.db, delivery.run)
        return self._last


def origin(delivery: Delivery) -> str:
    """Return the id under which the other side may know a delivery: that of its first sending."""
    return str(_payload(delivery).get("again", delivery.id))


def _payload(delivery: Delivery) -> dict[str, Json]:
    assert isinstance(delivery.payload, dict)
    return delivery.payload


def is_mail(delivery: Delivery) -> bool:
    """Tell whether a mail server is asked, which may take the same mail twice."""
    return delivery.channel == "mail" or failure.recipient(delivery.target) is not None


def shown(delivery: Delivery) -> str:
    """Name the target of a delivery: of a web address the host, as the rest is often a secret."""
    return host(delivery.target) or delivery.target


def edition(run: Run) -> Edition | None:
    """Return what a run is an edition's of; None when it is none."""
    spec = run.request.get("edition") if isinstance(run.request, dict) else None
    return None if spec is None else Edition.model_validate(spec)


def _message(db: Database, run_id: str) -> _Message:
    run = runs.get(db, run_id)
    of = None if run is None else edition(run)
    if run is None or of is None:
        raise DeliveryError(f"run {run_id}: it is no edition's, or it was deleted", "refused")
    content = briefings.get(db, run_id)
    if content is None:
        return _Message(run, of, None, None)
    return _Message(run, of, content, stored.restore(content, documents.of_run(db, run_id)))
