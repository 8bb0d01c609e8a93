"""A year of daily editions on a virtual clock: each due day ends once, and each hole is named.

Run `python -m benchmarks.year [--days N] [--seed N] [--record]`. Three editions, in a zone north
and one south of the equator whose clocks change, and in one without, both of the first due at an
hour that a change leaves out or brings twice. The process is off for hours to days, is killed in
the middle of runs, and its clock is set back; sources, the model and the mail server are gone at
times. Store, sources, pipeline, outbox and mail are the program's own; only the clock is not.
"""

import contextlib
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks import results
from benchmarks.data import arguments
from summarizer.errors import SummarizerError
from summarizer.service import gathering, making
from summarizer.service.delivery import outbox
from summarizer.service.editions import due, outcome, specs, ticker
from summarizer.service.store import briefings, database, editions, runs
from summarizer.service.store import outbox as outbox_store
from summarizer.service.store.database import Database
from summarizer.service.store.journal import StoreJournal
from summarizer.service.store.run import Run
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.settings.server import Email

SEED, N_DAYS = 1, 365
BEGIN = datetime(2026, 1, 10, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ZONES = {
    "north": ("Europe/Paris", "02:30"),
    "south": ("Australia/Sydney", "02:30"),
    "plain": ("Asia/Kolkata", "06:00"),
}
KINDS = ("due", "briefing", "degraded", "quiet", "failed", "missed")
FLAWS = ("twice", "left out", "missed while it ran", "not named", "mails taken twice")
_AROUND = timedelta(minutes=40)  # a due time, the clock goes in small steps
_OFF, _LONG_OFF, _KILLED, _SET_BACK = 0.06, 0.2, 0.04, 0.002  # how often
_QUIET, _GONE, _ALL_GONE, _NO_MAIL, _NO_MODEL = 0.1, 0.1, 0.08, 0.15, 0.1
_PLACES = ("bridge", "dam", "station", "harbour", "school", "market", "library", "ferry")
_VERBS = ("closed", "opened", "flooded", "sold", "rebuilt", "moved", "renamed", "inspected")


class Inbox:
    """A mail server's handler that keeps the ids of what it took."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail."""
        del server, session
        content = envelope.original_content or b""
        self.taken[str(message_from_bytes(content)["Message-ID"])] += 1
        return "250 taken"


@dataclass(slots=True)
class World:
    """What the program lives in: a folder, a clock, a mail server, and bad luck."""

    folder: Path
    rng: random.Random
    port: int
    now: datetime = BEGIN
    looks: list[datetime] = field(default_factory=list)  # when the process looked what is due

    def settings(self) -> Settings:
        """Return settings whose mail server is sometimes gone."""
        port = 9 if self.rng.random() < _NO_MAIL else self.port
        mail = Email(host="127.0.0.1", port=port, security="none", sender="desk@example.org")
        return Settings(data_dir=str(self.folder), email=mail)

    def clock(self) -> datetime:
        """Return the time, which goes on."""
        self.now += timedelta(seconds=self.rng.randint(1, 60))
        return self.now

    def ran_after(self, at: datetime) -> bool:
        """Tell whether the process ran while a briefing could still be made."""
        return any(at <= look <= at + ticker.TOO_LATE for look in self.looks)

    def edition(self, name: str) -> Edition:
        """Return one of the editions."""
        zone, at = ZONES[name]
        return Edition(
            sources=(str(self.folder / name / "wire"), str(self.folder / name / "post")),
            at=at,
            timezone=zone,
            recipients=("reader@example.org",),
            on_failure=str(self.folder / "failures.txt"),
        )

    @contextlib.contextmanager
    def news(self, run: Run) -> Iterator[None]:
        """Write an article into each of a run's sources, unless it is quiet or they are gone."""
        folders = [self.folder / str(run.edition) / name for name in ("wire", "post")]
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        if self.rng.random() >= _QUIET:
            for folder in folders:
                self._write(folder / f"{run.id}.md")
        chance = self.rng.random()
        n_gone = 2 if chance < _ALL_GONE else int(chance < _ALL_GONE + _GONE)
        for folder in folders[:n_gone]:
            folder.rename(folder.with_suffix(".gone"))
        yield
        for folder in folders[:n_gone]:
            folder.with_suffix(".gone").rename(folder)

    def _write(self, path: Path) -> None:
        place, verb = self.rng.choice(_PLACES), self.rng.choice(_VERBS)
        n = self.rng.randrange(10_000)
        path.write_text(
            f"---\npublished: {self.now.isoformat()}\n---\nThe {place} of area {n} is {verb}\n\n"
            f"The {place} of area {n} was {verb} this morning, the council said.\n",
            encoding="utf-8",
        )


def live(db: Database, world: World, end: datetime) -> None:
    """Let the process run, with interruptions, until a moment."""
    while world.now < end:
        stop = world.now + timedelta(days=world.rng.expovariate(_OFF))
        while world.now < min(stop, end) and _look(db, world):
            world.now = _next_look(db, world)
            if world.rng.random() < _SET_BACK:
                world.now -= HOUR
        is_long = world.rng.random() < _LONG_OFF
        world.now += world.rng.uniform(*(30, 150) if is_long else (0, 14)) * HOUR
    while not _look(db, world):
        continue  # it comes back, and what was due is accounted for


def _next_look(db: Database, world: World) -> datetime:
    """Return when something may be due: soon around a due time, else when the next one is near."""
    nearest = [world.now + HOUR] if outbox_store.counts(db).get("pending") else []
    for name in ZONES:
        edition = world.edition(name)
        last, following = due.latest(edition, world.now), due.upcoming(edition, world.now)
        assert last is not None
        assert following is not None
        if world.now < last + _AROUND or world.now >= following - _AROUND:
            return world.now + world.rng.uniform(3, 12) * MINUTE
        nearest.append(following - _AROUND)
    return min(nearest)


def _look(db: Database, world: World) -> bool:
    """Do what the process does each time; False when it was killed."""
    world.looks.append(world.now)
    ticker.tick(db, editions.all(db), world.now)
    for name in runs.waiting(db):
        run = runs.get(db, name)
        assert run is not None
        if not _make(db, world, run):
            return False
    outbox.dispatch(db, world.settings(), lambda: world.now)
    return True


def _make(db: Database, world: World, run: Run) -> bool:
    """Make a run, which may end the process before or after its sources were read."""
    settings = world.settings()
    is_killed, late = world.rng.random() < _KILLED, world.rng.random() < 0.5
    if is_killed and not late:
        return False
    runs.claim(db, run.id, executor="here", now=world.clock())
    with world.news(run):
        try:
            gathering.collect(db, settings, run, clock=world.clock)
            if is_killed:
                runs.release(db, run.id)
                return False
            ended = runs.get(db, run.id)
            if ended is not None and not ended.is_over:
                _write(db, settings, ended, world)
        except SummarizerError as error:
            gathering.fail(db, run, error.code, str(error), now=world.clock())
    return True


def _write(db: Database, settings: Settings, run: Run, world: World) -> None:
    """Write a briefing, sometimes with a model that does not answer."""
    if world.rng.random() >= _NO_MODEL:
        making.make(db, settings, run, clock=world.clock)
        return
    absent = {"engine": "openai:absent", "base_url": "http://127.0.0.1:9/v1", "deadline_s": 0.1}
    bench = making.Bench(db, settings.over(**absent), run, StoreJournal(db))
    try:
        for key in bench.keys:
            bench.write(key)
        bench.finish(clock=world.clock)
    finally:
        bench.close()


def judge(db: Database, world: World, end: datetime, inbox: Inbox) -> dict[str, float]:
    """Compare what was due with what became of it."""
    figures: Counter[str] = Counter(dict.fromkeys((*FLAWS, *KINDS), 0))
    failures = (world.folder / "failures.txt").read_text(encoding="utf-8").splitlines()
    for name in ZONES:
        found = _runs(db, name)
        n_runs = Counter(str(run.day) for run in found)
        by_day = {str(run.day): run for run in found}
        told = [line.partition(": ")[0] for line in failures if line.startswith(f"{name}, ")]
        for at in _instants(world.edition(name), end):
            day = due.day(world.edition(name), at)
            run = by_day.get(day)
            figures["due"] += 1
            figures["twice"] += n_runs[day] > 1
            if run is None or not run.is_over:
                figures["left out"] += 1
                continue
            figures["degraded"] += _is_degraded(db, run)
            kind = "missed" if run.error == outcome.MISSED else str(run.outcome)
            figures[kind] += 1
            figures["missed while it ran"] += kind == "missed" and world.ran_after(at)
            figures["not named"] += run.outcome == "failed" and not any(
                day in line for line in told
            )
        sent = [each for run in found for each in outbox_store.of_run(db, run.id)]
        figures["mails not taken"] += sum(e.channel == "mail" and e.status != "sent" for e in sent)
    figures["mails"] = len(inbox.taken)
    figures["mails taken twice"] = sum(n > 1 for n in inbox.taken.values())
    return dict(figures)


def _is_degraded(db: Database, run: Run) -> bool:
    content = briefings.get(db, run.id)
    return isinstance(content, dict) and content["status"] == "degraded"


def _instants(edition: Edition, end: datetime) -> Iterator[datetime]:
    """Yield what was due."""
    at = due.upcoming(edition, BEGIN)
    while at is not None and at <= end:
        yield at
        at = due.upcoming(edition, at)


def _runs(db: Database, name: str) -> list[Run]:
    return runs.page(db, owner=specs.LOCAL, limit=10_000, cursor=None, edition=name)[0]


def measure(seed: int, n_days: int) -> dict[str, float]:
    """Return how many days were due, what became of them, and how many went wrong."""
    began, end = time.process_time(), BEGIN + timedelta(days=n_days)
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), random.Random(seed), port)  # noqa: S311 - the same every time
        db = database.open(str(world.folder / "store.sqlite"))
        (world.folder / "failures.txt").touch()
        for name in ZONES:
            spec = world.edition(name).model_dump(mode="json")
            editions.put(db, specs.LOCAL, name, spec, origin="file", now=BEGIN)
        live(db, world, end)
        figures = judge(db, world, end, inbox)
        db.close()
    controller.stop()
    return figures | {"seconds": time.process_time() - began}


def main() -> None:
    """Print the table; what must not be is marked."""
    parser = arguments(__doc__)
    parser.add_argument("--days", type=int, default=N_DAYS, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    figures = measure(given.seed, given.days)
    for name, figure in figures.items():
        print(f"{name:<22}{figure:>8.0f}{'  WRONG' if name in FLAWS and figure else ''}")
    if given.record:
        results.record("year", figures)


if __name__ == "__main__":
    main()
