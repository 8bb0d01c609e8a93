"""Feeds as they come and feeds made to hurt: each ends with a status, and no script is in a text.

Run `python -m benchmarks.feeds [DATA] [FOLDER ...] [--record]`. DATA holds `feeds/*.jsonl` (one
`{"xml", "encoding"}` a line, "base64" for bytes), each FOLDER feeds as files. A local site serves
all of them, and they are read as an edition reads them; no page that they lead to answers.
"""

import base64
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import httpcore2

from benchmarks import results
from benchmarks.data import arguments_with_data, read_lines
from summarizer.errors import SummarizerError
from summarizer.sources import web
from summarizer.sources.fetch import Fetcher
from summarizer.sources.status import Status
from summarizer.sources.web import Loaded, Request
from summarizer.types import Document
from tests.sources.servers.site import HOST, LOCAL, answer, serving

GOALS = {"feeds that ended without a status": 0, "documents with a script": 0}
NOW = datetime(2026, 11, 1, tzinfo=UTC)
_HOST = "feeds.test"
_SCRIPT = re.compile(
    r"<\s*/?\s*script|javascript\s*:|vbscript\s*:|\bon(?:error|load|click|mouseover)\s*=\s*[\"'\w]"
    r"|location\.href|document\.cookie",
    re.IGNORECASE,
)


def feeds(data: str, folders: Sequence[Path]) -> dict[str, bytes]:
    """Return the feeds by a path of their own."""
    found = [*_lines(data), *(file for folder in folders for file in _files(folder))]
    return {f"/{i}": body for i, body in enumerate(found)}


def measure(bodies: dict[str, bytes]) -> dict[str, float]:
    """Return the counts over feeds, and the seconds they take."""
    statuses: Counter[str] = Counter()
    n_scripts = n_documents = 0
    started = time.perf_counter()
    routes = {path: answer(body) for path, body in bodies.items()}
    with serving(routes) as site, _fetcher() as fetcher:
        request = Request(fetcher=fetcher, now=NOW)
        for path in bodies:
            loaded = _read(site.url(_HOST, path), request)
            statuses[loaded.sources[0].status if loaded and loaded.sources else "none"] += 1
            for document in loaded.documents if loaded else ():
                n_documents += 1
                n_scripts += _has_script(document)
    known = get_args(Status)
    return {
        "feeds that ended without a status": float(
            sum(n for status, n in statuses.items() if status not in known)
        ),
        "documents with a script": float(n_scripts),
        "feeds": float(len(bodies)),
        "documents": float(n_documents),
        "feeds a second": len(bodies) / (time.perf_counter() - started),
        **{f"status {status}": float(n) for status, n in sorted(statuses.items())},
    }


def _read(url: str, request: Request) -> Loaded | None:
    try:
        return web.read(url, request)
    except (SummarizerError, ValueError, LookupError, TypeError, RecursionError) as error:
        print(f"{url}: {type(error).__name__}")
        return None


def _has_script(document: Document) -> bool:
    return any(map(_SCRIPT.search, (document.text, document.title, document.source))) or (
        document.url is not None and not document.url.startswith(("http://", "https://"))
    )


def _fetcher() -> Fetcher:
    def resolve(host: str, _port: int) -> list[str]:
        if host == _HOST:
            return [HOST]
        raise httpcore2.ConnectError(f"{host} is not asked for here")

    return Fetcher(policy=LOCAL, resolve=resolve, delay_s=0.0, sleep=lambda _: None)


def _lines(data: str) -> Iterator[bytes]:
    for path in sorted(Path(data, "feeds").glob("*.jsonl")):
        for line in read_lines(str(path)):
            written = str(line["xml"])
            is_packed = line.get("encoding") == "base64"
            yield base64.b64decode(written) if is_packed else written.encode(errors="replace")


def _files(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def main() -> None:
    """Print the counts beside their goals."""
    parser = arguments_with_data(__doc__ or "")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of feeds as files")
    given = parser.parse_args()
    figures = measure(feeds(given.data, given.folders))
    for name, value in figures.items():
        goal = GOALS.get(name)
        met = "" if goal is None else f"  goal {goal}{'' if value <= goal else '  MISSED'}"
        print(f"{name:<40}{value:>10.1f}{met}")
    if given.record:
        results.record("feeds", figures)


if __name__ == "__main__":
    main()
