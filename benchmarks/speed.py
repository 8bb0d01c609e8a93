"""Processor time and memory of a briefing by the number of articles, from process start to output.

Run `python -m benchmarks.speed [--articles N ...] [--record]`. The articles are those of
`benchmarks.articles`: 600 words, half of them altered copies. Wall time is not measured, because
it says more about the machine's other work. What a briefing of ten costs a process that has made
others before, as a server has, is measured within this one.
"""

import io
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks import articles, command, results
from benchmarks.data import arguments
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.text.normalise import document
from summarizer.types import Document

SIZES = (100, 1_000, 10_000, 30_000)
N_SMALL, N_WARM, N_BRIEFINGS = 10, 3, 30  # articles of a small briefing, briefings of them
GOALS = {  # what may be used at most
    "briefing of 10, CPU ms": 50.0,
    "100 articles, CPU s": 3.0,
    "100 articles, MB": 300.0,
    "10000 articles, CPU s": 15.0,
    "10000 articles, MB": 400.0,
    "exponent 1000 to 30000": 1.15,
    "--help, CPU s": 0.5,
    "import summarizer, CPU s": 0.25,
}
SHORT = {
    "--help": [*command.SUMMARIZER, "--help"],
    "import summarizer": [sys.executable, "-c", "import summarizer"],
    "bare interpreter": [sys.executable, "-c", ""],
}
N_STARTS = 5  # of the short commands; the least is taken


def measure(sizes: Sequence[int]) -> dict[str, float]:
    """Return processor seconds, peak megabytes and the exponents of time between sizes.

    The first run compiles all modules into a folder of its own, as an installation does once;
    what is measured after it starts from there.
    """
    with tempfile.TemporaryDirectory() as folder:
        start = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        figures = {"first start of all, CPU s": brief(1, folder, start).cpu_s}
        for name, short in SHORT.items():
            runs = [command.run(short, environment=start).cpu_s for _ in range(N_STARTS)]
            figures[f"{name}, CPU s"] = min(runs)
        seconds: dict[int, float] = {}
        for n in sizes:
            cost = brief(n, folder, start)
            seconds[n] = cost.cpu_s
            figures[f"{n} articles, CPU s"] = cost.cpu_s
            figures[f"{n} articles, MB"] = cost.peak_mb
    return figures | {"briefing of 10, CPU ms": small()} | _exponents(seconds)


def small() -> float:
    """Return the median of the processor milliseconds of small briefings, each of new articles."""
    taken_ms: list[float] = []
    for given in _tens(N_WARM + N_BRIEFINGS):
        began = time.process_time()
        pipeline.brief(given, Options())
        taken_ms.append(1e3 * (time.process_time() - began))
    return statistics.median(taken_ms[N_WARM:])


def _tens(n: int) -> Iterator[list[Document]]:
    written = io.StringIO()
    articles.write(n * N_SMALL, written)
    made = [document(**json.loads(line)) for line in written.getvalue().splitlines()]
    yield from (made[start : start + N_SMALL] for start in range(0, len(made), N_SMALL))


def brief(n: int, folder: str, environment: Mapping[str, str]) -> command.Finished:
    """Write `n` articles to the folder, make a briefing of them and say what it cost.

    Raises:
        RuntimeError: the program failed; the message is its own.
    """
    path = Path(folder, "articles.jsonl")
    with path.open("w", encoding="utf-8") as file:
        articles.write(n, file)
    made = [*command.SUMMARIZER, "brief", str(path), "--format", "json"]
    cost = command.run(made, environment=environment)
    if cost.code:
        raise RuntimeError(f"{n} articles: {cost.stderr.decode(errors='replace').strip()}")
    return cost


def _exponents(seconds: Mapping[int, float]) -> dict[str, float]:
    """Return k of time ~ n^k between each size and the next, and between 1,000 and 30,000."""
    sizes = sorted(seconds)
    pairs = {*pairwise(sizes)}
    pairs |= {(a, b) for a, b in [(1_000, 30_000)] if a in seconds and b in seconds}
    return {
        f"exponent {a} to {b}": math.log(seconds[b] / seconds[a]) / math.log(b / a)
        for a, b in sorted(pairs)
    }


def main() -> None:
    """Print the table; figures beyond their goal are marked."""
    parser = arguments(__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES, metavar="N")
    given = parser.parse_args()
    figures = measure(given.articles)
    for name, value in figures.items():
        goal = GOALS.get(name)
        met = "" if goal is None else f"  goal {goal:g}{'' if value <= goal else '  MISSED'}"
        print(f"{name:<28}{value:>10.2f}{met}")
    if given.record:
        results.record("speed", figures)


if __name__ == "__main__":
    main()
