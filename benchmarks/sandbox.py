"""What parsing in another process costs, and that hostile documents cost nothing but themselves.

Run `python -m benchmarks.sandbox [--record]`. The documents are made here: news pages of 3 kB, and
pages and feeds that keep a parser busy, exhaust its memory or crash it.
"""

import json
import time
from collections.abc import Callable, Mapping
from statistics import median

from benchmarks import results
from benchmarks.data import arguments
from summarizer.errors import InputError
from summarizer.sources import feeds, html
from summarizer.sources.sandbox import Sandbox

GOALS = {
    "warm cost of a document, ms": 5.0,
    "hostile documents that ended the program or took over 10 s": 0,
}
N_PAGES = 300
_SENTENCE = "The storm hit the coast on Monday night and cut the power of many homes there. "
_WORST_S = 10.0


def measure() -> dict[str, float]:
    """Return the milliseconds of one document and how many hostile ones were not contained."""
    box = Sandbox(1)
    started = time.perf_counter()
    box.run(json.loads, b"1")
    figures = {"first document, ms": _ms(started)}
    document = b'"' + b"x" * 3_000 + b'"'
    figures["warm cost of a document, ms"] = _mean_ms(lambda: box.run(json.loads, document))
    page = _page(12)
    figures["page of 3 kB in the program, ms"] = _mean_ms(lambda: html.extract(page))
    data = page.encode()
    figures["page of 3 kB in the sandbox, ms"] = _mean_ms(lambda: box.run(html.read, data))
    seconds = [_seconds(box, name, *case) for name, case in hostile().items()]
    figures["hostile documents that ended the program or took over 10 s"] = sum(
        second > _WORST_S for second in seconds
    )
    figures["hostile document, s, median"] = median(seconds)
    figures["hostile document, s, worst"] = max(seconds)
    box.close()
    return figures


def hostile() -> Mapping[str, tuple[Callable[..., object], str]]:
    """Return documents that are made to hurt, each with its reader."""
    n = 1_000_000
    items = "<item><title>a</title></item>"
    return {
        "nested elements": (html.read, "<div>" * n),
        "nested lists": (html.read, "<ul><li>" * (n // 2)),
        "attributes": (html.read, "<p " + "a=b " * n + ">"),
        "links": (html.read, f"<a href='/x'>{_SENTENCE}</a>" * (n // 12)),
        "unclosed formatting": (html.read, "<b><i>x" * n),
        "one text": (html.read, f"<p>{_SENTENCE * (n // 9)}</p>"),
        "tables": (html.read, "<table><tr><td>" * (n // 2)),
        "paragraphs": (html.read, f"<p>{_SENTENCE}</p>" * (n // 10)),
        "entities": (feeds.read, "<!DOCTYPE x [" + "<!ENTITY a 'b'>" * (n // 10)),
        "entities after a root": (feeds.read, "<rss><!DOCTYPE x [" + "<!ENTITY a 'b'>" * (n // 10)),
        "many items": (feeds.read, f"<rss>{items * (n // 5)}</rss>"),
        "nested items": (feeds.read, "<rss>" + "<item>" * n),
        "items without an end": (feeds.read, "<rss>" + "<item><title>a" * (n // 2)),
        "half tags": (feeds.read, "<rss>" + "<" * n),
        "references": (feeds.read, "<rss>" + "&" * n),
        "escaped tags": (feeds.read, "<rss><item><description>" + "&lt;div>" * n),
        "JSON": (feeds.read, '{"items": ' + "[" * n),
    }


def _seconds(box: Sandbox, name: str, read: Callable[..., object], text: str) -> float:
    options = {"url": "http://news.example/", "declared": None} if read is feeds.read else {}
    started = time.perf_counter()
    try:
        box.run(read, text.encode(), **options)  # type: ignore[arg-type]
        end = "read"
    except InputError as error:
        end = str(error)
    seconds = time.perf_counter() - started
    print(f"{name:24} {seconds:6.2f} s  {end}")
    return seconds


def _page(n_paragraphs: int) -> str:
    body = f"<p>{_SENTENCE * 3}</p>" * n_paragraphs
    return f"<!doctype html><html><head><title>Storm</title></head><body>{body}</body></html>"


def _mean_ms(work: Callable[[], object]) -> float:
    work()
    started = time.perf_counter()
    for _ in range(N_PAGES):
        work()
    return _ms(started) / N_PAGES


def _ms(started: float) -> float:
    return (time.perf_counter() - started) * 1_000


def main() -> None:
    """Print the figures beside their goals."""
    given = arguments(__doc__ or "").parse_args()
    figures = measure()
    for name, value in figures.items():
        goal = GOALS.get(name)
        met = "" if goal is None else f"  goal {goal:g}{'' if value <= goal else '  MISSED'}"
        print(f"{name:<60}{value:>10.2f}{met}")
    if given.record:
        results.record("sandbox", figures)


if __name__ == "__main__":
    main()
