"""The page that finds sentences in all briefings of its reader."""

from summarizer.errors import InputError, LimitError
from summarizer.service.store import claims, editions
from summarizer.service.store.claims import Hit
from summarizer.service.store.database import Database
from summarizer.service.web import frame, wording
from summarizer.service.web.frame import Page

N_HITS = 20  # of one page


def page(db: Database, owner: str, *, q: str, cursor: str | None = None) -> Page:
    """Return the sentences in which every word of `q` occurs; what cannot be asked is said."""
    hits: list[Hit] = []
    after, refused = None, ""
    if asked := q.replace("\x00", "").strip():
        try:
            hits, after = claims.search(db, owner=owner, q=asked, limit=N_HITS, cursor=cursor)
        except (InputError, LimitError) as error:
            refused = str(error)
    titles = {stored.name: wording.title(stored) for stored in editions.all(db, owner)}
    return frame.page("search", q=asked, hits=hits, titles=titles, after=after, refused=refused)
