"""No connection to a forbidden address, whatever spells it, leads to it or resolves to it.

Run `python -m benchmarks.fetching [VECTORS] [--record]`. VECTORS is a JSON list of objects with a
forbidden `url` each; without it the rest is measured. A listener at loopback counts who connects
to it, and what is connected to anywhere else is noted and refused before it leaves this machine.
Thirty redirects lead from an allowed site to forbidden places, a resolver changes its answer from
public to private, and twenty public addresses must get as far as to be connected to.
"""

import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

from benchmarks import results
from benchmarks.data import arguments
from summarizer.sources.addresses import PUBLIC_ONLY, Policy, Resolve
from summarizer.sources.fetch import Fetcher
from summarizer.sources.status import SourceError
from tests.sources.servers.site import HOST, Site, answer, redirect, serving

GOALS = {
    "connections to a forbidden address": 0,
    "forbidden vectors let through": 0,
    "redirects let through": 0,
    "connections to the second answer of a resolver": 0,
    "public addresses refused": 0,
}
N_FLIPS = 300
PUBLIC = "93.184.216.34"
CONTROLS = (
    "http://1.1.1.1/",
    "https://8.8.8.8/",
    "http://9.9.9.9:8080/",
    "https://93.184.216.34/path?query#fragment",
    "http://100.63.255.255/",
    "http://100.128.0.1/",
    "http://126.255.255.255/",
    "http://128.0.0.1/",
    "http://168.63.129.17/",
    "http://172.15.255.255/",
    "http://172.32.0.1/",
    "http://192.0.1.1/",
    "http://192.167.255.255/",
    "http://198.17.255.255/",
    "http://223.255.255.254:8443/",
    "https://[2001:4860:4860::8888]/",
    "https://[2606:4700:4700::1111]/",
    "https://[2a00:1450:4001::1]/feed.xml",
    "http://news.example/",
    "https://www.b\u00fccher.example/feed",
)
# Where an answer of the allowed site says to go on; {port} is that of the listener.
LOCATIONS = (
    "http://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://\uff11\uff12\uff17.0.0.1:{port}/",
    "http://127.0.0.1\u3002:{port}/",
    "http://127.0.0.1:{port}\\@news.example/",
    "http://news.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@news.example/",
    "http:\\\\127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http://127.0.0.1%00.news.example:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://inner.example:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_GET",
    "/again",
)
_SITE = "127.0.0.2"  # of the allowed site: another address than the listener's
_INNER = {"inner.example": HOST, "localhost": HOST, "localhost.": HOST}


class _Watch:
    """Notes whom this process connects to, and lets it reach none but the site that is allowed."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self._is_on = False
        self._allowed: frozenset[tuple[str, int]] = frozenset()
        sys.addaudithook(self._see)

    @contextmanager
    def on(self, allowed: Sequence[tuple[str, int]] = ()) -> Iterator[list[str]]:
        """Watch while the block runs."""
        self.tried, self._is_on, self._allowed = [], True, frozenset(allowed)
        try:
            yield self.tried
        finally:
            self._is_on = False

    def _see(self, event: str, given: tuple[object, ...]) -> None:
        if event != "socket.connect" or not self._is_on:
            return
        address = given[1]
        if isinstance(address, tuple) and address[:2] not in self._allowed:
            self.tried.append(str(address[0]))
            raise ConnectionRefusedError(f"{address[0]} is not to be connected to here")


def measure(vectors: Sequence[str]) -> dict[str, float]:
    """Return the counts over vectors, redirects, flips and controls."""
    watch = _Watch()
    with serving({"/": answer(b"secret")}) as forbidden:
        through = sum(_reaches(watch, url, [PUBLIC, HOST]) for url in vectors)
        redirected = sum(_is_led(watch, location, forbidden) for location in LOCATIONS)
        flipped = sum(_flips(watch, forbidden, i) for i in range(N_FLIPS))
        refused = [url for url in CONTROLS if not _reaches(watch, url, [PUBLIC])]
        counts = (forbidden.n_connections, through, redirected, flipped, len(refused))
    figures = dict(zip(GOALS, map(float, counts), strict=True))
    sizes = {"vectors": len(vectors), "redirects": len(LOCATIONS), "flips": N_FLIPS}
    return figures | {name: float(n) for name, n in sizes.items()}


def _fetch(url: str, resolve: Resolve, policy: Policy = PUBLIC_ONLY) -> None:
    with Fetcher(
        policy=policy, resolve=resolve, delay_s=0.0, timeout_s=5.0, sleep=lambda _: None
    ) as fetcher:
        try:
            fetcher.fetch(url)
        except SourceError:
            return


def _reaches(watch: _Watch, url: str, named: Sequence[str]) -> bool:
    """Tell whether anything is connected to for an address, if names resolve to `named`."""
    with watch.on() as tried:
        _fetch(url, lambda *_: named)
    return bool(tried)


def _is_led(watch: _Watch, location: str, forbidden: Site) -> bool:
    """Tell whether a redirect from an allowed site leads to any other connection."""
    target = location.format(port=forbidden.port)
    routes = {"/": redirect(target), "/again": redirect("/again")}
    with serving(routes, address=_SITE) as site:
        policy = Policy(networks=(ip_network(f"{_SITE}/32"),))
        allowed = [(_SITE, site.port)]
        with watch.on(allowed) as tried:
            _fetch(
                site.url("news.test"),
                lambda host, _: [_SITE if host == "news.test" else _INNER.get(host, PUBLIC)],
                policy,
            )
    return bool(tried)


def _flips(watch: _Watch, forbidden: Site, i: int) -> bool:
    """Tell whether the second answer of a resolver, which is private, is connected to."""
    first = PUBLIC if i % 2 else f"1.1.{i % 256}.1"
    answers = itertools.chain([[first]], itertools.repeat([HOST]))
    with watch.on() as tried:
        _fetch(f"http://flip.example:{forbidden.port}/", lambda *_: next(answers))
        _fetch("http://flip.example/", lambda *_: next(answers))
    return HOST in tried


def main() -> None:
    """Print the counts beside their goals."""
    parser = arguments(__doc__ or "")
    parser.add_argument("vectors", nargs="?", type=Path, help="JSON list of forbidden addresses")
    given = parser.parse_args()
    vectors = json.loads(given.vectors.read_text(encoding="utf-8")) if given.vectors else []
    figures = measure([vector["url"] for vector in vectors])
    for name, value in figures.items():
        goal = GOALS.get(name)
        met = "" if goal is None else f"  goal {goal}{'' if value <= goal else '  MISSED'}"
        print(f"{name:<50}{value:>8.0f}{met}")
    if given.record:
        results.record("fetching", figures)


if __name__ == "__main__":
    main()
