"""What a run summarises and how: sent with the request, or gathered from its sources.

What was gathered is put on record once; every later step, in whatever process, finds the same.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from summarizer.briefing.options import Options
from summarizer.errors import NoUsableSourceError
from summarizer.service import collecting, recheck, requests
from summarizer.service.clock import Clock
from summarizer.service.collecting import Collected
from summarizer.service.delivery import outbox
from summarizer.service.editions import outcome, previous, request, window
from summarizer.service.editions.outcome import Outcome
from summarizer.service.store import briefings, documents, parts, runs
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.service.store.parts import Progress
from summarizer.service.store.runs import Run
from summarizer.service.store.seen import SeenDocument
from summarizer.settings import Settings
from summarizer.settings.editions import Edition
from summarizer.types import Briefing, Document, Json, Note, Source

MAX_COLLECT = timedelta(minutes=5)  # that sources are waited for
MAKING = timedelta(minutes=1)  # kept for the briefing itself when it is due soon
_RECORD = "collected"  # key of the part; those of stories are their ids
_LOOK_BACK = 60  # runs of an edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the sources of a run gave, its documents apart."""

    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    # Ids, of an edition's run: an attempt that was interrupted may have left others beside them.
    documents: tuple[str, ...] | None = None
    considered: tuple[str, ...] = ()  # versions of articles, as `store.seen` names them
    vanished: tuple[str, ...] = ()  # addresses of cited articles that are gone


_RECORDS: TypeAdapter[Record] = TypeAdapter(Record)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a briefing is made of."""

    documents: tuple[Document, ...]
    options: Options
    settings: Settings  # with what the run asks for
    record: Record

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return where the documents came from, and how that went."""
        return self.record.sources

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what happened before the first step of the pipeline."""
        return self.record.notes


def collect(db: Database, settings: Settings, run: Run, *, clock: Clock) -> None:
    """Read the sources of a run, if it has any, and put on record what they gave.

    A run of an edition without anything to tell ends here, as a quiet day or a failure.
    """
    if not _sources(run) or parts.one(db, run.id, _RECORD) is not None:
        return
    now = clock()
    record, chosen = _collected(db, settings, run, now=now)
    if run.edition is not None:
        documents.add_to_run(db, run.id, chosen)
        ended = _outcome(db, run, record, n_documents=len(chosen))
        if ended.kind != "briefing":
            _settle(db, run, ended, now=clock())
    told = Progress("collected", {"sources": len(record.sources)}, clock())
    parts.put(db, run.id, _RECORD, _RECORDS.dump_python(record, mode="json"), told=told)


def preview(db: Database, settings: Settings, stored: Stored, *, now: datetime) -> Gathered:
    """Return what an edition would tell now.

    Raises:
        NoUsableSourceError: nothing.
    """
    run = request.imagined(stored, now=now)
    record, chosen = _collected(db, settings, run, now=now)
    ended = _outcome(db, run, record, n_documents=len(chosen))
    if ended.kind != "briefing":
        raise NoUsableSourceError(ended.message)
    return _gathered(db, settings, run, record, chosen)


def gather(db: Database, settings: Settings, run: Run) -> Gathered:
    """Return all that the briefing of a run is made of.

    Raises:
        InputError: the settings no longer allow what was asked for.
    """
    record, given = _record(db, run), documents.of_run(db, run.id)
    if record.documents is not None:
        chosen = frozenset(record.documents)
        given = tuple(document for document in given if document.id in chosen)
    return _gathered(db, settings, run, record, given)


def publish(
    db: Database, run: Run, gathered: Gathered, briefing: Briefing, *, now: datetime
) -> None:
    """End a run with its briefing and what is to be delivered, unless it ended before."""
    told = [] if run.edition is None else outbox.plan(edition(run), run, briefing)
    considered = gathered.record.considered
    runs.publish(db, run.id, briefing, now=now, deliveries=told, included=considered)


def fail(db: Database, run: Run, code: str, message: str, *, now: datetime) -> None:
    """End a run without a briefing; of an edition in one line that says what makes up for it."""
    if run.edition is None:
        runs.fail(db, run.id, code=code, message=message, now=now)
        return
    line = outcome.failure_line(run.edition, [run.day or ""], message)
    told = outbox.plan(edition(run), run, line)
    runs.settle(db, run.id, now=now, outcome="failed", message=message, deliveries=told)


def engine(settings: Settings, run: Run) -> str:
    """Return the name of the engine that writes a run."""
    assert isinstance(run.request, dict)
    options = run.request.get("options")
    asked = options.get("engine") if isinstance(options, dict) else None
    return str(asked or settings.engine)


def edition(run: Run) -> Edition:
    """Return what the edition of a run asked for when it was due."""
    assert isinstance(run.request, dict)
    return Edition.model_validate(run.request["edition"])


def _gathered(
    db: Database,
    settings: Settings,
    run: Run,
    record: Record,
    given: tuple[Document, ...],
) -> Gathered:
    asked = requests.asked(run, _allowing(settings, run), _finder(db, run))
    options = asked.options
    if run.edition is not None:
        assert run.day is not None
        options = replace(
            options,
            previous=previous.load(db, owner=run.owner, edition=run.edition, day=run.day),
            vanished=record.vanished,
            topics=tuple(topic.sought() for topic in edition(run).topics),
        )
    record = replace(record, notes=(*run.notes, *record.notes))
    return Gathered(given, options, asked.settings, record)


def _collected(
    db: Database, settings: Settings, run: Run, *, now: datetime
) -> tuple[Record, tuple[Document, ...]]:
    """Read the sources of a run; its documents are returned where they are an edition's."""
    collected = collecting.collect(
        db,
        settings,
        owner=run.owner,
        edition=run.edition,
        sources=_sources(run),
        run_id=run.id,
        now=now,
        deadline=_deadline(run, now),
    )
    if run.edition is None:
        return Record(sources=collected.sources, notes=collected.notes), ()
    return _chosen(db, settings, run, collected, now=now)


def _chosen(
    db: Database, settings: Settings, run: Run, collected: Collected, *, now: datetime
) -> tuple[Record, tuple[Document, ...]]:
    """Return what of an edition's sources belongs to a run, and what is on record of them."""
    assert run.edition is not None
    assert run.day is not None
    assert run.due is not None
    within = window.window(edition(run), day=run.day, due=run.due, now=now, last=_last_due(db, run))
    local = {source.name for source in collected.sources if source.url is None}
    chosen = window.choose((_dated(seen, local) for seen in collected.waiting), within)
    again = recheck.changed(db, settings, owner=run.owner, edition=run.edition, now=now)
    by_key = dict(zip((seen.key for seen in collected.waiting), collected.documents, strict=True))
    texts = (*(by_key[key] for key in chosen.included), *again.documents)
    record = Record(
        sources=collected.sources,
        notes=(*collected.notes, *([chosen.note] if chosen.note else ())),
        documents=tuple(document.id for document in texts),
        considered=(*chosen.considered, *collected.superseded, *again.keys),
        vanished=again.vanished,
    )
    return record, texts


def _dated(seen: SeenDocument, local: Collection[str]) -> SeenDocument:
    """Return an article as the window sees it: what somebody put into a folder is new there."""
    return replace(seen, published=None) if seen.source in local else seen


def _outcome(db: Database, run: Run, record: Record, *, n_documents: int) -> Outcome:
    assert run.edition is not None
    last = next(iter(_earlier(db, run)), None)
    return outcome.decide(
        edition(run),
        last_day=last.day if last else None,
        n_documents=n_documents,
        sources=record.sources,
    )


def _settle(db: Database, run: Run, ended: Outcome, *, now: datetime) -> None:
    """End a run of an edition that has nothing to tell."""
    if ended.kind == "failed":
        fail(db, run, "no_usable_source", ended.message, now=now)
        return
    told = outbox.plan(edition(run), run, ended.message, is_quiet=True)
    runs.settle(db, run.id, now=now, outcome="quiet", message=ended.message, deliveries=told)


def _earlier(db: Database, run: Run) -> list[Run]:
    """Return the runs of an edition that made a briefing of an earlier day, newest first."""
    found, _ = runs.page(db, owner=run.owner, limit=_LOOK_BACK, cursor=None, edition=run.edition)
    day = run.day or ""
    return [each for each in found if each.outcome == "briefing" and (each.day or "") < day]


def _last_due(db: Database, run: Run) -> datetime | None:
    return next((each.due for each in _earlier(db, run) if each.due is not None), None)


def _deadline(run: Run, now: datetime) -> datetime:
    """Return when the sources of a run are no longer waited for: a little before it is due."""
    latest = now + MAX_COLLECT
    if run.due is None or run.due - now < 2 * MAKING:
        return latest
    return min(latest, run.due - MAKING)


def _record(db: Database, run: Run) -> Record:
    content = parts.one(db, run.id, _RECORD)
    return Record(sources=(), notes=()) if content is None else _RECORDS.validate_python(content)


def _sources(run: Run) -> Sequence[str]:
    assert isinstance(run.request, dict)
    given = run.request.get("sources") or []
    assert isinstance(given, list)
    return [str(source) for source in given]


def _allowing(settings: Settings, run: Run) -> Settings:
    """Return the settings with the engine of the run's edition among those of the server.

    Who may put an edition is trusted with its engine.
    """
    wanted = edition(run).engine if run.edition is not None else None
    if wanted is None:
        return settings
    engines = (*settings.server.engines, wanted)
    return settings.model_copy(
        update={"server": settings.server.model_copy(update={"engines": engines})}
    )


def _finder(db: Database, run: Run) -> Callable[[str], Json | None]:
    """Return what finds the briefing of a run of the same owner."""

    def find(name: str) -> Json | None:
        found = runs.get(db, name, owner=run.owner)
        return None if found is None else briefings.get(db, found.id)

    return find
