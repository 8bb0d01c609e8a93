"""What a run does, whoever makes it durable: collect, plan, write, merge, publish.

Every step finds in the store what an earlier attempt left there and goes on from it, so that a step
done again after a crash changes nothing.
"""

import gc
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from summarizer.briefing import pipeline
from summarizer.briefing.merge import Written
from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.briefing.pipeline import Prepared
from summarizer.briefing.plan import PlannedStory
from summarizer.briefing.staff import Staff
from summarizer.briefing.verify import Checked
from summarizer.errors import ModelError
from summarizer.service import engines, gathering
from summarizer.service.clock import Clock, now
from summarizer.service.gathering import Gathered
from summarizer.service.store import database, parts, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.journal import StoreJournal
from summarizer.service.store.parts import Progress
from summarizer.service.store.runs import Run
from summarizer.settings import Settings
from summarizer.text.normalise import document
from summarizer.types import Briefing, Conflict, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A written story as it is kept, without the documents it was written from."""

    checked: Checked
    cut: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    failure: tuple[str, str] | None  # message and code
    uncorrected: tuple[str, str] | None
    spent: Usage = field(default_factory=Usage)  # on the run until then


_PART: TypeAdapter[Part] = TypeAdapter(Part)


def make(db: Database, settings: Settings, run: Run, *, clock: Clock) -> None:
    """Make and publish the briefing of a run whose stories the embedded engine writes."""
    gathered = gathering.gather(db, settings, run)
    briefing = pipeline.brief(
        gathered.documents, gathered.options, sources=gathered.sources, notes=gathered.notes
    )
    gathering.publish(db, run, gathered, briefing, now=clock())


def preview(db: Database, settings: Settings, stored: Stored, *, now: datetime) -> Briefing:
    """Return what an edition would say now; its sources are read, nothing is published or sent.

    Raises:
        NoUsableSourceError: there is nothing new to tell, or no source could be read.
        ConfigurationError: a model, key, prompt, price or folder is missing or wrong.
    """
    gathered = gathering.preview(db, settings, stored, now=now)
    asked = engines.Run(owner=stored.owner)
    with engines.staff(gathered.settings, asked, journal=StoreJournal(db)) as staff:
        return pipeline.brief(
            gathered.documents,
            gathered.options,
            sources=gathered.sources,
            notes=gathered.notes,
            staff=staff,
        )


class Bench:
    """Where the stories of one run are written by a model, so many at a time as it allows."""

    def __init__(self, db: Database, settings: Settings, run: Run, journal: StoreJournal) -> None:
        self._db = db
        self._run = run
        self._gathered: Gathered = gathering.gather(db, settings, run)
        options = self._gathered.options
        self._prepared: Prepared = pipeline.prepare(self._gathered.documents, options)
        self._by_key = {story.id: story for story in self._prepared.stories}
        self._exit = ExitStack()
        asked = engines.Run(
            owner=run.owner, writes_short=options.one_story, spent=self._spent_before()
        )
        self._staff: Staff | None = self._exit.enter_context(
            engines.staff(self._gathered.settings, asked, journal=journal)
        )
        self._turns = threading.BoundedSemaphore(self._staff.concurrency if self._staff else 1)

    @property
    def keys(self) -> list[str]:
        """Return the keys of the stories that are to be written, in the order told."""
        return list(self._by_key)

    def write(self, key: str, *, clock: Clock = now) -> None:
        """Write one story, keep it and tell of it, unless that was done before."""
        with self._turns:
            if parts.one(self._db, self._run.id, key) is None:
                written = pipeline.write(self._by_key[key], self._staff)
                spent = self._staff.budget.usage if self._staff else Usage()
                content = _PART.dump_python(_kept(written, spent), mode="json")
                told = Progress("story", {"story": key, "of": len(self._by_key)}, clock())
                parts.put(self._db, self._run.id, key, content, told=told)

    def finish(self, *, clock: Clock) -> None:
        """Merge the stories and publish the briefing."""
        kept = parts.of_run(self._db, self._run.id)
        written = [
            _written(story, _PART.validate_python(kept[story.id]))
            for story in self._prepared.stories
        ]
        briefing = pipeline.finish(
            self._prepared,
            written,
            sources=self._gathered.sources,
            notes=self._gathered.notes,
            staff=self._staff,
        )
        gathering.publish(self._db, self._run, self._gathered, briefing, now=clock())

    def _spent_before(self) -> Usage:
        """Return what the run had spent when the last story of a process before was written."""
        kept = parts.of_run(self._db, self._run.id)
        told = (_PART.validate_python(kept[key]).spent for key in self._by_key.keys() & kept.keys())
        return max(told, key=lambda u: (u.calls, u.input_tokens + u.output_tokens), default=Usage())

    def close(self) -> None:
        """Let go of what the model holds."""
        self._exit.close()


class Benches:
    """The benches of this process by run, each made when it is first needed."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self._settings = settings
        self._journal = StoreJournal(db)
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._open: dict[str, Bench] = {}

    def of(self, run: Run) -> Bench:
        """Return the bench of a run."""
        with self._lock:
            lock = self._locks.setdefault(run.id, threading.Lock())
        with lock:
            if run.id not in self._open:
                self._open[run.id] = Bench(self._db, self._settings, run, self._journal)
            return self._open[run.id]

    def close(self, run: str) -> None:
        """Close the bench of a run, if it has one."""
        with self._lock:
            self._locks.pop(run, None)
            bench = self._open.pop(run, None)
        if bench is not None:
            bench.close()


def has_model(settings: Settings, run: Run) -> bool:
    """Tell whether a model writes the stories of a run."""
    return gathering.engine(settings, run) != EXTRACTIVE


def _kept(written: Written, spent: Usage) -> Part:
    return Part(
        checked=written.checked,
        cut=written.cut,
        conflicts=written.conflicts,
        failure=_told(written.failure),
        uncorrected=_told(written.uncorrected),
        spent=spent,
    )


def _told(error: ModelError | None) -> tuple[str, str] | None:
    return None if error is None else (str(error), error.code)


def _written(story: PlannedStory, part: Part) -> Written:
    return Written(
        story=story,
        checked=part.checked,
        cut=part.cut,
        conflicts=part.conflicts,
        failure=None if part.failure is None else ModelError(*part.failure),
        uncorrected=None if part.uncorrected is None else ModelError(*part.uncorrected),
    )


_FIRST = (
    "Council closes the bridge\n\nThe city council voted on Tuesday to close the old bridge.",
    "Bridge to close\n\nThe old bridge will be closed in May, the city council said on Tuesday.",
)
_in_worker: list[tuple[Database, Settings]] = []


def open_in_worker(url: str, settings: Settings) -> None:
    """Prepare a process that makes briefings: it has a connection of its own.

    A first briefing loads what all others need. That stays for good, so the garbage collector
    need not look at it again: it took a sixth of the time of a small briefing (2026-11).
    """
    _in_worker[:] = [(Database(database.connect(url)), settings)]
    pipeline.brief([document(text) for text in _FIRST], Options())
    gc.collect()
    gc.freeze()


def make_in_worker(run: str) -> None:
    """Make the briefing of a run in such a process, unless the run is over."""
    db, settings = _in_worker[0]
    found = runs.get(db, run)
    if found is not None and not found.is_over:
        make(db, settings, found, clock=now)
