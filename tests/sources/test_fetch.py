import gzip
import itertools
import socket
from collections.abc import Iterator

import pytest

from summarizer import limits
from summarizer.sources.addresses import PUBLIC_ONLY
from summarizer.sources.fetch import Fetcher, Validators
from summarizer.sources.status import SourceError
from tests.sources.servers.site import (
    HOST,
    LOCAL,
    Asked,
    Routes,
    answer,
    redirect,
    serving,
)

OK = answer(b"news")


def failure(
    routes: Routes, path: str = "/", timeout_s: float = 5.0
) -> tuple[SourceError, list[str]]:
    """Return why a fetch fails, and what it asked for until then."""
    with serving(routes) as site, site.fetcher(timeout_s=timeout_s) as fetcher:
        with pytest.raises(SourceError) as caught:
            fetcher.fetch(site.url(path=path))
        return caught.value, site.paths()


def test_body_headers_and_final_address_come_back() -> None:
    with serving({"/": redirect("/b?x=1"), "/b?x=1": OK}) as site, site.fetcher() as fetcher:
        fetched = fetcher.fetch(site.url("news.test"))
        assert (fetched.status, fetched.body) == (200, b"news")
        assert fetched.headers["content-length"] == "4"
        assert fetched.final_url == site.url("news.test", "/b?x=1")
        assert {asked.host for asked in site.asked} == {f"news.test:{site.port}"}


def test_request_says_who_asks_and_carries_nothing_else() -> None:
    with serving({"/": answer(headers={"Set-Cookie": "id=1"})}) as site, site.fetcher() as fetcher:
        fetcher.fetch(site.url())
        fetcher.fetch(site.url())
        for asked in site.asked:
            assert asked.headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}
            assert asked.headers["accept-encoding"] == "gzip"
            assert "summarizer" in asked.headers["user-agent"]


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": OK}) as site, serving({}) as proxy, site.fetcher() as fetcher:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert fetcher.fetch(site.url()).body == b"news"
        assert proxy.n_connections == 0


def test_packed_body_is_unpacked() -> None:
    packed = answer(gzip.compress(b"news"), headers={"Content-Encoding": "gzip"})
    with serving({"/": packed}) as site, site.fetcher() as fetcher:
        assert fetcher.fetch(site.url()).body == b"news"


def test_what_is_unchanged_is_not_sent_again() -> None:
    validators = {"ETag": '"7"', "Last-Modified": "Mon, 02 Mar 2026 06:00:00 GMT"}

    def page(asked: Asked) -> list[bytes]:
        same = asked.headers.get("if-none-match") == '"7"'
        return [answer(status=304) if same else answer(b"news", headers=validators)]

    with serving({"/": page}) as site, site.fetcher() as fetcher:
        first = fetcher.fetch(site.url())
        assert not first.is_unchanged
        again = fetcher.fetch(site.url(), have=first.validators)
        assert again.is_unchanged
        assert site.asked[1].headers["if-modified-since"] == validators["Last-Modified"]


def test_validator_that_cannot_be_sent_back_is_dropped() -> None:
    with serving({"/": answer(headers={"ETag": '"\u00fc"'})}) as site, site.fetcher() as fetcher:
        assert fetcher.fetch(site.url()).validators == Validators(None, None)


def test_word_that_nothing_has_changed_needs_a_version_to_be_about() -> None:
    error, _ = failure({"/": answer(status=304)})
    assert error.status == "empty"


def test_credentials_stay_with_the_first_site() -> None:
    with serving({"/b": OK}) as other:
        routes = {"/": redirect("/a"), "/a": redirect(other.url("other.test", "/b"))}
        with serving(routes) as site, site.fetcher() as fetcher:
            fetcher.fetch(site.url(), credentials={"Authorization": "Bearer x"})
            assert [asked.headers.get("authorization") for asked in site.asked] == ["Bearer x"] * 2
            assert "authorization" not in other.asked[0].headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_five_redirects_are_followed_and_six_are_not(status: int) -> None:
    chain = {f"/{n}": redirect(f"/{n + 1}", status) for n in range(6)}
    with serving({**chain, "/6": OK}) as site, site.fetcher() as fetcher:
        assert fetcher.fetch(site.url(path="/1")).body == b"news"
    error, paths = failure({**chain, "/6": OK}, "/0")
    assert (error.status, len(paths)) == ("unreachable", 6)


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://2130706433/",
        "file:///etc/passwd",
        "ftp://news.test/",
        "http://user@news.test/",
        "http://[bad/",
        "javascript:alert(1)",
        "http://news.test:99999/",
    ],
)
def test_redirect_to_a_forbidden_address_is_refused(location: str) -> None:
    with serving({"/": redirect(location)}) as site, site.fetcher() as fetcher:
        with pytest.raises(SourceError) as caught:
            fetcher.fetch(site.url())
        assert caught.value.status == "refused"


def test_redirect_without_a_place_to_go_is_an_answer_that_holds_nothing() -> None:
    error, _ = failure({"/": answer(status=302)})
    assert error.status == "unreachable"


def test_resolver_that_changes_its_answer_reaches_nobody_else() -> None:
    flips = itertools.cycle([["1.1.1.1"], [HOST], ["1.1.1.1", HOST]])
    with serving({"/": OK}) as site:
        choices: Iterator[list[str]] = flips
        with Fetcher(
            policy=PUBLIC_ONLY,
            resolve=lambda _host, _port: next(choices)[-1:],
            delay_s=0.0,
            timeout_s=0.2,
            sleep=lambda _: None,
        ) as fetcher:
            for _ in range(6):
                with pytest.raises(SourceError):
                    fetcher.fetch(site.url("news.test"))
        assert site.n_connections == 0


def test_name_is_asked_for_once_a_connection() -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [HOST]

    with serving({"/": OK}) as site:
        with Fetcher(policy=LOCAL, resolve=resolve, delay_s=0.0) as fetcher:
            fetcher.fetch(site.url("news.test"))
        assert asked == ["news.test"]


def test_name_without_an_address_is_unreachable() -> None:
    with (
        Fetcher(resolve=lambda _host, _port: [], sleep=lambda _: None) as fetcher,
        pytest.raises(SourceError) as caught,
    ):
        fetcher.fetch("http://news.test/")
    assert caught.value.status == "unreachable"


def test_endless_body_is_cut_off() -> None:
    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield bytes(1 << 20)

    error, paths = failure({"/": endless})
    assert (error.status, len(paths)) == ("unreadable", 1)


def test_bomb_is_unreadable() -> None:
    bomb = answer(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    error, _ = failure({"/": bomb})
    assert error.status == "unreadable"


@pytest.mark.parametrize(
    "sent",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", b"hello\r\n\r\n"],
    ids=["nothing", "half", "no HTTP"],
)
def test_broken_answer_is_tried_again_and_unreachable(sent: bytes) -> None:
    error, paths = failure({"/": sent})
    assert (error.status, len(paths)) == ("unreachable", 3)


@pytest.mark.parametrize("drips", [False, True])
def test_slow_server_ends_at_the_deadline(*, drips: bool) -> None:
    def slow(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"
        with socket.socket() as never:
            never.bind((HOST, 0))
            never.listen()
            never.settimeout(0.02)
            while True:
                try:
                    never.accept()
                except TimeoutError:
                    yield b"x" if drips else b""

    error, _ = failure({"/": slow}, timeout_s=0.3)
    assert error.status == "unreachable"
    assert "in time" in str(error)


def test_nobody_listening_is_unreachable() -> None:
    with serving({}) as site:
        url = site.url()
    with (
        Fetcher(policy=LOCAL, delay_s=0.0, sleep=lambda _: None) as fetcher,
        pytest.raises(SourceError, match="refused") as caught,
    ):
        fetcher.fetch(url)
    assert caught.value.status == "unreachable"


def test_host_gets_a_pause_between_requests() -> None:
    slept: list[float] = []
    with (
        serving({"/": OK}) as site,
        Fetcher(policy=LOCAL, clock=lambda: 0.0, sleep=slept.append) as fetcher,
    ):
        for _ in range(3):
            fetcher.fetch(site.url())
    assert slept == [limits.HOST_DELAY_S] * 2


def test_robots_txt_is_read_once_and_obeyed() -> None:
    robots = answer(b"User-agent: summarizer\nDisallow: /private")
    with (
        serving({"/robots.txt": robots, "/a": OK, "/private": OK}) as site,
        site.fetcher() as fetcher,
    ):
        assert fetcher.fetch(site.url(path="/a"), obey_robots=True).body == b"news"
        with pytest.raises(SourceError, match=r"robots\.txt") as caught:
            fetcher.fetch(site.url(path="/private"), obey_robots=True)
        assert caught.value.status == "refused"
        assert site.paths() == ["/robots.txt", "/a"]
        assert fetcher.fetch(site.url(path="/private")).body == b"news"


def test_redirect_is_no_way_around_robots_txt() -> None:
    robots = answer(b"User-agent: *\nDisallow: /private")
    routes = {"/robots.txt": robots, "/": redirect("/private"), "/private": OK}
    with serving(routes) as site, site.fetcher() as fetcher:
        with pytest.raises(SourceError):
            fetcher.fetch(site.url(), obey_robots=True)
        assert "/private" not in site.paths()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_a_robots_txt_all_may_be_read(status: int) -> None:
    routes = {"/robots.txt": answer(status=status), "/": OK}
    with serving(routes) as site, site.fetcher() as fetcher:
        fetcher.obey_robots(site.url())
        assert fetcher.fetch(site.url(), obey_robots=True).body == b"news"


def test_robots_txt_that_cannot_be_read_forbids_all_and_is_not_asked_for_again() -> None:
    routes = {"/robots.txt": answer(status=500), "/": OK}
    with serving(routes) as site, site.fetcher() as fetcher:
        for _ in range(3):
            with pytest.raises(SourceError) as caught:
                fetcher.fetch(site.url(), obey_robots=True)
            assert caught.value.status == "unreachable"
        assert site.paths() == ["/robots.txt"] * 3


def test_nothing_is_fetched_after_the_deadline() -> None:
    now = [0.0]
    with (
        serving({"/": OK}) as site,
        Fetcher(
            policy=LOCAL, delay_s=0.0, deadline_s=60.0, clock=lambda: now[0], sleep=now.append
        ) as fetcher,
    ):
        assert fetcher.fetch(site.url()).body == b"news"
        now[0] = 60.0
        with pytest.raises(SourceError, match="not read before the deadline") as caught:
            fetcher.fetch(site.url())
        assert (caught.value.status, site.n_connections) == ("unreachable", 1)


def test_turn_is_not_waited_for_beyond_the_deadline() -> None:
    slept: list[float] = []
    with (
        serving({"/": OK}) as site,
        Fetcher(
            policy=LOCAL, delay_s=30.0, deadline_s=5.0, clock=lambda: 0.0, sleep=slept.append
        ) as fetcher,
    ):
        fetcher.fetch(site.url())
        fetcher.fetch(site.url())
    assert slept == [5.0]


def test_server_that_asks_for_a_wait_beyond_the_deadline_is_not_asked_again() -> None:
    busy = answer(status=503, headers={"Retry-After": "3"})
    with (
        serving({"/": busy}) as site,
        Fetcher(policy=LOCAL, delay_s=0.0, deadline_s=2.0, sleep=lambda _: None) as fetcher,
        pytest.raises(SourceError),
    ):
        fetcher.fetch(site.url())
    assert site.paths() == ["/"]
