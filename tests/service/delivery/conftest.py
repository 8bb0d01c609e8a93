"""A store with an edition's run, what delivers, and those it delivers to."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer.service.delivery import outbox
from summarizer.service.store import database as databases
from summarizer.service.store import outbox as kept
from summarizer.service.store import runs
from summarizer.service.store.database import Database
from summarizer.service.store.outbox import Delivery, NewDelivery
from summarizer.service.store.runs import NewRun, Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition, Webhook
from summarizer.settings.server import Email, Server
from summarizer.types import Briefing
from tests.conftest import _is_missing
from tests.service.delivery.servers import Hook, Inbox, mail_server, web_server

NOW = datetime(2026, 3, 4, 5, 58, tzinfo=UTC)
SECRET = "a secret of two sides"  # noqa: S105 - of these tests alone


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Desk:
    """One place where a briefing is made and delivered."""

    db: Database
    settings: Settings
    inbox: Inbox
    hook: Hook
    briefing: Briefing
    folder: Path
    clock: Clock = field(default_factory=Clock)

    def edition(self, **other: Any) -> Edition:  # noqa: ANN401 - any key
        return Edition(sources=("https://a.example/feed",), title="Morning", **other)

    def reporting(self, **other: Any) -> Edition:  # noqa: ANN401 - any key
        """Return an edition whose failures are told in a file."""
        return self.edition(on_failure=str(self.folder / "failures"), **other)

    @property
    def webhooks(self) -> tuple[Webhook, ...]:
        return (Webhook(url=self.hook.url, secret=SECRET),)

    @property
    def failures(self) -> list[str]:
        """Return what was told of failures."""
        path = self.folder / "failures"
        return path.read_text().splitlines() if path.exists() else []

    def accept(self, asked: Edition, *, run: str = "run-1") -> Run:
        """Accept a run of an edition and begin it."""
        new = NewRun(
            id=run,
            owner="local",
            request={"edition": asked.model_dump(mode="json")},
            input_hash=run,
            edition="morning",
            day="2026-03-04",
        )
        found, _ = runs.accept(self.db, new, now=NOW)
        assert runs.claim(self.db, run, executor="test", now=NOW)
        return found

    def publish(self, asked: Edition, deliveries: list[NewDelivery] | None = None) -> Run:
        """Publish the briefing of an edition with its deliveries."""
        run = self.accept(asked)
        wanted = outbox.plan(asked, run, self.briefing) if deliveries is None else deliveries
        assert runs.publish(self.db, run.id, self.briefing, now=NOW, deliveries=wanted)
        return run

    def settle(self, asked: Edition, outcome: str, message: str) -> None:
        """End a run of an edition without a briefing."""
        run = self.accept(asked)
        told = outbox.plan(asked, run, message, is_quiet=outcome == "quiet")
        assert runs.settle(
            self.db, run.id, now=NOW, outcome=outcome, message=message, deliveries=told
        )

    def dispatch(self) -> int:
        return outbox.dispatch(self.db, self.settings, self.clock)

    def only(self, channel: str | None = None) -> Delivery:
        """Return the one delivery of the run."""
        (found,) = (d for d in kept.of_run(self.db, "run-1") if channel in {None, d.channel})
        return found


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that takes everything until it is told otherwise."""
    with mail_server() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A web server that takes everything until it is told otherwise."""
    with web_server() as found:
        yield found


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of the loopback address and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        _is_missing("openssl", "install openssl")
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(  # noqa: S603 - makes what these tests believe
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.fixture(scope="session")
def server_context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture(scope="session")
def client_context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty store in a file."""
    found = databases.open(str(tmp_path / "store.sqlite"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    """A briefing of two reports."""
    return summarizer.brief(
        [
            "Ferry sinks off Kessel\n\nA ferry sank off Kessel on Tuesday. Fourteen people died.",
            "Bridge opens in Havel\n\nThe bridge in Havel was opened by the mayor on Tuesday.",
        ],
        day="2026-03-04",
    )


@pytest.fixture
def settings(inbox: Inbox, clean_folder: Path) -> Settings:
    """Settings with a mail server, that let loopback addresses be asked."""
    del clean_folder
    return settings_for(inbox.port)


@pytest.fixture
def desk(
    db: Database, settings: Settings, inbox: Inbox, hook: Hook, briefing: Briefing, tmp_path: Path
) -> Desk:
    """A desk with its store in a file."""
    return Desk(db, settings, inbox, hook, briefing, tmp_path)


@pytest.fixture
def any_desk(database: Database, desk: Desk) -> Desk:
    """A desk with a store of each kind in turn."""
    desk.db = database
    return desk


def settings_for(port: int, *, sender: str | None = "desk@example.org") -> Settings:
    """Return settings with a mail server at a port."""
    email = Email(host="127.0.0.1", port=port, security="none", sender=sender)
    server = Server(public_url="https://news.example.org")
    return Settings(email=email, networks=("127.0.0.0/8",), server=server)
