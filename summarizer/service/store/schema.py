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
    String,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = 1  # of the schema; `migrations` brings older databases to it

metadata = MetaData()


def _run(*, primary: bool = False) -> Column[str]:
    """Return a column that names a run; what belongs to a run goes with it."""
    return Column(
        "run",
        String,
        ForeignKey("runs.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


versions = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

documents = Table(
    "documents",
    metadata,
    Column("hash", String, primary_key=True),  # SHA-256 of `content`
    Column("content", Text, nullable=False),  # a document as JSON
    Column("searched", Text, nullable=False),  # its title and text, folded
    Column("kept", String, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("status", String, nullable=False),
    Column("request", Text, nullable=False),
    Column("input_hash", String, nullable=False),
    Column("idempotency_key", String),
    Column("edition", String),
    Column("day", String),
    Column("due", String),
    Column("scheduled", Boolean, nullable=False),
    Column("outcome", String),
    Column("executor", String),
    Column("error_code", String),
    Column("error", String),
    Column("notes", Text, nullable=False),  # of reading the request
    Column("created", String, nullable=False),
    Column("started", String),
    Column("finished", String),
    Column("n_takeovers", Integer, nullable=False, default=0),
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
    Column("hash", String, ForeignKey("documents.hash"), nullable=False, index=True),
    Column("id", String, nullable=False),  # of the document in its briefing
)

briefings = Table(
    "briefings",
    metadata,
    _run(primary=True),
    Column("id", String, nullable=False),
    Column("day", String),
    Column("title", String, nullable=False),  # the headline of its first story, else its title
    Column("content", Text, nullable=False),  # its JSON without the documents' texts
)

parts = Table(
    "parts",
    metadata,
    _run(primary=True),
    Column("key", String, primary_key=True),  # of a story
    Column("content", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    _run(primary=True),
    Column("seq", Integer, primary_key=True),  # from 1 in each run
    Column("kind", String, nullable=False),
    Column("data", Text, nullable=False),
    Column("at", String, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _run(primary=True),
    Column("position", Integer, primary_key=True),
    Column("claim", String, nullable=False),
    Column("story", String, nullable=False),
    Column("headline", Text, nullable=False),  # of its story
    Column("text", Text, nullable=False),
    Column("searched", Text, nullable=False),  # the text, folded
    Column("verdict", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("day", String, nullable=False),  # of the briefing; empty without one
    Index("claims_by_day", "owner", "day"),
)

editions = Table(
    "editions",
    metadata,
    Column("owner", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("spec", Text, nullable=False),
    Column("origin", String, nullable=False),  # "file" or "http"
    Column("since", String, nullable=False),  # nothing was due before
    Column("updated", String, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("owner", String, primary_key=True),
    Column("edition", String, primary_key=True),
    Column("key", String, primary_key=True),  # a version of an article
    Column("hash", String, ForeignKey("documents.hash"), nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("run", String),  # whose published briefing included it
    Index("seen_by_run", "owner", "edition", "run"),
)

validators = Table(
    "validators",
    metadata,
    Column("owner", String, primary_key=True),
    Column("edition", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("etag", String, nullable=False),
    Column("modified", String, nullable=False),
)

health = Table(
    "health",
    metadata,
    Column("owner", String, primary_key=True),
    Column("edition", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("url", String),
    Column("status", String, nullable=False),
    Column("last_tried", String, nullable=False),
    Column("last_ok", String),
    Column("failing_since", String),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    _run(),
    Column("channel", String, nullable=False),
    Column("target", String, nullable=False),
    Column("payload", Text, nullable=False),
    Column("status", String, nullable=False),  # pending, sending, sent, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt", String, nullable=False),
    Column("message", String),  # why the last attempt failed
    Column("sent", String),
    Index("deliveries_by_status", "status", "next_attempt"),
    Index("deliveries_by_run", "run"),
)

unsubscribed = Table(
    "unsubscribed",
    metadata,
    Column("owner", String, primary_key=True),
    Column("edition", String, primary_key=True),
    Column("recipient", String, primary_key=True),
    Column("at", String, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("name", String, primary_key=True),
    Column("hash", String, nullable=False, unique=True),  # SHA-256 of the secret
    Column("scopes", String, nullable=False),  # separated by spaces
    Column("expires", String),
    Column("budget_usd_month", Float),
    Column("created", String, nullable=False),
    Column("revoked", String),
)

usage = Table(
    "usage",
    metadata,
    Column("run", String, primary_key=True),  # stays when the run is deleted
    Column("owner", String, nullable=False),
    Column("edition", String),
    Column("day", String, nullable=False),  # UTC, on which the run finished
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
    Column("key", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("recorded", String, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("executor", String, primary_key=True),
    Column("beat", String, nullable=False),
)

facts = Table(  # single values about the database itself
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
