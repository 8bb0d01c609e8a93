"""What a second day costs when all of the first is given again, and what a long report takes."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from benchmarks.articles import Newsroom
from benchmarks.briefed import cost, runs
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.text.normalise import document
from summarizer.types import Document
from tests.fake_llm.endpoint import Setup
from tests.fake_llm.server import serving

Figures = Mapping[str, float]

SHAPES = ((600, 12), (900, 12), (600, 6), (1_200, 20), (300, 5))  # words, stories
PAGES, PAGE_WORDS = 200, 500


def next_days(
    days: Sequence[Sequence[Document]], shapes: Sequence[tuple[int, int]] = SHAPES
) -> Figures:
    """Brief each day, then the day with all of the next; count calls for what did not change."""
    counts = Counter[str]()
    for words, stories in shapes:
        options = Options(words=words, stories=stories)
        for day, later in pairwise(days):
            with tempfile.TemporaryDirectory() as folder, serving() as server:
                before = cost.asked(server, day, folder, options)
                after = cost.asked(server, [*day, *later], folder, options)
            known = [story for story in after if story and before[story]]
            counts["stories told again as they were"] += len(known)
            counts["of them asked again"] += sum(after[story] > 0 for story in known)
            counts["calls of the second days"] += sum(after.values())
    return counts


def long_report(window: int) -> Figures:
    """Brief a made-up report of 200 pages through a window; count what passes it."""
    rows = Newsroom(3, n_vocabulary=3_000).articles(PAGES)
    words = "\n\n".join(row["text"] for row in rows).split(" ")[: PAGES * PAGE_WORDS]
    report = document(" ".join(words), title="The report of the commission")
    options = Options(words=250, one_story=True)
    with serving(Setup(window=window)) as server:
        with runs.staffed(server, window_tokens=window) as staff:
            briefing = pipeline.brief([report], options, staff=staff)
        calls = server.ledger.calls()
    cited = [c for claim in runs.claims(briefing) for c in claim.citations]
    exact = sum(report.text[c.start : c.end] == c.quote for c in cited)
    return {
        "calls": len(calls),
        "requests over the window": sum(
            call.tokens_in + (call.max_tokens or 0) > window for call in calls
        ),
        "input tokens": sum(call.tokens_in for call in calls),
        "share of citations exact": exact / len(cited),
        "is complete": briefing.status == "complete",
    }
