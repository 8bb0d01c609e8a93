"""Counters and times of requests in the text format of Prometheus (version 0.0.4)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

Labels = Mapping[str, str]
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Family:
    """All samples of one name."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    samples: tuple[tuple[str, Labels, float], ...]  # what is added to the name, labels, value


@dataclass(slots=True)
class _Times:
    """How long the requests of one route took."""

    total_s: float = 0.0
    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS_S) + 1))

    def add(self, seconds: float) -> None:
        self.total_s += seconds
        within = (i for i, bound in enumerate(BUCKETS_S) if seconds <= bound)
        self.counts[next(within, len(BUCKETS_S))] += 1


@dataclass(slots=True)
class Metrics:
    """What this process counts itself; all else is counted in the store."""

    n_open: int = 0  # requests under way
    _requests: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))
    _times: dict[str, _Times] = field(default_factory=lambda: defaultdict(_Times))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request by the template of its route, so that no address grows the list."""
        self._requests[method, route, status] += 1
        self._times[route].add(seconds)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Count a request as under way while the block lasts."""
        self.n_open += 1
        try:
            yield
        finally:
            self.n_open -= 1

    def families(self) -> Iterator[Family]:
        """Return what was counted."""
        yield Family(
            "summarizer_http_requests_total",
            "counter",
            "Requests by method, route and status.",
            tuple(
                ("", {"method": method, "route": route, "status": str(status)}, float(n))
                for (method, route, status), n in sorted(self._requests.items())
            ),
        )
        yield Family(
            "summarizer_http_requests_open",
            "gauge",
            "Requests under way.",
            (("", {}, float(self.n_open)),),
        )
        yield Family(
            "summarizer_http_request_seconds",
            "histogram",
            "Seconds from the head of a request to the end of its answer.",
            tuple(sample for route in sorted(self._times) for sample in self._histogram(route)),
        )

    def _histogram(self, route: str) -> Iterator[tuple[str, Labels, float]]:
        times = self._times[route]
        n = 0
        for bound, count in zip((*map(str, BUCKETS_S), "+Inf"), times.counts, strict=True):
            n += count
            yield "_bucket", {"route": route, "le": bound}, float(n)
        yield "_sum", {"route": route}, times.total_s
        yield "_count", {"route": route}, float(n)


def text(families: Iterable[Family]) -> str:
    """Write families as a scraper reads them."""
    lines = []
    for family in families:
        lines.append(f"# HELP {family.name} {family.help.translate(_ESCAPES)}")
        lines.append(f"# TYPE {family.name} {family.kind}")
        for suffix, labels, value in family.samples:
            written = ",".join(
                f'{name}="{text.translate(_ESCAPES)}"' for name, text in labels.items()
            )
            lines.append(f"{family.name}{suffix}{f'{{{written}}}' if written else ''} {value:.10g}")
    return "".join(f"{line}\n" for line in lines)
