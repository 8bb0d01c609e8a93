"""The tables, the same on SQLite and PostgreSQL.

Times are ISO 8601 in UTC with microseconds, so that they sort as text; JSON is text, so that what
was written is what is read, byte by byte.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import Text as PlainText
from sqlalchemy.engine import Dialect

from summarizer.service.store.encoding import storable

VERSION = 1  # of the schema; `migrations` brings older databases to it

UNFINISHED = ("accepted", "running")  # states of a run; "done", "failed", "cancelled" stay

metadata = MetaData()


class Text(TypeDecorator[str]):
    """Text, whatever it holds: what a database may refuse is replaced on the way in."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the library's argument
        """Return what is written."""
        return None if value is None else storable(value)


def _run(*, primary: bool = False) -> Column[str]:
    """Return a column that names a run; what belongs to a run goes with it."""
    return Column(
        "run",
        Text,
        ForeignKey("runs.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


versions = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

documents = Table(
    "documents",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of `content`
    Column("searched", Text, nullable=False),  # its text, folded
    Column("content", Text, nullable=False),  # the document as JSON
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("input_hash", Text, nullable=False),
    Column("idempotency_key", Text),
    Column("edition", Text),
    Column("day", Text),
    Column("due", Text),
    Column("scheduled", Boolean, nullable=False),
    Column("outcome", Text),
    Column("executor", Text),
    Column("error_code", Text),
    Column("error", Text),
    Column("created", Text, nullable=False),
    Column("started", Text),
    Column("finished", Text),
    Column("n_takeovers", Integer, nullable=False, default=0),
    # What may be long comes last, so that SQLite need not read it to find the others.
    Column("notes", Text, nullable=False),  # of reading the request
    Column("request", Text, nullable=False),
    UniqueConstraint("owner", "idempotency_key", name="one_run_a_key"),
    Index("runs_by_owner", "owner", "created", "id"),
    Index("runs_by_status", "status", "created"),
    Index("runs_by_edition", "owner", "edition", "day"),
)
Index(
    "one_scheduled_run_a_day",
    runs.c.owner,
    runs.c.edition,
    runs.c.day,
    unique=True,
    sqlite_where=runs.c.scheduled,
    postgresql_where=runs.c.scheduled,
)

run_documents = Table(
    "run_documents",
    metadata,
    _run(primary=True),
    Column("position", Integer, primary_key=True),
    Column("hash", Text, ForeignKey("documents.hash"), nullable=False, index=True),
    Column("id", Text, nullable=False),  # of the document in its briefing
)

briefings = Table(
    "briefings",
    metadata,
    _run(primary=True),
    Column("id", Text, nullable=False),
    Column("day", Text),
    Column("title", Text, nullable=False),  # the headline of its first story, else its title
    Column("content", Text, nullable=False),  # its JSON without the documents' texts
)

parts = Table(
    "parts",
    metadata,
    _run(primary=True),
    Column("key", Text, primary_key=True),  # of a source, a story
    Column("content", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    _run(primary=True),
    Column("seq", Integer, primary_key=True),  # from 1 in each run
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("at", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _run(primary=True),
    Column("position", Integer, primary_key=True),
    Column("claim", Text, nullable=False),
    Column("story", Text, nullable=False),
    Column("headline", Text, nullable=False),  # of its story
    Column("text", Text, nullable=False),
    Column("searched", Text, nullable=False),  # the text, folded
    Column("verdict", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("edition", Text),
    Column("day", Text, nullable=False),  # of the briefing; empty without one
)
Index(  # in the order hits are shown
    "claims_by_day",
    claims.c.owner,
    claims.c.day.desc(),
    claims.c.run.desc(),
    claims.c.position,
)

editions = Table(
    "editions",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("spec", Text, nullable=False),
    Column("origin", Text, nullable=False),  # "file" or "http"
    Column("since", Text, nullable=False),  # nothing was due before
    Column("updated", Text, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # a version of an article
    # Null once retention let the text go: that it was seen is remembered longer.
    Column("hash", Text, ForeignKey("documents.hash"), index=True),
    Column("source", Text, nullable=False),
    Column("published", Text),  # as the document says
    Column("first_seen", Text, nullable=False),
    Column("run", Text),  # whose published briefing included it
    Index("seen_by_run", "owner", "edition", "run"),
    Index("seen_by_source", "owner", "edition", "source", "first_seen"),
)

validators = Table(
    "validators",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
)

health = Table(
    "health",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("url", Text),
    Column("status", Text, nullable=False),
    Column("last_tried", Text, nullable=False),
    Column("last_ok", Text),
    Column("failing_since", Text),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    _run(),
    Column("channel", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("status", Text, nullable=False),  # pending, sending, sent, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt", Text, nullable=False),
    Column("message", Text),  # why the last attempt failed
    Column("sent", Text),
    Index("deliveries_by_status", "status", "next_attempt"),
    Index("deliveries_by_run", "run"),
)

unsubscribed = Table(
    "unsubscribed",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of the secret
    Column("scopes", Text, nullable=False),  # separated by spaces
    Column("expires", Text),
    Column("budget_usd_month", Float),
    Column("created", Text, nullable=False),
    Column("revoked", Text),
)

usage = Table(
    "usage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Text, nullable=False),  # the row stays when the run is deleted
    Column("owner", Text, nullable=False),
    Column("edition", Text),
    Column("day", Text, nullable=False),  # UTC, on which the run finished
    Column("calls", Integer, nullable=False),
    Column("cached_calls", Integer, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost_usd", Float),  # null where a price is unknown
    Index("usage_by_day", "owner", "day"),
)

answers = Table(
    "answers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("recorded", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("executor", Text, primary_key=True),
    Column("beat", Text, nullable=False),
)

facts = Table(  # single values about the database itself
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
