"""The process is killed at each moment that matters, one after the other; the run goes on."""

import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer.service.store import briefings, database, outbox, runs
from summarizer.service.store.database import Database
from summarizer.service.store.run import Run
from tests.fake_llm.endpoint import MODEL
from tests.fake_llm.server import serving as model
from tests.service.delivery.servers import Hook, Inbox, mail_server, web_server
from tests.service.newsroom import STORM, Route, feed, whole
from tests.sources.servers.site import Site, serving

SCRIPT = Path(__file__).with_name("crashing.py")
BRIDGE = (
    "The council voted 9 to 4 on Tuesday to close the old bridge over the Tane in May.",
    "Drivers have to use the ferry until the new bridge opens, the mayor said on Tuesday.",
)
STORIES = ("ferry", "dam", "strike")
PATIENCE_S = 120.0
STORE = "summarizer.service.store"
DELIVERY = "summarizer.service.delivery"
# Where the process is killed, and how far the run is then.
POINTS = [
    (f"{STORE}.events:append", "before", None),  # its acceptance is not committed
    (f"{STORE}.runs:accept", "after", "accepted"),
    ("summarizer.service.jobs.workflows:begin", "before", "running"),
    (f"{STORE}.seen:record", "after", "running"),  # one of two sources is kept
    (f"{STORE}.parts:put", "after", "running"),  # all that was collected is on record
    ("summarizer.briefing.pipeline:brief", "before", "running"),  # in a worker
    (f"{STORE}.usage:append", "before", "running"),  # its briefing is not committed
    (f"{STORE}.runs:publish", "after", "done"),
    (f"{DELIVERY}.files:to_file", "before", "done"),
    (f"{DELIVERY}.files:to_file", "after", "done"),
    ("smtplib:SMTP.rcpt", "after", "done"),  # nothing of the mail was sent
    (f"{DELIVERY}.mail:MailServer.send", "after", "done"),  # nobody knows that it was taken
    (f"{DELIVERY}.webhook:send", "before", "done"),
    (f"{DELIVERY}.webhook:send", "after", "done"),
]


@dataclass(frozen=True, slots=True)
class World:
    """Two feeds, a mail server and a web server; folders of processes that do not disturb."""

    site: Site
    inbox: Inbox
    hook: Hook
    folder: Path

    def orders(self, name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Return what a process is told: its settings and the edition, `more` over them."""
        feeds = [self.site.url(f"127.0.0.{n}", f"/{n}") for n in (2, 3)]
        edition = {
            "sources": more.pop("sources", feeds),
            "at": "06:00",
            "recipients": ["reader@example.org"],
            "files": [str(self.folder / name / "{edition}-{day}.html")],
            "webhooks": [{"url": self.hook.url, "secret": "0123456789abcdef"}],
            "on_failure": str(self.folder / name / "failures"),
        }
        settings = {
            "data_dir": str(self.folder / name),
            "networks": ["127.0.0.0/8"],
            "email": {
                "host": "127.0.0.1",
                "port": self.inbox.port,
                "security": "none",
                "sender": "desk@example.org",
            },
            "server": {"workers": 1},
            **more.pop("settings", {}),
        }
        return {"settings": settings, "edition": edition, **more}

    def live(self, name: str, package: Path | None = None, **more: Any) -> int:  # noqa: ANN401
        """Start a process, let it live as long as it does, and return its exit code."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.run(  # noqa: S603 - our own words
                [sys.executable, str(SCRIPT), json.dumps(self.orders(name, **more))],
                cwd=self.folder,
                env={"PYTHONPATH": str(package)} if package else {},
                stderr=log,
                timeout=PATIENCE_S,
                check=False,
            ).returncode

    @contextmanager
    def store(self, name: str) -> Iterator[Database]:
        with closing(database.open(str(self.folder / name / "summarizer.sqlite"))) as db:
            yield db

    def runs(self, name: str) -> list[Run]:
        with self.store(name) as db:
            return runs.page(db, owner="local", limit=9, cursor=None)[0]

    def briefing(self, name: str) -> dict[str, Any]:
        (run,) = self.runs(name)
        with self.store(name) as db:
            content = briefings.get(db, run.id)
        assert isinstance(content, dict)
        return content

    def deliveries(self, name: str) -> dict[str, str]:
        (run,) = self.runs(name)
        with self.store(name) as db:
            return {each.channel: each.status for each in outbox.of_run(db, run.id)}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    routes: dict[str, Route] = {
        "/2": feed(whole("http://harbour.example/a", *STORM), title="Harbour News"),
        "/3": feed(whole("http://wire.example/b", *BRIDGE, title="Bridge"), title="Wire"),
    }
    with ExitStack() as stack:
        site = stack.enter_context(serving(routes, address="0.0.0.0"))  # noqa: S104 - 127.0.0.*
        inbox = stack.enter_context(mail_server())
        hook = stack.enter_context(web_server())
        yield World(site, inbox, hook, tmp_path)


@pytest.mark.slow
def test_run_killed_at_every_point_ends_once_like_one_that_nobody_disturbs(world: World) -> None:
    for point, moment, status in POINTS:
        assert world.live("killed", point=point, moment=moment) == -signal.SIGKILL, point
        assert [run.status for run in world.runs("killed")] == ([status] if status else []), point
    assert world.live("killed") == 0
    assert world.deliveries("killed") == {
        "file": "sent",
        "webhook": "sent",
        "mail": "failed",  # it arrived, and nobody could know
        "failure": "sent",
    }
    assert len(world.inbox.mails) == 1
    assert len({posted.headers["x-summarizer-delivery"] for posted in world.hook.posted}) == 1
    (line,) = (world.folder / "killed" / "failures").read_text().splitlines()
    assert "reader@example.org was not reached: the program was stopped while it was sent" in line

    assert world.live("calm") == 0
    assert set(world.deliveries("calm").values()) == {"sent"}
    assert world.briefing("killed") == world.briefing("calm")


MODEL_POINTS = [
    (f"{STORE}.journal:StoreJournal.record", "after"),  # an answer is kept, its story is not
    ("summarizer.service.making:Bench.write", "after"),  # a story is kept
    ("summarizer.briefing.pipeline:finish", "before"),  # all are
    (f"{STORE}.usage:append", "before"),  # the briefing is not committed
]


@pytest.mark.slow
def test_model_is_asked_nothing_twice_though_kills_and_new_versions_come_between(
    world: World, examples: Path
) -> None:
    package = _with_a_comment(world.folder)
    lives: list[dict[str, Any]] = [{}, {"package": package}, {"version": "wf2"}, {"version": "wf2"}]
    with model() as server:
        settings = {"engine": f"openai:{MODEL}", "base_url": server.base_url, "concurrency": 1}
        asked: dict[str, Any] = {
            "sources": [str(examples / "2026-03-03" / f"{story}-*") for story in STORIES],
            "settings": settings,
        }
        for (point, moment), how in zip(MODEL_POINTS, lives, strict=True):
            code = world.live("killed", point=point, moment=moment, **asked, **how)
            assert code == -signal.SIGKILL, point
        assert world.live("killed", version="wf2", **asked) == 0
        (run,) = world.runs("killed")
        assert (run.outcome, run.n_takeovers) == ("briefing", 0)
        calls = Counter(call.digest for call in server.ledger.calls())
        assert len(calls) >= len(STORIES)
        assert set(calls.values()) == {1}

        assert world.live("calm", **asked) == 0
    assert world.briefing("killed")["status"] == "complete"
    assert world.briefing("killed")["id"] == world.briefing("calm")["id"]


def _with_a_comment(folder: Path) -> Path:
    """Return a folder with a copy of the package of which one line is a comment more."""
    root = Path(summarizer.__file__).parent
    copied = folder / "changed"
    for name in ("summarizer", "prompts"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root.parent / name, copied / name, ignore=ignored)
    jobs = copied / "summarizer" / "service" / "jobs" / "workflows.py"
    text = jobs.read_text()
    jobs.write_text(text.replace("\n@DBOS.workflow(", "\n# A comment.\n@DBOS.workflow("))
    assert jobs.read_text() != text
    return copied
