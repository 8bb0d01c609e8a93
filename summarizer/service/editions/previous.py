"""An edition's earlier briefings, which today's is compared with."""

from datetime import date, timedelta

from summarizer.briefing import previous
from summarizer.briefing.previous import Previous
from summarizer.service.store import briefings
from summarizer.service.store.database import Database

# What was printed in the last seven days is not printed again; the week before keeps the ids of
# stories that paused, and gives an edition of one day a week something to be compared with.
DAYS = 14
_A_DAY = 2  # briefings of one day at most, one of them made by hand


def load(db: Database, *, owner: str, edition: str, day: str) -> tuple[Previous, ...]:
    """Return the briefings of the days before `day`, newest first."""
    since = (date.fromisoformat(day) - timedelta(days=DAYS)).isoformat()
    found = briefings.of_edition(db, owner, edition, before_day=day, limit=DAYS * _A_DAY)
    read = (previous.read(content, where=f"an earlier briefing of {edition}") for content in found)
    return tuple(each for each in read if each.day is not None and each.day.isoformat() >= since)
