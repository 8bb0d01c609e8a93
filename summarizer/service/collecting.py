"""What the sources of a run give, kept before the run relies on it.

What a source gave is in the store, in one transaction, with what its server is asked next time.
So a run that ends in the middle loses nothing: the next one finds what waits, also where a server
says that nothing has changed since.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pydantic import TypeAdapter

from summarizer.service import copies, networks, reading, visited
from summarizer.service.reading import Answer, Task
from summarizer.service.store import documents, parts, seen
from summarizer.service.store.database import Database
from summarizer.service.store.seen import Article, SeenDocument, SourceReport
from summarizer.service.visited import Visited
from summarizer.settings import Settings
from summarizer.sources.articles import TEASER
from summarizer.sources.fetch import Fetcher
from summarizer.sources.status import SOUND
from summarizer.sources.web import Loaded, Request
from summarizer.types import Document, Note, Source

_MARGIN = 0.1  # of the time until the deadline, kept for finishing what was begun
_MAX_MARGIN_S = 5.0
_PART = "source "  # what the key of a part begins with, before the address of the source
_Kept = tuple[tuple[Source, ...], tuple[Note, ...]]
_KEPT: TypeAdapter[_Kept] = TypeAdapter(_Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What the sources of a run gave.

    Of an edition these are the articles that none of its briefings has included: what was fetched
    now, and what waits since runs that failed. Of several versions of an article the newest one
    is there, the others are `superseded`.
    """

    documents: tuple[Document, ...]
    sources: tuple[Source, ...]  # in the order given, those of a list in its place
    notes: tuple[Note, ...]
    waiting: tuple[SeenDocument, ...] = ()  # of an edition: one a document, in the same order
    superseded: tuple[str, ...] = ()  # keys that need not wait any longer

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the names of the sources that could not be read."""
        return tuple(source.name for source in self.sources if source.status not in SOUND)


def collect(  # noqa: PLR0913 - a run and its circumstances, each by its name
    db: Database,
    settings: Settings,
    *,
    owner: str,
    edition: str | None,
    sources: Sequence[str],
    run_id: str,
    now: datetime,
    deadline: datetime | None = None,
) -> Collected:
    """Read the sources of a run and return what is ready at the deadline.

    Args:
        db: where it is kept.
        settings: the networks that may be entered.
        owner: whose run it is.
        edition: its name; None: the sources are web addresses, read for this run alone, and what
            they give is added to its documents.
        sources: web addresses, files, folders, globs.
        run_id: of the run.
        now: with its zone; what is seen for the first time is first seen then.
        deadline: when what is ready is returned; None: when all sources have ended.

    Raises:
        ConfigurationError: an allowed network cannot be read.
        StorageError: the database cannot be written now; what was kept before stays.
    """
    task = Task(
        owner=owner, edition=edition, sources=sources, run_id=run_id, now=now, deadline=deadline
    )
    with networks.fetcher(settings, deadline_s=_work_s(task)) as fetcher:
        return read_all(db, fetcher, task)


def read_all(db: Database, fetcher: Fetcher, task: Task) -> Collected:
    """Read the sources of a run with a fetcher, as `collect` does."""
    if task.edition is None:
        return _of_request(db, fetcher, task)
    return _of_edition(db, fetcher, task, task.edition)


def key(document: Document) -> str:
    """Return what tells a version of an article from all others.

    The address and the text count, so that an article that two feeds bring is one, and one that
    has changed is another.
    """
    content = sha256(document.text.encode()).hexdigest()
    return sha256(f"{document.url or document.id}\n{content}".encode()).hexdigest()


def _of_request(db: Database, fetcher: Fetcher, task: Task) -> Collected:
    """Return what the sources of a request give, as part of its run."""
    answers = _in_order(reading.read(task, Request(fetcher=fetcher, now=task.now)))
    for answer in answers:
        loaded = answer.loaded
        if len(loaded.documents) == 1 and answer.source in loaded.validators:
            copies.keep(db, task.owner, answer, _article(loaded.documents[0]), task.now)
    answers = copies.fill(db, task.owner, answers, task.now)
    found = tuple(document for answer in answers for document in answer.loaded.documents)
    documents.add_to_run(db, task.run_id, found)
    return Collected(documents=found, sources=_sources(answers), notes=_notes(answers))


def _of_edition(db: Database, fetcher: Fetcher, task: Task, edition: str) -> Collected:
    """Keep what each source gives when it has ended; return what was not told yet."""
    known = visited.load(db, task.owner, edition)
    had = _had(db, task)
    answers = []
    request = Request(fetcher=fetcher, now=task.now, have=known.have)
    for answer in reading.read(task, request, feeds=known.feeds, had=had):
        answers.append(answer)
        if answer.loaded.sources and answer.source not in had:  # a list has none of its own
            seen.record(db, task.owner, edition, _report(answer, known, task))
    return _untold(db, task.owner, edition, _in_order(answers))


def _work_s(task: Task) -> float | None:
    """Return how long may be fetched: what has been read by then is made use of in time."""
    left_s = task.left_s
    return None if left_s is None else left_s - min(_MAX_MARGIN_S, _MARGIN * left_s)


def _in_order(answers: Iterator[Answer] | Sequence[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda answer: answer.place)


def _sources(answers: Sequence[Answer]) -> tuple[Source, ...]:
    return tuple(source for answer in answers for source in answer.loaded.sources)


def _notes(answers: Sequence[Answer]) -> tuple[Note, ...]:
    return tuple(note for answer in answers for note in answer.loaded.notes)


def _had(db: Database, task: Task) -> dict[str, Loaded]:
    """Return what sources gave to this run before its process was ended, but for documents."""
    kept = {
        key.removeprefix(_PART): _KEPT.validate_python(content)
        for key, content in parts.of_run(db, task.run_id).items()
        if key.startswith(_PART)
    }
    return {source: Loaded(sources, notes=notes) for source, (sources, notes) in kept.items()}


def _report(answer: Answer, known: Visited, task: Task) -> SourceReport:
    source = answer.loaded.sources[0]
    kept = _KEPT.dump_python((answer.loaded.sources, answer.loaded.notes), mode="json")
    return SourceReport(
        source=answer.source,
        url=source.url,
        status=source.status,
        at=task.now,
        articles=[*map(_article, answer.loaded.documents)],
        validators=visited.kept(answer.loaded, answer.source, known),
        part=(task.run_id, f"{_PART}{answer.source}", kept),
    )


def _article(document: Document) -> Article:
    return Article(key(document), document)


def _untold(db: Database, owner: str, edition: str, answers: Sequence[Answer]) -> Collected:
    """Return what no briefing of an edition has included, the newest version of each article."""
    waiting = seen.waiting(db, owner, edition)
    texts = {key(found): found for found in documents.load(db, [each.hash for each in waiting])}
    versions: dict[str, list[SeenDocument]] = defaultdict(list)
    for each in waiting:
        if each.key in texts:
            versions[texts[each.key].url or each.key].append(each)

    def rank(version: SeenDocument) -> tuple[datetime, bool, int]:
        text = texts[version.key]
        return version.first_seen, text.kind != TEASER, len(text.text)

    newest = tuple(max(of_one, key=rank) for of_one in versions.values())
    chosen = {each.key for each in newest}
    return Collected(
        documents=tuple(texts[each.key] for each in newest),
        sources=_sources(answers),
        notes=(*_notes(answers), *_copies(answers, newest, texts)),
        waiting=newest,
        superseded=tuple(each.key for each in waiting if each.key not in chosen),
    )


def _copies(
    answers: Sequence[Answer], newest: Sequence[SeenDocument], texts: Mapping[str, Document]
) -> Iterator[Note]:
    """Say of each source that does not answer what is used of earlier times."""
    kept: dict[str, list[SeenDocument]] = defaultdict(list)
    for each in newest:
        kept[each.source].append(each)
    for answer in answers:
        for source in answer.loaded.sources:
            if source.status == "unreachable" and (used := kept[answer.source]):
                when = max(each.first_seen for each in used)
                yield copies.note(source.name, when, [texts[each.key] for each in used])
