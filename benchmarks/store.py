"""The store after a year: its size, and how long everything the API asks of it takes.

Run `python -m benchmarks.store [--days N] [--database URL] [--record]`. A year is 365 daily
briefings of 300 documents of one edition, made from sentences written here; the briefing of a day
is a real one whose claims say other things each day. Without --database the store is an SQLite
file in a temporary folder. Times are of one query on a store that nobody else uses, in
milliseconds; those over the goal are marked.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import summarizer
from benchmarks import results
from benchmarks.articles import Newsroom
from benchmarks.data import arguments
from summarizer.service.store import (
    archive,
    briefings,
    claims,
    database,
    documents,
    editions,
    events,
    outbox,
    retention,
    runs,
    seen,
    tokens,
    usage,
)
from summarizer.service.store.database import Database
from summarizer.types import Briefing, Claim, Document

GOAL_MS = 50.0
N_DOCUMENTS, N_SOURCES, N_TIMES = 300, 10, 30
SEED = 20_260_304
OWNER, EDITION = "local", "morning"
FIRST_DAY = date(2026, 3, 4)


@dataclass(frozen=True, slots=True)
class Year:
    """A store that is full, and what to ask it for."""

    db: Database
    n_days: int
    run: str  # of a day in the middle
    day: str  # after the last
    document: str  # id of one of that run
    words: Sequence[str]  # common ones and rare ones
    secret: str


def fill(db: Database, n_days: int) -> Year:
    """Accept, publish and deliver one briefing a day."""
    rng = random.Random(SEED)  # noqa: S311 - made-up text, the same every time
    newsroom = Newsroom(SEED)
    pool = [line for row in newsroom.articles(400) for line in row["text"].split("\n\n")]
    sentences = [s.strip() + "." for text in pool for s in text.split(".") if s.strip()]
    first = [summarizer.document(**row) for row in newsroom.articles(N_DOCUMENTS)]
    made = summarizer.brief(first, day=FIRST_DAY.isoformat())
    secret = tokens.add(db, OWNER, scopes=["read"], now=_at(0))
    editions.put(db, OWNER, EDITION, {"sources": []}, origin="file", now=_at(0))
    for n in range(n_days):
        _day(db, n, _written(first, sentences, rng, n), _said(made, sentences, rng))
    words = [s.rstrip(".").split()[-1] for s in rng.choices(sentences, k=N_TIMES)]
    middle = f"run-{n_days // 2}"
    document = documents.of_run(db, middle)[N_DOCUMENTS // 2].id
    return Year(db, n_days, middle, _at(n_days).date().isoformat(), document, words, secret)


def _day(db: Database, n: int, given: Sequence[Document], briefing: Briefing) -> None:
    now, run = _at(n), f"run-{n}"
    for source in range(N_SOURCES):
        articles = [seen.Article(f"{n}-{d.id}", d) for d in given[source::N_SOURCES]]
        report = seen.SourceReport(
            source=f"source {source}", url=None, status="ok", at=now, articles=articles
        )
        seen.record(db, OWNER, EDITION, report)
    day = now.date().isoformat()
    new = runs.NewRun(
        id=run,
        owner=OWNER,
        request={"options": {"words": 600}},
        input_hash=run,
        documents=tuple(given),
        edition=EDITION,
        day=day,
        due=now,
        scheduled=True,
    )
    runs.accept(db, new, now=now)
    runs.claim(db, run, executor="here", now=now)
    runs.publish(
        db,
        run,
        replace(briefing, id=run, day=day),
        now=now + timedelta(seconds=9),
        deliveries=[outbox.NewDelivery(f"mail-{n}", "mail", "desk@example.org", {})],
        included=[f"{n}-{d.id}" for d in given],
    )
    outbox.begin(db, f"mail-{n}", now)
    outbox.sent(db, f"mail-{n}", now)


def _written(
    first: Sequence[Document], sentences: Sequence[str], rng: random.Random, n: int
) -> list[Document]:
    """Return the articles of a day: those of the first with other sentences, as long."""
    return [
        replace(d, id=f"{n}-{i}", text=f"{d.title}\n\n{_text(sentences, rng, len(d.text))}")
        for i, d in enumerate(first)
    ]


def _text(sentences: Sequence[str], rng: random.Random, n_chars: int) -> str:
    mean = sum(map(len, sentences[:100])) // 100 + 1
    return " ".join(rng.choices(sentences, k=max(1, n_chars // mean)))


def _said(briefing: Briefing, sentences: Sequence[str], rng: random.Random) -> Briefing:
    def say(claim: Claim) -> Claim:
        return replace(claim, text=rng.choice(sentences))

    return replace(
        briefing,
        stories=tuple(
            replace(s, headline=say(s.headline), claims=tuple(map(say, s.claims)))
            for s in briefing.stories
        ),
        in_brief=tuple(replace(line, claim=say(line.claim)) for line in briefing.in_brief),
    )


def queries(year: Year) -> dict[str, Callable[[int], object]]:
    """Return what is asked, by name; the number makes each time another question."""
    db, run, day = year.db, year.run, year.day
    now = datetime.fromisoformat(f"{day}T06:00:00+00:00")
    word = year.words.__getitem__

    def any_run(i: int) -> str:
        return f"run-{i * year.n_days // N_TIMES}"

    _, cursor = runs.page(db, owner=OWNER, limit=100, cursor=None)
    return {
        "check a token": lambda _: tokens.check(db, year.secret, now=now),
        "get a run": lambda i: runs.get(db, any_run(i), owner=OWNER),
        "page of runs": lambda _: runs.page(db, owner=OWNER, limit=50, cursor=None),
        "later page of runs": lambda _: runs.page(db, owner=OWNER, limit=50, cursor=cursor),
        "runs of an edition": lambda _: runs.page(
            db, owner=OWNER, limit=50, cursor=None, edition=EDITION
        ),
        "get a briefing": lambda i: briefings.get(db, any_run(i)),
        "get a document": lambda _: documents.one(db, run, year.document),
        "all documents of a run": lambda i: documents.of_run(db, any_run(i)),
        "events": lambda i: events.after(db, any_run(i), 0),
        "briefings of 14 days": lambda _: briefings.of_edition(
            db, OWNER, EDITION, before_day=day, limit=14
        ),
        "search claims for a word": lambda i: claims.search(db, owner=OWNER, q=word(i)),
        "search claims for two": lambda i: claims.search(
            db, owner=OWNER, q=f"{word(i)} {word(i - 1)}"
        ),
        "search claims in vain": lambda i: claims.search(db, owner=OWNER, q=f"zzz{i}"),
        "usage of a month": lambda _: usage.month(db, OWNER, now),
        "usage by day": lambda _: usage.per_day(db, OWNER, "2026-03-01", "2027-03-31"),
        "editions": lambda _: editions.all(db, OWNER),
        "health of sources": lambda _: seen.health(db, OWNER, EDITION),
        "articles that wait": lambda _: seen.waiting(db, OWNER, EDITION),
        "runs and deliveries that wait": lambda _: (runs.waiting(db), outbox.due(db, now)),
        "counts for metrics": lambda _: (runs.counts(db), outbox.counts(db)),
    }


def measure(year: Year) -> Iterator[tuple[str, float, float]]:
    """Yield each query with the median and the 95th percentile of its milliseconds."""
    for name, ask in queries(year).items():
        taken = [_ms(partial(ask, i)) for i in range(N_TIMES)]
        yield name, median(taken), quantiles(taken, n=20)[-1]


def others(year: Year) -> dict[str, float]:
    """Return what people ask for on the command line and what happens at night, in seconds."""
    db, now = year.db, datetime.fromisoformat(f"{year.day}T06:00:00+00:00")
    word = year.words[0]
    acts: dict[str, Callable[[], object]] = {
        "search documents for a word": lambda: archive.search_documents(db, OWNER, word, 20),
        "search documents in vain": lambda: archive.search_documents(db, OWNER, "zzz", 20),
        "retention of one day": lambda: retention.apply(db, now=now, keep_days=year.n_days - 1),
    }
    return {f"{name}, s": _ms(act) / 1e3 for name, act in acts.items()}


def _ms(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1e3


def _at(n: int) -> datetime:
    return datetime.combine(FIRST_DAY, datetime.min.time(), UTC) + timedelta(days=n, hours=5)


def _arguments() -> argparse.Namespace:
    parser = arguments(__doc__ or "")
    parser.add_argument("--days", type=int, default=365, help="how many days (365)")
    parser.add_argument("--database", metavar="URL", help="an empty database to fill")
    return parser.parse_args()


def _report(given: argparse.Namespace, url: str) -> Mapping[str, float]:
    db = database.open(url)
    started = time.perf_counter()
    year = fill(db, given.days)
    figures = {"seconds to fill": time.perf_counter() - started}
    if db.path is not None:
        figures["megabytes"] = db.path.stat().st_size / 1e6
    for name, middle, late in measure(year):
        print(f"{name:<34}{middle:>8.1f}{late:>8.1f}{'  MISSED' if late > GOAL_MS else ''}")
        figures |= {f"{name}, ms, median": middle, f"{name}, ms, p95": late}
    figures |= others(year)
    db.close()
    return figures


def main() -> None:
    """Print the figures, and keep them if asked to."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        figures = _report(given, given.database or str(Path(folder, "summarizer.sqlite")))
    for name, value in figures.items():
        if "ms," not in name:
            print(f"{name:<34}{value:>12,.2f}")
    if given.record:
        results.record("store", figures)


if __name__ == "__main__":
    main()
