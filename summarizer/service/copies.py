"""The last good copy of a page: used for a while when the page itself does not answer.

It is for requests, which ask for a page as it is now: each page that was read for one is kept for
the next. The articles of an edition wait in the store anyhow, until a briefing has told them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from summarizer.service.reading import Answer
from summarizer.service.store import documents, seen
from summarizer.service.store.database import Database
from summarizer.service.store.seen import SourceReport
from summarizer.types import Document, Note

MAX_AGE = timedelta(hours=24)  # what is older is no news any more
_REQUESTS = ""  # in the place of an edition's name, which is never empty


def keep(db: Database, owner: str, answer: Answer, article: seen.Article, now: datetime) -> None:
    """Keep a page that was read for a request."""
    source = answer.loaded.sources[0]
    report = SourceReport(
        source=answer.source, url=source.url, status="ok", at=now, articles=[article]
    )
    seen.record(db, owner, _REQUESTS, report)


def fill(db: Database, owner: str, answers: Sequence[Answer], now: datetime) -> list[Answer]:
    """Return the answers, those of pages that lately were there with their last good copy."""
    gone = [i for i, answer in enumerate(answers) if _is_out(answer)]
    if not gone:
        return list(answers)
    read = {each.source: each.last_ok for each in seen.health(db, owner, _REQUESTS)}
    filled = list(answers)
    for i in gone:
        when = read.get(answers[i].source)
        if when is not None and now - when <= MAX_AGE:
            kept = seen.of_source(db, owner, _REQUESTS, answers[i].source, limit=1)
            copies = documents.load(db, [version.hash for version in kept])
            filled[i] = _filled(answers[i], copies, when)
    return filled


def note(name: str, when: datetime, used: Sequence[Document]) -> Note:
    """Say that what was read earlier is used of a source."""
    when = when.astimezone(UTC)
    message = f"{name}: copy of {when.day} {when:%b %H:%M} UTC used"
    return Note("copy_used", message, tuple(document.id for document in used))


def _is_out(answer: Answer) -> bool:
    return any(source.status == "unreachable" for source in answer.loaded.sources)


def _filled(answer: Answer, copies: tuple[Document, ...], when: datetime) -> Answer:
    """Return an answer with copies; that its source was not reached stays visible."""
    loaded = answer.loaded
    source = replace(loaded.sources[0], documents=len(copies))
    said = (*loaded.notes, note(source.name, when, copies))
    return replace(answer, loaded=replace(loaded, sources=(source,), documents=copies, notes=said))
