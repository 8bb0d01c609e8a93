"""Many stories, many documents, a small window: how long it takes and what is left behind."""

import gc
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import articles, command
from benchmarks.briefed import runs
from benchmarks.briefed.cost import separate_stories
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.service import engines
from summarizer.settings import Settings
from summarizer.types import Document
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.latency import Latency
from tests.fake_llm.ledger import Call
from tests.fake_llm.server import serving

Figures = Mapping[str, float]

N_AT_ONCE = 16
MEDIAN_S = 2.0
SMALL_WINDOW = 2_000
SETTLE_S = 5.0  # in which a server's threads end after their clients have left


def schedule(n_stories: int, median_s: float = MEDIAN_S) -> Figures:
    """Write stories with a slow model; compare with the best schedule of the same latencies."""
    documents = separate_stories(n_stories, 2)
    options = Options(words=60 * n_stories, stories=n_stories)
    latency = Latency("lognormal", median_s)
    with serving(Setup(latency=latency)) as server:
        with runs.staffed(server, concurrency=N_AT_ONCE) as staff:
            began = time.monotonic()
            pipeline.brief(documents, options, staff=staff)
            all_s = time.monotonic() - began
        calls = server.ledger.calls()
    least_s = best_s(calls, N_AT_ONCE)
    spent_s = max(_end(call) for call in calls) - min(call.at for call in calls)
    return {
        "calls": len(calls),
        "seconds of the best schedule": least_s,
        "seconds of the calls": spent_s,
        "seconds in all": all_s,
        "calls over the best schedule": spent_s / least_s,
        "all over the best schedule": all_s / least_s,
        "most calls at once": max(call.in_flight for call in calls),
    }


def best_s(calls: Sequence[Call], n_at_once: int) -> float:
    """Return what no schedule can beat: the lead comes last, and no call can be split."""
    told = [_end(call) - call.at for call in calls if call.task != "lead"]
    lead = [_end(call) - call.at for call in calls if call.task == "lead"]
    return max(sum(told) / n_at_once, *told) + sum(lead)


def _end(call: Call) -> float:
    return call.ended_at or call.at


def size(n_documents: int) -> Figures:
    """Brief many documents with the command line; return its peak memory."""
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        path = Path(folder, "articles.jsonl")
        with path.open("w", encoding="utf-8") as file:
            articles.write(n_documents, file)
        asked = ["--engine", f"openai:{MODEL}", "--base-url", server.base_url, "--no-journal"]
        made = command.run([*command.SUMMARIZER, "brief", str(path), *asked])
        if made.code:
            raise RuntimeError(made.stderr.decode(errors="replace"))
        return {"megabytes": made.peak_mb, "calls": len(server.ledger.calls())}


def left_behind(documents: Sequence[Document]) -> Figures:
    """Count the threads and descriptors that a run does not give back."""
    with serving(Setup(latency=Latency("constant", 0.01))) as server:
        _brief(documents, server.base_url)
        before = _open()
        for _ in range(3):
            _brief(documents, server.base_url)
        after = _settled(before)
    names = ("threads left", "descriptors left")
    return {name: after[i] - before[i] for i, name in enumerate(names)}


def _brief(documents: Sequence[Document], base_url: str) -> None:
    settings = Settings().over(engine=f"openai:{MODEL}", base_url=base_url)
    with engines.staff(settings, engines.Run(has_journal=False)) as staff:
        pipeline.brief(documents, Options(), staff=staff)


def _open() -> tuple[int, int]:
    gc.collect()
    return threading.active_count(), sum(1 for _ in Path("/proc/self/fd").iterdir())


def _settled(before: tuple[int, int]) -> tuple[int, int]:
    """Return what is open once no less is, or after some seconds."""
    until = time.monotonic() + SETTLE_S
    while (now := _open()) > before and time.monotonic() < until:
        time.sleep(0.05)
    return now


def small_window(documents: Sequence[Document]) -> Figures:
    """Brief with a model that takes little at a time; count the requests it would refuse."""
    options = Options(words=1_200, stories=20)
    with serving(Setup(window=SMALL_WINDOW)) as server:
        with runs.staffed(server, window_tokens=SMALL_WINDOW) as staff:
            briefing = pipeline.brief(documents, options, staff=staff)
        calls = server.ledger.calls()
    too_long = [call for call in calls if call.tokens_in + (call.max_tokens or 0) > SMALL_WINDOW]
    return {
        "calls": len(calls),
        "requests over the window": len(too_long),
        "is complete": briefing.status == "complete",
    }
