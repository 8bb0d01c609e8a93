"""The page on how a briefing came about: what was withheld, every document, events, deliveries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from summarizer.render.counts import use_line
from summarizer.render.outline import outline
from summarizer.service.store import briefings, events, outbox
from summarizer.service.store.database import Database
from summarizer.service.store.events import Event
from summarizer.service.store.run import Run
from summarizer.service.stored import restore
from summarizer.service.web import frame, wording
from summarizer.service.web.briefing import way
from summarizer.service.web.frame import Link, Page, part
from summarizer.types import Briefing, LedgerEntry, Use, Withheld


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was withheld."""

    draft: Withheld
    verdict: str
    story: str  # its headline; empty when the story was not printed
    titles: Mapping[str, str]  # of the documents, by id


@dataclass(frozen=True, slots=True)
class Row:
    """A document and what became of it."""

    entry: LedgerEntry
    story: str  # the headline of its story; empty when none was printed
    anchor: str  # of that headline in the briefing


def page(db: Database, run: Run) -> Page:
    """Return the page on how a run went; it has more to show when there is a briefing."""
    told = None if run.briefing is None else restore(briefings.get(db, run.id))
    return frame.page(
        "audit",
        way=(*way(run), Link("The briefing", part("briefings", run.id))),
        run=run,
        outcome=wording.outcome(run),
        briefing=told,
        lines=outline(told).reasoned if told else (),
        withheld=[*_drafts(told)] if told else [],
        ledger=_ledger(told) if told else [],
        sources=[(each, wording.source(each.status)) for each in told.sources] if told else [],
        deliveries=outbox.of_run(db, run.id),
        events=[(event, _said(event)) for event in events.after(db, run.id, 0)],
    )


def _ledger(told: Briefing) -> list[tuple[str, list[Row]]]:
    """Return the documents of each use under their count, as "19 cited"."""
    anchors = {line.claim.id: line.anchor for line in outline(told).lines}
    headlines = {each.id: each.headline for each in told.stories}
    headlines |= {each.id: each.claim for each in told.in_brief}
    rows: dict[Use, list[Row]] = {use: [] for use in get_args(Use)}
    for entry in told.documents:
        headline = headlines.get(entry.story or "")
        text, claim = (headline.text, headline.id) if headline else ("", "")
        rows[entry.use].append(Row(entry, text, anchors.get(claim, "")))
    return [(use_line(use, len(found), "en"), found) for use, found in rows.items() if found]


def _drafts(told: Briefing) -> Iterator[Draft]:
    headlines = {story.id: story.headline.text for story in told.stories}
    titles = {entry.id: entry.title or entry.source or entry.id for entry in told.documents}
    for draft in told.withheld:
        said = wording.verdict(draft.verdict)
        yield Draft(draft, said, headlines.get(draft.story, ""), titles)


def _said(event: Event) -> str:
    """Write what an event tells, a value after its name."""
    told = event.data if isinstance(event.data, dict) else {"value": event.data}
    return ", ".join(f"{key}: {value}" for key, value in told.items() if value is not None)
