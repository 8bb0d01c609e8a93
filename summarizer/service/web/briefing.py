"""The page of a run: its briefing, or how far it is, or why there is none."""

from dataclasses import replace
from itertools import pairwise

from summarizer.render import html
from summarizer.render.outline import outline
from summarizer.service.store import briefings, documents, events, runs
from summarizer.service.store.database import Database
from summarizer.service.store.run import Run
from summarizer.service.stored import restore
from summarizer.service.web import frame, wording
from summarizer.service.web.frame import HOME, Link, Page, part

REFRESH_S = 2  # while it is being made
_LOOK_BACK = 200  # runs of an edition, for its briefings before and after


def page(db: Database, run: Run) -> Page:
    """Return the page of a run."""
    if run.briefing is None:
        return _without(db, run)
    told = restore(briefings.get(db, run.id), documents.of_run(db, run.id))
    told = replace(told, title=title(run) or told.title)
    audit = Link("How it was made", part("briefings", run.id, "audit"))
    return frame.below(html.render(told), way=way(run), more=(*_neighbours(db, run), audit))


def anchor(db: Database, run: Run, claim: str) -> str:
    """Return where in the page of a run a claim stands; an empty string when it does not."""
    if run.briefing is None:
        return ""
    lines = outline(restore(briefings.get(db, run.id))).lines
    return next((line.anchor for line in lines if line.claim.id == claim), "")


def title(run: Run) -> str:
    """Return what the edition of a run was called when it was due; empty without an edition."""
    asked = run.request.get("edition") if isinstance(run.request, dict) else None
    named = asked.get("title") if isinstance(asked, dict) else None
    return str(named or run.edition or "")


def way(run: Run) -> tuple[Link, ...]:
    """Return the pages above that of a run."""
    above = () if run.edition is None else (Link(title(run), part("editions", run.edition)),)
    return (HOME, *above)


def _without(db: Database, run: Run) -> Page:
    return frame.page(
        "run",
        way=way(run),
        run=run,
        outcome=wording.outcome(run),
        events=events.after(db, run.id, 0),
        refresh_s=None if run.is_over else REFRESH_S,
    )


def _neighbours(db: Database, run: Run) -> tuple[Link, ...]:
    """Return the briefings of the edition before and after this one, if they are recent."""
    if run.edition is None:
        return ()
    found, _ = runs.page(db, owner=run.owner, limit=_LOOK_BACK, cursor=None, edition=run.edition)
    told = [each.id for each in found if each.briefing is not None]
    pairs = list(pairwise(told))  # newest first
    earlier = [Link("Earlier", part("briefings", it)) for new, it in pairs if new == run.id]
    later = [Link("Later", part("briefings", it)) for it, old in pairs if old == run.id]
    return (*earlier, *later)
